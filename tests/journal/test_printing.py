"""Who prints leaves an entry: with the pages, or with the screen."""

from ..builders import a_case_file
from ..builders import a_mail_item
from ..builders import as_system
from ..rest.client import Client
from ..rest.client import give_passwords
from eakte.jobs.server import work_folder
from eakte.jobs.worker import run_pending
from eakte.journal.interfaces import IJournal
from eakte.journal.interfaces import Kind
from eakte.journal.interfaces import Query
from eakte.mailitem.filing import file_into
from eakte.mailitem.states import State
from fpdf import FPDF
from zope.component import getUtility

import json
import pytest
import re
import transaction


@pytest.fixture
def site(functional_portal):
    give_passwords("anna", "arno", "bert")
    yield functional_portal
    transaction.abort()


@pytest.fixture
def letter(site):
    """Of three pages, read, in team a1."""
    pdf = FPDF()
    for _ in range(3):
        pdf.add_page()
    letter = a_mail_item(State.ROUTED, team="a1", pdf=bytes(pdf.output()))
    transaction.commit()
    run_pending(site._p_jar.db(), work_folder())
    transaction.begin()
    return letter


@pytest.fixture
def browser(site):
    """Return ``browser(person)``: a client that keeps its session, as a browser does."""
    clients = []

    def browser(person):
        transaction.commit()
        client = Client(person, site=site.absolute_url())
        client.headers["Accept"] = "text/html"
        clients.append(client)
        return client

    yield browser
    for client in clients:
        client.close()


def token_of(client, path):
    """Return the token that the page has for its scripts."""
    return re.search(r'data-token="(\w+)"', client.get(path).text)[1]


@pytest.fixture
def printed(site):
    """Return ``printed(content)``: the entries, the oldest first."""

    def printed(content):
        transaction.abort()
        query = Query(objects=(content.UID(),), kinds=(Kind.PRINTED,))
        return getUtility(IJournal).find(query).entries[::-1]

    return printed


def path_of(content):
    return "/".join(content.getPhysicalPath()[2:])


def pages(client, content, **form):
    return client.post(f"{path_of(content)}/@@printed-pages", data=form)


def test_each_printing_of_pages_is_noted_with_the_pages(browser, printed, letter):
    anna = browser("anna")
    token = token_of(anna, f"{path_of(letter)}/@@item")
    for first, last in ((1, 3), (2, 2)):
        answer = pages(anna, letter, first=first, last=last, _authenticator=token)
        assert answer.status_code == 200

    entries = printed(letter)
    assert [(e.who, e.door, e.details) for e in entries] == [
        ("anna", "web", {"first": 1, "last": 3}),
        ("anna", "web", {"first": 2, "last": 2}),
    ]
    assert entries[0].address == "127.0.0.1"


@pytest.mark.parametrize(
    ("first", "last"), [("0", "1"), ("3", "2"), ("1", "4"), ("", "1"), ("1", "²")]
)
def test_pages_that_there_are_not_are_not_printed(
    browser, printed, letter, first, last
):
    anna = browser("anna")
    token = token_of(anna, f"{path_of(letter)}/@@item")
    answer = pages(anna, letter, first=first, last=last, _authenticator=token)

    assert answer.status_code == 400
    assert printed(letter) == ()


def test_another_site_cannot_have_anything_noted(browser, printed, letter):
    anna = browser("anna")
    assert pages(anna, letter, first=1, last=1).status_code == 403
    screen = f"{path_of(letter)}/@@printed-screen"
    assert anna.post(screen).status_code == 403
    assert anna.get(f"{path_of(letter)}/@@printed-pages").status_code == 405
    assert anna.get(screen).status_code == 405

    assert printed(letter) == ()


def test_who_may_not_read_the_scan_has_nothing_noted_about_it(browser, printed, letter):
    token = token_of(browser("anna"), f"{path_of(letter)}/@@item")
    bert = browser("bert")
    answer = pages(bert, letter, first=1, last=1, _authenticator=token)
    assert answer.status_code in (302, 401)
    screen = f"{path_of(letter)}/@@printed-screen"
    answer = bert.post(screen, data={"_authenticator": token})
    assert answer.status_code in (302, 401)

    assert printed(letter) == ()


def test_a_case_file_and_what_lies_in_it_say_when_their_screen_is_printed(
    browser, printed, letter
):
    case_file = a_case_file(team="a1", title="Duldung")
    with as_system():
        filed = file_into(letter, case_file)
    anna = browser("anna")
    for content, screen in ((case_file, ""), (filed, "/@@item")):
        page = anna.get(path_of(content) + screen).text
        address = re.search(r'data-printed="([^"]+)"', page)[1]
        token = re.search(r'data-token="(\w+)"', page)[1]
        answer = anna.post(address, data={"_authenticator": token})
        assert answer.status_code == 204

    of_letter, of_file = printed(filed), printed(case_file)
    assert [entry.uid for entry in of_letter] == [filed.UID()]
    # The journal of a case file has what happened to its contents, too.
    assert [entry.uid for entry in of_file] == [case_file.UID(), filed.UID()]


def test_the_viewer_is_told_where_to_note_it(browser, letter):
    answer = browser("anna").get(f"{path_of(letter)}/dv_data")
    told = json.loads(answer.text)["eakte"]

    assert told["printed_url"].endswith(f"{letter.getId()}/@@printed-pages")
