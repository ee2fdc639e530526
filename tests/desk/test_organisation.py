"""The organisation in the control panel: what is in force, and what a file would change."""

from eakte.filingplan.plan import apply_filing_plan
from eakte.org.interfaces import IOffice
from eakte.testing import OFFICE
from plone import api
from tests.desk.visitor import PASSWORD
from zope.component import getUtility

import pytest
import transaction


def changed(*changes, name="amt-a.yaml"):
    """Return the file of department a as a form hands it in, with other words in it."""
    text = (OFFICE / name).read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return name, text.encode()


@pytest.fixture
def hand_in(as_person):
    """Return ``hand_in((old, new), …)``: what the administrator sees of that file."""

    def hand_in(*changes, file=None):
        page = as_person("admin").open("@@eakte-organisation")
        button = page.root.cssselect("button[value=preview]")[0]
        form = next(button.iterancestors("form"))
        values = {
            name: value for name, value in form.form_values() if name != "file"
        } | {"do": "preview"}
        files = {"file": file or changed(*changes)}
        return page.visitor.send(form.get("action"), values, files)

    return hand_in


@pytest.fixture
def people_at(site):
    def people_at(desk):
        transaction.abort()
        return getUtility(IOffice).desk(desk).people

    return people_at


def test_the_organisation_is_shown_as_it_is_in_force(as_person):
    page = as_person("admin").open("@@eakte-organisation")
    for words in ("Amt A", "Team A1", "Stelle A1-1: Anna Arbeit", "Head: Hanna Head"):
        assert words in page.text
    history = page.all("[aria-labelledby=office-history] .eakte-entry")
    assert any("Anna Arbeit: Stelle A1-1" in line for line in history)
    assert "amt-a.yaml" in page.text


@pytest.mark.parametrize("person", ["anna", "tom", "hanna", "lotte", "dora", None])
def test_it_is_the_administrators_alone(as_person, person):
    for address in ("@@eakte-organisation", "@@eakte-office-file?name=amt-a.yaml"):
        page = as_person(person).open(address)
        assert "Stelle A1-1" not in page.text
        assert "a1-1" not in " ".join(page.all("body"))


def test_a_file_shows_what_it_would_change_and_changes_nothing(hand_in, people_at):
    page = hand_in(
        ("people: [anna]", "people: [arno], deputies: [tom]"),
        ("title: Team A2", "title: Team Asyl"),
        ("name: Alex Arbeit", "name: Alex Amsel"),
    )
    assert page.status == 200
    assert sorted(page.all("[aria-labelledby=office-preview] li")) == sorted(
        [
            "Arno Arbeit gets the place Stelle A1-1",
            "Anna Arbeit leaves the place Stelle A1-1",
            "Anna Arbeit leaves the place Team A1",
            "Tom Lead becomes standing deputy: Stelle A1-1",
            "Team A2 is called Team Asyl now",
            "Team A2: Leitung is called Team Asyl: Leitung now",
            "Alex Arbeit is called Alex Amsel now",
        ]
    )
    assert people_at("a1-1") == ("anna",)


def test_what_was_shown_is_applied_and_noted_in_the_history(hand_in, people_at):
    page = hand_in(("people: [anna]", "people: [arno]")).press("apply")
    assert "amt-a.yaml is applied." in page.messages
    assert people_at("a1-1") == ("arno",)
    history = page.all("[aria-labelledby=office-history] .eakte-entry")
    assert any("Arno Arbeit: Stelle A1-1" in line for line in history)
    file = page.visitor.session.get(
        page.visitor.site + "@@eakte-office-file?name=amt-a.yaml", timeout=60
    )
    assert "people: [arno]" in file.text
    assert file.headers["Content-Disposition"].startswith("attachment")


def test_the_same_file_changes_nothing(hand_in):
    assert "Nothing: the office is like that already." in hand_in().text


def test_a_new_file_brings_in_the_next_department(
    hand_in, people_at, as_person, tmp_path
):
    text = """department: amt-c
title: Amt C
head: [cora]
teams:
  - id: c1
    title: Team C1
    lead: [cora]
    desks:
      - {id: c1-1, title: Stelle C1-1, people: [cora]}
people:
  - {id: cora, name: Cora Chefin, email: cora@amt.example}
"""
    page = hand_in(file=("amt-c.yaml", text.encode()))
    assert "Cora Chefin is new" in page.text
    lacking = "Amt C: no unit of the filing plan yet"
    assert lacking in page.text and "Amt A: no unit" not in page.text
    page = page.press("apply")
    assert people_at("c1-1") == ("cora",)
    assert people_at("a1-1") == ("anna",)
    plugin = api.portal.get_tool("acl_users").source_users
    plugin.updateUserPassword("cora", PASSWORD)
    transaction.commit()
    form = as_person("cora").open("@@open-case-file")
    assert form.all("#cf-unit option:not([value=''])") == []
    # The filing plan has a file of its own: with units there, the work begins.
    plan = (OFFICE / "filingplan.yaml").read_text("utf-8")
    unit = "{id: '30.1', title: Beihilfe, department: amt-c, retention: 5, reason: C}"
    (tmp_path / "filingplan.yaml").write_text(f"{plan}  - {unit}\n", "utf-8")
    apply_filing_plan(tmp_path / "filingplan.yaml")
    transaction.commit()
    assert lacking not in hand_in(file=("amt-c.yaml", text.encode())).text
    form = as_person("cora").open("@@open-case-file")
    page = form.press("save", title="Antrag", unit="30.1", team="c1")
    assert "30.1-1/" in page.messages


def test_contradictions_are_said_all_at_once_and_nothing_is_applied(hand_in, people_at):
    page = hand_in(
        ("people: [anna]", "people: [nobody], deputies: [bert]"),
        ("id: a2-1", "id: A2 1"),
    )
    assert page.status == 400
    assert len(page.refusals) == 3
    assert page.root.cssselect("button[value=apply]") == []
    assert people_at("a1-1") == ("anna",)


@pytest.mark.parametrize(
    "file",
    [
        ("amt-a.txt", b"title: x"),
        ("filingplan.yaml", b"units: []"),
        ("amt-a.yaml", b"\xff\xfe"),
    ],
)
def test_what_is_no_file_of_the_office_is_refused(hand_in, file):
    page = hand_in(file=file)
    assert page.status == 400
    assert len(page.refusals) == 1


def test_an_office_that_changed_meanwhile_is_looked_at_again(hand_in, people_at):
    first = hand_in(("people: [anna]", "people: [arno]"))
    hand_in(("people: [alex]", "people: [alex, anna]")).press("apply")
    page = first.press("apply")
    assert page.status == 400
    assert people_at("a1-1") == ("anna",)


def test_a_form_of_somebody_else_applies_nothing(as_person, people_at):
    values = {"do": "apply", "name": "amt-a.yaml", "text": "", "mark": ""}
    assert as_person("admin").send("@@eakte-organisation", values).status == 403
    assert people_at("a1-1") == ("anna",)


def test_the_panel_is_in_the_overview(as_person):
    page = as_person("admin").open("@@overview-controlpanel")
    assert page.root.cssselect("a[href$='/@@eakte-organisation']")
