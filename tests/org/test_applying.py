from eakte.mailitem.states import State
from eakte.org.applying import apply_office
from eakte.org.applying import apply_texts
from eakte.org.applying import FolderIsStale
from eakte.org.interfaces import IOffice
from eakte.org.membership import groups_of
from eakte.org.membership import teams_of
from eakte.org.reading import OfficeFilesWrong
from eakte.testing import OFFICE
from pathlib import Path
from plone import api
from tests.builders import a_case_file
from tests.builders import a_mail_item
from zope.component import getUtility

import pytest
import runpy
import shutil
import sys
import transaction


COMMAND = Path(__file__).parents[2] / "instance" / "apply-office.py"


@pytest.fixture
def office_files(tmp_path):
    return shutil.copytree(OFFICE, tmp_path / "office")


@pytest.fixture
def rewrite(office_files):
    """Returns ``rewrite(file, old, new)``: the office's file says something else."""

    def rewrite(name, old, new):
        path = office_files / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")

    return rewrite


def members(group):
    plugin = api.portal.get_tool("acl_users").source_groups
    return set(plugin.getGroupMembers(group))


def title(group):
    return api.group.get(groupname=group).getProperty("title")


def finds(person, content):
    catalog = api.portal.get_tool("portal_catalog")
    with api.env.adopt_user(username=person):
        return len(catalog(UID=content.UID())) == 1


def test_everybody_has_the_places_of_the_files(portal):
    assert members("team-a1") == {"anna", "arno", "tom"}
    assert members("desk-a1-1") == {"anna"}
    assert members("team-a1-lead") == {"tom"}
    assert members("department-amt-a-registry") == {"rolf"}
    assert [team.id for team in teams_of(api.user.get(username="anna"))] == ["a1"]


def test_applying_again_changes_nothing(functional_portal):
    database = functional_portal._p_jar
    a_mail_item(State.ROUTED, team="a1")
    transaction.commit()
    before = functional_portal._p_jar.db().lastTransaction()
    plan = getUtility(IOffice).plan

    apply_office(OFFICE)

    assert getUtility(IOffice).plan is plan
    assert database._registered_objects == []
    transaction.commit()
    assert database.db().lastTransaction() == before


def test_a_change_in_the_file_changes_the_site(portal, office_files, rewrite):
    rewrite("amt-a.yaml", "people: [anna]", "people: [arno]")
    apply_office(office_files)
    assert members("desk-a1-1") == {"arno"}
    assert members("team-a1") == {"arno", "tom"}
    assert api.user.get(username="anna") is not None


def test_a_new_team_appears_with_its_groups(portal, office_files, rewrite):
    team = (
        "teams:\n  - id: a3\n    title: Team A3\n    lead: [tina]\n    desks:\n"
        "      - {id: a3-1, title: Stelle A3-1, people: [alex, anna]}\n"
    )
    rewrite("amt-a.yaml", "teams:\n", team)
    apply_office(office_files)
    assert members("team-a3") == {"tina", "alex", "anna"}
    assert members("team-a3-lead") == {"tina"}
    assert members("desk-a3-1") == {"alex", "anna"}
    assert (title("team-a3"), title("desk-a3-1")) == ("Team A3", "Stelle A3-1")
    assert getUtility(IOffice).department_of("a3") == "amt-a"


def test_who_is_no_longer_named_loses_every_place_and_keeps_the_account(
    portal, office_files, rewrite
):
    letter = a_mail_item(State.ROUTED, team="a1")
    assert finds("anna", letter)
    rewrite("amt-a.yaml", "people: [anna]", "people: []")
    rewrite(
        "amt-a.yaml",
        "  - {id: anna, name: Anna Arbeit, email: anna@amt.example}\n",
        "",
    )
    apply_office(office_files)
    anna = api.user.get(username="anna")
    assert anna.getProperty("fullname") == "Anna Arbeit"
    assert groups_of(anna) <= {"AuthenticatedUsers"}
    assert teams_of(anna) == ()
    assert not finds("anna", letter)


def test_a_group_that_is_no_longer_named_stays_without_members(
    portal, office_files, rewrite
):
    rewrite(
        "amt-a.yaml",
        "      - {id: a1-2, title: Stelle A1-2, people: [arno]}\n",
        "",
    )
    apply_office(office_files)
    assert api.group.get(groupname="desk-a1-2") is not None
    assert members("desk-a1-2") == set()
    assert members("team-a1") == {"anna", "tom"}


def test_groups_of_others_are_left_alone(portal, office_files, rewrite):
    api.group.create(groupname="choir", title="Choir")
    api.group.add_user(groupname="choir", username="anna")
    rewrite("amt-a.yaml", "people: [anna]", "people: [arno]")
    apply_office(office_files)
    assert members("choir") == {"anna"}


