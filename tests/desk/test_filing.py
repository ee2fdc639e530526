"""Filing: what is suggested to whom, and what comes of a choice."""

from eakte.casefile.store import case_file_store
from eakte.desk.naming import named_case_files
from eakte.mailitem.states import State
from eakte.scanning.model import Origin
from eakte.scanning.model import PageText
from eakte.scans.facts import facts_of
from plone import api
from tests.builders import a_case_file
from tests.builders import a_mail_item
from tests.builders import put_in_state

import pytest
import transaction


@pytest.fixture
def letter(site):
    return a_mail_item(State.ROUTED, team="a1", title="Antrag auf Verlängerung")


def suggested(visitor, text):
    answer = visitor.ask("@@case-file-suggestions", text=text)
    return [item["reference"] for item in answer["items"]]


def test_a_case_file_is_suggested_by_name_number_or_reference(as_person):
    case_file = a_case_file(
        family_name="Yılmaz", given_name="Ayşe", azr_number="160408539074"
    )
    anna = as_person("anna")
    for typed in ("yil", "ayse yilmaz", "160408", case_file.reference):
        assert suggested(anna, typed) == [case_file.reference], typed


def test_a_hit_by_another_name_says_so(as_person):
    a_case_file(family_name="Tesfay", aliases=["Tesfai, Salam"])
    (item,) = as_person("anna").ask("@@case-file-suggestions", text="tesfai")["items"]
    assert item["via"] == "found by the other name Tesfai, Salam"


@pytest.mark.parametrize("person", ["alex", "bert", "oskar", "dora", "admin"])
def test_nothing_is_suggested_of_what_one_may_not_see(as_person, person):
    a_case_file(family_name="Geheim")
    answer = as_person(person).ask("@@case-file-suggestions", text="geheim")
    assert not answer or answer["items"] == []


def test_from_the_box_to_filed_in_three_clicks(as_person, now, state, letter):
    case_file = a_case_file(family_name="Demir")
    anna = as_person("anna")
    page = anna.open("@@team-box").follow(".eakte-row-link")
    (item,) = anna.ask("@@case-file-suggestions", text="demir")["items"]
    page = page.press("file", case_file=item["uid"])
    assert f"filed in {case_file.reference}" in page.messages
    assert state(letter) == State.FILED
    assert now(letter).aq_parent.UID() == case_file.UID()


def test_text_that_means_one_case_file_is_enough(as_person, state, letter):
    a_case_file(family_name="Demir")
    as_person("anna").open(letter.absolute_url()).press("file", text="demir")
    assert state(letter) == State.FILED


def test_text_that_may_mean_two_is_asked_back(as_person, state, letter):
    a_case_file(family_name="Demir", given_name="Can")
    a_case_file(family_name="Demir", given_name="Ece")
    page = as_person("anna").open(letter.absolute_url()).press("file", text="demir")
    assert page.refusals == [
        "More than one case file may be meant. Choose one of them."
    ]
    assert len(page.all(".eakte-meant label")) == 2
    assert state(letter) == State.ROUTED


def test_nothing_is_filed_in_a_closed_case_file(as_person, state, letter):
    case_file = a_case_file()
    put_in_state(case_file, "case_file_workflow", "closed")
    page = as_person("anna").open(letter.absolute_url())
    page = page.press("file", case_file=case_file.UID())
    assert page.status == 409
    assert f"The case file {case_file.reference} is closed" in page.refusals[0]
    assert state(letter) == State.ROUTED


def test_nothing_is_filed_in_another_teams_case_file(as_person, state, letter):
    case_file = a_case_file(team="a2")
    page = as_person("anna").open(letter.absolute_url())
    page = page.press("file", case_file=case_file.UID())
    assert page.refusals == ["There is no such case file, or you may not see it."]
    assert state(letter) == State.ROUTED


def test_a_new_case_file_is_opened_and_the_letter_filed_in_one_step(
    as_person, now, state, letter
):
    page = as_person("anna").open(letter.absolute_url())
    # The subject and the team are taken over from the letter.
    page = page.press(
        "open-and-file",
        unit="10.1",
        family_name="Haddad",
        given_name="Rania",
        aliases="Hadad, Rania\nRania H.",
    )
    case_file = now(letter).aq_parent
    assert case_file.reference in page.messages
    assert (case_file.title, case_file.team) == ("Antrag auf Verlängerung", "a1")
    assert case_file.aliases == ["Hadad, Rania", "Rania H."]
    assert state(letter) == State.FILED


def test_a_case_file_that_is_refused_leaves_no_number_and_no_file(
    as_person, state, letter
):
    page = as_person("anna").open(letter.absolute_url())
    page = page.press("open-and-file", unit="20.1", family_name="Haddad")
    assert "does not belong to the department" in page.refusals[0]
    assert page.root.cssselect(".eakte-new-case-file[open]")
    assert page.root.cssselect("#cf-family-name")[0].value == "Haddad"
    assert len(case_file_store()) == 0
    assert state(letter) == State.ROUTED


def test_only_units_of_the_own_department_are_offered(as_person, letter):
    page = as_person("anna").open(letter.absolute_url())
    assert page.all("#cf-unit option") == [
        "Please choose",
        "10.1 Anträge",
        "10.2 Beschwerden",
    ]


@pytest.mark.parametrize(
    "line",
    ["Ihr Zeichen: {reference}", "AZR-Nr. 160408 539074", "AZR 160408539074."],
)
def test_a_letter_that_names_its_case_file_offers_it(as_person, line):
    case_file = a_case_file(family_name="Tesfay", azr_number="160408539074")
    letter = a_mail_item(State.ROUTED, team="a1", pdf=b"%PDF-1.7 letter")
    facts = facts_of(letter)
    facts.page_count = 1
    text = line.format(reference=case_file.reference)
    facts.pages.put([PageText(1, text, (), 90.0, 0, False, Origin.RECOGNISED)])
    page = as_person("anna").open(letter.absolute_url())
    assert case_file.reference in page.all(".eakte-named-one")[0]


def test_a_letter_names_no_case_file_to_whom_may_not_see_it(as_person, site):
    case_file = a_case_file(team="a2")
    letter = a_mail_item(State.ROUTED, team="a1", pdf=b"%PDF-1.7 letter")
    facts = facts_of(letter)
    facts.page_count = 1
    page = PageText(1, case_file.reference, (), 90.0, 0, False, Origin.RECOGNISED)
    facts.pages.put([page])
    transaction.commit()
    with api.env.adopt_user(username="anna"):
        assert named_case_files(letter) == []
