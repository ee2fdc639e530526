"""What groups at an OpenID provider give here."""

from eakte.login.applying import apply_login
from eakte.login.placements import groups_at
from eakte.org.interfaces import IOffice
from eakte.org.memberships import causes
from plone import api
from tests.login.visits import groups
from zope.component import getUtility

import pytest
import transaction


@pytest.mark.parametrize("named", [None, 7, "GG-Team-A2", {"GG-Team-A2": 1}, [1, None]])
def test_groups_that_are_none_give_none(visit, account, named):
    bert = visit()
    bert.log_in(account.knows("bert", groups=named))
    assert bert.browser.is_in
    assert ("team-a2" in groups("bert")) == (named == "GG-Team-A2")


def test_a_group_there_gives_the_place_that_it_stands_for(visit, account):
    visit().log_in(account.knows("bert", groups=["GG-Team-A2", "Kantine"]))
    assert "team-a2" in groups("bert")
    cause = causes("team-a2")["bert"]
    assert (cause.kind, cause.person) == ("account", "Kreis-Konto")


def test_who_left_the_group_there_leaves_the_place_at_the_next_login(visit, account):
    sub = account.knows("bert", groups=["GG-Team-A2"])
    visit().log_in(sub)
    assert "team-a2" in groups("bert")
    account.knows("bert", sub=sub, groups=[])
    visit().log_in(sub)
    assert "team-a2" not in groups("bert")
    assert "bert" not in causes("team-a2")


@pytest.mark.parametrize(
    "name",
    [
        "team-a2",
        "desk-a2-1-people",
        "department-amt-a-head",
        "data-protection-officers",
        "Administrators",
        "Site Administrators",
    ],
)
def test_a_group_there_that_is_called_like_one_here_is_none(visit, account, name):
    visit().log_in(account.knows("bert", groups=[name, name.upper()]))
    assert name not in groups("bert")
    assert not api.user.has_permission("Manage portal", username="bert")


def test_nothing_of_it_is_stored_among_the_groups(visit, account):
    visit().log_in(account.knows("bert", groups=["GG-Team-A2", "Kantine"]))
    transaction.begin()
    stored = api.portal.get_tool("acl_users").source_groups
    assert "bert" not in stored.getGroupMembers("team-a2")
    assert api.group.get(groupname="Kantine") is None


def test_a_place_by_the_files_stays_whatever_is_said_there(visit, account):
    before = groups("anna")
    assert "team-a1" in before
    sub = account.knows("anna", groups=["GG-Team-A2"])
    visit().log_in(sub)
    assert groups("anna") == before | {"team-a2"}
    account.knows("anna", sub=sub, groups=[])
    visit().log_in(sub)
    assert groups("anna") == before


def test_a_desk_from_there_opens_no_personal_letters(visit, account):
    visit().log_in(account.knows("bert", groups=["GG-Stelle"]))
    assert {"desk-a2-1", "team-a2"} <= groups("bert")
    assert not {"desk-a2-1-people", "team-a2-people"} & groups("bert")


def test_the_history_tells_what_came_past_the_files(visit, account):
    sub = account.knows("bert", groups=["GG-Team-A2"])
    visit().log_in(sub)
    account.knows("bert", sub=sub, groups=[])
    visit().log_in(sub)
    transaction.begin()
    entries = [
        (entry.gained, entry.notable)
        for entry in getUtility(IOffice).history()
        if (entry.person, entry.place) == ("bert", "team-a2")
    ]
    assert entries == [(True, True), (False, False)]


def test_who_had_the_place_by_the_files_did_not_get_it_again(visit, account):
    count = len(getUtility(IOffice).history())
    visit().log_in(account.knows("alex", groups=["GG-Team-A2"]))
    transaction.begin()
    assert len(getUtility(IOffice).history()) == count


def test_without_the_provider_its_places_are_over(visit, account):
    visit().log_in(account.knows("bert", groups=["GG-Team-A2"]))
    transaction.begin()
    apply_login("")
    transaction.commit()
    assert "team-a2" not in groups("bert")
    assert "eakte_openid" not in api.portal.get_tool("acl_users").objectIds()


def test_only_places_of_the_office_can_be_given(account):
    plan = getUtility(IOffice).plan
    for place in (
        "data-protection-officers",
        "integration-accounts",
        "department-amt-a-head",
        "desk-a2-1-people",
        "team-a2-people",
        "Administrators",
    ):
        assert groups_at(plan, place) == (), place
