"""What has come in since a page was shown; and the numbers of those who lead."""

from datetime import timedelta
from eakte.clock import today
from eakte.desk import counts
from eakte.desk.counts import Looks
from eakte.mailitem.states import State
from tests.builders import a_mail_item
from urllib.parse import urljoin

import pytest
import transaction


def changes_url(page):
    place = page.root.cssselect("[data-changes-url]")[0]
    return place.get("data-changes-url")


def asked(visitor, url, tag=None):
    headers = {"Accept": "application/json"} | ({"If-None-Match": tag} if tag else {})
    return visitor.session.get(urljoin(visitor.site, url), headers=headers, timeout=60)


@pytest.fixture
def letters(site):
    return [a_mail_item(State.ROUTED, team="a1") for _ in range(3)]


def test_a_page_is_told_how_many_letters_have_come_in(as_person, letters):
    visitor = as_person("anna")
    url = changes_url(visitor.open("@@team-box"))
    assert asked(visitor, url).json()["text"] == ""
    a_mail_item(State.ROUTED, team="a1")
    a_mail_item(State.ROUTED, team="a2")
    visitor = as_person("anna")
    answer = asked(visitor, url).json()
    assert (answer["new"], answer["text"]) == (1, "1 new letter")
    assert answer["counts"] == {"": 4, "routed": 4, "accepted": 0, "unclear": 0}


def test_a_letter_that_left_does_not_hide_one_that_came(as_person, letters):
    visitor = as_person("anna")
    url = changes_url(visitor.open("@@team-box?state=routed"))
    visitor.open("@@team-box").press("accept")
    assert asked(visitor, url).json()["text"] == "The list has changed"
    transaction.begin()
    a_mail_item(State.ROUTED, team="a1")
    a_mail_item(State.ROUTED, team="a1")
    answer = asked(as_person("anna"), url).json()
    assert (answer["count"], answer["text"]) == (4, "2 new letters")


