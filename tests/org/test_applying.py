from eakte.org.applying import apply_office
from eakte.org.interfaces import IOffice
from eakte.org.membership import teams_of
from eakte.testing import OFFICE
from plone import api
from zope.component import getUtility

import pytest
import shutil


@pytest.fixture
def office_files(tmp_path):
    return shutil.copytree(OFFICE, tmp_path / "office")


def members(group):
    plugin = api.portal.get_tool("acl_users").source_groups
    return set(plugin.getGroupMembers(group))


def test_everybody_has_the_places_of_the_files(portal):
    assert members("team-a1") == {"anna", "arno", "tom"}
    assert members("desk-a1-1") == {"anna"}
    assert members("team-a1-lead") == {"tom"}
    assert members("department-amt-a-registry") == {"rolf"}
    assert [team.id for team in teams_of(api.user.get(username="anna"))] == ["a1"]


def test_applying_again_changes_nothing(portal):
    before = portal._p_jar.get(getUtility(IOffice)._p_oid).plan
    apply_office(OFFICE)
    assert getUtility(IOffice).plan is before


def test_a_change_in_the_file_changes_the_site(portal, office_files):
    path = office_files / "amt-a.yaml"
    path.write_text(path.read_text().replace("people: [anna]", "people: [arno]"))
    apply_office(office_files)
    assert members("desk-a1-1") == {"arno"}
    assert members("team-a1") == {"arno", "tom"}
    assert api.user.get(username="anna") is not None
