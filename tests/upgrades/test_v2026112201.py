"""A site of the day before becomes like a fresh one."""

from eakte.login.installing import remove_login
from eakte.login.interfaces import ILoginSettings
from eakte.mailitem.states import State
from eakte.org.interfaces import IDeputyships
from eakte.org.interfaces import IOffice
from eakte.org.memberships import PLUGIN
from eakte.org.memberships import remove_plugin
from eakte.org.settings import IDeputySettings
from plone import api
from plone.registry.interfaces import IRegistry
from Products.CMFCore.indexing import processQueue
from Products.PlonePAS.interfaces.group import IGroupIntrospection
from Products.PluggableAuthService.interfaces.plugins import IAuthenticationPlugin
from Products.PluggableAuthService.interfaces.plugins import IGroupsPlugin
from tests import deputies
from tests.builders import a_mail_item
from tests.builders import as_system
from tests.deputies import at
from tests.deputies import BETWEEN
from zope.component import getUtility
from zope.component import queryUtility
from zope.component.hooks import getSite

import pytest


PROFILE = "eakte:default"
BEFORE = "20261122001"
RECORD = f"{IDeputySettings.__identifier__}.return_after_working_days"


def shape():
    """Return what a site has of what the version brings."""
    acl_users = api.portal.get_tool("acl_users")
    source_groups = acl_users.source_groups
    setup = api.portal.get_tool("portal_setup")
    return {
        "version": setup.getLastVersionForProfile(PROFILE),
        "groups plugins": acl_users.plugins.listPluginIds(IGroupsPlugin),
        "authentication": acl_users.plugins.listPluginIds(IAuthenticationPlugin),
        "session": acl_users.session.timeout,
        "password": acl_users.password_policy.min_chars,
        "login settings": {
            name: f"{ILoginSettings.__identifier__}.{name}"
            in getUtility(IRegistry).records
            for name in ILoginSettings
        },
        "introspection": acl_users.plugins.listPluginIds(IGroupIntrospection),
        "groups": {
            group: sorted(source_groups.getGroupMembers(group))
            for group in source_groups.listGroupIds()
        },
        "book": type(queryUtility(IDeputyships)),
        "record": RECORD in getUtility(IRegistry).records,
        "panel": [
            action.getId()
            for action in api.portal.get_tool("portal_controlpanel").listActions()
            if action.getId().startswith("eakte")
        ],
        "menu": sorted(api.portal.get_tool("portal_actions").user.objectIds()),
    }


@pytest.fixture
def site_of_before(portal):
    """The site without what the version brings; returns the shape of a fresh one."""
    fresh = shape()
    manager = getSite().getSiteManager()
    manager.unregisterUtility(provided=IDeputyships)
    remove_plugin()
    remove_login()
    acl_users = api.portal.get_tool("acl_users")
    acl_users.session.timeout = 7200
    acl_users.password_policy.min_chars = 8
    for name in ILoginSettings:
        del getUtility(IRegistry).records[f"{ILoginSettings.__identifier__}.{name}"]
    groups = api.portal.get_tool("acl_users").source_groups
    for group in list(groups.listGroupIds()):
        if group.endswith("-people"):
            api.group.delete(groupname=group)
    del getUtility(IRegistry).records[RECORD]
    api.portal.get_tool("portal_controlpanel").unregisterConfiglet("eakte-organisation")
    api.portal.get_tool("portal_actions").user._delObject("deputies")
    setup = api.portal.get_tool("portal_setup")
    setup.setLastVersionForProfile(PROFILE, BEFORE)
    assert shape() != fresh
    return fresh


def upgrade():
    with as_system():
        api.portal.get_tool("portal_setup").upgradeProfile(PROFILE)


def test_an_upgraded_site_is_like_a_fresh_one(site_of_before):
    upgrade()
    assert shape() == site_of_before


def test_the_upgrade_starts_no_history_that_did_not_happen(site_of_before):
    before = getUtility(IOffice).history()
    upgrade()
    assert getUtility(IOffice).history() == before


def test_letters_of_before_follow_the_new_rules(site_of_before):
    catalog = api.portal.get_tool("portal_catalog")
    letter = a_mail_item(
        State.ACCEPTED, team="a1", desk="a1-1", mail_class="personal", title="Geheim"
    )
    processQueue()
    # As it was indexed then: granted to the desk's group.
    index = catalog._catalog.indexes["allowedRolesAndUsers"]
    rid = catalog.getrid("/".join(letter.getPhysicalPath()))
    index.unindex_object(rid)

    class Before:
        allowedRolesAndUsers = ["user:desk-a1-1"]

    index.index_object(rid, Before())
    upgrade()
    deputies.deputyship("alex", "anna")
    with at(BETWEEN):
        for person, sees in (("anna", 1), ("alex", 0)):
            with api.env.adopt_user(username=person):
                assert len(catalog(UID=letter.UID())) == sees, person
    assert PLUGIN in api.portal.get_tool("acl_users").objectIds()
