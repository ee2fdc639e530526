"""Nobody who administers the system gives to himself what is to be read, or blinds it."""

from AccessControl.PermissionRole import rolesForPermissionOn
from eakte.access.seeing import who_may_see
from eakte.access.staying import STAYS
from eakte.interfaces import IEakteLayer
from eakte.journal.interfaces import FEWEST_DAYS
from eakte.journal.interfaces import IJournal
from eakte.journal.interfaces import IJournalSettings
from eakte.journal.interfaces import Kind
from eakte.journal.interfaces import Query
from eakte.org.interfaces import IOffice
from eakte.org.noticing import unseen_notices
from eakte.org.principals import PERMISSIONS
from eakte.org.principals import READING_DAYS
from plone import api
from plone.app.testing import SITE_OWNER_NAME
from plone.browserlayer.interfaces import ILocalBrowserLayerType
from plone.browserlayer.utils import unregister_layer
from plone.registry.interfaces import IRegistry
from tests.builders import a_case_file
from tests.rest.client import give_passwords
from zope.component import getSiteManager
from zope.component import getUtility
from zope.component import queryUtility

import pytest
import re
import transaction


STATE = "portal_workflow/case_file_workflow/states/open"


@pytest.fixture
def case_file(site):
    give_passwords("dora", "holger")
    return a_case_file(title="Duldung", desk="a1-1")


@pytest.fixture
def zope(site, browse):
    """Return ``zope(path, **data)``: the status of one of Zope's own pages."""

    def zope(path, **data):
        form = browse("admin", "@@eakte-organisation").text
        found = re.search(r'name="_authenticator"[^>]*value="(\w+)"', form)
        data["_authenticator"] = found.group(1) if found else ""
        answer = browse("admin", path, method="POST", data=data)
        transaction.begin()
        return answer.status_code

    return zope


def told(person):
    transaction.begin()
    return [each.entry.place for each in unseen_notices(person)]


def configured():
    transaction.begin()
    return getUtility(IJournal).find(Query(kinds=(Kind.CONFIGURED,))).entries


def permissions_of(state):
    workflow = api.portal.get_tool("portal_workflow").case_file_workflow
    return {
        name: (isinstance(given, list), frozenset(given))
        for name, given in workflow.states[state].permission_roles.items()
    }


def boxes(state):
    """Return what the form of the state's permissions sends as it is."""
    data = {}
    for name, (acquired, roles) in permissions_of(state).items():
        if acquired:
            data[f"acquire_{name}"] = "1"
        data |= {f"{name}|{role}": "1" for role in roles}
    return data


def test_no_workflow_lets_administrators_or_everybody_read(site, zope, case_file):
    before = permissions_of("open")
    asked = [
        f"{permission}|{role}"
        for permission in ("View", "eakte: Read scan")
        for role in (
            "Manager",
            "Site Administrator",
            "Member",
            "Authenticated",
            "Anonymous",
            "Reader",
        )
    ]
    for box in (*asked, "acquire_View", "acquire_Access contents information"):
        data = boxes("open") | {box: "1"}
        assert zope(f"{STATE}/setPermissions", **data) == 403, box
        assert permissions_of("open") == before, box
    assert told("hanna") == []


def test_no_type_loses_its_workflow(site, zope, case_file):
    workflows = api.portal.get_tool("portal_workflow")
    for data in (
        {"chain_case_file": "", "props:int": "1"},
        {"chain_case_file": "simple_publication_workflow"},
    ):
        zope("portal_workflow/manage_changeWorkflows", default_chain="", **data)
        assert workflows.getChainForPortalType("case_file") == ("case_file_workflow",)


def test_what_a_workflow_allows_else_is_noted_and_told(site, zope, case_file):
    data = boxes("open") | {"View|Records Manager": "1"}
    assert zope(f"{STATE}/setPermissions", **data) == 200
    assert "Records Manager" in permissions_of("open")["View"][1]
    for person in ("hanna", "holger", "dora"):
        assert told(person) == [PERMISSIONS], person
    for person in ("anna", "tom", "bert"):
        assert told(person) == [], person
    (notice,) = unseen_notices("hanna")
    where = "case_file_workflow/open: View"
    assert notice.entry.what.startswith(f"{where}: Case Worker, ")
    assert notice.entry.by == SITE_OWNER_NAME
    fields = [
        each.details["fields"] for each in configured() if "fields" in each.details
    ]
    ((old, new),) = (said[where] for said in fields)
    assert set(new.split(", ")) - set(old.split(", ")) == {"Records Manager"}


