"""What is done is done by those of the tables, and for all others nothing happens.

Person × day × state × deed, asked over HTTP. The people of a cell whom the tables name
do it, each with a letter, case file or document of its own; all others are refused, and
nothing is written to the database meanwhile.
"""

from .cells import BAR
from .cells import DOERS
from .cells import FILES
from .cells import PROTECT
from .cells import SHARE
from dataclasses import dataclass
from eakte.document.states import State as DocumentState
from eakte.mailitem.states import State
from fpdf import FPDF
from plone import api

import pytest
import transaction


REASON = "Gehört nicht hierher"


@dataclass(frozen=True)
class Deed:
    """A request that changes something, and who may make it."""

    name: str
    permission: str
    """A row of the tables."""
    step: str = ""
    """The step of the workflow that it takes, which not every state has."""
    method: str = "POST"
    below: str = ""
    """What is added to the address."""
    body: dict | None = None

    def done_by(self, client, thing, office):
        """Make the request and return what a cell says of the answer."""
        url = f"{thing.url}/{self.below}".rstrip("/")
        if self.body is None:
            options = {"data": A_SCAN, "headers": {"Content-Type": "application/pdf"}}
        else:
            body = self.body
            if "case_file" in body:
                body = body | {"case_file": office.files["open"].uid}
            options = {"json": body}
        answer = client.request(self.method, url, **options)
        if answer.status_code in (200, 201, 204):
            return "done"
        if answer.status_code in (401, 403, 404, 409):
            return "refused"
        return f"{answer.status_code} {answer.text}"


def _scan():
    pdf = FPDF()
    pdf.add_page()
    return bytes(pdf.output())


A_SCAN = _scan()


def step(name, permission, below=None, **body):
    """Return the deed that takes the step of the workflow."""
    return Deed(name, permission, name, below=below or f"@workflow/{name}", body=body)


def aside(name, permission, to):
    return step(name, permission, "@set-aside", to=to, reason=REASON)


SET_ASIDE, BLOCK = "eakte: Set mail aside", "eakte: Block mail"
CHECK, FILE = "eakte: Check mail", "eakte: File mail"
WRITE = "Modify portal content"
DELETE = Deed("delete", "Delete objects", method="DELETE", body={})
RESUBMIT = Deed(
    "resubmit",
    WRITE,
    below="@resubmissions",
    body={"day": "2027-04-01", "reason": "Rückfrage"},
)

OF_LETTERS = (
    step("check", CHECK),
    step("release", CHECK),
    step("route", "eakte: Route mail", "@route", team="a2", reason=REASON),
    step("accept", "eakte: Accept mail", "@accept", desk="a1-1"),
    step("file", FILE, "@file", case_file=""),
    Deed(
        "open case file", FILE, "file", below="@open-case-file", body={"unit": "10.1"}
    ),
    step("settle", "eakte: Settle mail"),
    aside("request_rescan", SET_ASIDE, "rescan"),
    aside("mark_unclear", SET_ASIDE, "unclear"),
    aside("mark_foreign", SET_ASIDE, "foreign"),
    aside("block", BLOCK, "blocked"),
    step("unblock", BLOCK, comment=REASON),
    Deed("rescan", CHECK, "recapture", below="@rescan"),
    Deed("edit", WRITE, method="PATCH", body={"sender": "Zebrastreifen GmbH"}),
    DELETE,
)


OF_CASE_FILES = (
    step("close", "eakte: Close case file"),
    step("reopen", "eakte: Reopen case file", comment=REASON),
    Deed("edit", WRITE, method="PATCH", body={"title": "Zebrastreifen, neu"}),
    Deed(
        "add", "eakte: Add to case file", body={"@type": "case_document", "title": "V"}
    ),
    RESUBMIT,
    Deed(
        "deadline",
        WRITE,
        below="@deadlines",
        body={"kind": "Klage", "event": "Klage erhoben", "start": "2027-03-10"},
    ),
    Deed(
        "share",
        SHARE,
        below="@shares",
        body={"person": "rita", "last_day": "2027-03-12"},
    ),
    Deed(
        "bar",
        BAR,
        method="PUT",
        below="@barred",
        body={"people": ["arno"], "reason": REASON},
    ),
    Deed(
        "protect",
        PROTECT,
        method="PUT",
        below="@protection",
        body={"protection": "vip", "circle": ["arno"], "reason": REASON},
    ),
    DELETE,
)

WORK = "eakte: Work on document"

OF_DOCUMENTS = (
    step("start_work", WORK),
    step("settle", WORK),
    step("close", WORK),
    step("resume", WORK),
    step("cancel", "eakte: Cancel document"),
    Deed("edit", WRITE, method="PATCH", body={"author": "Zebrafink junior"}),
    DELETE,
)


@pytest.fixture(scope="module")
def office(house):
    """The office with its deputyship, its guest and the case files as they are named."""
    for state in FILED:
        house.letter(state, "closed")
    for state in (DocumentState.RECEIVED, DocumentState.DONE):
        house.document(state, "closed")
    house.close_up()
    return house


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


def wrong_cells(office, clients, deeds, another):
    """Return the cells in which it is not as the tables say.

    :param another: returns a thing of the kind and state: one that all others are
        refused, and one for each deed of those who do it.
    """
    # What was done over HTTP since then is seen from now on.
    transaction.begin()
    shared = another()
    own = {
        (deed.name, somebody): another()
        for deed in deeds
        for somebody in DOERS
        if is_named(shared, deed, somebody)
    }
    transaction.commit()
    wrong = wrongly_done(office, clients, deeds, shared, own)
    before = last_change(office)
    for somebody, client in clients.at_their_moments(DOERS):
        for deed in deeds:
            if (deed.name, somebody) not in own:
                continue
            seen = deed.done_by(client, own[deed.name, somebody], office)
            if seen != "done" or last_change(office) == before:
                wrong[f"{somebody}, {deed.name}, {shared}"] = seen
            before = last_change(office)
    return wrong


def wrongly_done(office, clients, deeds, thing, named=()):
    """Return the cells in which something is not refused, or changes all the same.

    :param named: ``(deed, person)`` that are left out.
    """
    wrong, before = {}, last_change(office)
    for somebody, client in clients.at_their_moments(DOERS):
        for deed in deeds:
            if (deed.name, somebody) in named:
                continue
            # To whom the thing does not exist, one step is like the other: of those
            # that its state does not have none is tried.
            if not (is_possible(thing, deed) or thing.is_for(somebody)):
                continue
            seen = deed.done_by(client, thing, office)
            if (seen, last_change(office)) != ("refused", before):
                wrong[f"{somebody}, {deed.name}, {thing}"] = seen
                before = last_change(office)
    return wrong


def is_named(thing, deed, somebody):
    """Whether the tables let the person do it with what is in this state."""
    return is_possible(thing, deed) and thing.is_for(somebody, deed.permission)


def is_possible(thing, deed):
    """Whether the thing's state has the step, if the deed takes one."""
    tool = api.portal.get_tool("portal_workflow")
    (workflow,) = tool.getWorkflowsFor(thing.content)
    return not deed.step or deed.step in workflow.states[thing.state].transitions


def last_change(office):
    return office.portal._p_jar.db().lastTransaction()
