"""The forms of a letter are answered to those of the tables; nobody else writes by them.

Person × day × state × form, see ``formdeeds``.
"""

from .deeds import BOTH_IN_TURN
from .deeds import wrong_cells
from .deeds import wrongly_done
from .formdeeds import LETTER_FORMS
from .formdeeds import TAKING_FORMS
from .formdeeds import TERM_FORMS
from .restdeeds import A_SCAN
from .restdeeds import FILE
from .test_cells_deeds import LETTERS_INSIDE
from .test_cells_deeds import OUTSIDE
from eakte.mailitem.states import State

import pytest


LETTERS = [*((state, "") for state in OUTSIDE), *LETTERS_INSIDE]

AT_WORK = [(State.ROUTED, ""), (State.ACCEPTED, ""), *LETTERS_INSIDE]
"""Where forms are tried whose rights each state has been asked for over REST."""


@pytest.fixture(scope="module")
def office(house):
    house.letter(State.FILED, "closed", pdf=A_SCAN)
    house.close_up()
    return house


@pytest.mark.parametrize(("state", "file"), LETTERS)
def test_its_own_forms(office, clients, state, file):
    wrong = wrong_cells(
        office,
        clients,
        LETTER_FORMS,
        lambda: office.letter(state, file),
        BOTH_IN_TURN,
    )
    assert not wrong


@pytest.mark.parametrize(("state", "file"), AT_WORK)
def test_forms_of_deadlines_and_of_what_leaves_the_house(office, clients, state, file):
    wrong = wrong_cells(
        office,
        clients,
        (*TERM_FORMS, *TAKING_FORMS),
        lambda: office.letter(state, file, pdf=A_SCAN),
        BOTH_IN_TURN,
    )
    assert not wrong


CLOSED = "mail_item filed closed"


def test_in_a_closed_case_file_no_form_writes(office, clients):
    letter = next(each for each in office.things if str(each) == CLOSED)
    wrong = wrongly_done(
        office, clients, (*LETTER_FORMS, *TERM_FORMS), letter, turns=BOTH_IN_TURN
    )
    assert not wrong


@pytest.mark.parametrize("state", [State.ROUTED, State.ACCEPTED])
def test_a_personal_letter(office, clients, state):
    deeds = (*(each for each in LETTER_FORMS if each.permission != FILE), *TERM_FORMS)
    wrong = wrong_cells(
        office, clients, deeds, lambda: office.personal_letter(state), BOTH_IN_TURN
    )
    wrong |= wrong_cells(
        office,
        clients,
        TAKING_FORMS,
        lambda: office.personal_letter(state, pdf=A_SCAN),
        BOTH_IN_TURN,
    )
    assert not wrong
