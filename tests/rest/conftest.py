from .client import Client
from .client import give_passwords
from plone import api

import pytest
import transaction


PEOPLE = (
    "anna",
    "alex",
    "bert",
    "tom",
    "hanna",
    "rita",
    "rolf",
    "dora",
    "lotte",
    "oskar",
    "fachverfahren",
)


@pytest.fixture
def site(functional_portal):
    """The site behind a real server, with the language of the messages."""
    give_passwords(*PEOPLE)
    transaction.commit()
    return functional_portal


@pytest.fixture
def client(site):
    """Return ``client(user)``: a client of that person; nobody's without."""
    clients = []

    def client(user=None):
        transaction.commit()
        clients.append(Client(user, site=site.absolute_url()))
        return clients[-1]

    yield client
    for each in clients:
        each.close()


@pytest.fixture
def state_of(site):
    """Return ``state_of(uid)`` as it is stored now."""

    def state_of(uid):
        transaction.abort()
        return api.content.get_state(found(uid))

    return state_of


@pytest.fixture
def found_again(site):
    """Return ``found_again(uid)``: the object as it is stored now."""

    def found_again(uid):
        transaction.abort()
        return found(uid)

    return found_again


def found(uid):
    catalog = api.portal.get_tool("portal_catalog")
    (brain,) = catalog.unrestrictedSearchResults(UID=uid)
    return brain._unrestrictedGetObject()
