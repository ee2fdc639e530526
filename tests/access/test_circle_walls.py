"""A circle ends at the wall of the department: it is asked each time, as of deputies.

hanna, the head of amt-a, protects a case file of team a1 and names anna and alex.
"""

from ..builders import as_system
from ..deputies import at
from ..deputies import BETWEEN
from .closed import CIRCLE
from .closed import protected
from eakte.access.acting import acting_for
from eakte.access.closures import closed_among
from eakte.access.closures import closures
from eakte.access.protecting import lift
from eakte.access.seeing import who_may_see
from eakte.errors import NotAllowed
from eakte.org.applying import apply_office
from eakte.testing import OFFICE
from plone import api
from Products.CMFCore.indexing import processQueue

import pytest
import shutil


ANNA = "  - {id: anna, name: Anna Arbeit, email: anna@amt.example}\n"


@pytest.fixture
def office(portal, tmp_path):
    """The small office; apply it with ``move``."""
    return shutil.copytree(OFFICE, tmp_path / "office")


def move(office, to_b):
    """Let anna sit at bert's desk in the other department, or at her own again."""
    shutil.copytree(OFFICE, office, dirs_exist_ok=True)
    if to_b:
        change(office / "amt-a.yaml", "people: [anna]", "people: [arno]")
        change(office / "amt-a.yaml", ANNA, "")
        change(office / "amt-b.yaml", "people: [bert]", "people: [bert, anna]")
        change(office / "amt-b.yaml", "people:\n  - ", f"people:\n{ANNA}  - ")
    apply_office(office)


def change(path, old, new):
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_who_moves_to_another_department_leaves_the_circle(who_may, who_finds, office):
    case_file = protected()
    uid = case_file.UID()
    with at(BETWEEN):
        assert who_may("View", case_file) == who_finds(case_file) == CIRCLE
        move(office, to_b=True)
    with at(BETWEEN):
        assert who_may("View", case_file) == who_finds(case_file) == {"alex"}
    (viewer,) = who_may_see(case_file)
    assert viewer.people == ("Alex Arbeit",)
    assert closures().is_closed_to(uid, "anna")
    assert closures().circles_of("anna") == []
    assert closures().circle_of(uid) == ["alex"]
    assert closed_among([(uid, uid)], "anna") == {uid}
    with api.env.adopt_user(username="anna"), pytest.raises(NotAllowed):
        lift(case_file, "Ich bin noch da")
    assert acting_for("anna", case_file) is None


def test_who_comes_back_is_in_the_circle_that_still_names_the_person(who_may, office):
    case_file = protected()
    move(office, to_b=True)
    move(office, to_b=False)
    assert who_may("View", case_file) == CIRCLE


def test_a_place_in_both_departments_keeps_the_circle(who_may, office):
    case_file = protected()
    change(office / "amt-b.yaml", "people: [bert]", "people: [bert, anna]")
    apply_office(office)
    assert who_may("View", case_file) == CIRCLE


def test_a_case_file_that_moves_over_the_wall_leaves_its_circle_behind(
    who_may, who_finds
):
    case_file = protected()
    with as_system():
        case_file.team = "b1"
        case_file.reindexObject()
        case_file.reindexObjectSecurity()
    processQueue()
    assert who_may("View", case_file) == who_finds(case_file) == set()
