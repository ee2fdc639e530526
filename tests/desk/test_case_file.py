"""The screen of a case file: whose it is, what lies in it, what can be done with it."""

from datetime import date
from datetime import timedelta
from eakte.casefile.opening import open_case_file
from eakte.clock import today
from eakte.mailitem.filing import file_into
from eakte.mailitem.states import State
from eakte.scans.facts import facts_of
from plone import api
from plone.dexterity.utils import createContentInContainer
from tests import deputies
from tests.builders import a_case_file
from tests.builders import a_mail_item
from tests.builders import as_system
from tests.builders import put_in_state
from tests.deputies import at
from tests.deputies import BETWEEN

import pytest
import transaction


PDF = ("bescheid.pdf", b"%PDF-1.7 the file", "application/pdf")


def a_document(case_file, state="received", **fields):
    fields.setdefault("title", "Vermerk")
    with as_system():
        document = createContentInContainer(
            case_file, "case_document", checkConstraints=False, **fields
        )
        put_in_state(document, "case_document_workflow", state)
    return document


@pytest.fixture
def case_file(site):
    return a_case_file(
        family_name="Tesfay",
        given_name="Selam",
        birth_date=date(1993, 12, 1),
        azr_number="160408539074",
    )


@pytest.fixture
def page(as_person, case_file):
    """The case file as Anna, who works on it, sees it."""

    def page(query=""):
        return as_person("anna").open(case_file.absolute_url() + query)

    return page


def test_the_head_says_whose_it_is(page, case_file):
    assert page().all("h1") == ["Tesfay, Selam – Aufenthaltserlaubnis"]
    for words in (case_file.reference, "01/12/1993", "160408539074", "Team A1"):
        assert words in page().text


def test_an_impossible_azr_date_is_a_reason_to_look_again(page, case_file):
    assert "does not begin with a date" not in page().text
    case_file.azr_number = "169908539074"
    assert "does not begin with a date" in page().text


def test_documents_stand_in_the_order_in_which_they_came(page, case_file):
    a_document(case_file, title="third", received=date(2026, 3, 1))
    first = a_document(case_file, title="first", received=date(2026, 1, 1))
    a_document(case_file, title="second", document_date=date(2026, 2, 1))
    assert page().all(".eakte-documents .eakte-row-link") == [
        "first",
        "second",
        "third",
    ]
    opened = page(f"?document={first.UID()}")
    assert opened.root.cssselect(".pat-documentviewer")


@pytest.mark.parametrize(
    ("count", "language", "words"),
    [
        (4, "en", "2 · 4 pages"),
        (1, "en", "2 · 1 page"),
        (4, "de", "2 · 4 Seiten"),
        (1, "de", "2 · 1 Seite"),
    ],
)
def test_pages_are_counted(page, case_file, count, language, words):
    letter = a_mail_item(State.ROUTED, team="a1", pdf=PDF[1])
    facts_of(letter).page_count = count
    letter.reindexObject()
    with as_system():
        file_into(letter, case_file)
    a_document(case_file)
    shown = page(f"?set_language={language}")
    assert shown.all("#eakte-documents-title .eakte-muted") == [words]


def test_a_document_is_added(page, case_file, now):
    added = page().press(
        "add-document",
        document_type="decision",
        author="Ausländeramt",
        document_date="2026-11-20",
        scan=PDF,
    )
    assert "“bescheid” is added." in added.messages
    (document,) = now(case_file).objectValues()
    assert (document.title, document.document_type) == ("bescheid", "decision")
    assert document.document_date == date(2026, 11, 20)
    with document.scan.open() as stored:
        assert stored.read() == PDF[1]
    assert facts_of(document).status == "waiting"


def test_a_document_without_a_file_is_refused(page, case_file, now):
    refused = page().press("add-document", title="nothing")
    assert refused.refusals == ["Choose the file that is to be added."]
    assert refused.root.cssselect("#dialog-add-document[open]")
    assert len(now(case_file)) == 0


