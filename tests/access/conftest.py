from ..rest.client import Client
from ..rest.client import give_passwords
from .cells import Clients
from .cells import House
from .people import PEOPLE
from .people import with_site_administrator
from .readings import everything
from .turns import Turns
from AccessControl.SecurityManagement import getSecurityManager
from plone import api
from plone.app.testing import SITE_OWNER_NAME

import pytest
import transaction


@pytest.fixture(scope="session", autouse=True)
def turns(pytestconfig):
    """Whether each cell of the matrix is tried, or they take turns."""
    Turns.are_taken = not pytestconfig.getoption("--every-cell")


@pytest.fixture
def who_may(portal):
    """Return ``who_may(permission, content)``: the people who have it there."""
    with_site_administrator()

    def who_may(permission, content):
        return {
            person
            for person in PEOPLE
            if _as(person, lambda: _has(permission, content))
        }

    return who_may


@pytest.fixture
def who_finds(portal):
    """Return ``who_finds(content)``: the people whose search shows it."""
    with_site_administrator()

    def who_finds(content):
        catalog = api.portal.get_tool("portal_catalog")
        query = {"UID": content.UID()}
        return {person for person in PEOPLE if _as(person, lambda: len(catalog(query)))}

    return who_finds


@pytest.fixture
def ask(functional_portal):
    """Return ``ask(person)``: a client of that person; nobody's for None."""
    let_in_everybody()
    clients = {}

    def ask(person):
        transaction.commit()
        if person not in clients:
            clients[person] = Client(person, site=functional_portal.absolute_url())
        return clients[person]

    yield ask
    for client in clients.values():
        client.close()


@pytest.fixture(scope="module")
def kept_site(functional_session):
    """One site for the tests of a module; who may come in are all its people."""
    functional_session.testSetUp()
    try:
        let_in_everybody()
        yield functional_session["portal"]
    finally:
        functional_session.testTearDown()


@pytest.fixture(scope="module")
def office(kept_site):
    """The same, where a module's tests name nothing else so."""
    return kept_site


@pytest.fixture(scope="module")
def house(kept_site, tmp_path_factory):
    """One office for the tests of a module."""
    return House(kept_site, tmp_path_factory.mktemp("office"))


@pytest.fixture(scope="module")
def things(house):
    """All that is read, in every state, for the tests of a module."""
    return everything(house)


@pytest.fixture(scope="module")
def clients(kept_site):
    """The people's clients for the tests of a module."""
    clients = Clients(kept_site)
    yield clients
    clients.close()


def let_in_everybody():
    """Give all the people of the office, and its administrators, their password."""
    with_site_administrator()
    give_passwords(*(person for person in PEOPLE if person != "admin"))


def _as(person, question):
    with api.env.adopt_user(user=_user(person)):
        return question()


def _user(person):
    if person == "admin":
        users = api.portal.get().aq_parent.acl_users
        return users.getUserById(SITE_OWNER_NAME).__of__(users)
    return api.portal.get_tool("acl_users").getUserById(person)


def _has(permission, content):
    return bool(getSecurityManager().checkPermission(permission, content))
