from ..builders import a_case_file
from ..builders import a_mail_item
from ..builders import as_system
from ..builders import put_in_state
from ..deputies import ENTERED
from datetime import date
from eakte.deadlines.keeping import enter_deadline
from eakte.deadlines.listing import mine
from eakte.deadlines.listing import of_teams
from eakte.deadlines.resubmitting import resubmit
from eakte.document.states import State as DocumentState
from eakte.mailitem.filing import file_into
from eakte.mailitem.states import State
from plone import api
from plone.dexterity.utils import createContentInContainer

import pytest
import time_machine


@pytest.fixture(autouse=True)
def monday(request):
    """It is the morning of Monday, 1 March 2027, unless a test says otherwise."""
    # The site is put up on the day it really is: nothing in it is from the future.
    for name in ("portal", "functional_portal"):
        if name in request.fixturenames:
            request.getfixturevalue(name)
    with time_machine.travel(ENTERED, tick=False):
        yield


@pytest.fixture
def case_file(portal):
    """Of team a1, at anna's desk."""
    return a_case_file(team="a1", desk="a1-1")


@pytest.fixture
def letter(case_file):
    """Filed in the case file."""
    with as_system():
        return file_into(a_mail_item(State.ROUTED, team="a1", title="Klage"), case_file)


def by(user):
    return api.env.adopt_user(username=user)


def a_deadline(content, user="anna", **said):
    """Return a deadline, from 1 March to 1 April 2027 unless said otherwise."""
    said = {
        "kind": "Klage",
        "event": "Zustellung des Bescheids",
        "start": date(2027, 3, 1),
    } | said
    with by(user):
        return enter_deadline(content, **said)


def a_resubmission(content, user="anna", **said):
    """Return a resubmission, on Wednesday, 10 March 2027 unless said otherwise."""
    said = {"day": date(2027, 3, 10), "reason": "Antwort da?"} | said
    with by(user):
        return resubmit(content, **said)


def a_document(case_file, user="anna", **fields):
    with by(user):
        return createContentInContainer(case_file, "case_document", **fields)


def sent(case_file, state=DocumentState.DONE, **fields):
    """Return a letter of ours that has left the house."""
    document = a_document(case_file, **{"document_type": "letter"} | fields)
    put_in_state(document, "case_document_workflow", state)
    return document


def whose(user):
    """Return the ids of what is the user's to do, and of what the user's teams have."""
    with by(user):
        return [each.term.id for each in mine()], [each.term.id for each in of_teams()]


def is_for(user, term):
    return term.id in whose(user)[0]
