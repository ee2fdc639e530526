"""Whom a case file is opened or closed to by name, when places follow from elsewhere."""

from ..builders import a_case_file
from ..builders import as_system
from .closed import protected
from eakte.access.choosing import people_to_bar
from eakte.access.choosing import people_to_choose
from eakte.access.closing import ClosingWrong
from eakte.access.protecting import protect
from eakte.access.seeing import who_may_see
from eakte.login.placements import map_places
from eakte.login.placements import remember
from eakte.login.sources import OPENID
from plone import api

import pytest


OFFICE = {"hanna", "rolf", "rita", "tom", "tina", "anna", "arno", "alex"}


@pytest.fixture
def mapped(portal):
    """Groups of the provider stand for places of department A, and the mailroom."""
    pairs = (
        ("GG-A1", "team-a1"),
        ("GG-A2", "desk-a2-1"),
        ("GG-Registratur", "department-amt-a-registry"),
        ("GG-B1", "team-b1"),
        ("GG-Post", "mailroom-checkers"),
    )
    map_places({OPENID: ("Kreis-Konto", pairs)})


@pytest.mark.parametrize("name", ["GG-A1", "GG-A2", "GG-Registratur"])
def test_who_works_there_by_a_group_elsewhere_can_be_chosen(mapped, name):
    case_file = a_case_file(team="a1")
    assert set(people_to_choose(case_file)) == OFFICE
    remember("bert", OPENID, [name])
    assert set(people_to_choose(case_file)) == OFFICE | {"bert"}
    assert set(people_to_bar(case_file)) == OFFICE | {"bert", "dora"}
    remember("bert", OPENID, [])
    assert set(people_to_choose(case_file)) == OFFICE


@pytest.mark.parametrize("name", ["GG-B1", "GG-Post", "GG-nobody-mapped"])
def test_another_group_elsewhere_is_no_place_in_the_department(mapped, name):
    remember("quirin", OPENID, [name])
    assert set(people_to_choose(a_case_file(team="a1"))) == OFFICE


def test_who_has_no_account_any_more_cannot_be_chosen(mapped):
    api.user.create(
        username="otto", email="otto@amt.example", password="Ein-langes-Passwort-1"
    )
    remember("otto", OPENID, ["GG-A1"])
    case_file = a_case_file(team="a1")
    assert "otto" in people_to_choose(case_file)
    with as_system():
        api.user.delete(username="otto")
    assert "otto" not in people_to_choose(case_file)


def test_in_the_circle_such_a_person_sees_it_as_long_as_the_place_holds(
    mapped, who_may, who_finds
):
    remember("bert", OPENID, ["GG-A1"])
    case_file = protected(circle={"anna", "bert"})
    assert who_may("View", case_file) == who_finds(case_file) == {"anna", "bert"}
    (circle,) = who_may_see(case_file)
    assert {member.id for member in circle.members} == {"anna", "bert"}


def test_in_the_circle_nobody_sees_it_whose_place_is_gone(mapped, who_may, who_finds):
    remember("quirin", OPENID, ["GG-A1"])
    case_file = protected(circle={"anna", "quirin"})
    remember("quirin", OPENID, [])
    assert who_may("View", case_file) == who_finds(case_file) == {"anna"}


def test_an_officer_is_in_no_circle(portal):
    case_file = a_case_file(team="a1")
    refused = pytest.raises(ClosingWrong, match="no place in the department")
    with api.env.adopt_user(username="hanna"), refused:
        protect(case_file, "vip", ["anna", "dora"], "Wunsch der Leitung")
    assert case_file.protection is None


def test_the_form_offers_them(ask, functional_portal):
    map_places({OPENID: ("Kreis-Konto", (("GG-A1", "team-a1"),))})
    remember("bert", OPENID, ["GG-A1"])
    case_file = a_case_file(team="a1")
    page = ask("hanna").get(
        f"{case_file.absolute_url()}/@@protection", headers={"Accept": "text/html"}
    )
    assert page.status_code == 200
    assert page.text.count("Bert Beamter") == 2
    assert page.text.count("Dora Datenschutz") == 1
