"""What the office asks its journal: each kind of deed, by the doors that lead to it."""

from ..builders import a_case_file
from ..builders import a_mail_item
from ..deputies import at
from ..deputies import BETWEEN
from ..deputies import deputyship
from ..rest.client import Client
from ..rest.client import give_passwords
from eakte.jobs.server import work_folder
from eakte.jobs.worker import run_pending
from eakte.journal.interfaces import IJournal
from eakte.journal.interfaces import Kind
from eakte.journal.interfaces import Query
from eakte.mailitem.accepting import accept
from eakte.mailitem.filing import file_into
from eakte.mailitem.states import State
from eakte.mailitem.states import Transition
from fpdf import FPDF
from plone import api
from plone.dexterity.utils import createContentInContainer
from zope.component import getUtility

import pytest
import transaction


@pytest.fixture
def site(functional_portal):
    give_passwords("anna", "lotte", "tom")
    yield functional_portal
    transaction.abort()


@pytest.fixture
def noted(site):
    """Return ``noted(content)``: all entries about it, the oldest first."""

    def noted(content):
        query = Query(objects=(content.UID(),))
        return getUtility(IJournal).find(query, size=1000).entries[::-1]

    return noted


@pytest.fixture
def ask(site):
    """Return ``ask(person, method, path, **options)``: the answer of the REST API."""

    def ask(person, method, path, **options):
        transaction.commit()
        with Client(person, site=site.absolute_url()) as client:
            answer = client.request(method, path, **options)
        transaction.begin()
        return answer

    return ask


def by(person):
    return api.env.adopt_user(username=person)


def a_scan():
    pdf = FPDF()
    pdf.add_page()
    return bytes(pdf.output())


def path_of(content):
    return "/".join(content.getPhysicalPath()[2:])


def read_scans(site):
    transaction.commit()
    run_pending(site._p_jar.db(), work_folder())
    transaction.begin()


def test_a_letter_that_the_mailroom_lets_go_is_released(site, noted):
    letter = a_mail_item(State.CHECKING, pdf=a_scan())
    read_scans(site)
    with by("lotte"):
        api.content.transition(letter, transition=Transition.RELEASE)

    entry = noted(letter)[-1]
    assert (entry.kind, entry.who) == (Kind.RELEASED, "lotte")
    assert entry.details["state"] == [State.CHECKING, State.RELEASED]


def test_a_change_by_rest_is_a_change_and_says_where_it_came_from(site, noted, ask):
    case_file = a_case_file(team="a1", title="Duldung")
    body = {"title": "Aufenthaltserlaubnis"}
    assert ask("anna", "PATCH", path_of(case_file), json=body).status_code == 204

    entry = noted(case_file)[-1]
    assert (entry.kind, entry.who, entry.door) == (Kind.CHANGED, "anna", "rest")
    assert entry.address == "127.0.0.1"
    assert entry.details["fields"] == {"title": ["Duldung", "Aufenthaltserlaubnis"]}


def test_filing_is_a_move_and_changes_nothing_in_the_letter(site, noted):
    letter = a_mail_item(State.ROUTED, team="a1", pdf=a_scan())
    transaction.commit()
    before = noted(letter)
    with by("anna"):
        letter = file_into(letter, a_case_file(team="a1"))

    kinds = [entry.kind for entry in noted(letter)[len(before) :]]
    assert kinds == [Kind.MOVED, Kind.FILED]


def test_the_archive_copy_is_exported_when_it_is_saved(site, noted, ask):
    letter = a_mail_item(State.ROUTED, team="a1", pdf=a_scan())
    read_scans(site)
    path = path_of(letter)
    assert ask("anna", "POST", f"{path}/@archive-copy").status_code == 200
    read_scans(site)
    assert Kind.EXPORTED not in [entry.kind for entry in noted(letter)]

    answer = ask("anna", "GET", f"{path}/@@archive-copy/file")
    assert answer.content.startswith(b"%PDF")
    entry = noted(letter)[-1]
    assert (entry.kind, entry.who) == (Kind.EXPORTED, "anna")


def test_the_way_of_a_document_is_told_step_by_step(site, noted, ask):
    case_file = a_case_file(team="a1")
    with by("anna"):
        document = createContentInContainer(case_file, "case_document", title="Vermerk")
    path = path_of(document)
    assert ask("anna", "POST", f"{path}/@workflow/settle").status_code == 200

    created, step = noted(document)
    assert (created.kind, step.kind) == (Kind.CREATED, Kind.STEP)
    assert (step.details["step"], step.who, step.door) == ("settle", "anna", "rest")
    # The journal of the case file has it too.
    assert step in noted(case_file)


def test_what_a_deputy_does_and_reads_says_for_whom(site, noted, ask):
    deputyship("alex", "anna")
    give_passwords("alex")
    letter = a_mail_item(State.ROUTED, team="a1", desk="a1-1", title="Antrag")
    with at(BETWEEN):
        with by("alex"):
            accept(letter, "a1-1")
        assert ask("alex", "GET", path_of(letter)).status_code == 200

    # Both happened in the same moment: the clock stood still.
    done = {(entry.kind, entry.who, entry.for_whom) for entry in noted(letter)[-2:]}
    assert done == {(Kind.ACCEPTED, "alex", "anna"), (Kind.READ, "alex", "anna")}
    query = Query(deputies_only=True, for_whom="anna")
    assert getUtility(IJournal).find(query).total == 2
