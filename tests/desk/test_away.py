"""While you were away: what a deputy did, for the day of return."""

from datetime import date
from datetime import datetime
from datetime import timedelta
from eakte.access.protecting import lift
from eakte.access.protecting import protect
from eakte.access.sharing import end_share
from eakte.deadlines.keeping import enter_deadline
from eakte.desk.away import acts_for
from eakte.desk.away import notice_of_return
from eakte.journal.keeping import Journal
from eakte.mailitem.states import State
from plone import api
from tests import deputies
from tests.builders import a_case_file
from tests.builders import a_mail_item
from tests.deputies import at
from tests.deputies import BETWEEN
from tests.deputies import HOUSE
from tests.deputies import LAST
from tests.desk.test_boxes_export import taken
from tests.guests import shared

import pytest


MONDAY_AFTER = datetime(2027, 3, 15, 8, 0, tzinfo=HOUSE)
WEEKS_AFTER = datetime(2027, 4, 12, 8, 0, tzinfo=HOUSE)


@pytest.fixture
def done(as_person):
    """A week in which alex took a letter for anna, filed it and sent on another."""
    filed = a_mail_item(State.ROUTED, team="a1", title="Kindergeld")
    sent_on = a_mail_item(State.ACCEPTED, team="a1", desk="a1-1", title="Irrtum")
    own = a_mail_item(State.ROUTED, team="a2", title="Eigenes")
    case_file = a_case_file(team="a1", desk="a1-1")
    deputies.deputyship("alex", "anna")
    with at(BETWEEN):
        alex = as_person("alex")
        alex.open(filed.absolute_url()).press("accept")
        alex.open(filed.absolute_url()).press("file", case_file=case_file.UID())
        alex.open(sent_on.absolute_url()).press(
            "route", target="a2", reason="Gehört zu A2"
        )
        alex.open(own.absolute_url()).press("accept")
    return filed, sent_on


def test_on_return_the_desk_points_to_what_was_done(as_person, done):
    with at(MONDAY_AFTER):
        anna = as_person("anna")
        desk = anna.open("@@my-desk")
        assert desk.all(".eakte-notices") == ["While you were away: 3 done for you"]
        page = desk.follow(".eakte-notices a")
        assert "From 08/03/2027 to 12/03/2027" in page.text
        acts = page.all(".eakte-entry")
        assert len(acts) == 3
        assert all("by Alex Arbeit" in act for act in acts)
        said = " ".join(acts)
        assert "Kindergeld" in said
        assert "Routed to Team A2" in said
        assert "Gehört zu A2" in said
        # What lies with the other team now is no longer hers to read.
        assert "Irrtum" not in said
        assert done[1].number in said
        assert "Eigenes" not in said


def test_what_a_deputy_shared_is_told_and_that_it_was_ended(as_person):
    case_file = a_case_file(team="a1", desk="a1-1")
    deputies.deputyship("alex", "anna")
    share = shared(case_file, "tina", by="alex", until=LAST, moment=BETWEEN)
    with at(MONDAY_AFTER):
        (act,) = as_person("anna").open("@@while-away").all(".eakte-entry")
        assert "Shared" in act and "by Alex Arbeit" in act
    with at(BETWEEN), api.env.adopt_user("alex"):
        end_share(case_file, share.id)
    with at(MONDAY_AFTER):
        acts = as_person("anna").open("@@while-away").all(".eakte-entry")
        assert sum("Sharing ended" in each for each in acts) == 1
        assert len(acts) == 2


def test_what_a_deputy_took_along_from_the_desk_is_told(as_person, site):
    for team in ("a1", "a2"):
        a_mail_item(State.ACCEPTED, team=team, desk=f"{team}-1", title="Antrag")
    deputies.deputyship("alex", "anna")
    with at(BETWEEN):
        alex = as_person("alex")
        for desk in ("a1-1", "a2-1"):
            assert taken(alex.open(f"@@my-desk?team={desk}"), "csv").ok
    with at(MONDAY_AFTER):
        (act,) = as_person("anna").open("@@while-away").all(".eakte-entry")
        for words in ("Exported", "my-desk.csv", "by Alex Arbeit"):
            assert words in act


def test_weeks_later_the_desk_is_silent_and_the_days_can_be_chosen(as_person, done):
    with at(WEEKS_AFTER):
        anna = as_person("anna")
        assert anna.open("@@my-desk").all(".eakte-notices") == []
        page = anna.open("@@while-away?first=2027-03-11&last=2027-03-31")
        assert "Nothing was done for you on these days." in page.text
        page = anna.open("@@while-away?first=2027-03-10&last=2027-03-10")
        assert len(page.all(".eakte-entry")) == 3


def test_more_than_a_page_of_acts_counts_nothing_closed(site, monkeypatch):
    monkeypatch.setattr("eakte.desk.away.AT_MOST", 1)
    older, newer = (a_case_file(team="a1", desk="a1-1") for _ in range(2))
    deputies.deputyship("alex", "anna")
    day = BETWEEN.date()
    for hours, case_file in enumerate((older, newer)):
        moment = BETWEEN + timedelta(hours=hours)
        with at(moment), api.env.adopt_user("alex"):
            said = {"kind": "Klage", "event": "Klage erhoben"}
            enter_deadline(case_file, start=date(2027, 3, 10), **said)
    with at(MONDAY_AFTER):
        before = acts_for("anna", day, day, 1)
        assert len(before.entries) == 1
        assert before.total == notice_of_return("anna") > 1
        with api.env.adopt_user("hanna"):
            protect(older, "vip", ["tom"], "Wunsch der Leitung")
        after = acts_for("anna", day, day, 1)
        assert after.entries == before.entries
        assert after.total == notice_of_return("anna") == before.total // 2
        # A closed one that is newer takes no room from the others.
        with api.env.adopt_user("hanna"):
            protect(newer, "vip", ["tom"], "Wunsch der Leitung")
            lift(older, "Nicht mehr nötig")
        after = acts_for("anna", day, day, 1)
        assert {entry.uid for entry in after.entries} == {older.UID()}


def test_however_much_was_done_only_the_newest_is_read(as_person, monkeypatch):
    monkeypatch.setattr("eakte.desk.away.COUNTED", 3)
    monkeypatch.setattr("eakte.desk.away.AT_MOST", 2)
    case_file = a_case_file(team="a1", desk="a1-1")
    deputies.deputyship("alex", "anna")
    for hours in range(4):
        with at(BETWEEN + timedelta(hours=hours)), api.env.adopt_user("alex"):
            said = {"kind": "Klage", "event": f"Klage {hours} erhoben"}
            enter_deadline(case_file, start=date(2027, 3, 10), **said)
    sizes = []
    find = Journal.find
    monkeypatch.setattr(
        Journal,
        "find",
        lambda self, query, start=0, size=50: (
            sizes.append(size) or find(self, query, start, size)
        ),
    )
    with at(MONDAY_AFTER):
        anna = as_person("anna")
        notice = anna.open("@@my-desk").all(".eakte-notices")
        assert notice == ["While you were away: 3+ done for you"]
        page = anna.open("@@while-away")
        assert len(page.all(".eakte-entry")) == 2
        assert "The newest 2 of 3+ are shown." in page.text
    assert set(sizes) == {4}
    assert len(sizes) == 2


@pytest.mark.parametrize("person", ["arno", "tom", "alex", "bert"])
def test_nobody_sees_what_was_done_for_another(as_person, done, person):
    with at(MONDAY_AFTER):
        page = as_person(person).open("@@while-away?first=2027-03-01&last=2027-03-31")
        assert page.all(".eakte-entry") == []
