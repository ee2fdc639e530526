from plone import api
from plone.app.testing import SITE_OWNER_NAME
from plone.app.testing import SITE_OWNER_PASSWORD
from tests.desk.visitor import PASSWORD
from tests.desk.visitor import Visitor

import pytest
import transaction


PEOPLE = (
    "anna",
    "arno",
    "alex",
    "bert",
    "tom",
    "rolf",
    "hanna",
    "oskar",
    "quirin",
    "lotte",
    "dora",
)


@pytest.fixture
def site(functional_portal):
    """The site behind a real server; its people can log in."""
    plugin = api.portal.get_tool("acl_users").source_users
    for person in PEOPLE:
        plugin.updateUserPassword(person, PASSWORD)
    transaction.commit()
    return functional_portal


@pytest.fixture
def as_person(site):
    """Return ``as_person(name)``: that person at the screens. Commits what was built."""

    def as_person(name=None):
        transaction.commit()
        visitor = Visitor(site.absolute_url(), name)
        if name == "admin":
            visitor.session.auth = (SITE_OWNER_NAME, SITE_OWNER_PASSWORD)
        return visitor

    return as_person


@pytest.fixture
def now(site):
    """Return ``now(content)``: the content as it is stored now, wherever it lies."""

    def now(content):
        uid = content.UID()
        transaction.abort()
        catalog = api.portal.get_tool("portal_catalog")
        (brain,) = catalog.unrestrictedSearchResults(UID=uid)
        return brain._unrestrictedGetObject()

    return now


@pytest.fixture
def state(now):
    """Return ``state(content)``: its state as it is stored now."""
    return lambda content: api.content.get_state(now(content))
