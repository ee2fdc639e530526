"""Deputyships change rights: that they begin and are ended stands in the journal."""

from eakte.journal.interfaces import IJournal
from eakte.journal.interfaces import Kind
from eakte.journal.interfaces import Query
from eakte.org.entering import end
from plone import api
from tests.deputies import absence
from tests.deputies import at
from tests.deputies import BETWEEN
from tests.deputies import deputyship
from tests.deputies import with_standing_deputy
from zope.component import getUtility


DAYS = {"since": "2027-03-08", "until": "2027-03-12"}


def noted():
    """``(who, details)`` of what was noted of places at desks for a time."""
    found = getUtility(IJournal).find(Query(kinds=(Kind.PLACE,))).entries
    return [
        (each.who, each.details, each.why)
        for each in reversed(found)
        if "represented" in each.details
    ]


def seat(deputy, place, **said):
    return {"person": deputy, "place": place, "represented": "anna", **said}


def test_a_deputyship_that_is_entered_and_ended(portal):
    entry = deputyship("alex", "anna", reason="Kur")
    with at(BETWEEN), api.env.adopt_user(username="tom"):
        end(entry.id)
    assert noted() == [
        ("anna", seat("alex", "desk-a1-1", gained="yes", **DAYS), ""),
        ("tom", seat("alex", "desk-a1-1", gained="no", ended="yes"), ""),
    ]


def test_an_absence_gives_the_standing_deputy_a_place(portal, tmp_path):
    absence("arno")
    assert noted() == []
    with_standing_deputy(tmp_path, "anna", "alex")
    entry = absence("anna", reason="Krankheit")
    with at(BETWEEN), api.env.adopt_user(username="anna"):
        end(entry.id)
    assert noted() == [
        ("anna", seat("alex", "desk-a1-1", gained="yes", **DAYS), ""),
        ("anna", seat("alex", "desk-a1-1", gained="no", ended="yes"), ""),
    ]
