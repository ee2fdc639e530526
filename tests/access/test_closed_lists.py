"""Lists that are made of something else than the catalog know of no closed case file."""

from ..builders import a_case_file
from ..builders import a_mail_item
from ..builders import as_system
from ..deputies import at
from ..deputies import BETWEEN
from ..deputies import DAY_AFTER
from ..deputies import deputyship
from .closed import barred_from
from .closed import protected
from .doors import a_scan
from datetime import date
from eakte.access.barring import bar
from eakte.access.closures import closed_among
from eakte.access.moving import FOLLOW
from eakte.access.protecting import lift
from eakte.access.protecting import protect
from eakte.clock import utc_now
from eakte.deadlines.keeping import enter_deadline
from eakte.deadlines.listing import mine
from eakte.deadlines.listing import of_teams
from eakte.desk.away import acts_for
from eakte.desk.away import notice_of_return
from eakte.desk.failedjobs import failed_jobs
from eakte.jobs.interfaces import Job
from eakte.jobs.interfaces import JobState
from eakte.mailitem.filing import file_into
from eakte.mailitem.states import State
from eakte.scans.interfaces import IScanPages
from plone import api

import pytest


DAY = date(2027, 3, 10)

EVERYBODY = ("anna", "arno", "tom", "alex", "tina", "rolf", "hanna", "rita", "bert")


def by(person):
    return api.env.adopt_user(username=person)


def a_deadline(case_file, person="anna"):
    with by(person):
        enter_deadline(case_file, kind="Klage", event="Klage erhoben", start=DAY)


def who_has(lines):
    found = set()
    for person in EVERYBODY:
        with by(person):
            found |= {person} if lines() else set()
    return found


def test_a_deadline_in_a_protected_case_file_is_for_its_circle(portal):
    case_file = protected(circle=["anna", "alex"], desk="a1-2")
    with at(BETWEEN):
        a_deadline(case_file)
        assert who_has(mine) == who_has(of_teams) == {"anna", "alex"}
    with at(BETWEEN.replace(month=4)):
        # When its early warning has come it is not told to the lead either.
        assert who_has(mine) == who_has(of_teams) == {"anna", "alex"}


def test_a_deadline_is_not_for_who_is_barred(portal):
    case_file = barred_from("arno", "tom", desk="a1-2")
    with at(BETWEEN.replace(month=4)):
        a_deadline(case_file)
        assert who_has(of_teams) == {"anna", "rolf", "hanna"}
        assert not who_has(mine) & {"arno", "tom"}


@pytest.fixture
def done_for_anna(portal):
    """Alex, her deputy, changed a case file and filed a letter in it, and took one."""
    case_file = a_case_file(team="a1", desk="a1-1")
    letter = a_mail_item(State.ROUTED, team="a1", desk="a1-1")
    deputyship("alex", "anna")
    with at(BETWEEN), by("alex"):
        enter_deadline(case_file, kind="Klage", event="Klage erhoben", start=DAY)
        letter = file_into(letter, case_file)
    return case_file, letter


@pytest.mark.parametrize("way", ["protected", "barred"])
def test_on_return_nothing_is_told_of_what_is_closed_now(done_for_anna, way):
    case_file, _letter = done_for_anna
    with at(DAY_AFTER):
        before = acts_for("anna", DAY, DAY, 200)
        assert before.total == len(before.entries) == notice_of_return("anna") >= 2
        with by("hanna"):
            if way == "protected":
                protect(case_file, "vip", ["tom"], "Wunsch der Leitung")
            else:
                bar(case_file, ["anna"], "Befangen")
        after = acts_for("anna", DAY, DAY, 200)
        assert (after.entries, after.total) == ((), 0)
        assert notice_of_return("anna") == 0


def test_what_lies_in_it_now_is_not_named_by_what_happened_before(done_for_anna):
    case_file, letter = done_for_anna
    before_filing = [(letter.UID(), "")]
    assert closed_among(before_filing, "anna") == frozenset()
    with by("hanna"):
        protect(case_file, "vip", ["tom"], "Wunsch der Leitung")
    assert closed_among(before_filing, "anna") == {letter.UID()}
    assert closed_among(before_filing, "tom") == frozenset()


def test_a_failed_job_does_not_say_what_it_was_about(portal, monkeypatch):
    case_file = protected()
    job = Job(
        kind=FOLLOW,
        uid=case_file.UID(),
        state=JobState.FAILED,
        asked=utc_now(),
        due=utc_now(),
        attempts=3,
        progress=(0, 0),
        error="Zu viele Konflikte",
    )

    class Failed:
        def failed(self, size):
            return [job]

    monkeypatch.setattr("eakte.desk.failedjobs.getUtility", lambda _: Failed())
    for person, told in (("lotte", False), ("hanna", False), ("anna", True)):
        with by(person):
            (shown,) = failed_jobs()
            assert bool(shown.title or shown.url) == told, person


# The same file twice


@pytest.fixture
def twice(portal):
    """Two letters with the same file; the first is filed."""
    with as_system():
        scan = a_scan()
        first = a_mail_item(State.ROUTED, team="a1", scan=scan)
        case_file = a_case_file(team="a1")
        first = file_into(first, case_file)
        second = a_mail_item(State.ROUTED, team="a1", scan=scan)
    assert IScanPages(second).duplicate_of == first.UID()
    return case_file, first, second, scan


def test_no_flag_tells_that_the_same_file_is_in_a_protected_case_file(twice):
    case_file, first, second, scan = twice
    with by("hanna"):
        protect(case_file, "vip", ["anna"], "Wunsch der Leitung")
    assert IScanPages(second).duplicate_of is None
    with as_system():
        third = a_mail_item(State.ROUTED, team="a1", scan=scan)
    assert IScanPages(third).duplicate_of == second.UID()
    with by("anna"):
        lift(case_file, "Nicht mehr nötig")
    assert IScanPages(third).duplicate_of == first.UID()


def test_the_flag_goes_when_the_first_letter_is_filed_there(portal):
    with as_system():
        scan = a_scan()
        first = a_mail_item(State.ROUTED, team="a1", scan=scan)
        second = a_mail_item(State.ROUTED, team="a1", scan=scan)
    assert IScanPages(second).duplicate_of == first.UID()
    case_file = protected(circle=["anna"])
    with by("anna"):
        file_into(first, case_file)
    assert IScanPages(second).duplicate_of is None
