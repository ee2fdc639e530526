"""Who may do what with a letter of team a1: person × state × deed.

The small office: anna and arno work in team a1, tom leads it; alex and tina are
team a2 of the same department, rolf is its registry, hanna its head, rita its
records manager; bert and holger are another department. oskar scans, quirin
checks, lotte leads the mailroom. See ``people``.
"""

from ..builders import a_mail_item
from .letters import a_letter_in
from .people import EVERYBODY
from eakte.mailitem.states import State

import pytest


TEAM = {"anna", "arno", "tom"}
CHECKERS = {"quirin", "lotte"}
MAILROOM = CHECKERS | {"oskar"}
CASE_FILE = {"anna", "arno", "tom", "rolf", "hanna"}

SEES = {
    State.CAPTURED: MAILROOM,
    State.CHECKING: MAILROOM,
    State.RELEASED: {"quirin", "lotte", "rolf"},
    State.ROUTED: TEAM | {"rolf", "lotte"},
    State.ACCEPTED: TEAM | {"rolf"},
    State.FILED: CASE_FILE,
    State.DONE: CASE_FILE,
    State.RESCAN: MAILROOM,
    State.UNCLEAR: TEAM | {"rolf", "lotte"},
    State.FOREIGN: {"rolf", "lotte"},
    State.BLOCKED: {"lotte"},
}
"""Who sees the letter and reads its pages."""

DOES = {
    "Modify portal content": {
        State.CAPTURED: MAILROOM,
        State.CHECKING: CHECKERS,
        State.RELEASED: CHECKERS | {"rolf"},
        State.ROUTED: TEAM | {"rolf"},
        State.ACCEPTED: TEAM,
        State.FILED: TEAM | {"rolf"},
        State.RESCAN: MAILROOM,
        State.UNCLEAR: {"tom", "rolf"},
    },
    "eakte: Check mail": {
        State.CAPTURED: MAILROOM,
        State.CHECKING: CHECKERS,
        State.RESCAN: MAILROOM,
    },
    "eakte: Set mail aside": {
        State.CAPTURED: MAILROOM,
        State.CHECKING: CHECKERS,
        State.RELEASED: CHECKERS | {"rolf"},
        State.ROUTED: TEAM | {"rolf"},
        State.ACCEPTED: TEAM | {"rolf"},
        State.RESCAN: CHECKERS,
        State.UNCLEAR: {"tom", "rolf", "lotte"},
    },
    "eakte: Block mail": {
        State.CAPTURED: MAILROOM,
        State.CHECKING: CHECKERS,
        State.RELEASED: CHECKERS,
        State.ROUTED: TEAM | {"lotte"},
        State.ACCEPTED: TEAM,
        State.RESCAN: CHECKERS,
        State.UNCLEAR: {"tom", "lotte"},
        State.BLOCKED: {"lotte"},
    },
    "eakte: Route mail": {
        State.RELEASED: {"quirin", "lotte", "rolf"},
        State.ROUTED: TEAM | {"rolf", "lotte"},
        State.ACCEPTED: TEAM | {"rolf"},
        State.UNCLEAR: {"tom", "rolf", "lotte"},
        State.FOREIGN: {"rolf", "lotte"},
    },
    "eakte: Accept mail": {
        State.ROUTED: TEAM,
    },
    "eakte: File mail": {
        State.ROUTED: TEAM | {"rolf"},
        State.ACCEPTED: TEAM | {"rolf"},
    },
    "eakte: Settle mail": {
        State.FILED: TEAM | {"rolf"},
    },
    "Delete objects": {},
}
"""Who does what; in a state that is not named, nobody does."""


@pytest.mark.parametrize("state", State)
def test_a_letter_is_seen_by_those_of_the_table(who_may, state):
    letter = a_letter_in(state)
    assert who_may("View", letter) == SEES[state]
    assert who_may("eakte: Read scan", letter) == SEES[state]


@pytest.mark.parametrize("state", State)
def test_a_search_shows_a_letter_to_those_who_see_it(who_finds, state):
    assert who_finds(a_letter_in(state)) == SEES[state]


@pytest.mark.parametrize("deed", DOES)
@pytest.mark.parametrize("state", State)
def test_a_deed_is_done_by_those_of_the_table(who_may, state, deed):
    assert who_may(deed, a_letter_in(state)) == DOES[deed].get(state, set())


def test_the_address_answers_those_who_see_the_letter(ask):
    letters = {state: a_letter_in(state).absolute_url() for state in State}
    answered = {
        state: {person for person in EVERYBODY if ask(person).get(url).ok}
        for state, url in letters.items()
    }
    assert answered == SEES
    refusals = {
        ask(person).get(url).status_code
        for state, url in letters.items()
        for person in EVERYBODY - SEES[state] | {None}
    }
    assert refusals == {401}


def test_a_personal_letter_is_for_its_desk(who_may, who_finds):
    letter = a_letter_in(State.ACCEPTED, desk="a1-1", mail_class="personal")
    assert who_may("View", letter) == {"anna"}
    assert who_finds(letter) == {"anna"}


def test_a_personal_letter_that_is_done_is_for_its_desk_too(who_may, who_finds):
    letter = a_mail_item(State.DONE, team="a1", desk="a1-1", mail_class="personal")
    for deed in ("View", "eakte: Read scan"):
        assert who_may(deed, letter) == {"anna"}
    assert who_finds(letter) == {"anna"}
    for deed in DOES:
        assert who_may(deed, letter) == set(), deed


def test_outside_a_case_file_no_letter_is_opened_by_being_done(who_may, who_finds):
    letter = a_mail_item(State.DONE, team="a1")
    assert who_may("View", letter) == who_finds(letter) == TEAM | {"rolf"}
    without_a_team = a_mail_item(State.DONE)
    assert who_may("View", without_a_team) == who_finds(without_a_team) == set()


def test_an_unclear_letter_without_a_team_is_the_mailrooms(who_may):
    assert who_may("View", a_letter_in(State.UNCLEAR, team=None)) == {"lotte"}


def test_the_team_that_a_letter_comes_to_sees_it_and_the_other_no_longer(
    who_may, who_finds
):
    letter = a_letter_in(State.ROUTED)
    letter.team = "a2"
    letter.reindexObjectSecurity()
    assert who_may("View", letter) == {"alex", "tina", "rolf", "lotte"}
    assert who_finds(letter) == {"alex", "tina", "rolf", "lotte"}
