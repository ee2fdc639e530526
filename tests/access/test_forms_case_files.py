"""The forms of case files and documents are answered to those of the tables alone.

Person × day × state × form, see ``formdeeds``.
"""

from .cells import FILES
from .deeds import BOTH_IN_TURN
from .deeds import wrong_cells
from .deeds import wrongly_done
from .formdeeds import CASE_FILE_FORMS
from .formdeeds import DOCUMENT_FORMS
from .formdeeds import LIFT
from .formdeeds import TAKING_FORMS
from .formdeeds import TERM_FORMS
from .restdeeds import A_SCAN
from .test_cells_deeds import DOCUMENTS
from eakte.document.states import State as DocumentState
from plone.namedfile.file import NamedBlobFile

import pytest


@pytest.fixture(scope="module")
def office(house):
    house.document(DocumentState.RECEIVED, "closed", scan=a_blob())
    house.close_up()
    return house


def a_blob():
    return NamedBlobFile(A_SCAN, "application/pdf", "scan.pdf")


@pytest.mark.parametrize("file", FILES)
def test_a_case_file(office, clients, file):
    wrong = wrong_cells(
        office,
        clients,
        (*CASE_FILE_FORMS, *TERM_FORMS),
        lambda: office.settled_case_file(file),
        BOTH_IN_TURN,
    )
    assert not wrong


def test_a_protected_case_file_is_opened_up_again(office, clients):
    wrong = wrong_cells(
        office, clients, [LIFT], lambda: office.settled_case_file("protected")
    )
    assert not wrong


@pytest.mark.parametrize(("state", "file"), DOCUMENTS)
def test_a_document(office, clients, state, file):
    wrong = wrong_cells(
        office,
        clients,
        DOCUMENT_FORMS,
        lambda: office.document(state, file),
        BOTH_IN_TURN,
    )
    assert not wrong


AT_WORK = [(DocumentState.RECEIVED, file) for file in ("open", "protected", "barred")]
"""Where forms are tried whose rights each state has been asked for over REST."""


@pytest.mark.parametrize(("state", "file"), [*AT_WORK, (DocumentState.CLOSED, "open")])
def test_forms_of_deadlines_and_of_what_leaves_the_house(office, clients, state, file):
    wrong = wrong_cells(
        office,
        clients,
        (*TERM_FORMS, *TAKING_FORMS),
        lambda: office.document(state, file, scan=a_blob()),
        BOTH_IN_TURN,
    )
    assert not wrong


CLOSED = "case_document received closed"


def test_in_a_closed_case_file_no_form_writes(office, clients):
    document = next(each for each in office.things if str(each) == CLOSED)
    wrong = wrongly_done(
        office, clients, (*DOCUMENT_FORMS, *TERM_FORMS), document, turns=BOTH_IN_TURN
    )
    assert not wrong
