"""Resubmissions, deadlines, scans, shares and places over REST: by whom, and nobody else.

As in ``test_cells_deeds``; of those to whom something does not exist each tries each
deed in some of the states.
"""

from ..deputies import at
from ..deputies import BETWEEN
from .cells import DOERS
from .cells import FILES
from .deeds import IN_TURN
from .deeds import wrong_cells
from .deeds import wrongly_done
from .restdeeds import A_SCAN
from .restdeeds import LIFT
from .restdeeds import MORE_OF_CASE_FILES
from .restdeeds import MORE_OF_DOCUMENTS
from .restdeeds import MORE_OF_LETTERS
from .restdeeds import SCANS
from .restdeeds import TERMS
from .restdeeds import UNBAR
from .test_cells_deeds import DOCUMENTS
from .test_cells_deeds import LETTERS_INSIDE
from .test_cells_deeds import OUTSIDE
from eakte.document.states import State as DocumentState
from eakte.mailitem.states import State
from fpdf import FPDF
from plone.namedfile.file import NamedBlobFile

import pytest
import transaction


LETTERS = [*((state, "") for state in OUTSIDE), *LETTERS_INSIDE]


@pytest.fixture(scope="module")
def office(house):
    house.letter(State.FILED, "closed", pdf=A_SCAN)
    house.document(DocumentState.RECEIVED, "closed", scan=blob(A_SCAN))
    house.close_up()
    return house


def blob(pdf):
    return NamedBlobFile(pdf, "application/pdf", "scan.pdf")


AT_WORK = [(State.ROUTED, ""), (State.ACCEPTED, ""), *LETTERS_INSIDE]
"""Where deeds are tried that go by the same right as one that is tried in each state."""


@pytest.mark.parametrize(("state", "file"), LETTERS)
def test_a_letter(office, clients, state, file):
    deeds = MORE_OF_LETTERS
    if (state, file) not in AT_WORK:
        deeds = [each for each in deeds if each not in TERMS]
    wrong = wrong_cells(
        office, clients, deeds, lambda: office.letter(state, file), IN_TURN
    )
    wrong |= wrong_cells(
        office,
        clients,
        SCANS,
        lambda: office.letter(state, file, pdf=A_SCAN),
        IN_TURN,
    )
    assert not wrong


@pytest.mark.parametrize("file", FILES)
def test_a_case_file(office, clients, file):
    wrong = wrong_cells(
        office,
        clients,
        MORE_OF_CASE_FILES,
        lambda: office.settled_case_file(file),
        IN_TURN,
    )
    assert not wrong


@pytest.mark.parametrize(("deed", "file"), [(LIFT, "protected"), (UNBAR, "barred")])
def test_a_case_file_is_opened_up_again(office, clients, deed, file):
    wrong = wrong_cells(office, clients, [deed], lambda: office.settled_case_file(file))
    assert not wrong


@pytest.mark.parametrize(("state", "file"), DOCUMENTS)
def test_a_document(office, clients, state, file):
    deeds = MORE_OF_DOCUMENTS
    if file == "open" and state not in (DocumentState.RECEIVED, DocumentState.CLOSED):
        deeds = [each for each in deeds if each not in TERMS]
    wrong = wrong_cells(
        office, clients, deeds, lambda: office.document(state, file), IN_TURN
    )
    wrong |= wrong_cells(
        office,
        clients,
        SCANS,
        lambda: office.document(state, file, scan=blob(A_SCAN)),
        IN_TURN,
    )
    assert not wrong


def test_what_lies_in_a_closed_case_file_is_only_read(office, clients):
    deeds = {"mail_item": MORE_OF_LETTERS, "case_document": MORE_OF_DOCUMENTS}
    retry = SCANS[0]
    wrong = {}
    for thing in office.things:
        if thing.file == "closed" and thing.kind in deeds:
            refused = (*deeds[thing.kind], retry)
            wrong |= wrongly_done(office, clients, refused, thing, turns=IN_TURN)
    assert not wrong


def test_who_entered_a_deadline_does_not_confirm_it(office, clients):
    with at(BETWEEN):
        case_file = office.case_file("open")
        transaction.commit()
        who_acts = [
            each
            for each in DOERS
            if each.when == "during" and case_file.is_for(each, "act")
        ]
        assert {each.user for each in who_acts} == {
            "anna",
            "arno",
            "tom",
            "rolf",
            "alex",
        }
        said = {"kind": "Klage", "event": "Klage erhoben", "start": "2027-03-10"}
        wrong = {}
        for somebody, other in zip(who_acts, who_acts[1:] + who_acts[:1], strict=True):
            made = clients[somebody.user].post(f"{case_file.url}/@deadlines", json=said)
            answers = [
                clients[each.user].patch(
                    made.headers["Location"], json={"do": "confirm"}
                )
                for each in (somebody, other)
            ]
            if [each.status_code for each in answers] != [403, 200]:
                wrong[somebody.user] = [each.text for each in answers]
    assert not wrong


LOCKED = FPDF()
LOCKED.set_encryption(owner_password="owner", user_password="Sesam")
LOCKED.add_page()


def test_a_locked_scan_is_opened_by_case_worker_and_deputy(office, clients):
    pdf = bytes(LOCKED.output())
    letter = office.letter(State.ACCEPTED, pdf=pdf)
    document = office.document(DocumentState.RECEIVED, "open", scan=blob(pdf))
    transaction.commit()
    with at(BETWEEN):
        answers = {
            (thing.kind, person): clients[person]
            .post(f"{thing.url}/@scan-unlock", json={"password": "Sesam"})
            .status_code
            for thing in (letter, document)
            for person in ("anna", "alex", "bert")
        }
    assert answers == {
        (kind, person): 401 if person == "bert" else 200 for kind, person in answers
    }