def test_closing_names_everything_that_is_open(page, case_file, state):
    a_document(case_file, title="Vermerk eins")
    a_document(case_file, title="Vermerk zwei")
    reasons = page().all("#dialog-close li")
    assert reasons == [
        "The document “Vermerk eins” is not settled. Settle it first.",
        "The document “Vermerk zwei” is not settled. Settle it first.",
    ]
    assert "close" not in page().buttons
    assert state(case_file) == "open"


def test_closing_that_was_overtaken_is_refused_with_the_reasons(page, case_file, state):
    a_document(case_file, state="done")
    ready = page()
    a_document(case_file, title="just now")
    page()
    refused = ready.press("close")
    assert refused.status == 409
    assert refused.refusals == [
        "The document “just now” is not settled. Settle it first."
    ]
    assert state(case_file) == "open"


def test_a_case_file_in_which_all_is_settled_is_closed(page, case_file, now):
    a_document(case_file, state="done")
    assert "The case file is closed." in page().press("close").messages
    assert now(case_file).closed == today()
    assert not page().buttons & {"add-document", "close", "reopen"}


def test_reopening_needs_a_reason(as_person, case_file, state):
    put_in_state(case_file, "case_file_workflow", "closed")
    rolf = as_person("rolf")
    page = rolf.open(case_file.absolute_url()).press("reopen", reason=" ")
    assert page.refusals == ["Say why the case file is reopened."]
    page.press("reopen", reason="Neuer Antrag")
    assert state(case_file) == "open"
    history = rolf.open(f"{case_file.absolute_url()}?show=history")
    assert "Neuer Antrag" in history.all(".eakte-way li")[0]


def test_the_history_says_who_filed_what(as_person, case_file):
    letter = a_mail_item(State.ROUTED, team="a1", title="Antrag")
    anna = as_person("anna")
    anna.open(letter.absolute_url()).press("file", case_file=case_file.UID())
    history = anna.open(f"{case_file.absolute_url()}?show=history")
    filed = history.all(".eakte-way li")[0]
    assert f"{letter.number} “Antrag” filed" in filed
    assert "Anna Arbeit" in filed


def test_the_history_says_for_whom_a_deputy_acted(as_person, site):
    deputies.deputyship("alex", "anna")
    with at(BETWEEN - timedelta(hours=1)), api.env.adopt_user("alex"):
        case_file = open_case_file(unit="10.1", title="Antrag", team="a1", desk="a1-1")
    with at(BETWEEN):
        own = as_person("arno")
        added = {"title": "Eigenes", "scan": PDF}
        own.open(case_file.absolute_url()).press("add-document", **added)
    with at(BETWEEN + timedelta(minutes=1)):
        alex = as_person("alex")
        page = alex.open(case_file.absolute_url())
        page.press("add-document", title="Bescheid", scan=PDF)
    transaction.abort()
    for document in case_file.objectValues():
        put_in_state(document, "case_document_workflow", "done")
    transaction.commit()
    with at(BETWEEN + timedelta(hours=1)):
        alex.open(case_file.absolute_url()).press("close")
    with at(BETWEEN + timedelta(hours=2)):
        tom = as_person("tom")
        tom.open(case_file.absolute_url()).press("reopen", reason="Neuer Antrag")
    with at(BETWEEN + timedelta(hours=3)):
        own.open(case_file.absolute_url()).press("close")
        page = own.open(f"{case_file.absolute_url()}?show=history")
        lines = page.all(".eakte-way li")
    told = [
        ("Case file closed", "Arno Arbeit"),
        ("Case file reopened", "Tom Lead"),
        ("Case file closed", "Alex Arbeit for Anna Arbeit"),
        ("“Bescheid” added", "Alex Arbeit for Anna Arbeit"),
        ("“Eigenes” added", "Arno Arbeit"),
        ("Case file opened", "Alex Arbeit for Anna Arbeit"),
    ]
    for line, (what, who) in zip(lines, told, strict=True):
        assert what in line and who in line
        assert (" for " in line) == (" for " in who)


