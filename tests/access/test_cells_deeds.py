"""What is done is done by those of the tables, and for all others nothing happens.

Person × day × state × deed, asked over HTTP; see ``deeds``.
"""

from .cells import FILES
from .deeds import wrong_cells
from .deeds import wrongly_done
from .restdeeds import OF_CASE_FILES
from .restdeeds import OF_DOCUMENTS
from .restdeeds import OF_LETTERS
from eakte.document.states import State as DocumentState
from eakte.mailitem.states import State

import pytest


FILED = (State.FILED, State.DONE)

OUTSIDE = [state for state in State if state not in FILED]

LETTERS_INSIDE = [
    *((state, "open") for state in FILED),
    (State.FILED, "protected"),
    (State.FILED, "barred"),
]

DOCUMENTS = [
    *((state, "open") for state in DocumentState),
    (DocumentState.RECEIVED, "protected"),
    (DocumentState.RECEIVED, "barred"),
]
"""Of those in a closed-up case file one state: by its permission each state is tried in
``test_protected`` and ``test_barred``."""


@pytest.fixture(scope="module")
def office(house):
    """The office with its deputyship, its guest and the case files as they are named."""
    for state in FILED:
        house.letter(state, "closed")
    for state in (DocumentState.RECEIVED, DocumentState.DONE):
        house.document(state, "closed")
    house.close_up()
    return house


@pytest.mark.parametrize("state", OUTSIDE)
def test_a_letter(office, clients, state):
    assert not wrong_cells(office, clients, OF_LETTERS, lambda: office.letter(state))


@pytest.mark.parametrize(("state", "file"), LETTERS_INSIDE)
def test_a_letter_in_a_case_file(office, clients, state, file):
    wrong = wrong_cells(office, clients, OF_LETTERS, lambda: office.letter(state, file))
    assert not wrong


@pytest.mark.parametrize("file", FILES)
def test_a_case_file(office, clients, file):
    wrong = wrong_cells(
        office, clients, OF_CASE_FILES, lambda: office.settled_case_file(file)
    )
    assert not wrong


@pytest.mark.parametrize(("state", "file"), DOCUMENTS)
def test_a_document(office, clients, state, file):
    wrong = wrong_cells(
        office, clients, OF_DOCUMENTS, lambda: office.document(state, file)
    )
    assert not wrong


def test_what_lies_in_a_closed_case_file_is_only_read(office, clients):
    deeds = {"mail_item": OF_LETTERS, "case_document": OF_DOCUMENTS}
    wrong = {}
    for thing in office.things:
        if thing.file == "closed" and thing.kind in deeds:
            wrong |= wrongly_done(office, clients, deeds[thing.kind], thing)
    assert not wrong
