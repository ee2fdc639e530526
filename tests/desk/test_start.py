"""Where a person's day begins, and where the navigation leads."""

from eakte.mailitem.states import State
from tests.builders import a_mail_item

import pytest


@pytest.mark.parametrize(
    ("person", "screen"),
    [
        ("oskar", "@@mailroom"),
        ("quirin", "@@mailroom"),
        ("lotte", "@@mailroom"),
        ("anna", "@@my-desk"),
        ("tom", "@@team-box"),
        ("rolf", "@@team-box"),
        ("hanna", "@@find"),
        ("dora", "@@find"),
    ],
)
def test_the_day_begins_in_the_box_where_the_work_lies(as_person, person, screen):
    assert as_person(person).open().url.endswith(screen)


def test_nobody_is_asked_to_log_in(as_person):
    page = as_person().open()
    assert "/login" in page.url or "require_login" in page.url


def test_an_administrator_is_told_that_there_is_no_content_to_read(as_person):
    page = as_person("admin").open()
    assert "You administer the system" in page.text


@pytest.mark.parametrize(
    ("person", "places"),
    [
        ("anna", ["My desk", "Team box", "Search", "Deadlines", "Open a case file"]),
        ("rolf", ["Team box", "Search", "Deadlines", "Open a case file"]),
        ("quirin", ["Mailroom", "Search"]),
        ("hanna", ["Search", "In numbers"]),
        ("admin", []),
    ],
)
def test_the_navigation_shows_where_a_person_works(as_person, person, places):
    shown = as_person(person).open("@@find" if person != "admin" else "")
    titles = [text.split(" (")[0] for text in shown.all("#portal-globalnav a")]
    assert titles == places


def test_the_figures_count_what_the_person_may_see(as_person):
    a_mail_item(State.ROUTED, team="a1")
    a_mail_item(State.ROUTED, team="a2")
    a_mail_item(State.ACCEPTED, team="a1", desk="a1-1")
    a_mail_item(State.CAPTURED)
    figures = {
        person: as_person(person).ask("@@desk-counts")
        for person in ("anna", "rolf", "quirin", "bert")
    }
    assert figures == {
        "anna": {"my-desk": 1, "team-box": 1, "deadlines": 0},
        "rolf": {"team-box": 2, "deadlines": 0},
        "quirin": {"mailroom": 1},
        "bert": {"my-desk": 0, "team-box": 0, "deadlines": 0},
    }


def test_the_toolbar_is_not_in_the_way_of_those_who_work(as_person):
    assert not as_person("anna").open("@@my-desk").all("#edit-bar")
    assert as_person("admin").open().all("#edit-bar")


@pytest.mark.parametrize(
    ("store", "screen"), [("posteingang", "@@my-desk"), ("akten", "@@find")]
)
def test_the_containers_lead_to_the_screens(as_person, store, screen):
    assert screen in as_person("anna").open(store).url
