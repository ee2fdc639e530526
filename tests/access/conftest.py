from ..rest.client import Client
from ..rest.client import give_passwords
from .people import PEOPLE
from AccessControl.SecurityManagement import getSecurityManager
from plone import api
from plone.app.testing import SITE_OWNER_NAME

import pytest
import transaction


@pytest.fixture
def who_may(portal):
    """Return ``who_may(permission, content)``: the people who have it there."""

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

    def who_finds(content):
        catalog = api.portal.get_tool("portal_catalog")
        query = {"UID": content.UID()}
        return {person for person in PEOPLE if _as(person, lambda: len(catalog(query)))}

    return who_finds


@pytest.fixture
def ask(functional_portal):
    """Return ``ask(person)``: a client of that person; nobody's for None."""
    give_passwords(*(person for person in PEOPLE if person != "admin"))
    clients = {}

    def ask(person):
        transaction.commit()
        if person not in clients:
            clients[person] = Client(person, site=functional_portal.absolute_url())
        return clients[person]

    yield ask
    for client in clients.values():
        client.close()


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
