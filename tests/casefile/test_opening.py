from ..builders import a_case_file
from ..deputies import at
from ..deputies import BETWEEN
from ..deputies import deputyship
from eakte.casefile.content import ICaseFile
from eakte.casefile.opening import CaseFileWrong
from eakte.casefile.opening import open_case_file
from eakte.clock import today
from eakte.errors import NotAllowed
from plone import api
from plone.dexterity.browser.edit import DefaultEditForm
from plone.dexterity.utils import createContentInContainer
from zope.event import notify
from zope.lifecycleevent import Attributes
from zope.lifecycleevent import ObjectModifiedEvent

import pytest


def changed_by(user, case_file, described=True, **fields):
    """Change the fields as a form does, or as a script that does not say which."""
    for name, value in fields.items():
        setattr(case_file, name, value)
    said = [Attributes(ICaseFile, *(f"ICaseFile.{name}" for name in fields))]
    with api.env.adopt_user(username=user):
        notify(ObjectModifiedEvent(case_file, *(said if described else ())))


def opened_by(user, **fields):
    with api.env.adopt_user(username=user):
        return open_case_file(**{"unit": "10.1", "title": "Antrag", **fields})


def test_the_reference_is_unit_number_and_year(portal):
    first, second = (opened_by("anna", team="a1") for _ in range(2))
    year = today().year
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


@pytest.mark.parametrize("wrong", [{"team": "a2"}, {"team": "a1", "desk": "a2-1"}])
def test_what_is_refused_takes_no_number(portal, wrong):
    first = opened_by("anna", team="a1").reference
    with pytest.raises((NotAllowed, CaseFileWrong)):
        opened_by("anna", **wrong)
    number, year = (int(each) for each in first.split("-")[1].split("/"))
    assert opened_by("anna", team="a1").reference == f"10.1-{number + 1}/{year}"


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
    with pytest.raises(CaseFileWrong):
        changed_by("rolf", case_file, team="b1")
    changed_by("rolf", case_file, team="a2")


@pytest.mark.parametrize("described", [True, False])
def test_a_case_file_is_given_to_teams_that_one_may_open_for(portal, described):
    case_file = opened_by("anna", team="a1")
    with pytest.raises(NotAllowed):
        changed_by("anna", case_file, described, team="a2")
    changed_by("anna", case_file, described, team="a1", title="Anders")
    changed_by("rolf", case_file, described, team="a2")
    changed_by("tina", case_file, described, title="Wieder anders")
    with pytest.raises(NotAllowed):
        changed_by("tina", case_file, described, team="a1")


@pytest.mark.parametrize("desk", [None, "a1-1"])
def test_a_deputy_gives_a_case_file_no_further_than_the_represented_could(portal, desk):
    case_file = opened_by("anna", team="a1", desk=desk)
    deputyship("alex", "anna")
    with at(BETWEEN):
        with pytest.raises(NotAllowed):
            changed_by("alex", case_file, team="a2", desk=None)
        changed_by("alex", case_file, team="a1", desk="a1-2")
        own = opened_by("alex", team="a2")
        changed_by("alex", own, title="Anders")


@pytest.mark.parametrize("described", [True, False])
def test_the_unit_stays_as_the_reference_says_it(portal, described):
    case_file = opened_by("anna", team="a1")
    with pytest.raises(CaseFileWrong) as caught:
        changed_by("rolf", case_file, described, unit="10.2")
    (reason,) = caught.value.reasons
    assert reason.mapping == {"unit": "10.1"}


def test_the_edit_form_leaves_the_unit_out(portal):
    case_file = opened_by("anna", team="a1")
    form = DefaultEditForm(case_file, portal.REQUEST)
    form.portal_type = "case_file"
    form.updateFields()
    assert "unit" not in form.fields
    assert "title" in form.fields


@pytest.mark.parametrize("desk", ["a2-1", "a9-9"])
def test_the_desk_is_one_of_the_responsible_team(portal, desk):
    with pytest.raises(CaseFileWrong):
        opened_by("anna", team="a1", desk=desk)
    case_file = opened_by("anna", team="a1", desk="a1-2")
    with pytest.raises(CaseFileWrong):
        changed_by("anna", case_file, desk=desk)
    changed_by("anna", case_file, desk="a1-1")
    changed_by("anna", case_file, desk=None)


def test_a_desk_does_not_go_along_to_another_team(portal):
    case_file = opened_by("rolf", team="a1", desk="a1-1")
    with pytest.raises(CaseFileWrong):
        changed_by("rolf", case_file, team="a2")
    changed_by("rolf", case_file, team="a2", desk="a2-1")


def test_everything_that_is_wrong_with_the_place_is_said_at_once(portal):
    with pytest.raises(CaseFileWrong) as opening:
        opened_by("anna", team="b1", desk="a1-1")
    case_file = opened_by("anna", team="a1")
    with pytest.raises(CaseFileWrong) as changing:
        changed_by("anna", case_file, unit="10.2", team="b1", desk="a1-1")
    assert len(opening.value.reasons) == 3
    assert len(changing.value.reasons) == 4


def test_what_is_filed_later_does_not_ask_for_the_place_again(portal):
    case_file = opened_by("anna", team="a1", desk="a1-1")
    case_file.accepted_place = (case_file.team, "a1-9")
    case_file.desk = "a1-9"
    with api.env.adopt_user(username="anna"):
        createContentInContainer(case_file, "case_document", title="Vermerk")
    changed_by("anna", case_file, title="Anders")
    assert case_file.title == "Anders"
