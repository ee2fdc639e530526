"""English pages are recognised in a site of before too, where nobody chose otherwise."""

from eakte.scans.settings import scan_settings
from plone import api
from tests.builders import as_system

import pytest


PROFILE = "eakte:default"


@pytest.mark.parametrize(
    ("before", "after"),
    [("deu", "deu+eng"), ("deu+tur", "deu+tur"), ("eng", "eng")],
)
def test_an_upgraded_site_reads_english_unless_somebody_chose(portal, before, after):
    scan_settings().languages = before
    setup = api.portal.get_tool("portal_setup")
    setup.setLastVersionForProfile(PROFILE, "20261122008")

    with as_system():
        setup.upgradeProfile(PROFILE)

    assert scan_settings().languages == after
