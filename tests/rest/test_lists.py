"""Boxes, suggestions and search for other systems."""

from ..builders import a_case_file
from ..builders import a_mail_item
from datetime import date
from eakte.mailitem.states import State
from eakte.rest.paging import AT_MOST
from urllib.parse import quote

import pytest


@pytest.fixture
def letters(site):
    """Seven letters in the box of team a1 and one in that of team a2."""
    letters = [
        a_mail_item(
            State.ROUTED,
            team="a1",
            title=f"Antrag {day}",
            received=date(2026, 3, day),
            mail_class="urgent" if day == 7 else "normal",
        )
        for day in range(1, 8)
    ]
    a_mail_item(State.ROUTED, team="a2")
    return letters


def test_a_box_is_read_to_its_end_by_the_links(client, letters):
    anna, seen, url = client("anna"), [], "@mail-box?box=team&b_size=3"
    while url:
        answer = anna.get(url).json()
        assert answer["items_total"] == 7
        seen += [item["number"] for item in answer["items"]]
        url = answer["batching"].get("next")
    assert seen == [letter.number for letter in letters]
    first = anna.get(answer["batching"]["prev"]).json()
    assert [item["number"] for item in first["items"]] == seen[3:6]


def test_counts_are_those_of_the_box_whatever_state_is_shown(client, letters):
    answer = client("anna").get("@mail-box?box=team&state=accepted").json()
    assert answer["items_total"] == 0
    assert answer["counts"]["routed"] == 7


def test_a_box_is_narrowed_down_by_several_values(client, letters):
    anna = client("anna")
    urgent = anna.get("@mail-box?box=team&mail_class=urgent").json()
    both = anna.get("@mail-box?box=team&mail_class=urgent&mail_class=normal").json()
    states = anna.get("@mail-box?box=team&state=routed&state=unclear").json()
    assert [each["items_total"] for each in (urgent, both, states)] == [1, 7, 7]


@pytest.mark.parametrize(
    "query",
    [
        "",
        "box=attic",
        "box=team&state=captured",
        "box=team&sort=Title",
        "box=team&b_start=-1",
        "box=team&b_size=many",
        "box=team&b_size=1&b_size=2",
        "box=team&box=desk",
    ],
)
def test_a_wrong_question_about_a_box_is_refused(client, letters, query):
    answer = client("anna").get(f"@mail-box?{query}")
    assert answer.status_code == 400
    assert answer.json()["reasons"]


def test_nobody_asks_for_the_whole_list(client, letters):
    answer = client("anna").get("@mail-box?box=team&b_start=1&b_size=100000").json()
    assert f"b_size={AT_MOST}" in answer["batching"]["@id"]
    assert answer["items_total"] == 7


def test_beyond_the_end_of_a_box_there_is_nothing(client, letters):
    answer = client("anna").get("@mail-box?box=team&b_start=50").json()
    assert answer["items"] == []
    assert answer["items_total"] == 7


@pytest.mark.parametrize("service", ["@mail-box?box=team", "@office"])
def test_nobody_from_outside_is_answered_anything_of_the_office(
    client, letters, service
):
    answer = client().get(service)
    assert answer.status_code == 401


def test_the_office_names_the_places_and_where_the_user_works(client):
    answer = client("tom").get("@office").json()
    assert [each["id"] for each in answer["departments"]] == ["amt-a", "amt-b"]
    teams = {team["id"] for each in answer["departments"] for team in each["teams"]}
    assert teams == {"a1", "a2", "b1"}
    assert answer["own_teams"] == ["a1"]
    assert answer["own_desks"] == []


@pytest.mark.parametrize(
    "text", ['"', "*", "(", "AND", "NOT x", '"Antrag', "Antrag AND (", "%", "ß", "日本"]
)
def test_a_search_for_anything_is_answered(client, letters, text):
    for service in ("@search?SearchableText=", "@case-file-suggestions?text="):
        assert client("anna").get(service + quote(text)).status_code == 200, service


def test_search_finds_words_of_a_letter_by_their_beginning(client, letters):
    answer = client("anna").get("@search?SearchableText=antr&b_size=2").json()
    assert answer["items_total"] == 7
    assert len(answer["items"]) == 2


def test_the_stores_do_not_list_what_they_hold(client, letters):
    a_case_file(team="a1")
    for store in ("posteingang", "akten"):
        answer = client("anna").get(f"{store}?include_items=1")
        assert answer.status_code == 200
        assert "items" not in answer.json()
