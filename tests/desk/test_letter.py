"""The screen of one letter: what it offers to whom, and that each button does its step."""

from datetime import date
from datetime import timedelta
from eakte.clock import today
from eakte.mailitem.interfaces import IRoutingHistory
from eakte.mailitem.states import State
from eakte.scans.facts import facts_of
from eakte.scans.interfaces import Finding
from eakte.scans.interfaces import ScanStatus
from plone import api
from tests.builders import a_case_file
from tests.builders import a_mail_item

import pytest


BESIDE = {"mark_unclear", "mark_foreign", "request_rescan", "block"}
NOTED = {"describe"}

# Read it with the mailroom and the teams: which buttons somebody finds.
OFFERED = [
    (
        State.CAPTURED,
        "oskar",
        {"check", "mark_foreign", "request_rescan", "block"} | NOTED,
    ),
    (State.CHECKING, "oskar", set()),
    (
        State.CHECKING,
        "quirin",
        {"release", "mark_foreign", "request_rescan", "block"} | NOTED,
    ),
    (State.RELEASED, "quirin", {"route"} | BESIDE | NOTED),
    (
        State.ROUTED,
        "anna",
        {"file", "accept", "route", "open-and-file"} | BESIDE | NOTED,
    ),
    (State.ROUTED, "lotte", {"route", "block"}),
    (State.ACCEPTED, "anna", {"file", "route", "open-and-file"} | BESIDE | NOTED),
    (State.UNCLEAR, "rolf", {"route", "mark_foreign", "request_rescan"} | NOTED),
    (State.FOREIGN, "lotte", {"route"}),
    (State.BLOCKED, "lotte", {"unblock"}),
]


@pytest.mark.parametrize(("state", "person", "buttons"), OFFERED)
def test_a_letter_offers_the_steps_that_are_possible(as_person, state, person, buttons):
    letter = a_mail_item(state, team="a1", desk="a1-1")
    assert as_person(person).open(letter.absolute_url()).buttons == buttons


# (state before, person, button, what is typed, state after)
STEPS = [
    (State.CAPTURED, "oskar", "check", {}, State.CHECKING),
    (State.CHECKING, "quirin", "release", {"target": ""}, State.RELEASED),
    (State.CHECKING, "quirin", "release", {"target": "a2"}, State.ROUTED),
    (State.RELEASED, "quirin", "route", {"target": "a1:a1-2"}, State.ROUTED),
    (State.ROUTED, "anna", "accept", {}, State.ACCEPTED),
    (
        State.ROUTED,
        "anna",
        "route",
        {"target": "a2", "reason": "not ours"},
        State.ROUTED,
    ),
    (State.ROUTED, "anna", "mark_unclear", {"reason": "no case"}, State.UNCLEAR),
    (State.ROUTED, "anna", "mark_foreign", {"reason": "not ours"}, State.FOREIGN),
    (State.ROUTED, "anna", "request_rescan", {"reason": "page 2"}, State.RESCAN),
    (State.ROUTED, "anna", "block", {"reason": "personal"}, State.BLOCKED),
    (State.BLOCKED, "lotte", "unblock", {"reason": "by mistake"}, State.CHECKING),
    (State.UNCLEAR, "rolf", "route", {"target": "a2"}, State.ROUTED),
]


@pytest.mark.parametrize(("before", "person", "step", "typed", "after"), STEPS)
def test_a_button_takes_its_step(as_person, state, before, person, step, typed, after):
    letter = a_mail_item(before, team="a1")
    page = as_person(person).open(letter.absolute_url()).press(step, **typed)
    assert page.refusals == []
    assert letter.number in page.messages
    assert state(letter) == after


def test_a_routed_letter_lies_where_it_was_sent(as_person, now):
    letter = a_mail_item(State.RELEASED, received=date(2026, 1, 5))
    visitor = as_person("quirin")
    visitor.open(letter.absolute_url()).press("route", target="a1:a1-2")
    letter = now(letter)
    assert (letter.team, letter.desk) == ("a1", "a1-2")
    assert letter.received == date(2026, 1, 5)


