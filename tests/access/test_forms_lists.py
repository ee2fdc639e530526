"""What is taken along of a list is what its reader sees there, and nothing else.

Person × day × list × kind of file, by the page's button and over REST.
"""

from ..builders import as_system
from .cells import DOERS
from .formdeeds import sent
from .restdeeds import a_deadline
from eakte.mailitem.states import State
from io import BytesIO
from zipfile import ZipFile

import pytest
import re
import transaction


@pytest.fixture(scope="module")
def office(house):
    for state in State:
        if state not in (State.FILED, State.DONE):
            house.letter(state)
    for file in ("open", "closed", "protected", "barred"):
        house.letter(State.FILED, file)
    house.personal_letter()
    with as_system():
        for thing in house.things:
            a_deadline(thing.content)
    house.close_up()
    return house


BOXES = {
    "mailroom": ("", "mailroom::", {"oskar", "quirin", "lotte"}),
    "team-box": ("team=a1", "team-box:a1:", {"anna", "arno", "tom", "rolf"}),
    "my-desk": ("team=a1-1", "my-desk:a1-1:", {"anna"}),
}
"""Each box, how it is named, and whose it is without a deputyship."""

KINDS = ("csv", "xlsx", "rest")

NAMED = re.compile(r"PE-\d{4}-\d{6}|\d+\.\d+-\d+/\d{4}")
"""A letter's number or a case file's reference."""


def taken(client, page, box, kind):
    """Return the answer to who takes along what the page shows."""
    return sent(client, f"@@{page}", {"box": box, "format": kind})


def taken_over_rest(client, name, query):
    said = {"list": name, "query": query, "format": "csv"}
    return client.post("@list-file", json=said)


def names_in(answer, kind):
    """Return what a file names; nothing in an answer that is no file."""
    if "attachment" not in answer.headers.get("Content-Disposition", ""):
        return set()
    if kind != "xlsx":
        return set(NAMED.findall(answer.content.decode("utf-8-sig")))
    with ZipFile(BytesIO(answer.content)) as book:
        sheets = (name for name in book.namelist() if name.endswith(".xml"))
        return set(NAMED.findall("".join(book.read(n).decode() for n in sheets)))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("box", BOXES)
def test_a_box_is_taken_along_with_the_letters_that_are_shown(
    office, clients, box, kind
):
    query, address, people = BOXES[box]
    letters = {e.content.number: e for e in office.things if e.kind == "mail_item"}
    wrong, told = {}, 0
    for somebody, client in clients.at_their_moments(DOERS):
        answer = (
            taken_over_rest(client, box, query)
            if kind == "rest"
            else taken(client, "export-letters", address, kind)
        )
        rows, shown = names_in(answer, kind), set()
        is_deputys = str(somebody) == "alex during" and box != "mailroom"
        if somebody.user in people or is_deputys:
            items = client.get(f"@boxes/{box}?{query}&b_size=200").json()["items"]
            shown = {each["number"] for each in items}
            told += len(shown)
        elif box == "mailroom" and kind != "rest":
            # The page takes along what the reader sees of it, also at a team's desk.
            shown = {each for each in rows if letters[each].is_for(somebody)}
        unseen = {each for each in rows if not letters[each].is_for(somebody)}
        if rows != shown or unseen:
            wrong[str(somebody)] = answer.status_code, rows ^ shown, unseen
    assert not wrong
    assert told


@pytest.mark.parametrize("kind", KINDS)
def test_the_list_of_deadlines_names_what_its_reader_sees(office, clients, kind):
    things = {name_of(each): each for each in office.things}
    transaction.begin()
    wrong, told = {}, set()
    for somebody, client in clients.at_their_moments(DOERS):
        query = "whose=team&when=all"
        answer = (
            taken_over_rest(client, "deadlines", query)
            if kind == "rest"
            else taken(client, "export-deadlines", f"deadlines:{query}", kind)
        )
        rows = names_in(answer, kind) & set(things)
        told |= {(str(somebody), name) for name in rows}
        unseen = {name for name in rows if not things[name].is_for(somebody)}
        if unseen:
            wrong[str(somebody)] = answer.status_code, unseen
    assert not wrong
    # The deputy is told of anna's team while it holds.
    assert {who.partition(" ")[2] for who, _name in told if "alex" in who} == {"during"}
    assert {"anna during", "tom during"} <= {who for who, _name in told}


def name_of(thing):
    return getattr(thing.content, "number", None) or thing.content.reference


COUNTED = {"tom": {"a1"}, "hanna": {"a1", "a2"}, "tina": {"a2"}, "holger": {"b1"}}
"""Teams whose numbers a person knows."""

A_TEAM = re.compile(r"Team ([AB]\d)")


@pytest.mark.parametrize("by", ["page", "rest"])
def test_the_numbers_of_a_team_are_taken_along_by_who_leads_it(office, clients, by):
    wrong = {}
    for somebody, client in clients.at_their_moments(DOERS):
        answer = (
            taken_over_rest(client, "counters", "")
            if by == "rest"
            else taken(client, "export-counters", "counters:", "csv")
        )
        named = {team.lower() for team in A_TEAM.findall(answer.text)}
        if named != COUNTED.get(somebody.user, set()):
            wrong[str(somebody)] = answer.status_code, named
    assert not wrong


ASKED = {("POST", "@list-file")}
"""The service of this module, see ``test_cells_deeds_complete``."""
