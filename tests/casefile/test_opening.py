from ..builders import a_case_file
from datetime import date
from eakte.casefile.content import ICaseFile
from eakte.casefile.opening import CaseFileWrong
from eakte.casefile.opening import open_case_file
from eakte.errors import NotAllowed
from plone import api
from zope.event import notify
from zope.lifecycleevent import Attributes
from zope.lifecycleevent import ObjectModifiedEvent

import pytest


def opened_by(user, **fields):
    with api.env.adopt_user(username=user):
        return open_case_file(**{"unit": "10.1", "title": "Antrag", **fields})


def test_the_reference_is_unit_number_and_year(portal):
    first, second = (opened_by("anna", team="a1") for _ in range(2))
    year = date.today().year
    number = int(first.reference.split("-")[1].split("/")[0])
    assert first.reference == f"10.1-{number}/{year}"
    assert second.reference == f"10.1-{number + 1}/{year}"
    assert first.getId() == f"10-1-{number}-{year}"


@pytest.mark.parametrize(
    ("user", "team"), [("anna", "a1"), ("tom", "a1"), ("rolf", "a1"), ("rolf", "a2")]
)
def test_case_files_are_opened_for_the_own_teams_or_by_the_registry(portal, user, team):
    assert opened_by(user, team=team).team == team


@pytest.mark.parametrize(
    ("user", "team"), [("anna", "a2"), ("bert", "a1"), ("hanna", "a1"), ("lotte", "a1")]
)
def test_nobody_opens_case_files_for_other_teams(portal, user, team):
    with pytest.raises(NotAllowed):
        opened_by(user, team=team)


def test_unit_and_team_belong_to_one_department(portal):
    with pytest.raises(CaseFileWrong):
        opened_by("anna", team="a1", unit="20.1")
    with pytest.raises(CaseFileWrong):
        opened_by("anna", team="a1", unit="99.9")


def test_nothing_that_is_filed_makes_the_store_larger(portal):
    store = portal["akten"]
    before = store.modified()
    a_case_file()
    assert store.modified() == before


def test_a_case_file_is_not_handed_to_another_department(portal):
    case_file = opened_by("anna", team="a1")
    case_file.team = "b1"
    with pytest.raises(CaseFileWrong):
        notify(ObjectModifiedEvent(case_file, Attributes(ICaseFile, "ICaseFile.team")))
    case_file.team = "a2"
    notify(ObjectModifiedEvent(case_file, Attributes(ICaseFile, "ICaseFile.team")))
