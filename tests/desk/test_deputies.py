"""Deputies at the screens: entered, ended, seen on the desk, with the clock set."""

from eakte.mailitem.states import State
from tests import deputies
from tests.builders import a_case_file
from tests.builders import a_mail_item
from tests.deputies import at
from tests.deputies import BETWEEN
from tests.deputies import DURING
from tests.deputies import ENTERED
from tests.deputies import EVERY

import pytest


WEEK = {"first": "2027-03-08", "last": "2027-03-12"}


@pytest.fixture
def open_deputies(as_person):
    def open_deputies(person):
        return as_person(person).open("@@deputies")

    return open_deputies


def test_an_empty_screen_says_so_and_offers_the_forms(open_deputies):
    with at(ENTERED):
        page = open_deputies("anna")
        assert "Nobody represents you today" in page.text
        assert "Nothing is entered for you." in page.text
        assert "Stelle A1-1 has no standing deputy" in page.text
        assert page.buttons == {"absence", "deputyship"}
        # Whoever leads nobody enters for nobody else.
        assert page.root.cssselect("select[name=person]") == []


def test_a_person_names_a_deputy_and_ends_it_early(open_deputies):
    with at(ENTERED):
        page = open_deputies("anna").press(
            "deputyship", deputy="alex", reason="Urlaub", **WEEK
        )
        assert "Alex Arbeit represents Anna Arbeit" in page.messages
        (entry,) = page.all(".eakte-entry")
        for words in ("08/03/2027", "12/03/2027", "represented by Alex", "Urlaub"):
            assert words in entry
        assert "planned" in entry
    with at(BETWEEN):
        page = open_deputies("anna")
        assert "Alex Arbeit represents you until 12/03/2027" in page.text
        assert "You represent Anna Arbeit" in open_deputies("alex").text
        page = page.press("end")
        assert "It is ended from now on" in page.messages
        assert "ended early" in page.all("details .eakte-entry")[0]
        assert "You represent" not in open_deputies("alex").text


def test_all_that_is_wrong_is_said_at_once_and_what_was_typed_stays(open_deputies):
    with at(ENTERED):
        page = open_deputies("anna").press(
            "deputyship", deputy="anna", first="2027-02-09", last="2027-02-08"
        )
        assert page.status == 400
        assert len(page.refusals) == 3
        form = page.root.cssselect("form[aria-labelledby=form-deputyship]")[0]
        values = dict(form.form_values())
        assert (values["first"], values["deputy"]) == ("2027-02-09", "anna")
        page = open_deputies("anna").press("absence", first="bald", last="")
        assert page.refusals == ["“bald” is no day."]


def test_a_lead_enters_for_the_team_and_sees_its_calendar(open_deputies):
    with at(ENTERED):
        page = open_deputies("tom")
        assert "Nobody of the team is away or represented." in page.text
        page = page.press("absence", person="anna", **WEEK)
        assert "The absence of Anna Arbeit is entered." in page.messages
        (entry,) = page.all("section[aria-labelledby=team-a1] .eakte-entry")
        assert "Anna Arbeit: away" in entry
        assert "entered by Tom Lead" in entry
        assert "Anna Arbeit: away" in open_deputies("anna").text
        assert "Anna" not in " ".join(open_deputies("alex").all(".eakte-entry"))


def test_a_form_of_somebody_else_enters_nothing(as_person, open_deputies):
    with at(ENTERED):
        values = {"do": "deputyship", "deputy": "alex", **WEEK}
        assert as_person("anna").send("@@deputies", values).status == 403
        assert "Nothing is entered for you." in open_deputies("anna").text


@pytest.mark.parametrize("moment", EVERY, ids=str)
def test_my_desk_shows_the_represented_desk_while_it_holds(as_person, moment):
    hers = a_mail_item(State.ACCEPTED, team="a1", desk="a1-1", title="An Anna")
    a_mail_item(State.ACCEPTED, team="a2", desk="a2-1", title="An Alex")
    deputies.deputyship("alex", "anna")
    with at(moment):
        alex = as_person("alex")
        page = alex.open("@@my-desk")
        titles = page.all(".eakte-row-link")
        opened = alex.open(hers.absolute_url())
        if moment in DURING:
            assert sorted(titles) == ["An Alex", "An Anna"]
            assert "for Anna Arbeit" in page.text
            assert page.all(".eakte-choice") == [
                "All desks",
                "Stelle A2-1",
                "Stelle A1-1 (for Anna Arbeit)",
            ]
            only = alex.open("@@my-desk?team=a1-1")
            assert only.all(".eakte-row-link") == ["An Anna"]
            assert "An Anna" in opened.text
        else:
            assert titles == ["An Alex"]
            assert "Anna" not in page.text
            assert page.all(".eakte-choice") == []
            # A foreign desk in the address shows the own ones.
            other = alex.open("@@my-desk?team=a1-1")
            assert other.all(".eakte-row-link") == ["An Alex"]
            assert "An Anna" not in opened.text


def test_the_way_of_a_letter_says_for_whom_a_deputy_took_it(as_person):
    letter = a_mail_item(State.ROUTED, team="a1", title="An Team A1")
    deputies.deputyship("alex", "anna")
    with at(BETWEEN):
        alex = as_person("alex")
        alex.open(letter.absolute_url()).press("accept")
        page = alex.open(letter.absolute_url())
        assert "Alex Arbeit for Anna Arbeit" in page.text


def test_who_may_see_a_case_file_says_for_whom_and_until_when(as_person):
    case_file = a_case_file(team="a1", desk="a1-1")
    deputies.deputyship("alex", "anna")
    with at(BETWEEN):
        page = as_person("alex").open(f"{case_file.absolute_url()}?show=viewers")
        viewers = page.all(".eakte-viewers li")
        desk = "Stelle A1-1 (responsible desk)"
        assert f"{desk} Alex Arbeit for Anna Arbeit until 12/03/2027, Anna Arbeit" in (
            viewers
        )
        assert "Amt A: Leitung (head of the department) Hanna Head" in viewers
    with at(deputies.DAY_AFTER):
        page = as_person("anna").open(f"{case_file.absolute_url()}?show=viewers")
        assert f"{desk} Anna Arbeit" in page.all(".eakte-viewers li")