def test_after_a_step_the_next_letter_of_the_box_opens(as_person):
    _, second, third = (
        a_mail_item(State.ROUTED, team="a1", received=today() - timedelta(days=days))
        for days in (3, 2, 1)
    )
    visitor = as_person("anna")
    page = visitor.open("@@team-box").follow(".eakte-row-link").press("accept")
    # A letter that is taken still lies in the team's box.
    assert second.number in page.text
    page = page.press("mark_foreign", reason="not for us")
    assert third.number in page.text


def test_after_the_last_letter_comes_the_box(as_person):
    letter = a_mail_item(State.RELEASED)
    page = as_person("quirin").open(letter.absolute_url() + "?box=mailroom::released")
    page = page.press("route", target="a1")
    assert page.url.endswith("/@@mailroom?state=released")


def test_who_checks_a_letter_that_was_just_handed_over_stays_with_it(as_person):
    letter = a_mail_item(State.CAPTURED)
    a_mail_item(State.CAPTURED)
    page = as_person("quirin").open(letter.absolute_url()).press("check")
    assert "release" in page.buttons
    assert letter.number in page.text


def test_a_step_without_its_reason_is_refused_where_it_was_asked(as_person, state):
    letter = a_mail_item(State.ROUTED, team="a1")
    page = (
        as_person("anna").open(letter.absolute_url()).press("mark_unclear", reason=" ")
    )
    assert page.status == 400
    assert page.refusals == [
        "Give a reason in a few words; it is kept with the letter."
    ]
    assert page.root.cssselect("#dialog-mark_unclear[open]")
    assert state(letter) == State.ROUTED


def test_what_was_refused_leaves_nothing_behind(as_person, now):
    letter = a_mail_item(State.CHECKING)
    page = as_person("quirin").open(letter.absolute_url())
    # The release goes well, the routing behind it does not.
    page = page.press("release", target="no-such-team")
    assert page.refusals == ["There is no such team. Choose one from the list."]
    letter = now(letter)
    assert api.content.get_state(letter) == State.CHECKING
    assert [each.step for each in IRoutingHistory(letter).entries()] == ["capture"]


def test_two_people_at_one_letter_are_told(as_person):
    letter = a_mail_item(State.ROUTED, team="a1")
    page = as_person("anna").open(letter.absolute_url())
    as_person("arno").open(letter.absolute_url()).press("accept")
    answer = page.press("accept")
    assert answer.status == 409
    assert "no longer where it was" in answer.refusals[0]


def test_a_form_of_somebody_else_is_not_answered(as_person, state):
    letter = a_mail_item(State.ROUTED, team="a1")
    answer = as_person("anna").send(letter.absolute_url(), {"do": "accept"})
    assert answer.status == 403
    assert state(letter) == State.ROUTED


@pytest.mark.parametrize("person", ["alex", "bert", "dora", "hanna", "admin"])
def test_a_letter_of_a_team_is_nobody_elses(as_person, person):
    letter = a_mail_item(State.ROUTED, team="a1", title="Nur für A1")
    page = as_person(person).open(letter.absolute_url())
    assert "Nur für A1" not in page.text
    assert page.buttons == set()


def test_what_is_known_can_be_put_right(as_person, now):
    letter = a_mail_item(State.ROUTED, team="a1")
    page = as_person("anna").open(letter.absolute_url())
    page = page.press(
        "describe",
        title="Widerspruch",
        sender="Kanzlei",
        letter_date="2026-11-02",
        mail_class="deadline",
    )
    assert "What you changed is kept." in page.messages
    letter = now(letter)
    assert (letter.title, letter.sender) == ("Widerspruch", "Kanzlei")
    assert (letter.letter_date, letter.mail_class) == (date(2026, 11, 2), "deadline")
    assert "Widerspruch" in as_person("anna").open("@@team-box").text


def test_every_wrong_field_is_named_at_once(as_person):
    letter = a_mail_item(State.ROUTED, team="a1")
    page = as_person("anna").open(letter.absolute_url())
    page = page.press("describe", letter_date="yesterday", mail_class="heavy")
    assert page.refusals == [
        "Date on the letter: this is not a date.",
        "Class: this value is not possible.",
    ]


