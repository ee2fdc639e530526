"""Which role may do what with a letter, in each of its states.

Read it with the records manager: this table is the rule, the XML follows it.
"""

from eakte.mailitem.states import State
from eakte.mailitem.states import Transition
from eakte.org.roles import CASE_WORKER
from eakte.org.roles import DEPARTMENT_HEAD
from eakte.org.roles import GUEST
from eakte.org.roles import MAILROOM_LEAD
from eakte.org.roles import QUALITY_CHECKER
from eakte.org.roles import REGISTRY
from eakte.org.roles import SCAN_OPERATOR
from eakte.org.roles import TEAM_LEAD
from plone import api

import pytest


MAILROOM = {SCAN_OPERATOR, QUALITY_CHECKER, MAILROOM_LEAD}
CHECKERS = {QUALITY_CHECKER, MAILROOM_LEAD}
TEAM = {CASE_WORKER, TEAM_LEAD}
NOBODY = set()
IN_A_CASE_FILE = TEAM | {REGISTRY, DEPARTMENT_HEAD, GUEST}
"""Who sees a case file; said of the letter itself, which need not lie in one."""

CASE_FILE = "as the case file says"

SEE = "View"
READ = "eakte: Read scan"
WRITE = "Modify portal content"
CHECK = "eakte: Check mail"
ROUTE = "eakte: Route mail"
ACCEPT = "eakte: Accept mail"
FILE = "eakte: File mail"
ASIDE = "eakte: Set mail aside"
BLOCK = "eakte: Block mail"
SETTLE = "eakte: Settle mail"
DELETE = "Delete objects"

ALLOWED = {
    State.CAPTURED: {
        SEE: MAILROOM,
        READ: MAILROOM,
        WRITE: MAILROOM,
        CHECK: MAILROOM,
        ASIDE: MAILROOM,
        BLOCK: MAILROOM,
    },
    State.CHECKING: {
        SEE: MAILROOM,
        READ: MAILROOM,
        WRITE: CHECKERS,
        CHECK: CHECKERS,
        ASIDE: CHECKERS,
        BLOCK: CHECKERS,
    },
    State.RELEASED: {
        SEE: CHECKERS | {REGISTRY},
        READ: CHECKERS | {REGISTRY},
        WRITE: CHECKERS | {REGISTRY},
        ROUTE: CHECKERS | {REGISTRY},
        ASIDE: CHECKERS | {REGISTRY},
        BLOCK: CHECKERS,
    },
    State.ROUTED: {
        SEE: TEAM | {REGISTRY, MAILROOM_LEAD},
        READ: TEAM | {REGISTRY, MAILROOM_LEAD},
        WRITE: TEAM | {REGISTRY},
        ROUTE: TEAM | {REGISTRY, MAILROOM_LEAD},
        ACCEPT: TEAM,
        FILE: TEAM | {REGISTRY},
        ASIDE: TEAM | {REGISTRY},
        BLOCK: TEAM | {MAILROOM_LEAD},
    },
    State.ACCEPTED: {
        SEE: TEAM | {REGISTRY},
        READ: TEAM | {REGISTRY},
        WRITE: TEAM,
        ROUTE: TEAM | {REGISTRY},
        FILE: TEAM | {REGISTRY},
        ASIDE: TEAM | {REGISTRY},
        BLOCK: TEAM,
    },
    State.FILED: {
        SEE: CASE_FILE,
        READ: CASE_FILE,
        WRITE: CASE_FILE,
        SETTLE: CASE_FILE,
    },
    State.DONE: {
        SEE: IN_A_CASE_FILE,
        READ: IN_A_CASE_FILE,
    },
    State.RESCAN: {
        SEE: MAILROOM,
        READ: MAILROOM,
        WRITE: MAILROOM,
        CHECK: MAILROOM,
        ASIDE: CHECKERS,
        BLOCK: CHECKERS,
    },
    State.UNCLEAR: {
        SEE: TEAM | {REGISTRY, MAILROOM_LEAD},
        READ: TEAM | {REGISTRY, MAILROOM_LEAD},
        WRITE: {REGISTRY, TEAM_LEAD},
        ROUTE: {REGISTRY, TEAM_LEAD, MAILROOM_LEAD},
        ASIDE: {REGISTRY, TEAM_LEAD, MAILROOM_LEAD},
        BLOCK: {TEAM_LEAD, MAILROOM_LEAD},
    },
    State.FOREIGN: {
        SEE: {REGISTRY, MAILROOM_LEAD},
        READ: {REGISTRY, MAILROOM_LEAD},
        ROUTE: {REGISTRY, MAILROOM_LEAD},
    },
    State.BLOCKED: {
        SEE: {MAILROOM_LEAD},
        READ: {MAILROOM_LEAD},
        BLOCK: {MAILROOM_LEAD},
    },
}
"""What does not stand here, nobody may. No state gives the administrator anything."""

