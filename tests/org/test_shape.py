"""A file of the office that cannot be read says where, with every mistake at once."""

from eakte.org.reading import OfficeFilesWrong
from eakte.org.reading import plan_of
from eakte.org.reading import read_office
from eakte.testing import OFFICE
from pathlib import Path
from zope.i18n import interpolate

import pytest


def refused(text):
    """Return the sentences with which the file is refused."""
    with pytest.raises(OfficeFilesWrong) as caught:
        plan_of({"amt.yaml": text})
    return [interpolate(reason, reason.mapping) for reason in caught.value.reasons]


@pytest.mark.parametrize(
    "folder", [OFFICE, Path(__file__).parents[2] / "instance" / "office"]
)
def test_the_offices_of_the_house_are_well_formed(folder):
    assert read_office(folder).departments


def test_a_missing_title_is_named_with_file_and_line():
    assert refused("people: []\nteams:\n  - id: a1\n") == [
        "amt.yaml, line 3: “title” is missing."
    ]
    assert refused("department: a\n") == ["amt.yaml, line 1: “title” is missing."]


def test_every_mistake_is_named_at_once():
    text = """\
department: a
titel: Amt A
teams:
  - id: 12
    title: Team
    desks: a1-1
people:
  - {id: anna, email: a@example.org}
  - bert
"""
    assert refused(text) == [
        "amt.yaml, line 2: there is no “titel” here. Possible are: department, "
        "title, head, registry, records_managers, readers_elsewhere, teams, people, "
        "mailroom, data_protection_officers, integration_accounts.",
        "amt.yaml, line 4: “id” must be a text; put a number or a date in quotes.",
        "amt.yaml, line 6: “desks” must be a list.",
        "amt.yaml, line 8: “name” is missing.",
        "amt.yaml, line 9: here must stand keys with values, as in “title: Residence”.",
        "amt.yaml, line 1: “title” is missing.",
    ]


def test_what_is_no_yaml_is_named_with_its_line():
    (reason,) = refused("people:\n  - {id: anna, name: Anna\n")
    assert reason.startswith("amt.yaml, line 3: this is not YAML.")


def test_a_key_that_stands_twice_is_no_choice():
    text = "department: a\ntitle: A\ntitle: B\n"
    assert refused(text) == ["amt.yaml, line 3: “title” stands here twice."]


def test_nothing_behind_a_key_is_an_empty_list():
    plan = plan_of({"amt.yaml": "department: a\ntitle: A\nteams:\nhead:\n"})
    assert plan.departments[0].head == ()
    assert plan.teams == ()