def test_nothing_is_sent_again_as_long_as_nothing_has_changed(as_person, letters):
    visitor = as_person("anna")
    url = changes_url(visitor.open("@@team-box"))
    first = asked(visitor, url)
    again = asked(visitor, url, first.headers["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    a_mail_item(State.ROUTED, team="a1")
    visitor = as_person("anna")
    later = asked(visitor, url, first.headers["ETag"])
    assert later.status_code == 200
    assert later.headers["ETag"] != first.headers["ETag"]


def test_a_process_that_knows_nothing_of_the_page_counts(
    as_person, letters, monkeypatch
):
    visitor = as_person("anna")
    url = changes_url(visitor.open("@@team-box"))
    monkeypatch.setattr(counts, "LOOKS", Looks())
    a_mail_item(State.ROUTED, team="a1")
    assert asked(as_person("anna"), url).json()["new"] == 1


def test_nobody_learns_of_another_ones_box(as_person, letters):
    url = changes_url(as_person("anna").open("@@team-box"))
    alex = as_person("alex")
    answer = asked(alex, url).json()
    assert (answer["count"], answer["new"]) == (0, 0)
    assert sum(answer["counts"].values()) == 0
    assert asked(alex, "@@box-changes?box=nothing").status_code == 404
    assert as_person().ask("@@box-changes", box="team-box::") is None


def test_what_is_remembered_stays_within_bounds(monkeypatch):
    monkeypatch.setattr(counts, "MOST_ROWS", 10)
    looks = Looks()
    for number in range(9):
        looks.keep("anna", counts.Look(str(number), range(4)))
    assert [looks.get("anna", str(number)) is None for number in range(9)] == [
        *[True] * 7,
        False,
        False,
    ]
    assert looks.get("arno", "8") is None


# Numbers


def numbers(page):
    return [
        [cell.text_content().strip() for cell in row]
        for row in page.root.cssselect("#content tbody tr, #content tfoot tr")
    ]


@pytest.fixture
def waiting(site):
    for _ in range(3):
        a_mail_item(State.ROUTED, team="a1", title="Geheimes Anliegen")
    a_mail_item(State.UNCLEAR, team="a2", mail_class="personal")
    a_mail_item(State.ROUTED, team="b1")
    a_mail_item(State.BLOCKED, team="a1")


def test_the_head_sees_numbers_of_the_whole_department_and_no_title(as_person, waiting):
    page = as_person("hanna").open("@@counters")
    assert numbers(page) == [
        ["Team A1", "3", "0", "0", "3", "0", "0", "0", "0", "0", "3"],
        ["Team A2", "0", "0", "1", "1", "0", "0", "0", "0", "0", "1"],
        ["Together", "3", "0", "1", "4", "0", "0", "0", "0", "0", "4"],
    ]
    assert "Geheimes" not in page.text
    assert "B1" not in page.text
    assert not page.root.cssselect("#content a")


def test_a_team_lead_sees_the_numbers_of_the_own_team(as_person, waiting):
    page = as_person("tom").open("@@counters")
    assert [row[0] for row in numbers(page)] == ["Team A1"]


@pytest.mark.parametrize("person", ["anna", "rolf", "lotte", "dora"])
def test_who_leads_nobody_sees_no_numbers(as_person, waiting, person):
    page = as_person(person).open("@@counters")
    assert numbers(page) == []
    assert "You lead no team" in page.text


def test_the_numbers_are_offered_to_those_who_lead(as_person, waiting):
    for person, offered in {"hanna": 1, "tom": 1, "anna": 0, "lotte": 0}.items():
        page = as_person(person).open("@@find")
        links = page.root.cssselect("#portal-globalnav a[href$='@@counters']")
        assert len(links) == offered, person


def counters_url(page):
    return page.root.cssselect("[data-counters-url]")[0].get("data-counters-url")


def test_the_open_counters_are_told_the_numbers_of_now(as_person, waiting):
    visitor = as_person("hanna")
    page = visitor.open("@@counters")
    first = asked(visitor, counters_url(page))
    shown = {
        cell.get("data-figure"): int(cell.text_content())
        for cell in page.root.cssselect("[data-figure]")
    }
    assert first.json() == {"figures": shown, "text": ""}
    again = asked(visitor, counters_url(page), first.headers["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    a_mail_item(State.ROUTED, team="a1", received=today() - timedelta(31))
    later = asked(as_person("hanna"), counters_url(page), first.headers["ETag"])
    assert later.status_code == 200
    changed = later.json()["figures"].items() - shown.items()
    assert dict(changed) == {
        "a1:routed": 4,
        "a1:30": 1,
        "a1:all": 4,
        "amt-a/:routed": 4,
        "amt-a/:30": 1,
        "amt-a/:all": 5,
    }
    assert "Geheimes" not in later.text


def test_the_open_counters_say_when_other_teams_are_counted(as_person, waiting):
    tom, hanna = as_person("tom"), as_person("hanna")
    of_hanna = counters_url(hanna.open("@@counters"))
    answer = asked(tom, of_hanna).json()
    assert answer["text"] == "The list has changed"
    assert {name.partition(":")[0] for name in answer["figures"]} == {"a1", "amt-a/"}


@pytest.mark.parametrize("person", ["anna", "rolf", "lotte", "dora"])
def test_who_leads_nobody_is_told_no_numbers_either(as_person, waiting, person):
    assert as_person(person).ask("@@counters-now")["figures"] == {}


def test_nobody_is_told_numbers_without_logging_in(as_person, waiting):
    assert as_person().ask("@@counters-now") is None


def test_the_figures_of_the_navigation_are_not_sent_again_either(as_person, letters):
    visitor = as_person("anna")
    first = asked(visitor, "@@desk-counts")
    again = asked(visitor, "@@desk-counts", first.headers["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    a_mail_item(State.ROUTED, team="a1")
    later = asked(as_person("anna"), "@@desk-counts", first.headers["ETag"])
    assert later.json()["team-box"] == 4
