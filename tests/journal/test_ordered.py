"""What is done after the request is noted as what somebody ordered, and from where."""

from ..builders import a_mail_item
from ..deputies import at
from ..deputies import BETWEEN
from ..deputies import deputyship
from ..mailitem.manyletters import by
from ..mailitem.manyletters import done
from ..mailitem.manyletters import outcomes
from ..mailitem.manyletters import routed
from ..rest.client import Client
from ..rest.client import give_passwords
from contextlib import contextmanager
from eakte.jobs.server import work_folder
from eakte.jobs.worker import run_pending
from eakte.journal.interfaces import IJournal
from eakte.journal.interfaces import Kind
from eakte.journal.interfaces import Query
from eakte.mailitem import many
from eakte.mailitem.many import undo
from eakte.mailitem.manybook import batches
from eakte.mailitem.manyinterfaces import Outcome
from eakte.mailitem.states import State
from io import BytesIO
from zope.component import getUtility
from zope.globalrequest import getRequest
from zope.globalrequest import setRequest
from ZPublisher.HTTPRequest import HTTPRequest
from ZPublisher.HTTPResponse import HTTPResponse

import pytest
import transaction


@pytest.fixture
def few(monkeypatch):
    """What is more than one letter is done in the background."""
    monkeypatch.setattr(many, "AT_ONCE", 1)


def work(site):
    transaction.commit()
    assert run_pending(site._p_jar.db(), work_folder())
    transaction.begin()


def noted(letters, kind):
    """Return what the journal says of the deed, each once."""
    query = Query(objects=tuple(each.UID() for each in letters), kinds=(kind,))
    entries = getUtility(IJournal).find(query, size=1000).entries
    assert len(entries) == len(letters)
    return {(e.who, e.for_whom, e.door, e.address) for e in entries}


@contextmanager
def browser_at(address):
    """The next lines are what a browser at that address asks for."""
    before = getRequest()
    environ = {
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "REQUEST_METHOD": "POST",
        "REMOTE_ADDR": address,
    }
    setRequest(HTTPRequest(BytesIO(), environ, HTTPResponse(stdout=BytesIO())))
    try:
        yield
    finally:
        setRequest(before)


def test_a_deputy_s_batch_in_the_background_names_who_for_whom_and_from_where(
    portal, few
):
    letters = routed(3)
    deputyship("alex", "anna")
    with at(BETWEEN):
        with browser_at("10.20.30.40"), by("alex"):
            batch = done("accept", letters, desk="a1-1")
            assert outcomes(batch) == [Outcome.WAITING] * 3
        work(portal)
        assert noted(letters, Kind.ACCEPTED) == {("alex", "anna", "web", "10.20.30.40")}


def test_undoing_in_the_background_is_noted_from_where_that_was_asked(portal, few):
    letters = routed(2)
    with browser_at("10.20.30.40"), by("anna"):
        batch = done("accept", letters)
    work(portal)
    with browser_at("10.20.30.41"), by("anna"):
        undo(batches()[batch.id])
    work(portal)
    assert noted(letters, Kind.ACCEPTED) == {("anna", "", "web", "10.20.30.40")}
    assert noted(letters, Kind.STEP) == {("anna", "", "web", "10.20.30.41")}


def test_a_batch_of_an_earlier_version_names_no_place(portal, few):
    letters = routed(2)
    with browser_at("10.20.30.40"), by("anna"):
        del done("accept", letters).asked_from
    work(portal)
    assert noted(letters, Kind.ACCEPTED) == {("anna", "", "worker", "")}


def test_another_system_s_batch_in_the_background_came_in_by_its_door(
    functional_portal, few
):
    give_passwords("anna")
    letters = [a_mail_item(State.ROUTED, team="a1") for _ in range(3)]
    transaction.commit()
    with Client("anna", site=functional_portal.absolute_url()) as client:
        body = {"verb": "accept", "with": {}, "uids": [each.UID() for each in letters]}
        seen = client.post("@many-preview", json=body).json()["items"]
        items = [{"uid": each["uid"], "mark": each["mark"]} for each in seen]
        body = {"verb": "accept", "with": {}, "items": items}
        assert client.post("@many", json=body).status_code == 202
    work(functional_portal)
    assert noted(letters, Kind.ACCEPTED) == {("anna", "", "rest", "127.0.0.1")}
