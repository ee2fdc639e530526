"""Who tries to get at a protected case file by doing something does not find it either."""

from ..builders import a_case_file
from ..builders import a_mail_item
from ..deputies import at
from ..deputies import BETWEEN
from ..deputies import deputyship
from .closed import made_and_protected
from .closed import tells_nothing
from .doors import got
from eakte.access.barring import bar
from eakte.mailitem.states import State
from plone import api

import pytest


@pytest.fixture
def protected(functional_portal):
    return made_and_protected(functional_portal)


def test_no_letter_is_filed_into_what_is_not_there(ask, protected):
    case_file = protected[0]
    letter = a_mail_item(State.ROUTED, team="a1")
    address = f"{letter.absolute_url()}/@file"
    said = []
    for named in (case_file.UID(), "0" * 32):
        answer = ask("tom").post(address, json={"case_file": named})
        said.append((answer.status_code, answer.text.replace(named, "")))
    assert said[0] == said[1]
    assert said[0][0] == 409


def test_a_deputy_finds_nothing_of_it_meanwhile(ask, protected):
    deputyship("arno", "anna")
    with at(BETWEEN):
        asked = ask("arno")
        for content in protected:
            assert asked.get(content.absolute_url()).status_code == 404
        tells_nothing(asked, protected)


def test_no_account_tells_of_the_case_files_that_are_closed(ask, protected):
    other = a_case_file(team="a1")
    with api.env.adopt_user(username="hanna"):
        bar(other, ["arno"], "Befangen")
    for person, address in (
        ("admin", "@users/anna"),
        ("admin", "@users"),
        ("anna", "@users/anna"),
        ("admin", "@groups"),
        ("admin", "@@usergroup-usermembership?userid=anna"),
    ):
        answer = got(ask(person), address)
        assert answer.status_code == 200, address
        assert "circle-" not in answer.text
        assert "~not~" not in answer.text
    groups = ask("admin").get("@users/anna").json()["groups"]["items"]
    assert "team-a1" in {each["id"] for each in groups}


def test_nobody_becomes_a_member_of_a_computed_group_by_hand(ask, protected):
    for name in (f"circle-{protected[0].UID()}", f"guest-{protected[0].UID()}"):
        body = {"groupname": name, "users": ["bert"]}
        made = ask("admin").post("@groups", json=body)
        assert made.status_code == 403, made.text
        assert ask("admin").post("@groups", json={"groupname": name}).ok
        body = {"users": {"bert": True}}
        assert ask("admin").patch(f"@groups/{name}", json=body).status_code == 403
        assert ask("bert").get(protected[0].absolute_url()).status_code == 404
        assert ask("bert").get("@search?SearchableText=Zebra").json()["items"] == []


def test_nobody_tries_out_addresses_by_opening_case_files(ask, protected):
    for person in ("anna", "bert", "rolf"):
        said = []
        for name in (protected[0].getId(), "10-1-4711-1999"):
            body = {"@type": "case_file", "id": name, "title": "Probe", "team": "a1"}
            answer = ask(person).post("akten", json=body | {"unit": "10.1"})
            said.append((answer.status_code, answer.text.replace(name, "")))
        assert said[0] == said[1], person
        assert 400 <= said[0][0] < 500, person
