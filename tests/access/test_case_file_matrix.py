"""Who may do what with a case file of team a1 and what lies in it.

Person × state × deed, see ``test_matrix`` for the people.
"""

from ..builders import a_case_file
from ..builders import put_in_state
from .test_case_file_rights import a_document
from eakte.casefile.states import State
from eakte.document.states import State as DocumentState

import pytest


TEAM = {"anna", "arno", "tom"}
CLERKS = TEAM | {"rolf"}
SEES = CLERKS | {"hanna"}

CASE_FILE = {
    "View": {State.OPEN: SEES, State.CLOSED: SEES},
    "eakte: Read scan": {State.OPEN: SEES, State.CLOSED: SEES},
    "Modify portal content": {State.OPEN: CLERKS},
    "eakte: Add to case file": {State.OPEN: CLERKS},
    "eakte: Close case file": {State.OPEN: CLERKS},
    "eakte: Reopen case file": {State.CLOSED: {"tom", "rolf"}},
    "Delete objects": {},
}
"""Who does what with a case file; in a state that is not named, nobody does."""

DOCUMENT = {
    "View": dict.fromkeys(DocumentState, SEES),
    "eakte: Read scan": {
        DocumentState.RECEIVED: SEES,
        DocumentState.IN_WORK: SEES,
        DocumentState.DONE: SEES,
        DocumentState.CLOSED: SEES,
    },
    "Modify portal content": {
        DocumentState.RECEIVED: CLERKS,
        DocumentState.IN_WORK: CLERKS,
    },
    "eakte: Work on document": {
        DocumentState.RECEIVED: CLERKS,
        DocumentState.IN_WORK: CLERKS,
        DocumentState.DONE: CLERKS,
    },
    "eakte: Cancel document": {
        DocumentState.RECEIVED: CLERKS,
        DocumentState.IN_WORK: CLERKS,
        DocumentState.DONE: CLERKS,
    },
    "Delete objects": {},
}
"""Who does what with a document while its case file is open."""

STILL_READ = {"View", "eakte: Read scan"}
"""All that is left when the case file is closed, to those who see it."""


@pytest.mark.parametrize("deed", CASE_FILE)
@pytest.mark.parametrize("state", State)
def test_a_case_file_is_dealt_with_by_those_of_the_table(who_may, state, deed):
    case_file = a_case_file(team="a1")
    put_in_state(case_file, "case_file_workflow", state)
    assert who_may(deed, case_file) == CASE_FILE[deed].get(state, set())


@pytest.mark.parametrize("deed", DOCUMENT)
@pytest.mark.parametrize("state", DocumentState)
def test_a_document_is_dealt_with_by_those_of_the_table(who_may, state, deed):
    document = a_document(a_case_file(team="a1"), state)
    assert who_may(deed, document) == DOCUMENT[deed].get(state, set())


@pytest.mark.parametrize("deed", DOCUMENT)
@pytest.mark.parametrize("state", DocumentState)
def test_in_a_closed_case_file_a_document_is_only_read(who_may, state, deed):
    case_file = a_case_file(team="a1")
    document = a_document(case_file, state)
    put_in_state(case_file, "case_file_workflow", State.CLOSED)
    left = DOCUMENT[deed].get(state, set()) if deed in STILL_READ else set()
    assert who_may(deed, document) == left
