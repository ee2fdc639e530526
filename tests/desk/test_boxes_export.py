"""A list is taken along as a file: what is shown, as it is shown, and noted."""

from csv import reader
from dataclasses import replace
from datetime import date
from eakte.deadlines.store import terms
from eakte.desk import exporting
from eakte.desk.boxes import BoxAddress
from eakte.desk.exporting import rows_of
from eakte.desk.tables import FORMATS
from eakte.desk.tables import safe
from eakte.journal.interfaces import IJournal
from eakte.journal.interfaces import Kind
from eakte.journal.interfaces import Query
from eakte.mailitem.states import State
from io import BytesIO
from plone import api
from tests.builders import a_mail_item
from tests.deadlines.conftest import a_deadline
from tests.deputies import at
from tests.deputies import BETWEEN
from tests.deputies import deputyship
from tests.deputies import ENTERED
from tests.desk.test_boxes import titles
from xml.etree import ElementTree
from zipfile import ZipFile
from zope.component import getUtility

import pytest
import transaction


NAMESPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"

DANGEROUS = (
    "=1+1",
    "+49 661",
    "-1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "  =1+1",
    "＝1+1",
)


@pytest.fixture
def letters(site):
    a_mail_item(
        State.ROUTED,
        team="a1",
        title="=HYPERLINK(1)",
        sender="Müller; Söhne",
        received=date(2026, 3, 2),
    )
    a_mail_item(
        State.ACCEPTED,
        team="a1",
        desk="a1-1",
        title="court",
        mail_class="deadline",
        received=date(2026, 3, 4),
    )
    a_mail_item(State.ROUTED, team="a2", title="theirs")


def taken(page, kind):
    """Return what the server answers to the button of the box's page."""
    form = page.root.cssselect(".eakte-export")[0]
    values = dict(form.form_values()) | {"format": kind}
    return page.visitor.session.post(form.get("action"), data=values, timeout=60)


def table(answer):
    return list(reader(answer.content.decode("utf-8-sig").splitlines(), delimiter=";"))


def cells(content):
    """Return the rows of a workbook: ``[[(kind of cell, text)]]``."""
    with ZipFile(BytesIO(content)) as book:
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))  # noqa: S314
        names = book.namelist()
    rows = [
        [(cell.get("t", "n"), "".join(cell.itertext())) for cell in row]
        for row in sheet.iter(f"{NAMESPACE}row")
    ]
    assert not list(sheet.iter(f"{NAMESPACE}f")), "a formula"
    assert not list(sheet.iter(f"{NAMESPACE}hyperlink"))
    assert "xl/externalLinks/externalLink1.xml" not in names
    return rows


def test_the_file_has_the_letters_of_the_screen_in_its_order(as_person, letters):
    page = as_person("anna").open("@@team-box?sort=-received")
    answer = taken(page, "csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    head, *rows = table(answer)
    assert head[:5] == ["Mail number", "Subject", "Sender", "Class", "Date of receipt"]
    assert [row[1] for row in rows] == ["court", "'=HYPERLINK(1)"]
    assert [row[2] for row in rows] == ["", "Müller; Söhne"]
    assert [row[3:8] for row in rows] == [
        ["Deadline", "04.03.2026", "Accepted", "Team A1", "Stelle A1-1"],
        ["Normal", "02.03.2026", "Routed", "Team A1", ""],
    ]


def test_the_file_has_no_letter_that_a_filter_or_the_rights_keep_out(
    as_person, letters
):
    page = as_person("anna").open("@@team-box?class=deadline")
    assert (
        [row[1] for row in table(taken(page, "csv"))[1:]] == titles(page) == ["court"]
    )
    # An address that somebody has made up shows no more than the screen would.
    form = page.root.cssselect(".eakte-export")[0]
    for box in ("team-box:a2:", "mailroom::", "my-desk:a2-1:"):
        values = dict(form.form_values()) | {"format": "csv", "box": box}
        answer = page.visitor.session.post(form.get("action"), data=values, timeout=60)
        assert "theirs" not in answer.text


def test_a_workbook_has_texts_days_and_numbers_and_no_formula(as_person, letters):
    page = as_person("anna").open("@@team-box?sort=received")
    answer = taken(page, "xlsx")
    assert answer.headers["Content-Disposition"].endswith('team-box.xlsx"')
    head, first, _second = cells(answer.content)
    assert head[1] == ("inlineStr", "Subject")
    assert first[1] == ("inlineStr", "=HYPERLINK(1)")
    # A day is a number: those since 30 December 1899.
    days = (date(2026, 3, 2) - date(1899, 12, 30)).days
    assert first[4] == ("n", str(days))


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_text_becomes_a_formula(text):
    assert safe(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Antrag", "1 = 1", "a@b.example", "'=1"])
def test_a_harmless_text_stays_as_it_is(text):
    assert safe(text) == text


def test_each_letter_has_its_own_remarks(site):
    with at(ENTERED), api.env.adopt_user("anna"):
        for day in (1, 5):
            letter = a_mail_item(
                State.ROUTED, team="a1", received=date(2027, 1, day), title=f"{day}"
            )
            a_deadline(letter, start=date(2027, 3, day))
        rows = list(rows_of(BoxAddress("team-box").brains(), site.REQUEST))
        ends = [
            terms().of_object(brain.UID)[0].end
            for brain in BoxAddress("team-box").brains()
        ]
    assert [row[-1] for row in rows[1:]] == [f"Deadline {end:%d.%m.%Y}" for end in ends]
    assert len(set(ends)) == 2


def test_who_took_what_along_is_noted(as_person, letters):
    page = as_person("anna").open("@@team-box?sender=soeh&sort=-title")
    assert taken(page, "csv").ok
    transaction.abort()
    query = Query(kinds=(Kind.EXPORTED,))
    (entry,) = getUtility(IJournal).find(query, 0, 10).entries
    assert (entry.who, entry.details["letters"]) == ("anna", 1)
    assert entry.details["filters"] == {
        "box": "team-box",
        "sender": "soeh",
        "sort": "-title",
    }


def noted():
    """Return ``{for whom: letters}`` of what alex took along."""
    transaction.abort()
    query = Query(kinds=(Kind.EXPORTED,), person="alex")
    entries = getUtility(IJournal).find(query).entries
    assert len({entry.for_whom for entry in entries}) == len(entries)
    return {entry.for_whom: entry.details["letters"] for entry in entries}


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("@@my-desk?team=a1-1", {"anna": 1}),
        ("@@my-desk?team=a2-1", {"": 1}),
        ("@@my-desk", {"": 1, "anna": 1}),
        ("@@my-desk?class=deadline", {"anna": 1}),
        ("@@team-box?team=a1", {"anna": 2}),
        ("@@team-box?team=a2", {"": 2}),
        ("@@team-box", {"": 2, "anna": 2}),
    ],
)
def test_a_deputy_takes_along_for_whom_the_place_belongs_to(
    as_person, letters, address, told
):
    a_mail_item(State.ACCEPTED, team="a2", desk="a2-1", title="own")
    deputyship("alex", "anna")
    with at(BETWEEN):
        assert taken(as_person("alex").open(address), "csv").ok
    assert noted() == told


