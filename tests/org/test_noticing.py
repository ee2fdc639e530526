"""What the head of a department is told of its places, until somebody has seen it."""

from eakte.org.interfaces import IOffice
from eakte.org.noticing import NoSuchNotice
from eakte.org.noticing import notices
from eakte.org.noticing import see_notice
from eakte.org.noticing import unseen_notices
from plone import api
from tests.deputies import at
from tests.deputies import BETWEEN
from tests.deputies import DAY_AFTER
from zope.component import getUtility

import pytest


@pytest.fixture
def strange(portal):
    """Bert got a place in amt-a past the files."""
    with api.env.adopt_roles(["Manager"]):
        api.group.add_user(groupname="team-a1", username="bert")


def told(person, verb=unseen_notices):
    return [(each.entry.person, each.entry.place) for each in verb(person)]


def test_the_head_of_the_department_is_told_and_nobody_else(strange):
    assert told("hanna") == [("bert", "team-a1")]
    for person in ("holger", "tom", "anna", "bert", "rita", "dora", ""):
        assert told(person) == [], person


def test_what_somebody_has_seen_stays_in_the_list_with_who_was_first(strange):
    (notice,) = notices("hanna")
    with at(BETWEEN), api.env.adopt_user(username="hanna"):
        assert see_notice(notice.number).seen_by == "hanna"
        assert unseen_notices() == ()
    with at(DAY_AFTER), api.env.adopt_user(username="hanna"):
        seen = see_notice(notice.number)
    assert seen.seen == BETWEEN
    assert told("hanna", notices) == [("bert", "team-a1")]
    assert set(getUtility(IOffice).seen()) == {notice.number}


def test_who_is_told_nothing_sees_nothing_off(strange):
    (notice,) = notices("hanna")
    for person in ("holger", "tom", "bert"):
        with api.env.adopt_user(username=person), pytest.raises(NoSuchNotice):
            see_notice(notice.number)
    with api.env.adopt_user(username="hanna"), pytest.raises(NoSuchNotice):
        see_notice(notice.number + 1)
    assert told("hanna") == [("bert", "team-a1")]


def test_the_newest_stands_first(strange):
    with api.env.adopt_roles(["Manager"]):
        api.group.add_user(groupname="department-amt-a-elsewhere", username="alex")
    assert told("hanna") == [
        ("alex", "department-amt-a-elsewhere"),
        ("bert", "team-a1"),
    ]


def test_places_by_the_files_are_no_news(portal):
    assert told("hanna", notices) == []