ROAD = {
    State.CAPTURED: {"check", "mark_foreign", "request_rescan", "block"},
    State.CHECKING: {"release", "mark_foreign", "request_rescan", "block"},
    State.RELEASED: {
        "route",
        "mark_unclear",
        "mark_foreign",
        "request_rescan",
        "block",
    },
    State.ROUTED: {
        "accept",
        "file",
        "route",
        "mark_unclear",
        "mark_foreign",
        "request_rescan",
        "block",
    },
    State.ACCEPTED: {
        "file",
        "hand_over",
        "route",
        "mark_unclear",
        "mark_foreign",
        "request_rescan",
        "block",
    },
    State.FILED: {"settle"},
    State.DONE: set(),
    State.RESCAN: {"recapture", "mark_foreign", "block"},
    State.UNCLEAR: {"route", "mark_foreign", "request_rescan", "block"},
    State.FOREIGN: {"route"},
    State.BLOCKED: {"unblock"},
}

GUARDS = {
    Transition.CHECK: CHECK,
    Transition.RELEASE: CHECK,
    Transition.RECAPTURE: CHECK,
    Transition.ROUTE: ROUTE,
    Transition.ACCEPT: ACCEPT,
    Transition.FILE: FILE,
    Transition.SETTLE: SETTLE,
    Transition.HAND_OVER: WRITE,
    Transition.MARK_UNCLEAR: ASIDE,
    Transition.MARK_FOREIGN: ASIDE,
    Transition.REQUEST_RESCAN: ASIDE,
    Transition.BLOCK: BLOCK,
    Transition.UNBLOCK: BLOCK,
}


OF_PERSONAL_LETTERS = {
    Transition.HAND_OVER: "python:here.mail_class == 'personal'",
}
"""Steps that no other letter has."""


@pytest.fixture
def workflow(portal):
    return api.portal.get_tool("portal_workflow")["mail_item_workflow"]


def test_names_match_the_definition(workflow):
    assert set(workflow.states.objectIds()) == set(State)
    assert set(workflow.transitions.objectIds()) == set(Transition)


@pytest.mark.parametrize("state", State)
def test_the_roles_of_a_state_are_those_of_the_table(workflow, state):
    permissions = set(workflow.permissions)
    assert permissions >= set(ALLOWED[state])
    for permission in permissions - {"Access contents information"}:
        expected = ALLOWED[state].get(permission, NOBODY)
        roles = workflow.states[state].permission_roles[permission]
        # A tuple does not acquire, a list does.
        if expected == CASE_FILE:
            assert isinstance(roles, list) and not roles, permission
        else:
            assert isinstance(roles, tuple), permission
            assert set(roles) == expected, permission


@pytest.mark.parametrize("state", State)
def test_the_steps_of_a_state_are_those_of_the_road(workflow, state):
    assert set(workflow.states[state].transitions) == ROAD[state]


@pytest.mark.parametrize("transition", Transition)
def test_a_step_is_guarded_by_a_permission_and_the_class_alone(workflow, transition):
    guard = workflow.transitions[transition].guard
    assert guard.permissions == (GUARDS[transition],)
    assert not (guard.roles or guard.groups)
    assert guard.getExprText() == OF_PERSONAL_LETTERS.get(transition, "")
