"""No account opens a door by its id: not a group's, and not that of somebody else."""

from ..builders import a_case_file
from ..builders import as_system
from ..rest.client import Client
from ..rest.client import PASSWORD
from .closed import protected
from eakte.org.applying import apply_office
from eakte.org.interfaces import IOffice
from eakte.org.inway import AccountInTheWay
from eakte.org.reading import OfficeFilesWrong
from eakte.testing import OFFICE
from plone import api
from plone.keyring.interfaces import IKeyManager
from zope.component import getUtility

import pytest
import re
import shutil
import transaction


@pytest.fixture
def files(functional_portal):
    """A case file of team a1, and a protected one that arno alone sees."""
    open_to_team = a_case_file(title="Duldung", desk="a1-1")
    closed = protected(circle=("arno",), title="Promi", desk="a1-1")
    transaction.commit()
    return open_to_team, closed


@pytest.fixture
def zope(ask):
    """Return ``zope(person, path, **data)``: the status of one of Zope's own pages."""

    def zope(person, path, **data):
        asked = ask(person)
        form = asked.get("@@eakte-organisation", headers={"Accept": "text/html"}).text
        found = re.search(r'name="_authenticator"[^>]*value="(\w+)"', form)
        data["_authenticator"] = found.group(1) if found else ""
        answer = asked.post(path, data=data, headers={"Accept": "text/html"})
        transaction.begin()
        return answer.status_code

    return zope


def ids_of_groups(open_to_team, closed):
    return (
        f"guest-{open_to_team.UID()}",
        f"circle-{closed.UID()}",
        "team-a1",
        "team-a9",
        "desk-a1-1",
        "department-amt-a-head",
        "mailroom-leads",
        "data-protection-officers",
        "team-a1~not~anna",
        "Administrators",
    )


def test_no_account_is_made_that_is_called_like_a_group(ask, files):
    for name in ids_of_groups(*files):
        said = {"username": name, "email": "q@x.example", "password": PASSWORD}
        for person in ("ines", "admin"):
            answer = ask(person).post("@users", json=said)
            assert answer.status_code in (400, 403), (person, name)
        transaction.begin()
        assert api.user.get(userid=name) is None, name
    said = {"username": "otto", "email": "q@x.example", "password": PASSWORD}
    assert ask("ines").post("@users", json=said).status_code == 201


def test_an_account_called_like_a_group_does_nothing_once_it_is_there(
    ask, files, functional_portal
):
    """Zope's own pages tell nobody: so it is asked again where the account works."""
    users = functional_portal.acl_users.source_users
    for number, name in enumerate(ids_of_groups(*files)):
        users.addUser(name, f"login-{number}", PASSWORD)
        transaction.commit()
        with Client(site=functional_portal.absolute_url()) as client:
            client.auth = (f"login-{number}", PASSWORD)
            for path in (
                "@search?portal_type=case_file",
                "@@eakte-organisation",
                *(f"akten/{each.getId()}" for each in files),
            ):
                answer = client.get(path)
                assert answer.status_code in (401, 403, 404), (name, path)
                assert "Duldung" not in answer.text
                assert "Promi" not in answer.text


def test_nobody_of_the_folder_above_is_taken_for_a_person_of_the_office(
    ask, files, functional_portal
):
    above = functional_portal.aq_parent.acl_users
    above.userFolderAddUser("arno", "Ganz-anders-9", ["Manager"], [])
    ask("arno")
    with Client(site=functional_portal.absolute_url()) as client:
        client.auth = ("arno", "Ganz-anders-9")
        for path in ("", "@search", *(f"akten/{each.getId()}" for each in files)):
            assert client.get(path).status_code in (401, 403, 404), path
    assert ask("arno").get(f"akten/{files[1].getId()}").status_code == 200


DOORS = (
    ("source_users/manage_addUser", {"user_id": "team-a1", "login_name": "x"}),
    ("source_users/manage_updateUserPassword", {"user_id": "anna"}),
    ("source_users/addUser", {"user_id": "neu", "login_name": "neu"}),
    ("source_groups/manage_addGroup", {"group_id": "arno"}),
    (
        "portal_role_manager/manage_assignRoleToPrincipals",
        {"role_id": "Reviewer", "principal_ids:list": "ines"},
    ),
    ("manage_addProduct/PluggableAuthService/addZODBUserManager", {"id": "second"}),
    ("manage_addProduct/PluggableAuthService/addScriptablePlugin", {"id": "third"}),
    (
        "plugins/manage_deactivatePlugins",
        {"plugin_type": "IAuthenticationPlugin", "plugin_ids:list": "eakte_gate"},
    ),
    ("session/manage_setSharedSecret", {"shared_secret": "abc", "submit": "1"}),
    ("session/manage_createNewSecret", {}),
    ("session/manage_clearSecrets", {}),
    ("session/manage_togglePerUserKeyring", {}),
    ("session/manage_changeProperties", {"timeout:int": "99999999"}),
    ("jwt_auth/manage_updateConfig", {"use_keyring:boolean": ""}),
    ("manage_delObjects", {"ids:list": "eakte_gate"}),
)
"""Zope's own pages of the user folder, and what they are told."""