def test_nobody_who_administers_gives_himself_what_the_house_keeps(
    site, zope, case_file
):
    for where in ("", "akten/", "posteingang/"):
        content = site[where.strip("/")] if where else site
        for permission in ("eakte: View journal", "eakte: Read scan", "Undo changes"):
            before = rolesForPermissionOn(permission, content)
            said = {
                "permission_to_manage": permission,
                "roles:list": ["Manager", "Data Protection Officer"],
            }
            assert zope(f"{where}manage_permission", **said) >= 300, permission
            assert rolesForPermissionOn(permission, content) == before, permission
            assert "Manager" not in before


def test_another_permission_is_given_as_ever_and_told(site, zope, case_file):
    said = {"permission_to_manage": "Mail forgotten password", "roles:list": "Manager"}
    assert zope("manage_permission", **said) == 200
    assert told("hanna") == told("dora") == [PERMISSIONS]
    (entry, *_others) = [each for each in configured() if "fields" in each.details]
    assert "/: Mail forgotten password" in entry.details["fields"]


def test_no_address_gives_the_case_file_s_own_permissions_to_administrators(
    site, zope, ask, case_file
):
    path = f"akten/{case_file.getId()}"
    said = {"permission_to_manage": "View", "roles:list": ["Manager", "Case Worker"]}
    assert zope(f"{path}/manage_permission", **said) >= 300
    assert ask("admin", path).status_code in (401, 403, 404)


def test_the_product_stays_while_there_is_something_to_read(site, ask, zope, case_file):
    answer = ask("admin", "@addons/eakte/uninstall", "POST")
    assert answer.status_code == 403
    assert answer.json()["message"] == STAYS
    zope("prefs_install_products_form", **{"form.submitted": "1"})
    zope("@@uninstall-product", uninstall_product="eakte")
    zope(
        "portal_setup/manage_importSelectedSteps",
        **{"context_id": "profile-eakte:uninstall", "ids:list": "browserlayer"},
    )
    for name in ("eakte_memberships", "eakte_gate"):
        assert name in site.acl_users.objectIds()
    assert queryUtility(ILocalBrowserLayerType, name="eakte") is IEakteLayer
    assert queryUtility(IOffice) is not None


def test_what_is_read_is_noted_without_the_product_s_layer_too(
    site, ask, read, case_file
):
    unregister_layer("eakte")
    path = f"akten/{case_file.getId()}"
    assert ask("anna", path).status_code == 200
    assert [each.who for each in read(case_file)] == ["anna"]
    body = {"roles": {"Case Worker": True}}
    assert ask("admin", "@users/bert", "PATCH", json=body).status_code >= 400
    transaction.begin()
    assert "Case Worker" not in api.user.get_roles(username="bert")
    getSiteManager()


def test_who_administers_the_server_is_named_when_it_could_read(site, case_file):
    def named():
        return {viewer.id for viewer in who_may_see(case_file)}

    assert SITE_OWNER_NAME not in named()
    case_file.manage_permission("View", ["Manager", "Case Worker"])
    assert SITE_OWNER_NAME in named()


def test_reading_is_remembered_for_a_time_that_no_administrator_cuts_off(site, ask):
    give_passwords("dora")
    records = getUtility(IRegistry)
    name = f"{IJournalSettings.__identifier__}.reading_days"
    for days in (1, FEWEST_DAYS - 1):
        answer = ask("admin", "@registry", "PATCH", json={name: days})
        assert answer.status_code >= 400, days
    transaction.begin()
    assert records[name] == 365
    assert told("dora") == []
    for days in (FEWEST_DAYS, 0):
        answer = ask("admin", "@registry", "PATCH", json={name: days})
        assert answer.status_code == 204, days
    assert told("dora") == [READING_DAYS, READING_DAYS]
    assert told("hanna") == told("anna") == []
    assert [each.entry.what for each in unseen_notices("dora")] == [
        "90 → 0",
        "365 → 90",
    ]
