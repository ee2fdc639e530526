from ..builders import a_case_file
from ..builders import a_mail_item
from ..builders import as_system
from ..builders import put_in_state
from eakte.casefile.closing import CaseFileNotReady
from eakte.casefile.closing import reasons_against_closing
from eakte.casefile.states import State
from eakte.casefile.states import Transition
from eakte.clock import today
from eakte.document.states import State as DocumentState
from eakte.mailitem.filing import file_into
from eakte.mailitem.states import State as MailState
from plone import api
from plone.dexterity.utils import createContentInContainer

import pytest


@pytest.fixture
def case_file(portal):
    return a_case_file(team="a1")


def a_document(case_file, title, state):
    with as_system():
        document = createContentInContainer(case_file, "case_document", title=title)
    put_in_state(document, "case_document_workflow", state)
    return document


def a_filed_letter(case_file, **fields):
    with as_system():
        return file_into(a_mail_item(MailState.ROUTED, team="a1", **fields), case_file)


def close(case_file, user="anna"):
    with api.env.adopt_user(username=user):
        api.content.transition(case_file, transition=Transition.CLOSE)


def test_an_empty_case_file_stays_open(case_file):
    with pytest.raises(CaseFileNotReady) as caught:
        close(case_file)
    assert caught.value.reasons == ("The case file is empty.",)
    assert api.content.get_state(case_file) == State.OPEN
    assert case_file.closed is None


def test_all_reasons_are_said_at_once(case_file):
    a_filed_letter(case_file, title="Antrag")
    a_document(case_file, "Vermerk", DocumentState.RECEIVED)
    a_document(case_file, "Entwurf", DocumentState.IN_WORK)
    a_document(case_file, "Bescheid", DocumentState.DONE)
    with pytest.raises(CaseFileNotReady) as caught:
        close(case_file)
    assert len(caught.value.reasons) == 3
    assert caught.value.status == 409


def test_what_the_user_may_not_see_blocks_and_is_counted_not_named(case_file):
    a_document(case_file, "Vermerk", DocumentState.RECEIVED)
    for title in ("Geheim eins", "Geheim zwei"):
        hidden = a_document(case_file, title, DocumentState.RECEIVED)
        hidden.manage_permission("View", [], acquire=0)
    with api.env.adopt_user(username="anna"):
        reasons = reasons_against_closing(case_file)
    assert len(reasons) == 2
    assert reasons[-1].mapping == {"count": 2}
    said = " ".join(f"{reason} {getattr(reason, 'mapping', '')}" for reason in reasons)
    assert "Geheim" not in said


def test_settled_matters_close_and_the_day_is_kept(case_file):
    put_in_state(a_filed_letter(case_file), "mail_item_workflow", MailState.DONE)
    a_document(case_file, "Entwurf", DocumentState.CANCELLED)
    close(case_file)
    assert api.content.get_state(case_file) == State.CLOSED
    assert case_file.closed == today()


def test_a_closed_case_file_is_reopened_with_a_reason_only(case_file):
    put_in_state(a_filed_letter(case_file), "mail_item_workflow", MailState.DONE)
    close(case_file)
    with api.env.adopt_user(username="tom"):
        with pytest.raises(CaseFileNotReady):
            api.content.transition(case_file, transition=Transition.REOPEN)
        api.content.transition(
            case_file, transition=Transition.REOPEN, comment="Widerspruch"
        )
    assert api.content.get_state(case_file) == State.OPEN
    assert case_file.closed is None