def state_of(folder):
    registry = folder.plugins
    kinds = [each["interface"] for each in registry.listPluginTypeInfo()]
    return {
        "plugins": list(folder.objectIds()),
        "accounts": list(folder.source_users.listUserIds()),
        "passwords": dict(folder.source_users._user_passwords),
        "groups": list(folder.source_groups.listGroupIds()),
        "roles": dict(folder.portal_role_manager._principal_roles),
        "asked": {kind: registry.listPluginIds(kind) for kind in kinds},
        "session": dict(folder.session.__dict__),
        "keys": list(getUtility(IKeyManager)["_system"]),
        "tokens": folder.jwt_auth.use_keyring,
    }


def test_zopes_own_pages_change_nothing_in_the_user_folder(zope, functional_portal):
    zope("admin", "acl_users")
    before = state_of(functional_portal.acl_users)
    for path, data in DOORS:
        said = {"password": PASSWORD, "confirm": PASSWORD} | data
        status = zope("admin", f"acl_users/{path}", **said)
        assert status in (302, 401, 403, 404), (path, status)
        assert state_of(functional_portal.acl_users) == before, path


SCRIPTS = (
    "f = context.acl_users\nf.plugins.deactivatePlugin("
    "f.plugins.listPluginTypeInfo()[0]['interface'], 'session')",
    "context.acl_users.manage_addProduct['PlonePAS'].manage_addUserManager('second')",
    "context.acl_users.manage_delObjects(['eakte_gate'])",
    "context.acl_users.session.manage_setSharedSecret(context.REQUEST)",
    "context.acl_users.session.manage_changeProperties(mod_auth_tkt=True)",
)
"""What an administrator could write down and call at another address."""


def test_no_script_changes_who_is_asked_about_accounts(zope, functional_portal):
    factory = "manage_addProduct/PythonScripts/manage_addPythonScript"
    zope("admin", f"portal_skins/custom/{factory}", id="spy")
    before = state_of(functional_portal.acl_users)
    for body in SCRIPTS:
        said = {"title": "", "params": "", "body": f"{body}\nreturn 'done'"}
        edited = "portal_skins/custom/spy/ZPythonScriptHTML_editAction"
        assert zope("admin", edited, **said) == 200
        assert zope("admin", "spy", shared_secret="abc") >= 300, body
        assert state_of(functional_portal.acl_users) == before, body
    assert zope("admin", edited, title="", params="", body="return 'done'") == 200
    assert zope("admin", "spy") == 200


def test_no_page_gives_away_the_office_as_one_file(ask, files, functional_portal):
    above = functional_portal.aq_parent.absolute_url()
    for where, name in ((above, "plone"), (f"{above}/plone", "akten")):
        for query in (f"id={name}&download=1", "download=1"):
            url = f"{where}/manage_exportObject?{query}"
            answer = ask("admin").get(url, headers={"Accept": "text/html"})
            assert answer.status_code in (302, 401, 403, 404), url
            assert b"Duldung" not in answer.content


def test_who_logs_in_below_the_user_folder_is_let_in(ask, functional_portal):
    """The refusals above leave open what a browser is sent to when it comes in."""
    ask("anna")
    with Client(site=functional_portal.absolute_url()) as client:
        said = {"__ac_name": "anna", "__ac_password": PASSWORD, "came_from": ""}
        html = {"Accept": "text/html"}
        answer = client.post("login", data=said, headers=html)
        assert answer.status_code in (200, 302), answer.status_code
        path = "acl_users/credentials_cookie_auth/require_login?came_from=x"
        assert client.get(path, headers=html).status_code in (200, 302)


def test_an_account_in_the_way_of_a_new_place_is_named(
    functional_portal, tmp_path, files
):
    users = functional_portal.acl_users.source_users
    users.addUser("team-a9", "xyz", PASSWORD)
    folder = shutil.copytree(OFFICE, tmp_path / "office")
    path = folder / "amt-a.yaml"
    text = path.read_text("utf-8")
    new = (
        "  - id: a9\n    title: Team A9\n    lead: [tom]\n    desks:\n"
        "      - {id: a9-1, title: Stelle A9-1, people: [anna]}\n  - id: a2\n"
    )
    assert "  - id: a2\n" in text
    path.write_text(text.replace("  - id: a2\n", new), "utf-8")
    with as_system(), pytest.raises(AccountInTheWay) as caught:
        apply_office(folder)
    (reason,) = caught.value.reasons
    assert reason.mapping["id"] == "team-a9"
    assert getUtility(IOffice).team("a9") is None
    assert api.group.get(groupname="team-a9") is None


def test_no_person_of_the_files_is_called_like_a_group(functional_portal, tmp_path):
    folder = shutil.copytree(OFFICE, tmp_path / "office")
    path = folder / "amt-a.yaml"
    text = path.read_text("utf-8")
    path.write_text(re.sub(r"\banna\b", "team-anna", text), "utf-8")
    with as_system(), pytest.raises(OfficeFilesWrong) as caught:
        apply_office(folder)
    assert "team-anna" in {each.mapping["id"] for each in caught.value.reasons}