def test_a_new_title_is_shown_everywhere(portal, office_files, rewrite):
    rewrite("amt-a.yaml", "title: Team A1", "title: Team Aufenthalt")
    rewrite("amt-a.yaml", "title: Amt A", "title: Ausländerbehörde")
    rewrite("amt-a.yaml", "name: Anna Arbeit", "name: Anna Amsel")
    apply_office(office_files)
    assert title("team-a1") == "Team Aufenthalt"
    assert title("team-a1-lead") == "Team Aufenthalt: Leitung"
    assert title("department-amt-a-head") == "Ausländerbehörde: Leitung"
    assert getUtility(IOffice).team("a1").title == "Team Aufenthalt"
    assert api.user.get(username="anna").getProperty("fullname") == "Anna Amsel"
    assert members("team-a1") == {"anna", "arno", "tom"}


def test_a_team_that_moves_takes_its_mail_and_case_files_along(
    portal, office_files, rewrite
):
    letter = a_mail_item(State.ROUTED, team="a2")
    case_file = a_case_file(team="a2")
    stays = a_mail_item(State.ROUTED, team="a1")
    for content in (letter, case_file):
        assert finds("rolf", content)

    text = (office_files / "amt-a.yaml").read_text("utf-8")
    team = text[text.index("  - id: a2\n") : text.index("\npeople:")]
    rewrite("amt-a.yaml", team, "")
    rewrite("amt-b.yaml", "teams:\n", f"registry: [bert]\n\nteams:\n{team}")
    apply_office(office_files)

    for content in (letter, case_file):
        assert not finds("rolf", content)
        assert finds("bert", content)
        assert finds("alex", content)
        catalog = api.portal.get_tool("portal_catalog")
        (brain,) = catalog.unrestrictedSearchResults(UID=content.UID())
        assert brain.department == "amt-b"
    assert finds("rolf", stays)
    assert not finds("bert", stays)
    assert not finds("hanna", case_file)
    assert finds("holger", case_file)


def in_the_panel(office_files, name, old, new):
    """Somebody hands in a changed file in the control panel."""
    text = (office_files / name).read_text("utf-8")
    assert old in text
    texts = getUtility(IOffice).files | {name: text.replace(old, new)}
    apply_texts(texts)
    return texts[name]


def test_a_folder_undoes_nothing_that_was_changed_in_the_control_panel(
    portal, office_files, rewrite
):
    changed = in_the_panel(
        office_files, "amt-a.yaml", "people: [anna]", "people: [arno]"
    )
    rewrite("amt-b.yaml", "title: Team B1", "title: Team Beihilfe")
    with pytest.raises(FolderIsStale) as caught:
        apply_office(office_files)
    assert [each.mapping for each in caught.value.reasons] == [{"name": "amt-a.yaml"}]
    assert members("desk-a1-1") == {"arno"}
    assert title("team-b1") == "Team B1"
    # With the changed file in it, the folder is the truth again.
    (office_files / "amt-a.yaml").write_text(changed, "utf-8")
    apply_office(office_files)
    assert members("desk-a1-1") == {"arno"}
    assert title("team-b1") == "Team Beihilfe"


def test_a_department_that_was_brought_in_there_is_not_lost(portal, office_files):
    text = (
        "department: amt-c\ntitle: Amt C\nhead: [cora]\n"
        "people:\n  - {id: cora, name: Cora Chefin, email: cora@amt.example}\n"
    )
    apply_texts(getUtility(IOffice).files | {"amt-c.yaml": text})
    with pytest.raises(FolderIsStale) as caught:
        apply_office(office_files)
    assert [each.mapping for each in caught.value.reasons] == [{"name": "amt-c.yaml"}]
    assert members("department-amt-c-head") == {"cora"}
    apply_office(office_files, overwrite=True)
    assert members("department-amt-c-head") == set()
    # From then on the folder is compared with what it said now.
    apply_office(office_files)


def without_record(*, files):
    """The office as a former version left it: nobody knows what the folder said."""
    office = getUtility(IOffice)
    office._folder = None
    if not files:
        office._files = None


def test_the_first_folder_of_an_office_of_before_is_compared_with_what_is_in_force(
    portal, office_files, rewrite
):
    in_the_panel(office_files, "amt-a.yaml", "people: [anna]", "people: [arno]")
    without_record(files=True)
    rewrite("amt-b.yaml", "title: Team B1", "title: Team Beihilfe")
    with pytest.raises(FolderIsStale) as caught:
        apply_office(office_files)
    named = [each.mapping["name"] for each in caught.value.reasons]
    assert named == ["amt-a.yaml", "amt-b.yaml"]
    assert all("not known" in each for each in caught.value.reasons)
    assert members("desk-a1-1") == {"arno"}
    assert title("team-b1") == "Team B1"
    apply_office(office_files, overwrite=True)
    assert members("desk-a1-1") == {"anna"}
    assert title("team-b1") == "Team Beihilfe"
    # From then on it is known.
    rewrite("amt-b.yaml", "title: Team Beihilfe", "title: Team B1")
    apply_office(office_files)
    assert title("team-b1") == "Team B1"


