"""Who has another password is told by mail, however it was set, and the journal knows."""

from eakte.jobs.interfaces import IJobs
from eakte.jobs.server import work_folder
from eakte.jobs.worker import run_pending
from eakte.journal.interfaces import IJournal
from eakte.journal.interfaces import Kind
from eakte.journal.interfaces import Query
from eakte.login import telling
from eakte.org.noticing import unseen_notices
from eakte.org.principals import ACCOUNT
from plone import api
from tests.builders import as_system
from tests.deadlines.sink import mail_server
from tests.deputies import at
from tests.deputies import BETWEEN
from tests.rest.client import Client
from tests.rest.client import give_passwords
from tests.rest.client import PASSWORD
from zope.component import getUtility

import pytest
import re
import transaction


NEW = "Ein-anderes-Passwort-2"

LINK, ONESELF = "Nobody was logged in", "By yourself, logged in"


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
        give_passwords("anna")
        transaction.commit()
        yield sink


@pytest.fixture
def ask(functional_portal):
    """Return ``ask(person, method, path, **options)``."""

    def ask(person, method, path, **options):
        transaction.commit()
        with Client(person, site=functional_portal.absolute_url()) as client:
            return client.request(method, path, **options)

    return ask


@pytest.fixture
def work(functional_portal):
    """Return ``work()``: what waits in the background is done."""

    def work(moment=BETWEEN):
        transaction.commit()
        folder = work_folder()
        run_pending(functional_portal._p_jar.db(), folder, clock=moment.timestamp)
        transaction.begin()

    return work


def has(portal, password):
    users = portal.acl_users.source_users
    return users.authenticateCredentials({"login": "anna", "password": password})


def mails_about_it(sink):
    """``(to, text)`` of the mails that tell of a password; not that with the link."""
    return [
        (to, mail.get_content())
        for to, mail in sink.mails
        if mail["Subject"] == "Your password was changed"
    ]


def noted():
    found = getUtility(IJournal).find(Query(kinds=(Kind.ACCOUNT,))).entries
    return [
        (each.who, each.details, each.address)
        for each in found
        if each.details["what"] == "password"
    ]


def by_the_link(ask, sink):
    assert ask(None, "POST", "@users/anna/reset-password", json={}).ok
    (_to, mail), *_others = sink.mails
    (token,) = re.findall(r"/passwordreset/([0-9a-f]+)", mail.get_content())
    return token


@pytest.mark.parametrize("door", ["service", "page"])
def test_a_password_set_by_the_mailed_link_is_told_and_noted(
    ask, sink, work, functional_portal, door
):
    with at(BETWEEN):
        token = by_the_link(ask, sink)
        if door == "service":
            said = {"reset_token": token, "new_password": NEW}
            answer = ask(None, "POST", "@users/anna/reset-password", json=said)
        else:
            form = {"userid": "anna", "password": NEW, "password2": NEW}
            html = {"Accept": "text/html"}
            path = f"passwordreset/{token}"
            answer = ask(None, "POST", path, data=form, headers=html)
        assert answer.ok, answer.text
        transaction.begin()
        assert has(functional_portal, NEW)
        work()
    ((to, text),) = mails_about_it(sink)
    assert to == ["anna@amt.example"]
    for word in ("“anna”", "10.03.2027", "12:00", LINK, "127.0.0.1", "at once"):
        assert word in text, word
    assert NEW not in text
    assert "://" not in text
    said = {"person": "anna", "what": "password", "way": "link"}
    assert noted()[0] == ("", said, "127.0.0.1")


def test_one_that_an_administrator_sets_is_told_by_mail_too(ask, sink, work):
    with at(BETWEEN):
        said = {"password": NEW, "email": "anna@anderswo.example"}
        assert ask("admin", "PATCH", "@users/anna", json=said).ok
        work()
    mails = mails_about_it(sink)
    # To the address of the office's files too, which is not changed on the way.
    assert ["anna@amt.example"] in [to for to, _text in mails]
    assert all("By admin" in text for _to, text in mails)
    (who, said, _address), *_others = noted()
    assert (who, said) == ("admin", {"person": "anna", "what": "password"})


def test_ones_own_is_told_too_and_of_what_a_command_sets_nobody(ask, sink, work):
    with at(BETWEEN):
        said = {"old_password": PASSWORD, "new_password": NEW}
        assert ask("anna", "POST", "@users/anna/reset-password", json=said).ok
        api.portal.get_tool("acl_users").userSetPassword("arno", NEW)
        work()
    ((to, text),) = mails_about_it(sink)
    assert (to, ONESELF in text) == (["anna@amt.example"], True)


def test_while_no_mail_server_is_there_it_waits_and_comes_once(ask, sink, work):
    with at(BETWEEN):
        api.portal.set_registry_record("plone.smtp_port", 1)
        assert ask("admin", "PATCH", "@users/anna", json={"password": NEW}).ok
        work()
        (job,) = getUtility(IJobs).waiting()
        assert (job.kind, job.attempts) == (telling.KIND, 1)
        api.portal.set_registry_record("plone.smtp_port", sink.port)
        work(BETWEEN + telling.LATEST)
        work(BETWEEN + telling.LATEST)
        assert len(mails_about_it(sink)) == 1
        site = api.portal.get()
        assert telling.told_of(site, job.uid) is None
        assert not list(getUtility(IJobs).waiting())


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (
            "manage_updateUserPassword",
            {"user_id": "anna", "password": NEW, "confirm": NEW},
        ),
        (
            "manage_updateUser",
            {"user_id": "anna", "login_name": "anna", "password": NEW},
        ),
        (
            "manage_addUser",
            {"user_id": "neu", "login_name": "n", "password": NEW, "confirm": NEW},
        ),
        ("manage_removeUsers", {"user_ids:list": "anna"}),
        (
            "manage_updatePassword",
            {"login_name": "anna", "password": NEW, "confirm": NEW},
        ),
    ],
)
def test_zopes_own_pages_set_no_password_past_it(
    ask, sink, functional_portal, path, said
):
    with api.env.adopt_user(username="anna"):
        token = api.content.get_view("authenticator", functional_portal).token()
    for person in ("admin", "anna"):
        answer = ask(
            person,
            "POST",
            f"acl_users/source_users/{path}",
            data=said | {"_authenticator": token},
            headers={"Accept": "text/html"},
        )
        assert answer.status_code in (302, 401, 403, 404), (person, answer.status_code)
    transaction.begin()
    assert has(functional_portal, PASSWORD)
    assert functional_portal.acl_users.getUserById("neu") is None


def test_an_account_that_is_made_anew_is_told_like_a_password(ask, sink, work):
    with at(BETWEEN):
        with as_system():
            api.user.delete(username="anna")
        said = {
            "username": "anna",
            "email": "fremd@anderswo.example",
            "password": NEW,
            "fullname": "Anna",
        }
        made = ask("admin", "POST", "@users", json=said)
        assert made.status_code == 201, made.text
        work()
        places = [each.entry.place for each in unseen_notices("hanna")]
    assert places == [ACCOUNT]
    assert ["anna@amt.example"] in [to for to, _text in mails_about_it(sink)]