def test_the_way_through_the_house_can_be_read(as_person):
    letter = a_mail_item(State.RELEASED)
    as_person("quirin").open(letter.absolute_url()).press("route", target="a1")
    page = as_person("anna").open(letter.absolute_url())
    page = page.press("route", target="a2", reason="Zuständig ist A2")
    way = as_person("alex").open(letter.absolute_url()).all(".eakte-way li")
    assert "Routed to Team A2" in way[0]
    assert "Anna Arbeit" in way[0]
    assert "Zuständig ist A2" in way[0]
    assert "Quirin Checker" in way[1]


def test_a_problem_says_what_happened_and_what_to_do(as_person):
    letter = a_mail_item(pdf=b"%PDF-1.7 locked")
    facts_of(letter).note_problem("encrypted")
    page = as_person("quirin").open(letter.absolute_url())
    (problem,) = page.all(".eakte-problem")
    assert "Protected by a password" in problem
    assert "Ask the sender" in problem
    assert {"unlock", "request_rescan", "mark_foreign"} <= page.buttons


# Read it with those who wait: what the screen of a letter says about its scan.
TOLD = [
    (ScanStatus.WAITING, 0, "Text recognition waits for its turn"),
    (ScanStatus.RUNNING, 3, "Text recognition: page 1 of 3"),
    (ScanStatus.DONE, 3, "Recognised, 3 pages"),
    (ScanStatus.DONE, 1, "Recognised, 1 page"),
    (ScanStatus.FAILED, 3, "Text recognition failed"),
]


@pytest.mark.parametrize(("status", "count", "line"), TOLD)
def test_a_letter_says_how_far_its_scan_is(as_person, status, count, line):
    letter = a_mail_item(pdf=b"%PDF-1.7 long")
    facts = facts_of(letter)
    if status == ScanStatus.FAILED:
        facts.note_problem("recognition-failed")
    facts.status, facts.page_count = status, count
    page = as_person("quirin").open(letter.absolute_url())
    assert page.all(".eakte-recognition-text") == [line]
    assert bool(page.root.cssselect(".eakte-recognition progress")) is (
        status in (ScanStatus.WAITING, ScanStatus.RUNNING)
    )
    assert ("retry" in page.buttons) is (status == ScanStatus.FAILED)
    assert bool(page.all(".eakte-problem h2")) is (status == ScanStatus.FAILED)


def test_a_scan_without_text_is_not_taken_for_success(as_person):
    letter = a_mail_item(pdf=b"%PDF-1.7 handwriting")
    facts = facts_of(letter)
    facts.status, facts.page_count = ScanStatus.DONE, 2
    facts.findings = (Finding.NO_TEXT,)
    page = as_person("quirin").open(letter.absolute_url())
    assert page.all(".eakte-recognition-text") == ["Text recognition done"]
    assert "No text" in " ".join(page.all(".eakte-problem"))


def test_a_wrong_password_is_told_at_once(as_person, material):
    locked = (material / "broken" / "encryption_openpassword.pdf").read_bytes()
    letter = a_mail_item(pdf=locked)
    facts_of(letter).note_problem("encrypted")
    page = as_person("quirin").open(letter.absolute_url())
    page = page.press("unlock", password="not this one")
    assert page.refusals == ["The password does not open the file."]


def test_a_failed_recognition_can_be_tried_again(as_person, now):
    letter = a_mail_item(pdf=b"%PDF-1.7 slow")
    facts_of(letter).note_problem("recognition-failed")
    page = as_person("quirin").open(letter.absolute_url()).press("retry")
    assert "The scan is read once more." in page.messages
    assert facts_of(now(letter)).status == "waiting"


def test_a_filed_letter_names_its_case_file_and_can_be_settled(as_person, state):
    case_file = a_case_file()
    letter = a_mail_item(State.ROUTED, team="a1")
    visitor = as_person("anna")
    visitor.open(letter.absolute_url()).press("file", case_file=case_file.UID())
    page = visitor.open(f"{case_file.absolute_url()}/{letter.getId()}")
    assert f"in case file {case_file.reference}" in page.text
    page.press("settle")
    assert state(letter) == State.DONE
