"""Zope's own pages list and export nothing of the office, in a site of before too."""

from eakte.mailitem.store import mail_store
from plone import api
from tests.builders import as_system

import pytest


PROFILE = "eakte:default"


def who_may(permission, content):
    return [
        role["name"]
        for role in content.rolesOfPermission(permission)
        if role["selected"]
    ]


@pytest.mark.parametrize(
    ("permission", "of"),
    [
        ("Import/Export objects", api.portal.get),
        ("Manage ZCatalog Entries", api.portal.get),
        ("WebDAV access", mail_store),
        ("View management screens", mail_store),
    ],
)
def test_an_upgraded_site_keeps_them_from_everybody(portal, permission, of):
    of().manage_permission(permission, ["Manager"], acquire=1)
    setup = api.portal.get_tool("portal_setup")
    setup.setLastVersionForProfile(PROFILE, "20261122006")

    with as_system():
        setup.upgradeProfile(PROFILE)

    assert who_may(permission, of()) == []
    assert not of().acquiredRolesAreUsedBy(permission)
