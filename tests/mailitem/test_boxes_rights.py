"""A box counts, lists and orders for each person what that person may see, at any time."""

from .manyletters import by
from dataclasses import dataclass
from eakte.mailitem import rowsets
from eakte.mailitem.boxes import desk_box
from eakte.mailitem.boxes import mailroom
from eakte.mailitem.boxes import team_box
from eakte.mailitem.filing import file_into
from eakte.mailitem.states import State
from plone import api
from tests.access.closed import barred_from
from tests.access.closed import protected
from tests.builders import a_case_file
from tests.builders import a_mail_item
from tests.builders import as_system
from tests.deputies import absence
from tests.deputies import at
from tests.deputies import BETWEEN
from tests.deputies import DAY_AFTER
from tests.deputies import DAY_BEFORE
from tests.deputies import deputyship
from tests.deputies import ENTERED
from tests.guests import shared
from typing import Any

import pytest


PEOPLE = (
    *("anna", "arno", "tom", "alex", "tina", "rolf", "hanna", "rita"),
    *("bert", "holger", "oskar", "quirin", "lotte", "dora"),
)

BOXES = {
    "mailroom": mailroom,
    "teams": lambda: team_box(["a1", "a2", "b1"]),
    "desks": lambda: desk_box(["a1-1", "a1-2", "a2-1", "b1-1"]),
    "desk": lambda: desk_box("a1-1"),
}


@dataclass(frozen=True)
class Lying:
    """A letter and where it lies."""

    name: str
    letter: Any
    state: str

    def is_in(self, box, state=None):
        """Whether it lies there, whoever may see it."""
        places = {name: getattr(self.letter, name) for name in box.query}
        return self.state in ([state] if state else box.states) and all(
            places[name] in values for name, values in box.query.items()
        )


@pytest.fixture
def lying(portal):
    """Letters at anna's desk and around it; she is away for a week, alex her deputy."""
    made = {}
    with at(ENTERED):
        case_files = {
            "filed": a_case_file(team="a1", desk="a1-1"),
            "barred": barred_from("anna", team="a1", desk="a1-1"),
            "deputy barred": barred_from("alex", team="a1", desk="a1-1"),
            "protected": protected(circle=["tom"], desk="a1-1"),
            "in the circle": protected(circle=["anna"], desk="a1-1"),
        }
        with as_system():
            for name, case_file in case_files.items():
                letter = a_mail_item(State.ACCEPTED, team="a1", desk="a1-1")
                made[name] = file_into(letter, case_file), State.FILED
        for name, state, fields in (
            ("captured", State.CAPTURED, {}),
            ("blocked", State.BLOCKED, {}),
            ("new", State.ROUTED, {"team": "a1"}),
            ("unclear", State.UNCLEAR, {"team": "a1"}),
            ("taken", State.ACCEPTED, {"team": "a1", "desk": "a1-1"}),
            (
                "personal",
                State.ACCEPTED,
                {"team": "a1", "desk": "a1-1", "mail_class": "personal"},
            ),
            ("theirs", State.ROUTED, {"team": "a2", "desk": "a2-1"}),
            ("of department b", State.ACCEPTED, {"team": "b1", "desk": "b1-1"}),
        ):
            made[name] = a_mail_item(state, **fields), state
    shared(case_files["filed"], "tina")
    deputyship("alex", "anna")
    absence("anna")
    return [Lying(name, letter, str(state)) for name, (letter, state) in made.items()]


def seen_in(lying, box, state=None):
    """Return the names of the letters in the box that the user may see, one by one."""
    return {
        each.name
        for each in lying
        if each.is_in(box, state) and api.user.has_permission("View", obj=each.letter)
    }


def names_of(lying, brains):
    names = {each.letter.UID(): each.name for each in lying}
    return [names[brain.UID] for brain in brains]


@pytest.mark.parametrize(
    ("moment", "one_by_one"),
    [(DAY_BEFORE, 5000), (BETWEEN, 0), (BETWEEN, 5000), (DAY_AFTER, 0)],
)
def test_no_box_counts_a_letter_that_its_reader_could_not_open(
    lying, monkeypatch, moment, one_by_one
):
    monkeypatch.setattr(rowsets, "ONE_BY_ONE", one_by_one)
    catalog = api.portal.get_tool("portal_catalog")
    for person in PEOPLE:
        for name, make in BOXES.items():
            with at(moment), by(person):
                box, where = make(), (person, name)
                expected = seen_in(lying, box)
                listed = names_of(lying, box.items())
                assert sorted(listed) == sorted(expected), where
                assert box.count() == len(box.rows()) == len(expected), where
                for state, count in box.counts().items():
                    inside = seen_in(lying, box, str(state))
                    assert count == len(inside), (where, state)
                    found = catalog(
                        portal_type="mail_item", review_state=str(state), **box.query
                    )
                    assert set(names_of(lying, found)) == inside, (where, state)
                for each in lying:
                    place = box.place(each.letter.UID())
                    assert (place is not None) == (each.name in expected), where


def at_the_desk(lying, person, moment):
    with at(moment), by(person):
        box = desk_box("a1-1")
        return set(names_of(lying, box.items())), box.counts()[State.FILED]


def test_whoever_is_barred_counts_nothing_of_it_at_the_own_desk(lying):
    mine, filed = at_the_desk(lying, "anna", DAY_BEFORE)
    assert mine == {"filed", "deputy barred", "in the circle", "taken", "personal"}
    assert filed == 3


def test_a_deputy_counts_neither_personal_nor_closed_letters_and_only_meanwhile(lying):
    # What anna is barred from, nobody reaches in her place; her circle is her own.
    assert at_the_desk(lying, "alex", BETWEEN) == ({"filed", "taken"}, 1)
    for moment in (DAY_BEFORE, DAY_AFTER):
        assert at_the_desk(lying, "alex", moment) == (set(), 0)


def test_a_guest_counts_the_shared_case_files_letters_as_long_as_it_is_shared(lying):
    assert at_the_desk(lying, "tina", BETWEEN) == ({"filed"}, 1)
    assert at_the_desk(lying, "tina", DAY_AFTER) == (set(), 0)


def test_strangers_count_nothing_there(lying):
    for person in ("bert", "holger", "oskar", "dora"):
        assert at_the_desk(lying, person, BETWEEN) == (set(), 0), person
