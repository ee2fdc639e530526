"""People who read, and what is noted of it."""

from eakte.journal.interfaces import IJournal
from eakte.journal.interfaces import Kind
from eakte.journal.interfaces import Query
from eakte.mailitem.states import State
from fpdf import FPDF
from tests.builders import a_mail_item
from tests.rest.client import Client
from tests.rest.client import give_passwords
from zope.component import getUtility

import pytest
import transaction


@pytest.fixture
def site(functional_portal):
    give_passwords("anna", "arno", "bert", "lotte", "rita", "tom", "hanna")
    yield functional_portal
    transaction.abort()


@pytest.fixture
def ask(site):
    """Return ``ask(person, path, method="GET")``: the answer's status."""
    clients = {}

    def ask(person, path, method="GET", **options):
        transaction.commit()
        if (person, str(options.get("headers"))) not in clients:
            client = Client(person, site=site.absolute_url())
            client.headers["Accept"] = options.pop("accept", "application/json")
            clients[person] = client
        return clients[person].request(method, path, **options)

    yield ask
    for client in clients.values():
        client.close()


@pytest.fixture
def browse(site):
    """Return ``browse(person, path)``: as a browser asks."""

    def browse(person, path, **options):
        transaction.commit()
        client = Client(person, site=site.absolute_url())
        client.headers["Accept"] = "text/html"
        with client:
            return client.request(options.pop("method", "GET"), path, **options)

    return browse


@pytest.fixture
def read(site):
    """Return ``read(content)``: the entries about reading it, oldest first."""

    def read(content):
        transaction.abort()
        query = Query(objects=(content.UID(),), kinds=(Kind.READ, Kind.DOWNLOADED))
        return getUtility(IJournal).find(query, size=1000).entries[::-1]

    return read


@pytest.fixture
def letter(site):
    pdf = FPDF()
    pdf.add_page()
    return a_mail_item(State.ROUTED, team="a1", pdf=bytes(pdf.output()))
