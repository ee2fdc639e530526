"""Roles of places that somebody gave by hand before that was refused are taken out."""

from eakte.journal.interfaces import IJournal
from eakte.journal.interfaces import Kind
from eakte.journal.interfaces import Query
from eakte.mailitem.states import State
from plone import api
from Products.CMFCore.indexing import processQueue
from tests.access.closed import barred_from
from tests.access.closed import protected
from tests.access.test_case_file_rights import a_document
from tests.builders import a_case_file
from tests.builders import a_mail_item
from tests.builders import as_system
from zope.component import getUtility

import logging
import pytest


PROFILE = "eakte:default"


@pytest.fixture
def upgrade(portal, caplog):
    """Return ``upgrade()``: from the version before; what was logged, as one text."""
    setup = api.portal.get_tool("portal_setup")

    def upgrade():
        processQueue()
        setup.setLastVersionForProfile(PROFILE, "20261122007")
        caplog.clear()
        with as_system(), caplog.at_level(logging.INFO, "eakte.upgrades"):
            setup.upgradeProfile(PROFILE)
        processQueue()
        return caplog.text

    return upgrade


def given_in_the_site(person):
    roles = api.portal.get_tool("acl_users").portal_role_manager
    return set(roles._principal_roles.get(person, ()))


def entries(kind):
    return getUtility(IJournal).find(Query(kinds=(kind,))).entries


def finds(person, content):
    with api.env.adopt_user(username=person):
        return len(api.portal.get_tool("portal_catalog")(UID=content.UID()))


@pytest.mark.parametrize("role", ["Case Worker", "Team Lead", "Registry", "Guest"])
def test_nobody_keeps_a_role_of_a_place_in_the_whole_site(portal, upgrade, role):
    case_file = a_case_file(team="a1")
    api.user.grant_roles(username="bert", roles=[role, "Reviewer"])
    assert api.user.has_permission("View", username="bert", obj=case_file)

    said = upgrade()

    assert {role, "Reviewer"} & given_in_the_site("bert") == {"Reviewer"}
    assert not api.user.has_permission("View", username="bert", obj=case_file)
    assert f"bert in the whole site: {role}" in said
    (entry,) = entries(Kind.CONFIGURED)
    before, after = entry.details["roles"]["bert"]
    assert set(before) - set(after) == {role}


@pytest.mark.parametrize("where", ["the site", "akten", "posteingang"])
def test_nobody_keeps_one_above_case_files_and_letters(portal, upgrade, where):
    case_file, letter = a_case_file(team="a1"), a_mail_item(State.ROUTED, team="a1")
    document = a_document(case_file)
    container = portal if where == "the site" else portal[where]
    container.manage_setLocalRoles("bert", ["Case Worker", "Reader"])
    for store in (portal.akten, portal.posteingang):
        store.reindexObjectSecurity()
    processQueue()
    opened = [c for c in (case_file, document, letter) if finds("bert", c)]
    assert len(opened) == {"the site": 3, "akten": 2, "posteingang": 1}[where]

    said = upgrade()

    assert dict(container.get_local_roles())["bert"] == ("Reader",)
    for content in opened:
        assert not finds("bert", content)
        assert not api.user.has_permission("View", username="bert", obj=content)
        assert finds("anna", content)
    path = "/".join(container.getPhysicalPath())
    assert f"bert in {path}: Case Worker" in said
    (entry,) = entries(Kind.CONFIGURED)
    assert entry.details["page"] == path
    assert entry.details["roles"] == {"bert": [["Case Worker", "Reader"], ["Reader"]]}


@pytest.mark.parametrize("close", [lambda: protected(), lambda: barred_from("arno")])
def test_what_stands_in_a_closed_case_file_does_not_speak_again(portal, upgrade, close):
    case_file = close()
    document = a_document(case_file)
    catalog = api.portal.get_tool("portal_catalog")
    for content in (case_file, document):
        content.manage_setLocalRoles("arno", ["Case Worker"])
    processQueue()
    # As the catalog had it when such a role still said something.
    index = catalog.Indexes["allowedRolesAndUsers"]
    for content in (case_file, document):
        row = catalog.getrid("/".join(content.getPhysicalPath()))

        class Before:
            allowedRolesAndUsers = [*index.getEntryForObject(row), "user:arno"]

        index.index_object(row, Before)
    assert finds("arno", case_file) == finds("arno", document) == 1

    said = upgrade()

    for content in (case_file, document):
        assert "arno" not in dict(content.get_local_roles())
        assert not finds("arno", content)
        assert finds("anna", content)
        assert f"{'/'.join(content.getPhysicalPath())}: " in said
    fields = [entry.details.get("fields", {}) for entry in entries(Kind.RIGHTS)]
    taken = [each["local_roles"] for each in fields if "local_roles" in each]
    assert [new for _old, new in taken] == [None, None]
    assert all("arno: Case Worker" in old for old, _new in taken)


def test_upgrading_again_says_and_changes_nothing(portal, upgrade):
    api.user.grant_roles(username="bert", roles=["Registry"])
    protected()
    assert "bert" in upgrade()
    before = len(entries(Kind.CONFIGURED)), len(entries(Kind.RIGHTS))
    assert "Taken" not in upgrade()
    assert (len(entries(Kind.CONFIGURED)), len(entries(Kind.RIGHTS))) == before