@pytest.mark.parametrize("files", [True, False])
def test_one_that_says_what_is_in_force_is_applied_and_known(
    portal, office_files, files
):
    without_record(files=files)
    apply_office(office_files)
    in_the_panel(office_files, "amt-a.yaml", "people: [anna]", "people: [arno]")
    with pytest.raises(FolderIsStale) as caught:
        apply_office(office_files)
    assert [each.mapping for each in caught.value.reasons] == [{"name": "amt-a.yaml"}]


def test_an_office_of_which_no_file_was_kept_is_compared_by_its_places(
    portal, office_files, rewrite
):
    without_record(files=False)
    rewrite("amt-a.yaml", "people: [anna]", "people: [arno]")
    with pytest.raises(FolderIsStale) as caught:
        apply_office(office_files)
    (reason,) = caught.value.reasons
    assert int(reason.mapping["count"]) >= 2
    assert members("desk-a1-1") == {"anna"}
    apply_office(office_files, overwrite=True)
    assert members("desk-a1-1") == {"arno"}


def run_command(app, folder, monkeypatch, *arguments):
    """Apply the folder as ``bin/instance run instance/apply-office.py`` does."""
    monkeypatch.chdir(folder)
    monkeypatch.setattr(sys, "argv", [str(COMMAND), *arguments])
    runpy.run_path(str(COMMAND), {"app": app})
    transaction.begin()


def test_the_command_names_the_files_and_stops_unless_it_is_told_to_overwrite(
    functional_portal, tmp_path, monkeypatch, capsys
):
    app = functional_portal.aq_parent
    folder = shutil.copytree(OFFICE, tmp_path / "instance" / "office")
    in_the_panel(folder, "amt-a.yaml", "people: [anna]", "people: [arno]")
    transaction.commit()
    with pytest.raises(SystemExit) as caught:
        run_command(app, tmp_path, monkeypatch)
    assert "amt-a.yaml" in str(caught.value)
    assert "amt-b.yaml" not in str(caught.value)
    transaction.begin()
    assert members("desk-a1-1") == {"arno"}
    run_command(app, tmp_path, monkeypatch, "--overwrite")
    assert members("desk-a1-1") == {"anna"}
    assert "Amt" not in capsys.readouterr().out


def test_the_command_says_where_no_case_file_can_be_opened_yet(
    functional_portal, tmp_path, monkeypatch, capsys
):
    folder = shutil.copytree(OFFICE, tmp_path / "instance" / "office")
    (folder / "filingplan.yaml").write_text("units: []\n", "utf-8")
    run_command(functional_portal.aq_parent, tmp_path, monkeypatch)
    first, second, last = capsys.readouterr().out.splitlines()
    assert first.startswith("Amt A: ") and "filingplan.yaml" in first
    assert second.startswith("Amt B: ")
    assert last == "The office is as its files say."


def test_files_that_contradict_each_other_are_refused_with_every_reason(
    functional_portal, office_files, rewrite
):
    transaction.commit()
    plan = getUtility(IOffice).plan
    rewrite("amt-a.yaml", "people: [anna]", "people: [nobody]")
    rewrite("amt-a.yaml", "title: Team A1", "title: Team Aufenthalt")
    rewrite("amt-b.yaml", "id: b1\n", "id: a1\n")
    rewrite("amt-b.yaml", "department: amt-b", "department: Amt B")
    with pytest.raises(OfficeFilesWrong) as caught:
        apply_office(office_files)
    told = [(str(each), each.mapping["id"]) for each in caught.value.reasons]
    assert [each for _, each in told] == ["Amt B", "a1", "nobody"]
    assert len({text for text, _ in told}) == 3
    assert functional_portal._p_jar._registered_objects == []
    assert getUtility(IOffice).plan is plan
    assert title("team-a1") == "Team A1"
    assert members("desk-a1-1") == {"anna"}


def test_no_team_has_the_id_of_another_teams_lead(portal, office_files, rewrite):
    rewrite("amt-b.yaml", "id: b1\n", "id: a1-lead\n")
    with pytest.raises(OfficeFilesWrong) as caught:
        apply_office(office_files)
    (reason,) = caught.value.reasons
    assert reason.mapping == {"id": "a1-lead", "team": "a1"}
    assert members("team-a1-lead") == {"tom"}
