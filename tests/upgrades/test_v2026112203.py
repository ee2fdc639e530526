"""The daily mail can be turned off, on a page like a fresh site's."""

from BTrees.OOBTree import OOBTree
from eakte.deadlines.settings import IDeadlineSettings
from eakte.upgrades.v2026112203.settings import OLD
from plone import api
from plone.registry.interfaces import IRegistry
from tests.builders import as_system
from zope.annotation.interfaces import IAnnotations
from zope.component import getUtility


PROFILE = "eakte:default"
RECORD = f"{IDeadlineSettings.__identifier__}.digest"
PAGES = {"eakte-deadline-settings", "eakte-journal-settings"}


def pages():
    panel = api.portal.get_tool("portal_controlpanel")
    return {action.getId() for action in panel.listActions()} & PAGES


def test_an_upgraded_site_sends_the_mail_and_has_the_pages(portal):
    records = getUtility(IRegistry).records
    panel = api.portal.get_tool("portal_controlpanel")
    del records[RECORD]
    for page in PAGES:
        panel.unregisterConfiglet(page)
    IAnnotations(portal)[OLD] = OOBTree({"": "", "anna": "2026-11-20"})
    portal.manage_permission("Undo changes", ["Manager"], acquire=1)
    setup = api.portal.get_tool("portal_setup")
    setup.setLastVersionForProfile(PROFILE, "20261122003")
    assert pages() == set()

    with as_system():
        setup.upgradeProfile(PROFILE)

    assert pages() == PAGES
    assert records[RECORD].value is True
    with api.env.adopt_roles(["Manager"]):
        assert not api.user.has_permission("Undo changes", obj=portal)
    assert OLD not in IAnnotations(portal)
