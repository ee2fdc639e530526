"""Who may see it, said to those who see it."""

from ..builders import a_case_file
from .letters import a_letter_in
from eakte.access.seeing import who_may_see
from eakte.access.seeing import Why
from eakte.desk.viewers import why_said
from eakte.mailitem.states import State
from plone import api

import pytest


NAMES = {
    "anna": "Anna Arbeit",
    "arno": "Arno Arbeit",
    "tom": "Tom Lead",
    "rolf": "Rolf Registry",
    "hanna": "Hanna Head",
    "lotte": "Lotte Lead",
    "oskar": "Oskar Operator",
    "quirin": "Quirin Checker",
}


@pytest.mark.parametrize("state", State)
def test_the_list_names_exactly_those_who_may_see_a_letter(who_may, state):
    letter = a_letter_in(state)
    named = {person for viewer in who_may_see(letter) for person in viewer.people}
    assert named == {NAMES[person] for person in who_may("View", letter)}


def test_the_list_of_a_case_file_names_groups_and_why(portal):
    viewers = {viewer.title: viewer for viewer in who_may_see(a_case_file(team="a1"))}
    assert set(viewers) == {
        "Team A1",
        "Team A1: Leitung",
        "Amt A: Leitung",
        "Amt A: Registratur",
    }
    assert viewers["Amt A: Leitung"].roles == ("Department Head",)
    assert viewers["Team A1"].people == ("Anna Arbeit", "Arno Arbeit", "Tom Lead")


def test_a_person_alone_is_named_too(portal):
    case_file = a_case_file(team="a1")
    case_file.manage_setLocalRoles("alex", ["Case Worker"])
    assert api.user.has_permission("View", username="alex", obj=case_file)
    viewers = {viewer.title: viewer for viewer in who_may_see(case_file)}
    assert viewers["Alex Arbeit"].why == Why.ROLE
    assert why_said(viewers["Alex Arbeit"]) == "through a role"
    assert viewers["Team A1"].why == Why.TEAM


def test_a_person_with_a_role_in_the_whole_site_is_not_said_to_be_shared_with(portal):
    letter = a_letter_in(State.CAPTURED)
    api.user.grant_roles(username="alex", roles=["Scan Operator"])
    viewers = {viewer.title: viewer for viewer in who_may_see(letter)}
    assert viewers["Alex Arbeit"].why == Why.ROLE
