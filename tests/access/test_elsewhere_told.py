"""Who is told that a case file was read elsewhere: always somebody who may know of it.

alex of team a2 reads a case file of team a1, which tom leads; hanna heads the department.
"""

from ..builders import a_case_file
from ..builders import as_system
from ..deputies import absence
from ..deputies import at
from ..deputies import BETWEEN
from ..deputies import DAY_BEFORE
from ..deputies import deputyship
from ..guests import asked
from ..guests import with_readers_elsewhere
from eakte.access.asking import NoSuchReading
from eakte.access.asking import readings
from eakte.access.asking import see_reading
from eakte.access.asking import unseen_readings
from eakte.access.barring import bar
from eakte.access.protecting import protect
from eakte.org.applying import apply_office
from eakte.upgrades.v2026112302.readings import upgrade
from plone import api

import pytest


PEOPLE = ("anna", "arno", "tom", "alex", "tina", "rolf", "hanna", "bert", "holger")


@pytest.fixture
def office(portal, tmp_path):
    with_readers_elsewhere(tmp_path, "alex")
    return tmp_path


@pytest.fixture
def case_file(office):
    return a_case_file(team="a1", desk="a1-1")


def change(office, old, new, file="amt-a.yaml"):
    """Apply the office with something else in its files."""
    path = office / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    apply_office(office)


def read(case_file):
    with at(BETWEEN):
        return asked("alex", case_file)


def told(moment=BETWEEN):
    """Return who is told of the unseen reading; the same are told on the whole list."""
    with at(moment):
        found = [{each for each in PEOPLE if _as(each, verb)} for verb in VERBS]
    assert found[0] == found[1]
    return found[0]


VERBS = (unseen_readings, readings)


def _as(person, verb):
    with api.env.adopt_user(username=person):
        return verb()


def test_with_the_lead_barred_the_head_is_told(case_file):
    read(case_file)
    assert told() == {"tom"}
    with api.env.adopt_user(username="hanna"):
        bar(case_file, ["tom"], "Befangen")
    assert told() == {"hanna"}


def test_of_two_leads_the_one_who_is_not_barred_is_told(office):
    change(office, "lead: [tom]", "lead: [tom, arno]")
    case_file = a_case_file(team="a1")
    read(case_file)
    assert told() == {"tom", "arno"}
    with api.env.adopt_user(username="hanna"):
        bar(case_file, ["tom"], "Befangen")
    assert told() == {"arno"}


def test_protected_later_it_is_told_to_whom_of_the_circle_it_falls(case_file):
    read(case_file)
    for circle in (["anna", "tom"], ["anna", "hanna"], ["anna", "arno"]):
        with api.env.adopt_user(username="hanna"):
            protect(case_file, "vip", circle, "Wunsch der Leitung")
        # The lead, else the head, else the circle, which does what these do else.
        above = {"tom", "hanna"}.intersection(circle)
        assert told() == (above or set(circle))


def test_with_the_lead_away_the_leads_deputies_are_told_too(office, case_file):
    change(office, "lead: [tom]", "lead: [tom]\n    lead_deputies: [arno]")
    read(case_file)
    assert told() == {"tom"}
    absence("tom")
    assert told() == {"tom", "arno"}
    assert told(DAY_BEFORE) == {"tom"}
    with at(BETWEEN), api.env.adopt_user(username="arno"):
        (entry,) = unseen_readings()
        assert see_reading(entry.id).seen_by == "arno"
    with at(BETWEEN), api.env.adopt_user(username="tom"):
        assert unseen_readings() == ()
        assert readings()


def test_with_lead_and_deputies_away_or_none_the_head_is_told_too(office, case_file):
    read(case_file)
    absence("tom")
    assert told() == {"tom", "hanna"}
    change(office, "lead: [tom]", "lead: [tom]\n    lead_deputies: [arno]")
    assert told() == {"tom", "arno"}
    absence("arno")
    assert told() == {"tom", "arno", "hanna"}


def test_a_deputy_who_does_not_see_the_case_file_is_passed_over(office, case_file):
    change(office, "lead: [tom]", "lead: [tom]\n    lead_deputies: [tina]")
    read(case_file)
    absence("tom")
    assert told() == {"tom", "hanna"}


def test_nobody_answers_for_the_own_reading(office, case_file):
    change(office, "lead: [tom]", "lead: [tom]\n    lead_deputies: [alex]")
    entry = read(case_file)
    absence("tom")
    assert told() == {"tom", "hanna"}
    with at(BETWEEN), api.env.adopt_user(username="alex"), pytest.raises(NoSuchReading):
        see_reading(entry.id)


def test_who_represents_the_head_is_told_with_the_head(office):
    change(office, "people: [arno]", "people: [arno, hanna]")
    change(office, "lead: [tom]", "lead: []")
    case_file = a_case_file(team="a1")
    read(case_file)
    deputyship("anna", "hanna")
    assert told() == {"hanna", "anna"}


def test_a_team_that_moves_over_the_wall_takes_its_readings_along(office, case_file):
    read(case_file)
    path = office / "amt-a.yaml"
    whole = path.read_text("utf-8")
    begin, end = whole.index("  - id: a1"), whole.index("  - id: a2")
    team = whole[begin:end]
    people = "".join(
        line
        for line in whole.splitlines(keepends=True)
        if line.startswith(("  - {id: tom,", "  - {id: anna,", "  - {id: arno,"))
    )
    left = whole.replace(team, "")
    for line in people.splitlines(keepends=True):
        left = left.replace(line, "")
    path.write_text(left, "utf-8")
    other = office / "amt-b.yaml"
    text = other.read_text("utf-8")
    text = text.replace("teams:\n", f"teams:\n{team}").replace(
        "people:\n  - ", f"people:\n{people}  - ", 1
    )
    other.write_text(text, "utf-8")
    apply_office(office)
    assert told() == {"tom"}
    absence("tom")
    assert told() == {"tom", "holger"}
    with at(BETWEEN), api.env.adopt_user(username="holger"):
        (entry,) = unseen_readings()
        assert see_reading(entry.id).seen_by == "holger"
        assert unseen_readings() == ()
        (seen,) = readings()
        # Whose it was then stays said.
        assert seen.department == "amt-a"


def test_in_a_site_of_before_readings_are_listed_where_the_case_file_is_now(case_file):
    read(case_file)
    with as_system():
        case_file.team, case_file.desk = "b1", None
        case_file.reindexObject()
        case_file.reindexObjectSecurity()
    assert told() == set()
    for _ in range(2):
        upgrade(api.portal.get_tool("portal_setup"))
        assert told() == {"holger"}