def test_a_colleague_of_the_team_takes_the_teams_box_along_for_nobody(
    as_person, letters
):
    deputyship("arno", "anna")
    with at(BETWEEN):
        arno = as_person("arno")
        assert taken(arno.open("@@team-box"), "csv").ok
        assert taken(arno.open("@@my-desk?team=a1-1"), "csv").ok
    transaction.abort()
    entries = getUtility(IJournal).find(Query(kinds=(Kind.EXPORTED,))).entries
    assert {each.details["filters"]["box"]: each.for_whom for each in entries} == {
        "team-box": "",
        "my-desk": "anna",
    }


@pytest.mark.parametrize("kind", FORMATS)
def test_a_file_has_an_end_and_says_so(as_person, letters, monkeypatch, kind):
    monkeypatch.setitem(FORMATS, kind, replace(FORMATS[kind], most=1))
    page = as_person("anna").open("@@team-box")
    answer = taken(page, kind)
    assert answer.status_code == 400
    assert "These are 2 letters. A file holds 1: narrow them down." in answer.text
    transaction.abort()
    query = Query(kinds=(Kind.EXPORTED,))
    assert getUtility(IJournal).find(query, 0, 10).total == 0
    # Narrowed down they are few enough; and the other kind of file has its own end.
    assert taken(page.visitor.open("@@team-box?class=deadline"), kind).ok
    (other,) = set(FORMATS) - {kind}
    assert taken(page, other).ok


def test_nothing_is_taken_along_by_an_address_alone(as_person, letters):
    visitor = as_person("anna")
    page = visitor.open("@@export-letters?box=team-box::&format=csv")
    assert "/@@team-box" in page.url
    answer = visitor.session.post(
        f"{visitor.site}@@export-letters",
        data={"box": "team-box::", "format": "csv"},
        timeout=60,
    )
    assert answer.status_code == 403


def test_a_long_list_leaves_the_memory_as_it_was(site, monkeypatch, tmp_path):
    """Rows go to the file one by one, and the database's memory is tidied up."""
    monkeypatch.setattr(exporting, "PIECE", 10)
    a_mail_item(State.ROUTED, team="a1")
    transaction.commit()
    tidied = []
    jar = type(site._p_jar)
    known = jar.cacheGC
    monkeypatch.setattr(jar, "cacheGC", lambda self: tidied.append(1) or known(self))
    with api.env.adopt_user("anna"):
        (brain,) = BoxAddress("team-box", "a1").brains()
        rows = rows_of((brain for _ in range(95)), site.REQUEST)
        FORMATS["xlsx"].write(rows, tmp_path / "many.xlsx")
    assert len(tidied) == 9
    assert len(cells((tmp_path / "many.xlsx").read_bytes())) == 96
