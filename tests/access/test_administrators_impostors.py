"""Who takes over somebody's account is told of, whichever way it is done."""

from ..deputies import at
from ..deputies import BETWEEN
from ..rest.client import PASSWORD
from eakte.jobs.server import work_folder
from eakte.jobs.worker import run_pending
from eakte.journal.interfaces import IJournal
from eakte.journal.interfaces import Kind
from eakte.journal.interfaces import Query
from eakte.org.noticing import unseen_notices
from eakte.org.principals import ACCOUNT
from eakte.org.principals import ADDRESS
from eakte.org.principals import REMOVED
from plone import api
from tests.deadlines.sink import mail_server
from zope.component import getUtility

import pytest
import transaction


STRANGE = "ines@anderswo.example"


@pytest.fixture
def sink(functional_portal):
    """A mail server on this machine; Plone's MailHost sends to it."""
    with mail_server() as sink:
        for name, value in {
            "plone.smtp_host": "127.0.0.1",
            "plone.smtp_port": sink.port,
            "plone.email_from_address": "eakte@amt.example",
            "plone.default_language": "en",
        }.items():
            api.portal.set_registry_record(name, value)
        transaction.commit()
        yield sink


def told(person):
    transaction.begin()
    return sorted(each.entry.place for each in unseen_notices(person))


def noted():
    transaction.begin()
    found = getUtility(IJournal).find(Query(kinds=(Kind.ACCOUNT,))).entries
    return [(each.who, each.details["person"], each.details["what"]) for each in found]


def test_an_account_that_is_removed_and_made_anew_is_told_to_all_who_must_know(ask):
    made = {"username": "anna", "email": STRANGE, "password": PASSWORD}
    assert ask("ines").delete("@users/anna?delete_localroles=0").status_code == 204
    for person in ("anna", "hanna", "dora"):
        assert told(person) == [REMOVED], person
    assert ask("ines").post("@users", json=made).status_code == 201
    for person in ("anna", "hanna"):
        assert told(person) == [ACCOUNT, REMOVED], person
    assert told("dora") == [REMOVED]
    for person in ("bert", "holger", "tom", "ines"):
        assert told(person) == [], person
    for person in ("hanna", "dora"):
        items = ask(person).get("@place-notices").json()["items"]
        assert {each["by"]["id"] for each in items} == {"ines"}
        page = ask(person).get("@@notices", headers={"Accept": "text/html"}).text
        assert "the account was removed" in page
    assert noted()[:2] == [("ines", "anna", "created"), ("ines", "anna", "deleted")]


def test_an_account_that_is_nobodys_of_the_office_is_no_news(ask):
    said = {"username": "otto", "email": STRANGE, "password": PASSWORD}
    assert ask("ines").post("@users", json=said).status_code == 201
    body = {"email": "otto@anderswo.example"}
    assert ask("ines").patch("@users/otto", json=body).status_code == 204
    assert ask("ines").delete("@users/otto").status_code == 204
    for person in ("hanna", "holger", "dora", "anna"):
        assert told(person) == [], person


def test_another_e_mail_address_is_told_and_mailed_to_the_old_one(
    ask, sink, functional_portal
):
    ask("ines")
    with at(BETWEEN):
        body = {"email": STRANGE}
        assert ask("ines").patch("@users/anna", json=body).status_code == 204
        for person in ("anna", "hanna", "dora"):
            assert told(person) == [ADDRESS], person
        for person in ("bert", "holger", "tom", "ines"):
            assert told(person) == [], person
        run_pending(
            functional_portal._p_jar.db(), work_folder(), clock=BETWEEN.timestamp
        )
    ((to, mail),) = sink.mails
    assert to == ["anna@amt.example"]
    assert mail["Subject"] == "Your e-mail address was changed"
    assert "By ines" in mail.get_content()
    assert STRANGE not in mail.get_content()
    (notice,) = ask("hanna").get("@place-notices").json()["items"]
    assert notice["what"] == f"anna@amt.example → {STRANGE}"
    assert (notice["by"]["id"], notice["person"]["id"]) == ("ines", "anna")
    assert noted()[0] == ("ines", "anna", "address")


def test_the_own_address_is_mailed_and_is_no_news_to_others(ask, sink):
    ask("anna")
    body = {"email": "anna@zuhause.example"}
    assert ask("anna").patch("@users/anna", json=body).status_code == 204
    for person in ("anna", "hanna", "dora"):
        assert told(person) == [], person
    assert noted()[0] == ("anna", "anna", "address")


def test_what_changes_no_address_is_no_news(ask, sink):
    for body in ({"email": "anna@amt.example"}, {"fullname": "Anna"}):
        assert ask("ines").patch("@users/anna", json=body).status_code == 204
    for person in ("anna", "hanna", "dora"):
        assert told(person) == [], person
    assert noted()[0][2] != "address"
