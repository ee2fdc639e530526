"""Search: one field for everything, and nothing of what one may not see."""

from eakte.mailitem.states import State
from eakte.scanning.model import Origin
from eakte.scanning.model import PageText
from eakte.scans.facts import facts_of
from tests.builders import a_case_file
from tests.builders import a_mail_item

import pytest


def found(page):
    return page.all(".eakte-row-link")


def test_an_exact_reference_or_number_leads_there_at_once(as_person):
    case_file = a_case_file()
    letter = a_mail_item(State.ROUTED, team="a1")
    anna = as_person("anna")
    page = anna.open(f"@@find?text={case_file.reference}")
    assert page.url == case_file.absolute_url()
    assert (
        anna.open(f"@@find?text={letter.number.lower()}").url == letter.absolute_url()
    )


@pytest.mark.parametrize("person", ["bert", "dora", "oskar"])
def test_an_exact_number_leads_nobody_else_there(as_person, person):
    letter = a_mail_item(State.ROUTED, team="a1", title="Nur für A1")
    page = as_person(person).open(f"@@find?text={letter.number}")
    assert "@@find" in page.url
    assert "Nur für A1" not in page.text


def test_hits_are_counted_by_kind(as_person):
    a_case_file(title="Duldung")
    a_mail_item(State.ROUTED, team="a1", title="Duldung verlängern")
    a_mail_item(State.ROUTED, team="b1", title="Duldung dort")
    anna = as_person("anna")
    page = anna.open("@@find?text=duldung")
    assert page.all(".eakte-tab") == [
        "All 2",
        "Case files 1",
        "Letters 1",
        "Documents 0",
    ]
    assert len(found(page)) == 2
    assert found(anna.open("@@find?text=duldung&kind=mail_item")) == [
        "Duldung verlängern"
    ]


def test_a_case_file_found_by_another_name_says_so(as_person):
    a_case_file(family_name="Tesfay", aliases=["Tesfai, Salam"])
    page = as_person("anna").open("@@find?text=tesfai")
    assert page.all(".eakte-via") == ["found by the other name Tesfai, Salam"]


def test_the_line_that_was_meant_is_shown_with_the_word_marked(as_person):
    letter = a_mail_item(State.ROUTED, team="a1", title="Schreiben", pdf=b"%PDF-1.7 a")
    facts = facts_of(letter)
    facts.page_count = 1
    text = "Die Duldung ist <b>erloschen</b>."
    facts.pages.put([PageText(1, text, (), 90.0, 0, False, Origin.RECOGNISED)])
    letter.reindexObject()
    page = as_person("anna").open("@@find?text=duldung&kind=mail_item")
    assert page.all(".eakte-snippet mark") == ["Duldung"]
    assert "<b>erloschen</b>" in page.all(".eakte-snippet")[0]


def test_nothing_found_says_so(as_person):
    assert "Nothing was found." in as_person("anna").open("@@find?text=xyzzy").text


@pytest.mark.parametrize("typed", ["*", '"', "(und", "%C3%A4", "a%20OR%20", "x" * 500])
def test_whatever_is_typed_is_answered(as_person, typed):
    assert as_person("anna").open(f"@@find?text={typed}").status == 200


def test_the_address_of_a_search_carries_no_token(as_person):
    page = as_person("anna").open("@@my-desk")
    form = page.root.cssselect("#portal-searchbox form")[0]
    assert dict(form.form_values()) == {"text": ""}
    answer = as_person("anna").open(form.get("action") + "?text=nothing")
    assert answer.all("#portal-globalnav [aria-current]") == ["Search"]
