"""With many letters at once each is dealt with by those of the tables, over REST.

Person × day × state × verb: what the preview says, and what becomes of each letter.
"""

from ..deputies import at
from ..deputies import BETWEEN
from .cells import ACT
from .cells import DOERS
from .deeds import Deed
from .deeds import last_change
from .deeds import REASON
from .restdeeds import CHECK
from .restdeeds import FILE
from .restdeeds import SET_ASIDE
from dataclasses import dataclass
from eakte.mailitem.manyinterfaces import IManyVerb
from eakte.mailitem.manymarks import mark_of
from eakte.mailitem.states import State
from zope.component import getUtilitiesFor

import pytest
import transaction


ROUTE = "eakte: Route mail"

VERBS = {
    "check": (Deed("check", CHECK, "check"), {}),
    "release": (Deed("release", CHECK, "release"), {}),
    "accept": (Deed("accept", "eakte: Accept mail", "accept"), {"desk": "a1-1"}),
    "assign": (Deed("assign", ROUTE, "route"), {"desk": "a1-2", "reason": REASON}),
    "route": (Deed("route", ROUTE, "route"), {"team": "a2", "reason": REASON}),
    "file": (Deed("file", FILE, "file"), {"case_file": ""}),
    "settle": (Deed("settle", "eakte: Settle mail", "settle"), {}),
    "set-aside": (
        Deed("set aside", SET_ASIDE, "mark_unclear"),
        {"to": "unclear", "reason": REASON},
    ),
    "resubmit": (
        Deed("resubmit", ACT),
        {"day": "2027-04-01", "reason": REASON},
    ),
}
"""Each verb with the deed that it is for one letter, and what is said."""

UNDONE = ("accept", "assign", "route")

OF_NO_OFFICE = ("ines", "admin", None)
"""Who has no business at a desk."""

PLACES = [
    *((state, "") for state in State if state not in (State.FILED, State.DONE)),
    (State.FILED, "open"),
    (State.DONE, "open"),
    (State.FILED, "protected"),
    (State.FILED, "barred"),
    ("personal", ""),
]


@dataclass(frozen=True)
class Many:
    """What one person does with many letters in one request."""

    verb: str
    said: dict
    refused: list
    """Letters with which the person does not do it."""
    own: list
    """Letters with which the person does."""

    @property
    def body(self):
        letters = [*self.refused, *self.own]
        items = [{"uid": e.uid, "mark": mark_of(e.content)} for e in letters]
        return {"verb": self.verb, "with": self.said, "items": items}

    @property
    def expected(self):
        refused = {each.uid: "refused" for each in self.refused}
        return refused | {each.uid: "done" for each in self.own}


@pytest.fixture(scope="module")
def office(house):
    house.close_up()
    return house


@pytest.fixture(scope="module")
def letters(office):
    """A letter in every state and place; nobody does anything with these."""
    made = {place: letter_at(office, place) for place in PLACES}
    transaction.commit()
    return made


def letter_at(office, place):
    is_personal = place[0] == "personal"
    return office.personal_letter() if is_personal else office.letter(*place)


def said_in(office, verb):
    deed, said = VERBS[verb]
    known = {"case_file": office.files["open"].uid}
    return deed, {name: known.get(name, text) for name, text in said.items()}


def test_these_are_the_verbs(portal):
    assert {name for name, _ in getUtilitiesFor(IManyVerb)} == set(VERBS)


@pytest.mark.parametrize("verb", VERBS)
def test_the_preview_says_who_does_it_with_which_letter(office, clients, letters, verb):
    deed, said = said_in(office, verb)
    body = {"verb": verb, "with": said, "uids": [e.uid for e in letters.values()]}
    before, wrong = last_change(office), {}
    for somebody, client in clients.at_their_moments(DOERS):
        answer = client.post("@many-preview", json=body)
        if somebody.user in OF_NO_OFFICE:
            assert answer.status_code == 401
            continue
        items = {each["uid"]: each for each in answer.json()["items"]}
        for letter in letters.values():
            told = items[letter.uid]
            expected = deed.is_for(letter, somebody), letter.is_for(somebody)
            if (told["allowed"], "title" in told) != expected:
                wrong[f"{somebody}, {letter}"] = told
    assert not wrong
    assert last_change(office) == before


@pytest.mark.parametrize("verb", VERBS)
def test_it_is_done_with_those_letters_and_undone_by_the_same_person(
    office, clients, letters, verb
):
    transaction.begin()
    deed, said = said_in(office, verb)
    asked = {}
    for somebody in DOERS:
        allowed = {
            place for place, each in letters.items() if deed.is_for(each, somebody)
        }
        refused = [each for place, each in letters.items() if place not in allowed]
        own = [letter_at(office, place) for place in PLACES if place in allowed]
        asked[somebody] = Many(verb, said, refused, own)
    transaction.commit()
    bodies = {somebody: each.body for somebody, each in asked.items()}
    marks = {place: mark_of(each.content) for place, each in letters.items()}
    wrong = {}
    for somebody, client in clients.at_their_moments(DOERS):
        before = last_change(office)
        answer = client.post("@many", json=bodies[somebody])
        if somebody.user in OF_NO_OFFICE:
            assert (answer.status_code, last_change(office)) == (401, before)
            continue
        if outcomes(answer) != asked[somebody].expected:
            wrong[str(somebody)] = answer.json()
        batch = answer.json()["@id"]
        if verb in UNDONE and asked[somebody].own:
            undone = client.patch(batch, json={"do": "undo"})
            if set(outcomes(undone).values()) != {"done"}:
                wrong[f"{somebody}, undo"] = undone.text
    assert not wrong
    transaction.begin()
    assert {place: mark_of(each.content) for place, each in letters.items()} == marks


def outcomes(answer):
    return {each["uid"]: each["outcome"] for each in answer.json()["items"]}


def test_nobody_else_undoes_it_or_reads_what_became_of_it(office, clients):
    transaction.begin()
    letter = office.letter(State.ROUTED)
    transaction.commit()
    body = Many("accept", {"desk": "a1-1"}, [], [letter]).body
    with at(BETWEEN):
        batch = clients["anna"].post("@many", json=body).json()["@id"]
    before, wrong = last_change(office), {}
    for somebody, client in clients.at_their_moments(DOERS):
        if somebody.user == "anna":
            continue
        answers = client.patch(batch, json={"do": "undo"}), client.get(batch)
        status = 401 if somebody.user in OF_NO_OFFICE else 404
        if {each.status_code for each in answers} != {status}:
            wrong[str(somebody)] = [each.text for each in answers]
    assert not wrong
    assert last_change(office) == before
    with at(BETWEEN):
        assert clients["anna"].patch(batch, json={"do": "undo"}).status_code == 201


ASKED = {("POST", "@many-preview"), ("POST", "@many"), ("PATCH", "@many")}
"""The services of this module, see ``test_cells_deeds_complete``."""
