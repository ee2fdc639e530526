"""The list of deadlines is taken along: what is shown, in its order, and noted."""

from csv import reader
from datetime import date
from datetime import datetime
from datetime import timedelta
from eakte.desk import tables
from eakte.journal.interfaces import IJournal
from eakte.journal.interfaces import Kind
from eakte.journal.interfaces import Query
from tests.builders import a_case_file
from tests.deadlines.conftest import a_deadline
from tests.deadlines.conftest import a_resubmission
from tests.deputies import at
from tests.deputies import deputyship
from tests.deputies import HOUSE
from tests.desk.test_boxes_export import cells
from tests.desk.test_boxes_export import taken
from tests.desk.test_counters import posted
from zope.component import getUtility

import dataclasses
import pytest
import transaction


NOW = datetime(2027, 3, 10, 12, 0, tzinfo=HOUSE)
"""Within the week in which Alex represents Anna."""


@pytest.fixture
def terms(site):
    """What is to be done in the two teams, by Anna, Arno and Alex."""
    with at(datetime(2027, 3, 1, 9, 0, tzinfo=HOUSE)):
        of_anna = a_case_file(team="a1", desk="a1-1", title="=1+1")
        a_deadline(of_anna, end=date(2027, 3, 11), early=1)
        a_resubmission(of_anna, day=date(2027, 3, 9), reason="Antwort da?")
        a_resubmission(of_anna, day=date(2027, 6, 1), reason="viel später")
        a_resubmission(of_anna, reason="von Arno", person="arno")
        of_alex = a_case_file(team="a2", desk="a2-1", title="eigene Akte")
        a_resubmission(of_alex, user="alex", reason="von Alex")


def lines(answer):
    text = answer.content.decode("utf-8-sig")
    return list(reader(text.splitlines(), delimiter=";"))


def shown(page):
    """Return the day and what is to be done, of each line of the page."""
    days = page.all(".eakte-term-day")
    whats = page.all(".eakte-term-what a span:nth-child(2)")
    return [
        [f"{day[:2]}.{day[3:5]}.{day[6:]}", what]
        for day, what in zip(days, whats, strict=True)
    ]


def noted():
    """Return what was noted of each file, the first one first."""
    transaction.abort()
    found = getUtility(IJournal).find(Query(kinds=(Kind.EXPORTED,))).entries
    return [
        (each.who, each.for_whom, each.details["count"]) for each in reversed(found)
    ]


def test_the_file_has_what_is_shown_in_its_order_whatever_was_chosen(as_person, terms):
    with at(NOW):
        anna = as_person("anna")
        numbers = []
        for query in (
            "",
            "when=all",
            "whose=team",
            "whose=team&when=all&kind=resubmission",
            "when=overdue",
            "kind=deadline",
            "when=gone&kind=gone&whose=gone",
        ):
            page = anna.open(f"@@deadlines?{query}")
            answer = taken(page, "csv")
            assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
            head, *rows = lines(answer)
            assert [[row[0], row[3]] for row in rows] == shown(page), query
            assert len(head) == 8
            numbers.append(len(rows))
            if "gone" not in query:
                body = {"list": "deadlines", "query": query, "format": "csv"}
                assert posted(anna, "@list-file", body).content == answer.content
        assert numbers == [2, 3, 3, 3, 1, 1, 2]
        page = anna.open("@@deadlines")
        _head, first, second = lines(taken(page, "csv"))
        assert first[:6] == [
            "09.03.2027",
            "overdue",
            "Resubmission",
            "Antwort da?",
            "",
            "Stelle A1-1",
        ]
        assert second[1:5] == [
            "early warning",
            "Legal deadline",
            "Klage",
            "not confirmed",
        ]
        # No text is a formula, and a day is a day.
        assert second[7] == "'=1+1"
        sheet = cells(taken(page, "xlsx").content)
        days = (date(2027, 3, 9) - date(1899, 12, 30)).days
        assert sheet[1][0] == ("n", str(days))
        assert sheet[2][-1] == ("inlineStr", "=1+1")
        # Where there is nothing, there is nothing to take along.
        assert not anna.open("@@deadlines?when=today").root.cssselect(".eakte-export")
    # Each time from the page and by the service; the last three from the page alone.
    counts = sorted([*numbers[:-1] * 2, 2, 2, 2])
    assert sorted(noted()) == [("anna", "", count) for count in counts]


def test_a_deputy_takes_along_for_whom_it_is_to_be_done(as_person, terms):
    deputyship("alex", "anna")
    with at(NOW):
        alex = as_person("alex")
        page = alex.open("@@deadlines?when=all")
        assert len(shown(page)) == 4
        assert taken(page, "csv").ok
        assert sorted(noted()) == [("alex", "", 1), ("alex", "anna", 3)]
        # What is a colleague's to do, only the deputy sees who is none of the team.
        body = {"list": "deadlines", "query": "whose=team&when=all", "format": "csv"}
        assert len(lines(posted(alex, "@list-file", body))) == 6
        assert sorted(noted()) == [
            ("alex", "", 1),
            ("alex", "", 1),
            ("alex", "anna", 3),
            ("alex", "anna", 4),
        ]
    with at(NOW + timedelta(7)):
        page = as_person("alex").open("@@deadlines?when=all")
        assert taken(page, "csv").ok
    assert noted()[4:] == [("alex", "", 1)]


def test_what_is_not_the_persons_is_in_no_file(as_person, terms):
    with at(NOW):
        alex = as_person("alex")
        body = {"list": "deadlines", "query": "whose=team&when=all", "format": "csv"}
        (_head, row) = lines(posted(alex, "@list-file", body))
        assert row[3] == "von Alex"
        # The mailroom has no such list, and nobody a list that is none.
        lotte = as_person("lotte")
        assert posted(lotte, "@list-file", body).status_code == 404
        box = {"list": "team-box", "format": "csv"}
        assert posted(lotte, "@list-file", box).status_code == 404
        assert posted(alex, "@list-file", box).ok
        for change in (
            {"list": "records"},
            {"format": "pdf"},
            {"query": "when=gone"},
            {"query": "whose=anna&kind=x"},
            {"list": "team-box", "query": "state=captured"},
            {"query": None, "more": "x"},
        ):
            assert posted(alex, "@list-file", body | change).status_code == 400
        assert posted(as_person(), "@list-file", body).status_code == 401


def test_nothing_is_taken_along_without_a_token_nor_beyond_the_end(
    as_person, terms, monkeypatch
):
    with at(NOW):
        anna = as_person("anna")
        page = anna.open("@@deadlines?when=all")
        form = page.root.cssselect(".eakte-export")[0]
        values = dict(form.form_values()) | {"format": "csv"}
        values.pop("_authenticator")
        answer = anna.session.post(form.get("action"), data=values, timeout=60)
        assert answer.status_code == 403
        back = anna.open("@@export-deadlines?box=deadlines:when%3Dall&format=csv")
        assert back.url.endswith("/@@deadlines?whose=mine&when=all")
        few = dataclasses.replace(tables.FORMATS["csv"], most=2)
        monkeypatch.setitem(tables.FORMATS, "csv", few)
        answer = taken(page, "csv")
        assert answer.status_code == 400
        assert "These are 3 entries. A file holds 2" in answer.text
    assert noted() == []
