"""Zope can undo what was committed; an entry of the journal would be gone with it."""

from ..builders import a_case_file
from ..rest.client import Client
from ..rest.client import give_passwords
from AccessControl import Unauthorized
from App.ApplicationManager import AltDatabaseManager
from binascii import b2a_base64
from eakte.journal.interfaces import IJournal
from eakte.journal.interfaces import Query
from plone import api
from plone.app.testing import SITE_OWNER_NAME
from zope.component import getUtility

import pytest
import transaction


@pytest.fixture
def case_file(functional_portal):
    """Made by the last transaction."""
    give_passwords("anna", "tom", "dora")
    transaction.commit()
    case_file = a_case_file(title="Duldung")
    transaction.commit()
    return case_file


@pytest.fixture
def last(case_file):
    """The name of the last transaction, as Zope's page and the service take it."""
    return f"{b2a_base64(case_file._p_serial).decode().strip()} now"


def is_noted(uid):
    transaction.begin()
    return getUtility(IJournal).find(Query(objects=(uid,))).total > 0


@pytest.mark.parametrize("person", ["anna", "tom", "dora", "admin"])
def test_nobody_undoes_a_deed_by_rest(functional_portal, case_file, last, person):
    uid = case_file.UID()
    with Client(person, site=functional_portal.absolute_url()) as client:
        body = {"transaction_ids": [last]}
        answer = client.patch("@transactions", json=body)

    assert answer.status_code == 401
    assert is_noted(uid)


@pytest.mark.parametrize("person", ["anna", "tom", "dora", "admin"])
def test_nobody_reads_of_the_deeds_of_the_whole_house_by_rest(
    functional_portal, case_file, person
):
    with Client(person, site=functional_portal.absolute_url()) as client:
        answer = client.get("@transactions")

    assert answer.status_code == 401


def test_the_owner_of_the_server_undoes_nothing_in_zopes_own_pages(functional_portal):
    """Nor from a script that somebody puts there."""
    pages = AltDatabaseManager().__of__(functional_portal.getPhysicalRoot())
    with api.env.adopt_user(username=SITE_OWNER_NAME):
        pages.restrictedTraverse("manage_pack")
        with pytest.raises(Unauthorized):
            pages.restrictedTraverse("manage_undo_transactions")
