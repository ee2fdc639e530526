from ..builders import a_case_file
from ..builders import as_system
from ..builders import put_in_state
from eakte.document.states import State
from eakte.document.states import Transition
from eakte.scanning.model import Origin
from eakte.scanning.model import PageText
from eakte.scans.facts import facts_of
from plone import api
from plone.api.exc import InvalidParameterError
from plone.dexterity.utils import createContentInContainer
from plone.namedfile.file import NamedBlobFile

import pytest


ROAD = {
    State.RECEIVED: {Transition.START_WORK, Transition.SETTLE, Transition.CANCEL},
    State.IN_WORK: {Transition.SETTLE, Transition.CANCEL},
    State.DONE: {Transition.CLOSE, Transition.RESUME, Transition.CANCEL},
    State.CLOSED: set(),
    State.CANCELLED: set(),
}


@pytest.fixture
def document(portal):
    case_file = a_case_file(team="a1")
    with as_system():
        return createContentInContainer(case_file, "case_document", title="Vermerk")


@pytest.mark.parametrize("state", State)
def test_the_steps_of_a_document_are_those_of_the_road(portal, state):
    workflow = api.portal.get_tool("portal_workflow")["case_document_workflow"]
    assert set(workflow.states[state].transitions) == ROAD[state]


def test_a_document_goes_from_receipt_to_closing(document):
    with api.env.adopt_user(username="anna"):
        for step in (Transition.START_WORK, Transition.SETTLE, Transition.CLOSE):
            api.content.transition(document, transition=step)
    assert api.content.get_state(document) == State.CLOSED


def test_nothing_happens_to_a_document_of_a_closed_case_file(document):
    put_in_state(document.aq_parent, "case_file_workflow", "closed")
    for user in ("anna", "tom", "rolf"):
        with api.env.adopt_user(username=user), pytest.raises(InvalidParameterError):
            api.content.transition(document, transition=Transition.SETTLE)


def found_by(text):
    catalog = api.portal.get_tool("portal_catalog")
    return [b.UID for b in catalog.unrestrictedSearchResults(SearchableText=text)]


def test_a_cancelled_document_is_not_found_by_its_text_any_more(portal):
    case_file = a_case_file(team="a1")
    with as_system():
        document = createContentInContainer(
            case_file,
            "case_document",
            title="Vermerk",
            scan=NamedBlobFile(b"%PDF-1.4", "application/pdf", "v.pdf"),
        )
    page = PageText(1, "Fehlbuchung", (), None, 0, False, Origin.DIGITAL)
    facts_of(document).pages.put([page])
    document.reindexObject(idxs=["SearchableText"])
    assert found_by("Fehlbuchung") == [document.UID()]

    with api.env.adopt_user(username="anna"):
        api.content.transition(document, transition=Transition.CANCEL)

    assert found_by("Fehlbuchung") == []
    assert found_by("Vermerk") == [document.UID()]


def test_a_cancelled_document_stays_where_it_is(document):
    case_file, name = document.aq_parent, document.getId()
    with api.env.adopt_user(username="anna"):
        api.content.transition(document, transition=Transition.CANCEL)
    assert name in case_file
