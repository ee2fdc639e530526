"""Places that follow from groups elsewhere, and the office's files beside them."""

from eakte.access.barring import bar
from eakte.access.seeing import who_may_see
from eakte.login.placements import map_places
from eakte.login.placements import remember
from eakte.login.sources import LDAP
from eakte.login.sources import OPENID
from eakte.org.applying import apply_office
from eakte.org.applying import apply_texts
from eakte.org.interfaces import IOffice
from eakte.org.memberships import causes
from eakte.org.memberships import stored_groups
from eakte.org.reading import texts_of
from eakte.testing import OFFICE
from plone import api
from tests.builders import a_case_file
from tests.deputies import at
from tests.deputies import BETWEEN
from tests.deputies import deputyship
from zope.annotation.interfaces import IAnnotations
from zope.component import getUtility
from zope.globalrequest import getRequest

import pytest
import yaml


ACCOUNT = "Kreis-Konto"


@pytest.fixture
def mapped(portal):
    """Groups of the provider stand for places of department A."""
    map_places(
        {
            OPENID: (
                ACCOUNT,
                (("GG-A1", "team-a1"), ("GG-A2", "desk-a2-1"), ("GG-Post", MAILROOM)),
            )
        }
    )


MAILROOM = "mailroom-checkers"


def groups(person):
    return set(api.user.get(userid=person).getGroups())


def sees(person, content):
    # A request of its own: borg.localrole remembers for one what it found.
    remembered = IAnnotations(getRequest(), {})
    for key in [key for key in remembered if "localrole" in str(key)]:
        del remembered[key]
    with api.env.adopt_user(username=person):
        return bool(api.user.has_permission("View", obj=content))


def test_who_is_in_the_group_there_sees_what_the_team_sees(mapped):
    case_file = a_case_file(team="a1")
    assert not sees("bert", case_file)
    remember("bert", OPENID, ["GG-A1"])
    assert sees("bert", case_file)
    remember("bert", OPENID, [])
    assert not sees("bert", case_file)


def test_who_is_barred_from_a_case_file_does_not_see_it_by_a_group_there(mapped):
    case_file = a_case_file(team="a1")
    remember("alex", OPENID, ["GG-A1"])
    assert sees("alex", case_file)
    with api.env.adopt_user(username="hanna"):
        bar(case_file, ["alex"], "Der Nachbar von Alex")
    assert not sees("alex", case_file)
    assert sees("anna", case_file)


def test_who_may_see_it_names_the_account_as_the_cause(mapped):
    remember("bert", OPENID, ["GG-A1"])
    case_file = a_case_file(team="a1")
    (team,) = [each for each in who_may_see(case_file) if each.id == "team-a1"]
    (bert,) = [each for each in team.members if each.id == "bert"]
    assert (bert.cause.kind, bert.cause.person) == ("account", ACCOUNT)


def test_a_function_of_the_mailroom_brings_its_role(mapped):
    remember("bert", OPENID, ["GG-Post"])
    assert "Quality Checker" in api.user.get_roles(username="bert")


def test_the_administrator_who_maps_sees_nothing_by_it(mapped):
    case_file = a_case_file(team="a1")
    api.user.create(email="it@amt.example", username="ines", password="x" * 20)
    api.user.grant_roles(username="ines", roles=["Manager"])
    assert not sees("ines", case_file)


def test_nobody_represents_a_place_from_there(mapped):
    remember("anna", OPENID, ["GG-A2"])
    assert "desk-a2-1" in groups("anna")
    deputyship("arno", "anna")
    with at(BETWEEN):
        assert "desk-a1-1" in groups("arno")
        assert not {"desk-a2-1", "team-a2"} & groups("arno")


def test_the_place_is_none_that_is_stored(mapped):
    remember("bert", OPENID, ["GG-A1"])
    assert "team-a1" not in stored_groups("bert")


def test_applying_the_offices_files_leaves_it(mapped):
    remember("bert", OPENID, ["GG-A1"])
    apply_office(OFFICE)
    assert "team-a1" in groups("bert")


def test_a_place_that_the_files_no_longer_name_is_nobodys(mapped):
    remember("bert", OPENID, ["GG-A2"])
    assert "team-a2" in groups("bert")
    texts = texts_of(OFFICE)
    department = yaml.safe_load(texts["amt-a.yaml"])
    department["teams"] = [each for each in department["teams"] if each["id"] != "a2"]
    texts["amt-a.yaml"] = yaml.safe_dump(department, allow_unicode=True)
    apply_texts(texts)
    assert not {"team-a2", "desk-a2-1"} & groups("bert")
    assert causes("team-a2") == {}
    left = [
        (entry.place, entry.gained)
        for entry in getUtility(IOffice).history()
        if entry.person == "bert" and not entry.gained
    ]
    assert ("team-a2", False) in left
    apply_office(OFFICE, overwrite=True)
    assert "team-a2" in groups("bert")


def test_another_mapping_holds_at_once(mapped):
    remember("bert", OPENID, ["GG-A1", "GG-A2"])
    map_places({OPENID: (ACCOUNT, (("GG-A2", "team-a2"),))})
    assert "team-a1" not in groups("bert")
    assert "desk-a2-1" not in groups("bert")
    assert "team-a2" in groups("bert")


def test_what_a_source_said_is_forgotten_with_it(mapped):
    remember("bert", OPENID, ["GG-A1"])
    wanted = {LDAP: ("Verzeichnis", (("GG-A1", "team-a1"),))}
    map_places(wanted)
    assert "team-a1" not in groups("bert")
    map_places({OPENID: (ACCOUNT, (("GG-A1", "team-a1"),))})
    assert "team-a1" not in groups("bert")


def test_two_sources_are_added(mapped):
    map_places(
        {
            OPENID: (ACCOUNT, (("GG-A1", "team-a1"),)),
            LDAP: ("Verzeichnis", (("GG-A2", "team-a2"),)),
        }
    )
    remember("bert", OPENID, ["GG-A1"])
    remember("bert", LDAP, ["GG-A2"])
    assert {"team-a1", "team-a2"} <= groups("bert")
    remember("bert", LDAP, [])
    assert "team-a1" in groups("bert")
    assert "team-a2" not in groups("bert")


def test_the_history_tells_each_change_once(mapped):
    before = len(getUtility(IOffice).history())
    for _ in range(3):
        remember("bert", OPENID, ["GG-A1"])
    for _ in range(3):
        remember("bert", OPENID, [])
    entries = getUtility(IOffice).history()[before:]
    assert [(each.place, each.gained, each.notable) for each in entries] == [
        ("team-a1", True, True),
        ("team-a1", False, False),
    ]


def test_without_any_source_nothing_is_kept(portal):
    map_places({})
    assert groups("bert") == groups("bert") | stored_groups("bert")
    assert causes("team-a1") == {}
