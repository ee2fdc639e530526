"""The counters are narrowed down like a box, lead to it, are kept and taken along."""

from csv import reader
from datetime import date
from datetime import datetime
from datetime import timedelta
from eakte.clock import today
from eakte.desk.countersaddress import CountersAddress
from eakte.desk.happenings import lines_of
from eakte.desk.narrowing import Narrowing
from eakte.desk.narrowing import SPANS
from eakte.journal.interfaces import IJournal
from eakte.journal.interfaces import Kind
from eakte.journal.interfaces import Query
from eakte.mailitem.boxes import BoxWrong
from eakte.mailitem.counting import COUNTED
from eakte.mailitem.states import State
from tests.builders import a_mail_item
from tests.deadlines.conftest import a_deadline
from tests.deputies import at
from tests.deputies import HOUSE
from tests.desk.test_boxes import titles
from tests.desk.test_boxes_counts import counters_url
from tests.desk.test_boxes_counts import numbers
from tests.desk.test_boxes_export import cells
from tests.desk.test_boxes_export import taken
from urllib.parse import urljoin
from zope.component import getUtility

import pytest
import transaction


def days_ago(days):
    return today() - timedelta(days)


@pytest.fixture
def letters(site):
    """Seven letters that wait in the two teams of a department, one in another's."""
    for title, state, fields in (
        ("fresh", State.ROUTED, {"sender": "Stadtkasse"}),
        ("urgent", State.ROUTED, {"mail_class": "urgent", "received": days_ago(4)}),
        ("old", State.ROUTED, {"received": days_ago(40)}),
        ("taken", State.ACCEPTED, {"desk": "a1-1", "received": days_ago(10)}),
        ("court", State.ACCEPTED, {"desk": "a1-1", "mail_class": "deadline"}),
        ("secret", State.ROUTED, {"mail_class": "personal", "desk": "a1-1"}),
    ):
        a_mail_item(state, team="a1", title=title, **fields)
    a_mail_item(State.UNCLEAR, team="a2", title="theirs", mail_class="urgent")
    a_mail_item(State.ROUTED, team="b1", mail_class="urgent")


def asked(visitor, path):
    headers = {"Accept": "application/json"}
    address = urljoin(visitor.site, path)
    return visitor.session.get(address, headers=headers, timeout=60)


def posted(visitor, path, body):
    headers = {"Accept": "application/json"}
    address = urljoin(visitor.site, path)
    return visitor.session.post(address, json=body, headers=headers, timeout=60)


def in_words(line):
    """Return the numbers of a team as a service gives them, in the page's order."""
    ages = [each["letters"] for each in line["ages"]]
    states = [line["states"][str(state)] for state in COUNTED]
    return [str(each) for each in (*states, *ages, line["total"])]


NOTHING = "0 0 0 0 0 0 0 0 0"

NARROWED = {
    "": ["4 2 0 3 0 1 1 0 1", "0 0 1 1 0 0 0 0 0"],
    "class=urgent": ["1 0 0 0 0 1 0 0 0", "0 0 1 1 0 0 0 0 0"],
    "class=deadline&class=personal": ["1 1 0 2 0 0 0 0 0", NOTHING],
    "age=0": ["2 1 0 3 0 0 0 0 0", "0 0 1 1 0 0 0 0 0"],
    "age=7": ["1 1 0 0 0 0 1 0 1", NOTHING],
    "age=14": ["1 0 0 0 0 0 0 0 1", NOTHING],
    "class=deadline&class=normal&age=7": ["1 1 0 0 0 0 1 0 1", NOTHING],
    "class=urgent&age=7": [NOTHING, NOTHING],
    "deadline=red": [NOTHING, NOTHING],
    "team=a2": ["0 0 1 1 0 0 0 0 0"],
    "team=a2&class=normal": [NOTHING],
    "team=b1": [],
    "team=nothing": [],
}
"""What is asked for: by state, by age, for each team; the sum is not written here."""


