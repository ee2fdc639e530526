"""What heads must know of is found without walking through the office's history."""

from eakte.org.interfaces import IOffice
from eakte.org.noticing import notices
from eakte.org.noting import all_notable_entries
from eakte.org.noting import notable_entries
from eakte.org.office import Office
from plone import api
from tests.builders import as_system
from zope.component import getUtility

import pytest


@pytest.fixture
def office(portal):
    """Somebody got a place past the files, and many came and went."""
    with api.env.adopt_user(username="hanna"), as_system():
        api.group.add_user(groupname="team-a1", username="bert")
        for _ in range(3):
            api.group.add_user(groupname="team-a2", username="alex")
            api.group.remove_user(groupname="team-a1", username="anna")
            api.group.add_user(groupname="team-a1", username="anna")
    return getUtility(IOffice)


def said(entries):
    return [(number, entry.person) for number, entry in entries]


def test_the_numbers_are_those_of_the_history(office):
    history = office.history()
    assert said(all_notable_entries()) == [
        (number, entry.person)
        for number, entry in reversed(list(enumerate(history)))
        if entry.notable
    ]
    assert "bert" in {entry.person for entry in notable_entries("amt-a")}


def test_no_start_page_walks_through_the_history(office, monkeypatch):
    def walked(self):
        raise AssertionError("the whole history was asked for")

    monkeypatch.setattr(Office, "history", walked)
    assert "bert" in {each.entry.person for each in notices("hanna")}


def test_an_office_of_before_is_told_the_same_and_takes_it_in_once(office):
    before = said(all_notable_entries())
    assert before
    del office._notable
    assert office._notable is None
    assert said(all_notable_entries()) == before
    with api.env.adopt_user(username="hanna"), as_system():
        api.group.add_user(groupname="team-a1", username="holger")
    assert said(all_notable_entries())[1:] == before
    assert said(all_notable_entries())[0][1] == "holger"
    office.index_notable()
    assert said(all_notable_entries())[1:] == before
