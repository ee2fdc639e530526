"""What people notice: where a letter went, what comes first, what is offered to whom."""

from datetime import date
from eakte.mailitem.states import State
from eakte.scans.facts import facts_of
from plone.dexterity.utils import createContentInContainer
from tests.builders import a_case_file
from tests.builders import a_mail_item

import pytest


@pytest.mark.parametrize(
    ("state", "step", "target", "place"),
    [
        (State.RELEASED, "route", "a2", "is routed to Team A2"),
        (State.CHECKING, "release", "a1:a1-2", "released and routed to Stelle A1-2"),
        (State.CHECKING, "release", "", "is released"),
    ],
)
def test_who_sends_a_letter_on_reads_where_it_went(
    as_person, state, step, target, place
):
    letter = a_mail_item(state, title="Antrag")
    page = as_person("quirin").open(letter.absolute_url()).press(step, target=target)
    assert place in page.messages


def test_a_team_that_has_the_letter_is_refused_in_words(as_person, state):
    letter = a_mail_item(State.ROUTED, team="a1")
    page = as_person("tom").open(letter.absolute_url())
    page = page.press("route", target="a1", reason="Noch einmal")
    assert page.refusals == [
        "The team Team A1 has the letter already. Choose another team or desk."
    ]


def test_a_document_without_a_date_stands_where_it_was_added(as_person):
    case_file = a_case_file()
    for title, received in (("Undatiert", None), ("Alt", date(2020, 1, 2))):
        createContentInContainer(
            case_file,
            "case_document",
            checkConstraints=False,
            title=title,
            received=received,
        )
    rows = as_person("anna").open(case_file.absolute_url()).all(".eakte-row-link")
    assert rows == ["Alt", "Undatiert"]


def test_a_tab_that_can_never_be_filled_is_not_offered(as_person):
    tabs = {
        person: " ".join(as_person(person).open("@@mailroom").all(".eakte-tab"))
        for person in ("oskar", "lotte")
    }
    assert "Blocked" in tabs["lotte"]
    assert "Blocked" not in tabs["oskar"]
    assert "Captured" in tabs["oskar"]


def test_a_letter_that_nobody_can_read_leads_to_another_scan(as_person):
    letter = a_mail_item(State.CHECKING, pdf=b"%PDF-1.7 kaputt")
    facts_of(letter).note_problem("damaged")
    page = as_person("quirin").open(letter.absolute_url())
    (first,) = page.root.cssselect(".eakte-next .eakte-steps .btn-primary")[:1]
    assert first.get("data-opens") == "dialog-request_rescan"
    assert "release" not in page.buttons


def test_a_file_with_a_password_is_unlocked_before_it_is_scanned_again(as_person):
    letter = a_mail_item(State.CHECKING, pdf=b"%PDF-1.7 verschlossen")
    facts_of(letter).note_problem("encrypted")
    page = as_person("quirin").open(letter.absolute_url())
    primary = [
        each.get("value")
        for each in page.root.cssselect("#content .btn-primary[name=do]")
    ]
    assert primary[0] == "unlock"
    assert "btn-primary" not in page.root.cssselect(
        "[data-opens=dialog-request_rescan]"
    )[0].get("class")


def test_a_letter_without_pages_asks_for_no_picture(as_person):
    a_mail_item(State.ROUTED, team="a1", title="Ohne Scan")
    read = a_mail_item(State.ROUTED, team="a1", title="Mit Scan", pdf=b"%PDF-1.7")
    facts_of(read).page_count = 1
    read.reindexObject()
    page = as_person("anna").open("@@team-box")
    (picture,) = page.root.cssselect(".eakte-thumb img")
    assert picture.get("src") == f"{read.absolute_url()}/@@page/1/180"
    assert (picture.get("loading"), picture.get("alt")) == ("lazy", "")
