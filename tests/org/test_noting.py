"""Who got which place is kept; who makes himself a reader is noticed."""

from eakte.desk.organisation import sat
from eakte.org.applying import apply_office
from eakte.org.interfaces import IOffice
from eakte.org.interfaces import IPlaceChanged
from eakte.org.noting import notable_entries
from eakte.org.reading import OfficeFilesWrong
from eakte.testing import OFFICE
from plone import api
from zope.component import getGlobalSiteManager
from zope.component import getUtility
from zope.i18n import translate

import pytest
import shutil


@pytest.fixture
def heard():
    """The entries that others heard of."""
    entries = []

    def hear(event):
        entries.append(event.entry)

    getGlobalSiteManager().registerHandler(hear, (IPlaceChanged,))
    yield entries
    getGlobalSiteManager().unregisterHandler(hear, (IPlaceChanged,))


@pytest.fixture
def apply_with(portal, tmp_path):
    """Returns ``apply_with((old, new), …)``: the file of department a says that."""
    folder = shutil.copytree(OFFICE, tmp_path / "office")

    def apply_with(*changes):
        path = folder / "amt-a.yaml"
        for old, new in changes:
            text = path.read_text("utf-8")
            assert old in text
            path.write_text(text.replace(old, new), "utf-8")
        apply_office(folder)

    return apply_with


def told(entries):
    return {(each.person, each.place, each.gained) for each in entries}


def members(group):
    return api.portal.get_tool("acl_users").source_groups.getGroupMembers(group)


def test_the_history_says_who_got_and_left_which_place(portal, apply_with, heard):
    before = len(getUtility(IOffice).history())
    apply_with(("people: [anna]", "people: [arno]"))
    added = getUtility(IOffice).history()[before:]
    assert told(added) == {
        ("arno", "desk-a1-1", True),
        ("anna", "desk-a1-1", False),
        ("anna", "team-a1", False),
    }
    assert list(added) == heard
    assert not any(entry.notable for entry in added)


def test_the_history_says_who_steps_in_from_when_to_when(portal, apply_with, heard):
    before = len(getUtility(IOffice).history())
    apply_with(("people: [anna]", "people: [anna], deputies: [arno]"))
    apply_with(("people: [anna], deputies: [arno]", "people: [anna]"))
    added = getUtility(IOffice).history()[before:]
    place = "standing-desk-a1-1"
    assert [(each.person, each.place, each.gained) for each in added] == [
        ("arno", place, True),
        ("arno", place, False),
    ]
    assert list(added) == heard
    (line,) = sat(added)
    assert line.since
    assert line.until
    assert (
        translate(line.place, target_language="de")
        == "ständige Vertretung: Stelle A1-1"
    )


def test_a_person_leaves_and_the_desks_work_stays(portal, apply_with):
    apply_with(("people: [anna]", "people: []"))
    assert getUtility(IOffice).desk("a1-1").people == ()
    assert set(members("desk-a1-1")) == set()
    assert api.user.get("anna").getProperty("fullname") == "Anna Arbeit"
    gone = {each.place for each in getUtility(IOffice).history() if not each.gained}
    assert {"desk-a1-1", "team-a1"} <= gone


def test_several_people_sit_at_a_desk_and_one_at_several(portal, apply_with):
    apply_with(("people: [anna]", "people: [anna, arno]"))
    assert set(members("desk-a1-1")) == {"anna", "arno"}
    assert set(members("desk-a1-2")) == {"arno"}
    assert set(members("desk-a1-1-people")) == {"anna", "arno"}


@pytest.mark.parametrize(
    "group", ["desk-a1-1", "desk-a1-1-people", "team-a1", "department-amt-a-head"]
)
def test_who_makes_himself_a_reader_in_plones_panel_is_noticed(portal, heard, group):
    with api.env.adopt_user(username="rita"), api.env.adopt_roles(["Manager"]):
        api.group.add_user(groupname=group, username="rita")
    (entry,) = heard
    assert (entry.person, entry.place, entry.gained) == ("rita", group, True)
    assert entry.notable
    assert notable_entries("amt-a")[0] == entry
    assert notable_entries("amt-b") == ()


def test_an_administrator_who_gets_a_place_by_the_files_is_noticed(
    portal, apply_with, heard
):
    api.user.grant_roles(username="rita", roles=["Manager"])
    apply_with(("people: [anna]", "people: [anna, rita]"))
    assert {each.place for each in heard if each.notable} == {"desk-a1-1", "team-a1"}
    assert {each.person for each in notable_entries("amt-a")} == {"rita"}


def test_whoever_puts_another_past_the_files_is_noticed_too(portal, heard):
    with api.env.adopt_roles(["Manager"]):
        api.group.add_user(groupname="desk-b1-1", username="anna")
    assert [each.person for each in notable_entries("amt-b")] == ["anna"]


def test_groups_of_others_are_not_the_offices_history(portal, heard):
    api.group.create(groupname="choir", title="Choir")
    api.group.add_user(groupname="choir", username="anna")
    assert heard == []


def test_what_was_applied_is_kept_once(portal, apply_with):
    office = getUtility(IOffice)
    before = len(office.applications())
    apply_with(("people: [anna]", "people: [arno]"))
    apply_with()
    assert len(office.applications()) == before + 1
    assert office.applications()[-1].changes == 3
    assert "people: [arno]" in office.files["amt-a.yaml"]


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("people: [anna]", "people: [anna], deputies: [anna]", "anna"),
        ("people: [anna]", "people: [anna], deputies: [bert]", "bert"),
        ("people: [anna]", "people: [anna], deputies: [nobody]", "nobody"),
        ("lead: [tom]", "lead: [tom]\n    lead_deputies: [tom]", "tom"),
        ("lead: [tom]", "lead: [tom]\n    lead_deputies: [bert]", "bert"),
        ("id: a1-2", "id: a1-1-people", "a1-1-people"),
        ("id: a2\n", "id: a1-people\n", "a1-people"),
    ],
)
def test_standing_deputies_and_ids_that_cannot_be_are_refused(
    apply_with, old, new, named
):
    with pytest.raises(OfficeFilesWrong) as caught:
        apply_with((old, new))
    assert named in {reason.mapping["id"] for reason in caught.value.reasons}
    assert getUtility(IOffice).desk("a1-1").deputies == ()
