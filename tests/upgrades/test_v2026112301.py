"""A site of before has flags that name letters which were hidden since: they go."""

from eakte.access.barring import bar
from eakte.access.protecting import protect
from eakte.capture import duplicates
from eakte.jobs.interfaces import IJobs
from eakte.jobs.server import work_folder
from eakte.jobs.worker import run_pending
from eakte.mailitem.filing import file_into
from eakte.mailitem.states import State
from eakte.scans.facts import facts_of
from eakte.upgrades.v2026112301 import duplicates as flagging
from plone import api
from plone.namedfile.file import NamedBlobFile
from tests.access.doors import a_scan
from tests.builders import a_case_file
from tests.builders import a_mail_item
from tests.builders import as_system
from zope.component import getUtility

import pytest
import transaction


PROFILE = "eakte:default"


def bring_up_to_date():
    setup = api.portal.get_tool("portal_setup")
    setup.setLastVersionForProfile(PROFILE, "20261122009")
    with as_system():
        setup.upgradeProfile(PROFILE)
    transaction.commit()


def work(portal):
    run_pending(portal._p_jar.db(), work_folder())
    transaction.begin()


def flag_of(letter):
    """What stands on the letter, and what the catalog says of it."""
    (brain,) = api.portal.get_tool("portal_catalog").unrestrictedSearchResults(
        UID=letter.UID()
    )
    return facts_of(letter).duplicate_of, brain.duplicate_of


def three_times(case_file):
    """The first of three letters with the same file lies in the case file."""
    # A comment behind the end makes it another file.
    data = a_scan().data + f"%{case_file.reference}\n".encode()
    scan = NamedBlobFile(data, "application/pdf", "scan.pdf")
    letters = [a_mail_item(State.ROUTED, team="a1", scan=scan) for _ in range(3)]
    return [file_into(letters[0], case_file), *letters[1:]]


@pytest.fixture
def before(functional_portal, monkeypatch):
    """A site whose flags nobody changed when letters were hidden."""
    with as_system(), monkeypatch.context() as old:
        old.setattr(duplicates, "flag_others", lambda hashes: None)
        barred, protected, opened = (a_case_file(team="a1") for _ in range(3))
        stacks = [three_times(each) for each in (barred, protected, opened)]
        with api.env.adopt_user(username="hanna"):
            bar(barred, ["anna"], "Nachbarin")
            protect(protected, "vip", ["anna"], "Bürgermeister")
    transaction.commit()
    work(functional_portal)
    monkeypatch.setattr(flagging, "PIECE", 1)
    return stacks


def test_the_flags_are_right_when_the_job_is_done(functional_portal, before):
    for first, *others in before:
        assert [flag_of(each) for each in others] == [(first.UID(),) * 2] * 2
    bring_up_to_date()
    assert sum(getUtility(IJobs).counts().values()) == 2
    work(functional_portal)
    for _first, second, third in before[:2]:
        assert flag_of(second) == (None, None)
        assert flag_of(third) == (second.UID(),) * 2
    # Where nobody is barred the flags stay.
    first, *others = before[2]
    assert [flag_of(each) for each in others] == [(first.UID(),) * 2] * 2


def test_again_it_writes_nothing(functional_portal, before):
    letters = [each for stack in before for each in stack]
    for _ in range(2):
        bring_up_to_date()
        work(functional_portal)
        serials = [facts_of(each)._p_serial for each in letters]
    bring_up_to_date()
    work(functional_portal)
    assert [facts_of(each)._p_serial for each in letters] == serials


def test_a_case_file_that_is_gone_by_then_stops_nothing(functional_portal, before):
    bring_up_to_date()
    with as_system():
        case_file = before[0][0].aq_parent
        api.content.delete(case_file, check_linkintegrity=False)
    transaction.commit()
    work(functional_portal)
    assert not sum(getUtility(IJobs).counts().values())
    assert flag_of(before[1][1]) == (None, None)


def test_no_letter_is_called_a_duplicate_of_one_that_came_later(portal):
    with as_system():
        case_file = a_case_file(team="a1")
        first, second, third = three_times(case_file)
    with api.env.adopt_user(username="hanna"):
        for people in ([], ["anna"], []):
            bar(case_file, people, "Nachbarin")
            is_open = not people
            assert flag_of(first) == (None, None)
            assert flag_of(second)[0] == (first.UID() if is_open else None)
            assert flag_of(third)[0] == (first.UID() if is_open else second.UID())
