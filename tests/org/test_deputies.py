"""Deputies are members of groups by the calendar: nothing is stored, nothing reindexed."""

from eakte.mailitem.states import State
from eakte.org.applying import apply_office
from eakte.org.entering import end
from eakte.org.entering import enter_deputyship
from eakte.org.interfaces import IDeputyships
from eakte.org.membership import desks_of
from eakte.org.membership import seats_of
from eakte.org.membership import teams_of
from eakte.org.memberships import stored_groups
from eakte.org.representing import is_absent
from eakte.org.representing import represented_at
from eakte.testing import OFFICE
from plone import api
from tests import deputies
from tests.builders import a_case_file
from tests.builders import a_mail_item
from tests.deputies import at
from tests.deputies import BETWEEN
from tests.deputies import DURING
from tests.deputies import EVERY
from tests.deputies import OUTSIDE
from zope.component import getUtility

import pytest
import shutil


def groups(person):
    return set(api.portal.get_tool("acl_users").getUserById(person).getGroups())


PLACES = {"desk-a1-1", "team-a1"}
"""What anna's deputy is a member of."""


@pytest.fixture
def apply_with(portal, tmp_path):
    """Returns ``apply_with(old, new)``: the file of department a says something else."""
    folder = shutil.copytree(OFFICE, tmp_path / "office")

    def apply_with(old, new, also=()):
        for name, before, after in filter(None, [("amt-a.yaml", old, new), also]):
            text = (folder / name).read_text("utf-8")
            assert before in text
            (folder / name).write_text(text.replace(before, after), "utf-8")
        apply_office(folder)

    return apply_with


@pytest.mark.parametrize("moment", EVERY, ids=str)
def test_a_deputy_is_a_member_from_the_first_to_the_last_minute(portal, moment):
    deputies.deputyship("alex", "anna")
    with at(moment):
        assert bool(groups("alex") & PLACES) == (moment in DURING)
        assert groups("alex") >= (PLACES if moment in DURING else set())


@pytest.mark.parametrize("moment", OUTSIDE, ids=str)
def test_a_deputy_is_no_member_before_and_after(portal, moment):
    deputies.deputyship("alex", "anna")
    with at(moment):
        assert not groups("alex") & PLACES


def test_the_last_day_ends_at_midnight_of_the_house_and_not_of_the_server(portal):
    deputies.deputyship("alex", "anna")
    with at("2027-03-12T22:59:59+00:00"):
        assert groups("alex") >= PLACES
    with at("2027-03-12T23:00:00+00:00"):
        assert not groups("alex") & PLACES


def test_nothing_is_stored_in_a_group(portal):
    deputies.deputyship("alex", "anna")
    with at(BETWEEN):
        assert not stored_groups("alex") & PLACES
        plugin = api.portal.get_tool("acl_users").source_groups
        assert set(plugin.getGroupMembers("desk-a1-1")) == {"anna"}


def test_plone_itself_knows_the_deputy_as_a_member(portal):
    deputies.deputyship("alex", "anna")
    with at(BETWEEN):
        alex = api.user.get(username="alex")
        assert "desk-a1-1" in {group.id for group in api.group.get_groups(user=alex)}
        members = {user.getId() for user in api.user.get_users(groupname="desk-a1-1")}
        assert members == {"anna", "alex"}
        tool = api.portal.get_tool("portal_groups")
        assert set(tool.getGroupMembers("team-a1")) == {"anna", "arno", "tom", "alex"}


def test_a_deputy_leads_nothing_and_has_no_part_in_registry_and_personal_mail(
    apply_with,
):
    # tom leads a1 and sits at one of its desks.
    apply_with("people: [anna]", "people: [anna, tom]")
    deputies.deputyship("alex", "tom")
    with at(BETWEEN):
        own = {"AuthenticatedUsers", "team-a2", "team-a2-people"}
        assert groups("alex") - own == PLACES | {"desk-a2-1", "desk-a2-1-people"}


def test_the_scope_names_the_teams_whose_desks_are_meant(apply_with):
    apply_with("people: [alex]", "people: [alex, anna]")
    deputies.deputyship("arno", "anna", teams=("a2",))
    with at(BETWEEN):
        assert {desk.id for desk in desks_of(api.user.get("arno"))} == {"a1-2", "a2-1"}
        assert {team.id for team in teams_of(api.user.get("arno"))} == {"a1", "a2"}


def test_there_is_no_chain(portal):
    deputies.deputyship("arno", "anna")
    deputies.deputyship("alex", "arno")
    with at(BETWEEN):
        assert groups("alex") >= {"desk-a1-2", "team-a1"}
        assert "desk-a1-1" not in groups("alex")


