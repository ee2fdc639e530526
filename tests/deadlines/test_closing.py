"""What is still to be done keeps case files and letters open."""

from ..builders import a_case_file
from ..builders import put_in_state
from .conftest import a_deadline
from .conftest import a_document
from .conftest import a_resubmission
from .conftest import by
from eakte.casefile.closing import CaseFileNotReady
from eakte.casefile.closing import reasons_against_closing
from eakte.casefile.states import State as FileState
from eakte.casefile.states import Transition as FileTransition
from eakte.deadlines.closing import DeadlineOpen
from eakte.deadlines.keeping import close
from eakte.deadlines.keeping import confirm
from eakte.deadlines.resubmitting import finish
from eakte.document.states import State as DocumentState
from eakte.mailitem.states import State
from eakte.mailitem.states import Transition
from plone import api
from zope.i18n import translate

import pytest


def close_file(case_file):
    with by("anna"):
        api.content.transition(case_file, transition=FileTransition.CLOSE)


def test_an_open_resubmission_or_deadline_keeps_a_case_file_open(case_file):
    document = a_document(case_file, title="Bescheid")
    put_in_state(document, "case_document_workflow", DocumentState.DONE)
    resubmission = a_resubmission(case_file)
    deadline = a_deadline(document)
    with pytest.raises(CaseFileNotReady) as caught:
        close_file(case_file)
    said = {translate(each) for each in caught.value.reasons}
    assert said == {
        "The deadline “Klage” until 01/04/2027 is open. Close it first.",
        "The resubmission “Antwort da?” on 10/03/2027 is open. Settle it first.",
    }
    with by("anna"):
        finish(case_file, resubmission.id)
    with by("arno"):
        confirm(document, deadline.id)
        close(document, deadline.id, why="zurückgenommen")
    close_file(case_file)
    assert api.content.get_state(case_file) == FileState.CLOSED


def test_those_of_another_case_file_do_not(case_file, portal):
    a_resubmission(a_case_file(team="a1"))
    with by("anna"):
        assert reasons_against_closing(case_file) == ["The case file is empty."]


def test_a_hidden_one_blocks_and_is_counted_not_named(case_file):
    hidden = a_document(case_file, title="Geheim")
    put_in_state(hidden, "case_document_workflow", DocumentState.DONE)
    a_deadline(hidden)
    hidden.manage_permission("View", [], acquire=0)
    with by("anna"):
        (reason,) = reasons_against_closing(case_file)
    assert reason.mapping == {"count": 1}


def test_an_open_deadline_keeps_a_letter_open(letter):
    a_resubmission(letter)
    deadline = a_deadline(letter)
    with by("anna"), pytest.raises(DeadlineOpen) as caught:
        api.content.transition(letter, transition=Transition.SETTLE)
    (reason,) = caught.value.reasons
    assert reason.mapping["kind"] == "Klage"
    assert api.content.get_state(letter) == State.FILED
    with by("arno"):
        confirm(letter, deadline.id)
        close(letter, deadline.id, why="zurückgenommen")
    with by("anna"):
        api.content.transition(letter, transition=Transition.SETTLE)
    assert api.content.get_state(letter) == State.DONE


def test_a_resubmission_of_a_settled_letter_is_done_in_its_case_file(letter):
    term = a_resubmission(letter)
    with by("anna"):
        api.content.transition(letter, transition=Transition.SETTLE)
        assert not finish(letter, term.id).is_open
