"""Archive copies have disk space of their own, on a page like a fresh site's."""

from eakte.scans.interfaces import IScanSettings
from plone import api
from plone.registry.interfaces import IRegistry
from tests.builders import as_system
from zope.component import getUtility


PROFILE = "eakte:default"
PAGE = "eakte-scan-settings"
RECORD = f"{IScanSettings.__identifier__}.archive"
CACHE = f"{IScanSettings.__identifier__}.cache"


def has_page():
    panel = api.portal.get_tool("portal_controlpanel")
    return PAGE in {action.getId() for action in panel.listActions()}


def test_an_upgraded_site_has_the_setting_and_the_page_and_keeps_what_was_set(portal):
    records = getUtility(IRegistry).records
    del records[RECORD]
    records[CACHE].value = 77
    api.portal.get_tool("portal_controlpanel").unregisterConfiglet(PAGE)
    setup = api.portal.get_tool("portal_setup")
    setup.setLastVersionForProfile(PROFILE, "20261122005")
    assert not has_page()

    with as_system():
        setup.upgradeProfile(PROFILE)

    assert has_page()
    assert records[RECORD].value == IScanSettings["archive"].default
    assert records[CACHE].value == 77
