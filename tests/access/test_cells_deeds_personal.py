"""A personal letter is dealt with by those of its desk: no deputy on any day.

Before a desk has it, by those who work in its team, and by no deputy either.
"""

from .cells import DOERS
from .deeds import IN_TURN
from .deeds import wrong_cells
from .restdeeds import FILE
from .restdeeds import MORE_OF_LETTERS
from .restdeeds import OF_LETTERS
from eakte.casefile.store import case_file_store
from eakte.mailitem.states import State
from plone import api

import pytest
import transaction


@pytest.fixture(scope="module")
def office(house):
    house.close_up()
    return house


OF_A_LETTER = [each for each in OF_LETTERS if each.permission != FILE]


def test_at_its_desk(office, clients):
    deeds = (*OF_A_LETTER, *MORE_OF_LETTERS)
    assert not wrong_cells(office, clients, deeds, office.personal_letter)


@pytest.mark.parametrize("state", [State.ROUTED, State.UNCLEAR])
def test_meant_for_a_desk(office, clients, state):
    wrong = wrong_cells(
        office, clients, OF_A_LETTER, lambda: office.personal_letter(state), IN_TURN
    )
    assert not wrong


def test_in_the_box_of_its_team(office, clients):
    wrong = wrong_cells(
        office,
        clients,
        OF_A_LETTER,
        lambda: office.personal_letter(State.ROUTED, desk=None),
        IN_TURN,
    )
    assert not wrong


def test_nobody_files_it(office, clients):
    transaction.begin()
    letter = office.personal_letter()
    transaction.commit()
    case_files = len(case_file_store())
    bodies = {
        "@file": {"case_file": office.files["open"].uid},
        "@open-case-file": {"unit": "10.1"},
    }
    answers = {
        (str(somebody), service): client.post(f"{letter.url}/{service}", json=body)
        for somebody, client in clients.at_their_moments(DOERS)
        for service, body in bodies.items()
    }
    # It does not exist for anybody else; she is told why it is not filed.
    assert {each: answer.status_code for each, answer in answers.items()} == {
        each: 409 if each[0] == "anna during" else 401 for each in answers
    }
    transaction.begin()
    assert api.content.get_state(letter.content) == State.ACCEPTED
    assert len(case_file_store()) == case_files