def test_page_service_and_live_numbers_count_what_the_filters_let_through(
    as_person, letters
):
    hanna = as_person("hanna")
    for query, lines in NARROWED.items():
        wanted = [line.split() for line in lines]
        wanted = [[*each, str(sum(map(int, each[:3])))] for each in wanted]
        page = hanna.open(f"@@counters?{query}")
        shown = [row[1:] for row in numbers(page)]
        assert shown[: len(wanted)] == wanted, query
        # All together stand below two teams or more.
        assert len(shown) == len(wanted) + (len(wanted) > 1), query
        service = asked(hanna, f"@boxes/counters?{query}").json()
        teams = [team for each in service["items"] for team in each["teams"]]
        assert [in_words(team) for team in teams] == wanted, query
        if wanted:
            live = asked(hanna, counters_url(page)).json()
            figures = {
                cell.get("data-figure"): int(cell.text_content())
                for cell in page.root.cssselect("[data-figure]")
            }
            assert figures.items() <= live["figures"].items(), query
            assert live["text"] == "", query
        for text in ("secret", "court", "Stadtkasse", "B1"):
            assert text not in page.text and text not in str(service), query


def test_red_deadlines_are_counted_whoever_may_see_the_letter(as_person, site):
    red = a_mail_item(State.ACCEPTED, team="a1", desk="a1-1", title="red")
    a_mail_item(State.ACCEPTED, team="a1", desk="a1-1", title="none")
    with at(datetime(2027, 3, 1, 8, tzinfo=HOUSE)):
        a_deadline(red, user="anna")
    with at(datetime(2027, 6, 1, 8, tzinfo=HOUSE)):
        hanna = as_person("hanna")
        page = hanna.open("@@counters?deadline=red")
        assert [row[-1] for row in numbers(page)] == ["1", "0", "1"]
        page = hanna.open("@@counters?deadline=soon")
        assert [row[-1] for row in numbers(page)] == ["0", "0", "0"]


def test_by_what_a_letter_says_or_who_has_it_nobody_is_told_numbers(as_person, letters):
    """A number would answer who has written, or how much lies at somebody's desk."""
    hanna = as_person("hanna")
    everything = numbers(hanna.open("@@counters"))
    for query in ("sender=Stadt", "person=anna", "state=routed", "span=3", "sort=team"):
        page = hanna.open(f"@@counters?{query}")
        assert numbers(page) == everything
        assert not page.root.cssselect("[name=sender], [name=person], .eakte-chip")
        figures = hanna.ask(f"@@counters-now?{query}")["figures"]
        assert figures["a1:all"] == 6
        answer = asked(hanna, f"@boxes/counters?{query}")
        assert answer.status_code == 400
        name = query.partition("=")[0]
        assert answer.json()["reasons"] == [f"There is no filter “{name}”."]
    assert asked(hanna, "@boxes/counters?class=x&age=x").status_code == 400


def test_each_number_leads_to_its_letters_as_far_as_they_may_be_read(
    as_person, letters
):
    tom = as_person("tom")
    for query, unseen, wanted in (
        ("", 1, 7),
        ("class=urgent&class=normal&age=2", 0, 6),
    ):
        page = tom.open(f"@@counters?{query}")
        opened = 0
        for link in page.root.cssselect("#content tbody a"):
            figure = link.cssselect("[data-figure]")[0]
            number = int(figure.text_content())
            if not number:
                continue
            box = tom.open(link.get("href"))
            (current,) = box.all(".eakte-tab[aria-current]")
            # The personal letter is counted, and nobody but its desk reads it.
            column = figure.get("data-figure").partition(":")[2]
            hidden = unseen if column in ("routed", "0", "all") else 0
            assert len(titles(box)) == number - hidden, link.get("href")
            assert current.endswith(f" {number - hidden}")
            opened += 1
        assert opened == wanted
    # Whoever has no box of the team reads its numbers only.
    assert not as_person("hanna").open("@@counters").root.cssselect("tbody a")


