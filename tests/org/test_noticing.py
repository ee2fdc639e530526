"""What the head of a department is told of its places, until somebody has seen it."""

from eakte.org.interfaces import IOffice
from eakte.org.noticing import NoSuchNotice
from eakte.org.noticing import notices
from eakte.org.noticing import see_notice
from eakte.org.noticing import unseen_notices
from eakte.org.principals import ACCOUNT
from plone import api
from Products.PluggableAuthService.events import CredentialsUpdated
from tests.deputies import at
from tests.deputies import BETWEEN
from tests.deputies import DAY_AFTER
from zope.component import getUtility
from zope.event import notify

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


@pytest.mark.parametrize(
    "place",
    [
        "mailroom-operators",
        "mailroom-checkers",
        "mailroom-leads",
        "data-protection-officers",
        "integration-accounts",
    ],
)
def test_of_a_place_in_the_whole_house_all_heads_and_the_officer_are_told(
    portal, place
):
    with api.env.adopt_roles(["Manager"]):
        api.group.add_user(groupname=place, username="bert")
    for person in ("hanna", "holger", "dora"):
        assert told(person) == [("bert", place)], person
    for person in ("bert", "tom", "anna", "lotte", "rita", ""):
        assert told(person) == [], person


def test_nobody_takes_the_own_doing_off_the_others_screens(portal):
    with api.env.adopt_user(username="hanna"), api.env.adopt_roles(["Manager"]):
        api.group.add_user(groupname="mailroom-leads", username="hanna")
    (notice,) = unseen_notices("hanna")
    with api.env.adopt_user(username="hanna"):
        assert see_notice(notice.number).seen_by == "hanna"
    assert told("hanna") == []
    assert told("dora") == told("holger") == [("hanna", "mailroom-leads")]
    with api.env.adopt_user(username="dora"):
        assert see_notice(notice.number).seen_by == "dora"
    assert told("holger") == []


@pytest.fixture
def set_password(portal):
    """Return ``set_password(by, person)``: as a page does it, over the network."""

    def set_password(by, person):
        environ = portal.REQUEST.environ
        environ["REMOTE_ADDR"] = "127.0.0.1"
        try:
            with api.env.adopt_user(username=by):
                notify(CredentialsUpdated(api.user.get(userid=person).getUser(), "x"))
        finally:
            del environ["REMOTE_ADDR"]

    return set_password


def test_a_password_by_somebody_else_is_told_to_the_person_and_the_head(set_password):
    set_password("rolf", "anna")
    for person in ("anna", "hanna"):
        assert told(person) == [("anna", ACCOUNT)], person
    for person in ("holger", "dora", "tom", "arno", "bert", "rolf"):
        assert told(person) == [], person


def test_who_logs_in_with_the_new_password_does_not_take_it_off_the_heads_screen(
    set_password,
):
    set_password("rolf", "anna")
    (notice,) = unseen_notices("anna")
    with api.env.adopt_user(username="anna"):
        see_notice(notice.number)
    assert told("anna") == []
    assert told("hanna") == [("anna", ACCOUNT)]


def test_a_password_of_somebody_of_no_department_is_told_to_heads_and_the_officer(
    set_password,
):
    set_password("rolf", "lotte")
    for person in ("lotte", "hanna", "holger", "dora"):
        assert told(person) == [("lotte", ACCOUNT)], person
    assert told("anna") == []


def test_the_own_password_and_that_of_a_command_are_no_news(set_password):
    set_password("anna", "anna")
    with api.env.adopt_user(username="rolf"):
        notify(CredentialsUpdated(api.user.get(userid="bert").getUser(), "x"))
    for person in ("anna", "bert", "hanna", "holger", "dora"):
        assert told(person) == [], person
