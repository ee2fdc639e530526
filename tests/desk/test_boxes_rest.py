"""The boxes for other systems: the same letters, filters and numbers as on the screens."""

from eakte.mailitem.states import State
from tests.builders import a_mail_item
from urllib.parse import urljoin

import pytest


@pytest.fixture
def ask(as_person):
    """Return ``ask(person, method, path, json)``: the server's answer."""

    def ask(person, path, method="GET", json=None):
        visitor = as_person(person)
        return visitor.session.request(
            method,
            urljoin(visitor.site, path),
            json=json,
            headers={"Accept": "application/json"},
            timeout=60,
        )

    return ask


@pytest.fixture
def letters(site):
    a_mail_item(State.ROUTED, team="a1", title="court", mail_class="deadline")
    a_mail_item(State.ROUTED, team="a1", title="normal", sender="Müller")
    a_mail_item(State.ACCEPTED, team="a1", desk="a1-1", title="taken", sender="Amt")
    a_mail_item(State.ROUTED, team="a2", title="theirs")
    a_mail_item(State.CAPTURED, title="captured")


def titles(answer):
    return [item["title"] for item in answer.json()["items"]]


@pytest.mark.parametrize(
    ("person", "boxes"),
    [
        ("anna", ["my-desk", "team-box"]),
        ("tom", ["team-box", "counters"]),
        ("lotte", ["mailroom"]),
        ("hanna", ["counters"]),
        ("dora", []),
    ],
)
def test_everybody_has_the_boxes_of_the_screens(ask, letters, person, boxes):
    answer = ask(person, "@boxes").json()
    assert [item["name"] for item in answer["items"]] == boxes
    for name in {"my-desk", "team-box", "mailroom", "counters"} - set(boxes):
        assert ask(person, f"@boxes/{name}").status_code == 404


def test_counts_are_those_of_the_user(ask, letters):
    items = {item["name"]: item for item in ask("anna", "@boxes").json()["items"]}
    assert items["team-box"]["counts"] == {"routed": 2, "accepted": 1, "unclear": 0}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["court", "normal", "taken"]),
        ("state=routed", ["court", "normal"]),
        ("class=deadline&class=urgent", ["court"]),
        ("sender=muell", ["normal"]),
        ("person=anna", ["taken"]),
        ("sort=-number", ["taken", "normal", "court"]),
        ("sort=-number&b_start=1&b_size=1", ["normal"]),
        ("team=a2", ["court", "normal", "taken"]),
        ("age=7", []),
    ],
)
def test_a_box_has_filters_and_orders(ask, letters, query, found):
    assert titles(ask("anna", f"@boxes/team-box?{query}")) == found


@pytest.mark.parametrize(
    "query", ["class=gone", "age=x", "deadline=x", "sort=x", "state=captured"]
)
def test_what_is_unknown_is_refused(ask, letters, query):
    answer = ask("anna", f"@boxes/team-box?{query}")
    assert answer.status_code == 400
    assert answer.json()["reasons"]


@pytest.mark.parametrize("path", ["@boxes/nothing", "@boxes/team-box/more"])
def test_there_is_nothing_at_another_address(ask, letters, path):
    assert ask("anna", path).status_code == 404


def test_the_counters_have_numbers_only(ask, letters):
    answer = ask("hanna", "@boxes/counters")
    (department,) = answer.json()["items"]
    first, second = department["teams"]
    assert first["states"] == {"routed": 2, "accepted": 1, "unclear": 0}
    assert first["ages"][0] == {"from_days": 0, "letters": 3}
    assert (first["total"], second["total"]) == (3, 1)
    assert "court" not in answer.text


def test_a_view_is_kept_changed_and_forgotten(ask, letters):
    body = {"name": "Gericht", "box": "team-box", "query": "class=deadline"}
    kept = ask("anna", "@box-views", "POST", body)
    assert kept.status_code == 201
    view = kept.json()
    assert kept.headers["Location"] == view["@id"]
    assert titles(ask("anna", view["letters"])) == ["court"]
    changed = ask("anna", view["@id"], "PATCH", {"name": "Eilig", "begin": "yes"})
    assert (changed.json()["name"], changed.json()["is_default"]) == ("Eilig", True)
    # It is nobody else's business.
    assert ask("arno", "@box-views").json()["items"] == []
    assert ask("arno", view["@id"], "PATCH", {"name": "x"}).status_code == 404
    assert ask("arno", view["@id"], "DELETE").status_code == 404
    assert ask("anna", view["@id"], "DELETE").status_code == 204
    assert ask("anna", "@box-views").json()["items_total"] == 0


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"name": "x", "box": "nothing"},
        {"name": "x", "box": "team-box", "query": "class=gone"},
        {"name": " ", "box": "team-box"},
        {"name": "x", "box": "team-box", "other": "x"},
    ],
)
def test_a_view_that_makes_no_sense_is_refused(ask, letters, body):
    assert ask("anna", "@box-views", "POST", body).status_code == 400


def test_nobody_is_shown_boxes_without_a_login(as_person, letters):
    for path in ("@boxes", "@boxes/team-box", "@box-views"):
        assert as_person().ask(path) is None