def test_a_column_of_the_counters_is_a_filter_that_others_join(as_person, letters):
    anna = as_person("anna")
    page = anna.open("@@team-box?span=7&sort=received")
    assert titles(page) == ["taken"]
    assert page.all(".eakte-chip") == ["Take away: Age: 7 to 13 days ×"]
    form = page.root.cssselect(".eakte-tool-body")[0]
    assert ("span", "7") in form.form_values()
    assert titles(anna.open("@@team-box?span=7&age=7")) == ["taken"]
    assert titles(anna.open("@@team-box?span=7&age=14")) == []
    assert titles(anna.open("@@team-box?span=0&age=0&state=accepted")) == ["court"]
    found = [titles(anna.open(f"@@team-box?span={span}")) for span in SPANS]
    assert sorted(each for some in found for each in some) == [
        "court",
        "fresh",
        "old",
        "secret",
        "taken",
        "urgent",
    ]
    assert asked(anna, "@boxes/team-box?span=x").status_code == 400
    assert asked(anna, "@boxes/team-box?span=30").json()["items_total"] == 1


@pytest.mark.parametrize(
    ("day", "last"),
    [
        # Monday: all of the week before have come since the Monday.
        (date(2027, 3, 8), date(2027, 3, 1)),
        # On a Sunday nothing is a day older than on the Saturday.
        (date(2027, 3, 6), date(2027, 2, 28)),
        (date(2027, 3, 7), date(2027, 2, 28)),
        # Good Friday and Easter Monday are no working days.
        (date(2027, 4, 1), date(2027, 3, 23)),
    ],
)
def test_working_days_pass_without_weekends_and_holidays(portal, day, last):
    with at(datetime(day.year, day.month, day.day, 8, tzinfo=HOUSE)):
        narrow = Narrowing(age="5w").of(CountersAddress().box).narrow
    assert (narrow.received_from, narrow.received_until) == (None, last)


def test_filters_are_chips_and_a_team_is_chosen_and_given_back(as_person, letters):
    hanna = as_person("hanna")
    page = hanna.open("@@counters?team=a1&class=urgent&age=2")
    assert page.all(".eakte-chip") == [
        "Take away: Team: Team A1 ×",
        "Take away: Urgent ×",
        "Take away: 2 days or older ×",
    ]
    assert page.all("#filter-team [selected]") == ["Team A1"]
    assert len(numbers(page.follow(".eakte-chip"))) == 3
    page = page.follow(".eakte-chips li:last-child a")
    assert numbers(page)[-1][-1] == "7"
    page = hanna.open("@@counters?team=b1")
    assert "You do not lead this team." in page.text
    assert numbers(page) == []
    # Who leads one team only has none to choose.
    assert not as_person("tom").open("@@counters").root.cssselect("#filter-team")


def test_a_view_of_the_counters_is_kept_and_the_page_begins_with_it(as_person, letters):
    hanna = as_person("hanna")
    page = hanna.open("@@counters?team=a1&class=urgent")
    page = page.press("keep-view", name="Eiliges")
    assert "The view is kept." in page.messages
    assert numbers(page)[0][-1] == "1"
    page = page.press("begin-with-view")
    assert "The page begins with this view" in page.messages
    page = hanna.open("@@counters")
    assert "class=urgent" in page.url and "team=a1" in page.url
    assert numbers(page.follow(".eakte-chips li:last-child a"))[-1][-1] == "7"
    (view,) = asked(hanna, "@box-views").json()["items"]
    assert (view["box"], view["query"]) == ("counters", "team=a1&class=urgent")
    assert asked(hanna, view["letters"]).json()["items"][0]["teams"][0]["total"] == 1
    # It is a view of this page, and of no box.
    assert as_person("tom").open("@@counters").all(".eakte-views a") == []
    assert page.press("keep-view", name="x" * 61).refusals
    said = {"name": "Alt", "box": "counters", "query": "age=5w"}
    kept = posted(hanna, "@box-views", said)
    assert (kept.status_code, kept.json()["query"]) == (201, "age=5w")
    said["query"] = "sender=x"
    assert posted(hanna, "@box-views", said).status_code == 400