def test_who_may_see_it_is_said_by_name(page):
    viewers = page("?show=viewers").all(".eakte-viewers li")
    text = " ".join(viewers)
    for name in (
        "Anna Arbeit",
        "Arno Arbeit",
        "Tom Lead",
        "Rolf Registry",
        "Hanna Head",
    ):
        assert name in text
    for name in ("Alex", "Bert", "Quirin", "Dora"):
        assert name not in text


@pytest.mark.parametrize("person", ["alex", "bert", "oskar", "lotte", "dora", "admin"])
def test_another_teams_case_file_cannot_be_seen(as_person, case_file, person):
    page = as_person(person).open(case_file.absolute_url())
    assert "Tesfay" not in page.text
    assert case_file.reference not in page.text


def test_the_head_of_the_department_reads_and_changes_nothing(as_person, case_file):
    page = as_person("hanna").open(case_file.absolute_url())
    assert "Tesfay" in page.text
    assert page.buttons == set()
    assert "Change" not in page.all("a.btn")


def test_what_is_known_can_be_put_right(as_person, case_file, now):
    anna = as_person("anna")
    form = anna.open(f"{case_file.absolute_url()}/@@change-case-file")
    page = form.press("save", family_name="Tesfai", aliases="Tesfay, Selam")
    assert page.url == case_file.absolute_url()
    changed = now(case_file)
    assert (changed.family_name, changed.aliases) == ("Tesfai", ["Tesfay, Selam"])
    assert changed.birth_date == date(1993, 12, 1)
    assert changed.reference == case_file.reference
    (item,) = anna.ask("@@case-file-suggestions", text="tesfai")["items"]
    assert item["via"] is None


def test_a_case_file_is_given_to_own_teams_only(as_person, case_file, now):
    url = f"{case_file.absolute_url()}/@@change-case-file"
    form = as_person("anna").open(url)
    assert form.all("#cf-team option") == ["Team A1"]
    refused = form.press("save", team="a2")
    assert refused.refusals == ["You can give a case file to your own teams only."]
    as_person("rolf").open(url).press("save", team="a2", desk="")
    assert now(case_file).team == "a2"


def test_a_matter_without_a_letter_gets_its_case_file(as_person):
    form = as_person("anna").open("@@open-case-file")
    assert form.root.cssselect("#cf-team")[0].value == "a1"
    page = form.press("save", title="Anfrage", unit="10.2", family_name="Demir")
    assert page.all("h1") == ["Demir – Anfrage"]
    assert "10.2-1/" in page.messages


def test_what_is_wrong_with_a_new_case_file_is_said_at_once(as_person):
    form = as_person("anna").open("@@open-case-file")
    page = form.press("save", azr_number="12", birth_date="früher")
    assert page.refusals == [
        "Filing plan unit: please fill this in.",
        "Subject of the case file: please fill this in.",
        "Date of birth: this is not a date.",
        "An AZR number has 12 digits: YYMMDD and six more.",
    ]


@pytest.mark.parametrize(
    ("before", "step", "after"),
    [
        ("received", "start_work", "in_work"),
        ("received", "settle", "done"),
        ("in_work", "settle", "done"),
        ("done", "resume", "in_work"),
        ("done", "close", "closed"),
        ("received", "cancel", "cancelled"),
    ],
)
def test_a_documents_button_takes_its_step(
    as_person, case_file, state, before, step, after
):
    document = a_document(case_file, state=before)
    page = as_person("anna").open(document.absolute_url()).press(step)
    assert page.refusals == []
    assert state(document) == after


def test_what_is_known_of_a_document_can_be_put_right(as_person, case_file, now):
    document = a_document(case_file)
    page = as_person("anna").open(document.absolute_url())
    page.press("describe", title="Gutachten", received="2026-10-01")
    assert now(document).title == "Gutachten"
    assert now(document).received == date(2026, 10, 1)


def test_the_pages_of_a_cancelled_document_are_hidden(as_person, case_file):
    document = a_document(case_file, state="cancelled")
    page = as_person("anna").open(document.absolute_url())
    assert "The pages of this document are hidden." in page.text
    assert not page.root.cssselect(".pat-documentviewer")
