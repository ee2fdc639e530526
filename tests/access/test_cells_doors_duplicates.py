"""Whose box has a letter that came twice, is told which was the first if it is theirs."""

from ..builders import a_case_file
from ..builders import a_mail_item
from ..builders import as_system
from .doors import a_scan
from .people import PEOPLE
from eakte.mailitem.filing import file_into
from eakte.mailitem.states import State
from eakte.scans.interfaces import IScanPages

import pytest
import transaction


FIRST_SEEN_BY = {"alex", "tina", "rolf", "hanna"}
"""Who sees what is filed in a case file of team a2; see ``test_case_file_matrix``."""

SECOND_SEEN_BY = {"anna", "arno", "tom", "rolf", "lotte"}
"""Who sees a letter that waits in the box of team a1; see ``test_matrix``."""


@pytest.fixture(scope="module")
def twice(office):
    """The UIDs of two letters with the same file: team a2 filed the first."""
    with as_system():
        scan = a_scan()
        first = a_mail_item(State.ROUTED, team="a2", scan=scan)
        first = file_into(first, a_case_file(team="a2"))
        second = a_mail_item(State.ROUTED, team="a1", scan=scan)
    assert IScanPages(second).duplicate_of == first.UID()
    transaction.commit()
    return first.UID(), second.UID()


BOXES = {
    "@mail-box?box=team&team=a1": SECOND_SEEN_BY,
    "@boxes/team-box?team=a1": SECOND_SEEN_BY - {"lotte"},
}
"""Address of the box -> who has the letter in it; the mailroom has another screen."""


@pytest.mark.parametrize("box", BOXES)
def test_a_line_names_the_first_letter_to_those_who_see_it(clients, twice, box):
    first, second = twice
    told = {
        person: line["duplicate_of"]
        for person in PEOPLE
        for line in clients[person].get(box).json().get("items", ())
        if line["UID"] == second
    }
    assert told == {
        person: first if person in FIRST_SEEN_BY else None for person in BOXES[box]
    }


def test_a_scan_names_the_first_letter_to_those_who_see_it(clients, twice):
    first, second = twice
    told = {}
    for person in SECOND_SEEN_BY:
        found = clients[person].get(f"@search?UID={second}").json()["items"]
        told[person] = clients[person].get(f"{found[0]['@id']}/@scan").json()
    assert {person: answer["duplicate_of"] for person, answer in told.items()} == {
        person: first if person in FIRST_SEEN_BY else None for person in SECOND_SEEN_BY
    }


@pytest.mark.parametrize("fields", ["duplicate_of", "_all"])
def test_a_search_names_the_first_letter_to_nobody(clients, twice, fields):
    first, second = twice
    for person in ("anna", "rolf"):
        asked = f"@search?UID={second}&metadata_fields={fields}"
        (found,) = clients[person].get(asked).json()["items"]
        assert "duplicate_of" not in found
        assert first not in found.values()


def test_plones_live_search_lists_a_letter_without_a_picture(clients, twice):
    answer = clients["anna"].get("@@ajax-search?SearchableText=")
    assert answer.status_code == 200
    listed = {each["id"]: each["img_tag"] for each in answer.json()["items"]}
    assert listed[twice[1]] is None