def test_the_table_is_taken_along_as_it_is_shown_and_that_is_noted(as_person, letters):
    hanna = as_person("hanna")
    page = hanna.open("@@counters?class=urgent&class=normal")
    answer = taken(page, "csv")
    assert answer.headers["Content-Disposition"].endswith('letters-in-teams.csv"')
    lines = answer.content.decode("utf-8-sig").splitlines()
    head, *rows = reader(lines, delimiter=";")
    assert head[:3] == ["Department", "Team", "Routed"]
    assert head[5:7] == ["Age: today", "Age: 1 to 2 days"]
    assert rows == [["Amt A", *row] for row in numbers(page)]
    sheet = cells(taken(page, "xlsx").content)
    assert [[text for _kind, text in row] for row in sheet[1:]] == rows
    assert {kind for row in sheet[1:] for kind, _text in row[2:]} == {"n"}
    transaction.abort()
    found = getUtility(IJournal).find(Query(kinds=(Kind.EXPORTED,))).entries
    assert [(each.who, each.for_whom, each.details["count"]) for each in found] == [
        ("hanna", "", 2)
    ] * 2
    (told, _other) = lines_of(found, str)
    assert [str(value) for _title, value in told.details] == [
        "letters-in-teams.xlsx",
        "2",
        "box: counters, class: normal, urgent",
    ]
    body = {"list": "counters", "query": "team=a2", "format": "csv"}
    answer = posted(hanna, "@list-file", body)
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.text.splitlines()[1:] == ["Amt A;Team A2;0;0;1;1;0;0;0;0;0;1"]
    assert found[0].details["filters"] == {"box": "counters", "class": "normal, urgent"}


def test_nobody_takes_numbers_along_that_are_not_shown(as_person, letters):
    tom = as_person("tom")
    form = tom.open("@@counters").root.cssselect(".eakte-export")[0]
    values = dict(form.form_values()) | {"format": "csv"}
    address = form.get("action")

    def rows(visitor, values):
        answer = visitor.session.post(address, data=values, timeout=60)
        assert answer.headers["Content-Type"].startswith("text/csv")
        return answer.text.splitlines()[1:]

    assert len(rows(tom, values)) == 1
    # An address that somebody has made up shows no more than the page would.
    assert rows(tom, values | {"box": "counters:a2"}) == []
    # A place that is none of the counters is none here, nor the counters a box.
    for path, box in (
        ("@@export-counters", "team-box:a1:"),
        ("@@export-letters", "counters:"),
    ):
        answer = tom.session.post(
            f"{tom.site}{path}", data=values | {"box": box}, timeout=60
        )
        assert answer.headers["Content-Type"].startswith("text/html")
    del values["_authenticator"]
    assert tom.session.post(address, data=values, timeout=60).status_code == 403
    # Who leads nobody is offered nothing, and has nothing to take along.
    anna = as_person("anna")
    page = anna.open("@@counters")
    assert not page.root.cssselect("#content .eakte-export, #content .eakte-tools")
    form = anna.open("@@team-box").root.cssselect(".eakte-export")[0]
    values = dict(form.form_values()) | {"format": "csv", "box": "counters:"}
    assert rows(anna, values) == []


def test_an_address_carries_filters_and_team():
    address = CountersAddress("a1", Narrowing(("urgent", "deadline"), age="5w"))
    assert CountersAddress.parse(str(address)) == address
    assert CountersAddress.parse("team-box:a1:routed") is None
    assert (
        CountersAddress.parse("counters:a1:sender=x&person=y").narrowing == Narrowing()
    )
    with pytest.raises(BoxWrong) as caught:
        CountersAddress.read({"class": "gone", "age": "x"}, strict=True)
    assert len(caught.value.reasons) == 2
