"""Which role may do what with a case file and a document, and which person does.

Read it with the records manager: this table is the rule, the XML follows it.
"""

from ..builders import a_case_file
from ..builders import as_system
from ..builders import put_in_state
from eakte.casefile.states import State
from eakte.casefile.states import Transition
from eakte.document.states import State as DocumentState
from eakte.document.states import Transition as DocumentTransition
from eakte.org.roles import CASE_WORKER
from eakte.org.roles import DEPARTMENT_HEAD
from eakte.org.roles import GUEST
from eakte.org.roles import RECORDS_MANAGER
from eakte.org.roles import REGISTRY
from eakte.org.roles import TEAM_LEAD
from plone import api
from plone.dexterity.utils import createContentInContainer

import pytest


CLERKS = {CASE_WORKER, TEAM_LEAD, REGISTRY}
READERS = CLERKS | {DEPARTMENT_HEAD, GUEST}

SEE = "View"
READ = "eakte: Read scan"
LIST = "List folder contents"
WRITE = "Modify portal content"
ADD = "eakte: Add to case file"
CLOSE = "eakte: Close case file"
REOPEN = "eakte: Reopen case file"
SETTLE = "eakte: Settle mail"
WORK = "eakte: Work on document"
CANCEL = "eakte: Cancel document"
SHARE = "eakte: Share case file"
METADATA = "eakte: View case file metadata"

ALLOWED = {
    State.OPEN: {
        SEE: READERS,
        READ: READERS,
        LIST: READERS,
        WRITE: CLERKS,
        "Add portal content": CLERKS,
        ADD: CLERKS,
        CLOSE: CLERKS,
        SETTLE: CLERKS,
        WORK: CLERKS,
        CANCEL: CLERKS,
        SHARE: {CASE_WORKER, TEAM_LEAD},
        METADATA: {RECORDS_MANAGER},
    },
    State.CLOSED: {
        SEE: READERS,
        READ: READERS,
        LIST: READERS,
        REOPEN: {REGISTRY, TEAM_LEAD},
        SHARE: {CASE_WORKER, TEAM_LEAD},
        METADATA: {RECORDS_MANAGER},
    },
}

CASE_FILE_SAYS = {
    DocumentState.RECEIVED: {SEE, READ, WRITE, WORK, CANCEL},
    DocumentState.IN_WORK: {SEE, READ, WRITE, WORK, CANCEL},
    DocumentState.DONE: {SEE, READ, WORK, CANCEL},
    DocumentState.CLOSED: {SEE, READ},
    DocumentState.CANCELLED: {SEE},
}
"""A document has no rights of its own: these it takes from its case file, the
others nobody has. A cancelled one shows that it is there, and not what it says."""

TEAM = {"anna", "arno", "tom"}
SEES = TEAM | {"rolf", "hanna"}


@pytest.fixture
def workflows(portal):
    return api.portal.get_tool("portal_workflow")


def test_names_match_the_definitions(workflows):
    for name, states, transitions in (
        ("case_file_workflow", State, Transition),
        ("case_document_workflow", DocumentState, DocumentTransition),
    ):
        assert set(workflows[name].states.objectIds()) == set(states)
        assert set(workflows[name].transitions.objectIds()) == set(transitions)


@pytest.mark.parametrize("state", State)
def test_the_roles_of_a_case_file_are_those_of_the_table(workflows, state):
    workflow = workflows["case_file_workflow"]
    assert set(workflow.permissions) >= set(ALLOWED[state])
    for permission in set(workflow.permissions) - {"Access contents information"}:
        roles = workflow.states[state].permission_roles[permission]
        assert isinstance(roles, tuple), permission
        assert set(roles) == ALLOWED[state].get(permission, set()), permission


@pytest.mark.parametrize("state", DocumentState)
def test_a_document_takes_its_rights_from_the_case_file(workflows, state):
    workflow = workflows["case_document_workflow"]
    for permission in set(workflow.permissions) - {"Access contents information"}:
        roles = workflow.states[state].permission_roles[permission]
        acquired = isinstance(roles, list)
        assert acquired == (permission in CASE_FILE_SAYS[state]), permission
        assert not roles, permission


@pytest.mark.parametrize("state", State)
def test_a_case_file_is_seen_by_its_team_and_its_department(who_may, who_finds, state):
    case_file = a_case_file(team="a1")
    put_in_state(case_file, "case_file_workflow", state)
    assert who_may(SEE, case_file) == SEES
    assert who_may(READ, case_file) == SEES
    assert who_finds(case_file) == SEES


def test_a_closed_case_file_is_only_read_and_reopened(who_may):
    case_file = a_case_file(team="a1")
    assert who_may(WRITE, case_file) == TEAM | {"rolf"}
    put_in_state(case_file, "case_file_workflow", State.CLOSED)
    assert who_may(WRITE, case_file) == set()
    assert who_may(ADD, case_file) == set()
    assert who_may(REOPEN, case_file) == {"tom", "rolf"}


def test_nobody_deletes(who_may):
    case_file = a_case_file(team="a1")
    document = a_document(case_file)
    assert who_may("Delete objects", case_file) == set()
    assert who_may("Delete objects", document) == set()


@pytest.mark.parametrize("state", DocumentState)
def test_a_document_is_seen_by_those_who_see_its_case_file(who_may, who_finds, state):
    document = a_document(a_case_file(team="a1"), state)
    assert who_may(SEE, document) == SEES
    assert who_finds(document) == SEES
    reads = set() if state == DocumentState.CANCELLED else SEES
    assert who_may(READ, document) == reads


def test_a_case_file_that_changes_its_team_takes_everything_along(who_may, who_finds):
    case_file = a_case_file(team="a1")
    document = a_document(case_file)
    with as_system():
        case_file.team = "a2"
        case_file.reindexObjectSecurity()
    after = {"alex", "tina", "rolf", "hanna"}
    for content in (case_file, document):
        assert who_may(SEE, content) == after
        assert who_finds(content) == after


def a_document(case_file, state=DocumentState.RECEIVED, **fields):
    document = createContentInContainer(
        case_file, "case_document", checkConstraints=False, title="Vermerk", **fields
    )
    put_in_state(document, "case_document_workflow", state)
    return document