def test_there_is_no_chain_of_standing_deputies_either(apply_with):
    apply_with("people: [anna]", "people: [anna], deputies: [arno]")
    deputies.absence("anna")
    deputies.absence("arno")
    deputies.deputyship("alex", "arno")
    with at(BETWEEN):
        assert groups("arno") >= {"desk-a1-1", "desk-a1-2"}
        assert groups("alex") >= {"desk-a1-2", "team-a1"}
        assert "desk-a1-1" not in groups("alex")


def test_a_deputys_deputy_reaches_nothing_of_the_first_persons(portal):
    deputies.deputyship("alex", "anna")
    deputies.deputyship("tina", "alex")
    contents = (
        a_case_file(team="a1", desk="a1-1"),
        a_mail_item(State.ACCEPTED, team="a1", desk="a1-1"),
    )
    catalog = api.portal.get_tool("portal_catalog")
    uids = [each.UID() for each in contents]
    with at(BETWEEN):
        for person, reaches in (("anna", 2), ("alex", 2), ("tina", 0)):
            with api.env.adopt_user(username=person):
                assert len(catalog(UID=uids)) == reaches, person
                may = [api.user.has_permission("View", obj=each) for each in contents]
                assert sum(may) == reaches, person


def test_a_standing_deputy_steps_in_while_somebody_of_the_desk_is_away(apply_with):
    apply_with("people: [anna]", "people: [anna], deputies: [alex]")
    deputies.absence("anna")
    for moment in EVERY:
        with at(moment):
            assert (groups("alex") >= PLACES) == (moment in DURING)
            assert is_absent("anna") == (moment in DURING)


def test_an_absence_ended_early_ends_the_standing_deputy_too(apply_with):
    apply_with("people: [anna]", "people: [anna], deputies: [alex]")
    entry = deputies.absence("anna")
    with at(BETWEEN):
        assert groups("alex") >= PLACES
        with api.env.adopt_user(username="tom"):
            ended = end(entry.id)
        assert not groups("alex") & PLACES
    assert (ended.ended_by, ended.ended) == ("tom", BETWEEN)
    assert getUtility(IDeputyships).absences("anna") == (ended,)


def test_what_is_entered_for_today_holds_at_once(portal):
    with at(BETWEEN):
        assert not groups("alex") & PLACES
        with api.env.adopt_user(username="tom"):
            enter_deputyship("alex", "anna", BETWEEN.date(), BETWEEN.date())
        assert groups("alex") >= PLACES


def test_a_wall_that_is_built_later_stands(apply_with):
    deputies.deputyship("alex", "anna")
    # Team a1 goes to the other department, alex stays.
    text = (OFFICE / "amt-a.yaml").read_text("utf-8")
    team = text[text.index("  - id: a1\n") : text.index("  - id: a2\n")]
    apply_with(team, "", also=("amt-b.yaml", "teams:\n", f"teams:\n{team}"))
    with at(BETWEEN):
        assert not groups("alex") & PLACES


def test_who_has_no_place_any_more_represents_nobody(apply_with):
    deputies.deputyship("alex", "anna")
    apply_with("people: [alex]", "people: []")
    with at(BETWEEN):
        assert not groups("alex") & PLACES


def test_the_desk_of_a_person_who_left_is_nobodys_to_represent(apply_with):
    deputies.deputyship("alex", "anna")
    apply_with("people: [anna]", "people: []")
    with at(BETWEEN):
        assert not groups("alex") & PLACES


def test_seats_say_for_whom_and_until_when(portal):
    deputies.deputyship("alex", "anna")
    with at(BETWEEN):
        own, other = seats_of(api.user.get("alex"))
        assert (own.desk.id, own.represented) == ("a2-1", "")
        assert (other.desk.id, other.represented) == ("a1-1", "anna")
        assert other.until == deputies.LAST


def test_who_works_at_the_desk_works_for_nobody_else(apply_with):
    deputies.deputyship("arno", "anna")
    with at(BETWEEN):
        # A colleague of the team works for anna at her desk, for himself elsewhere.
        assert represented_at("arno", "a1", "a1-1") == "anna"
        assert represented_at("arno", "a1", "a1-2") is None
        assert represented_at("arno", "a1") is None
    with at(deputies.DAY_AFTER):
        assert represented_at("arno", "a1", "a1-1") is None


def test_who_comes_from_another_team_works_for_the_represented_in_all_of_it(portal):
    deputies.deputyship("alex", "anna")
    with at(BETWEEN):
        for desk in (None, "a1-1", "a1-2"):
            assert represented_at("alex", "a1", desk) == "anna"
        assert represented_at("alex", "a2", "a2-1") is None
        assert represented_at("alex", "b1", "b1-1") is None
