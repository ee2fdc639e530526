"""What one may set of reading scans holds for the engines."""

from eakte.scanning.copies import WritingLimits
from eakte.scanning.model import Limits
from eakte.scans import exporting
from eakte.scans.exporting import copy_cache
from eakte.scans.interfaces import IScanSettings
from eakte.scans.settings import limits
from eakte.scans.settings import scan_settings
from eakte.scans.settings import writing_limits
from plone import api
from plone.app.testing import SITE_OWNER_NAME
from plone.app.testing import SITE_OWNER_PASSWORD
from plone.testing.zope import Browser

import dataclasses
import transaction


SET = {
    "seconds_inspect": 11,
    "seconds_render": 12,
    "seconds_recognise": 13,
    "memory": 700,
    "megapixels": 20,
    "pages": 99,
}


def test_time_memory_pixels_and_pages_are_those_of_the_settings(portal):
    for name, value in SET.items():
        api.portal.set_registry_record(name, value, interface=IScanSettings)

    assert limits(scan_settings()) == Limits(
        seconds_inspect=11,
        seconds_render=12,
        seconds_recognise=13,
        memory_bytes=700 * 1024**2,
        pixels=20_000_000,
        pages=99,
    )
    # A limit that nobody can set would be none of the settings.
    assert len(SET) == len(dataclasses.fields(Limits))


def test_the_writer_of_archive_copies_keeps_to_the_settings_too(portal):
    for name, value in (SET | {"archive": 11}).items():
        api.portal.set_registry_record(name, value, interface=IScanSettings)

    set_here = writing_limits(scan_settings())

    assert set_here == WritingLimits(
        seconds_page=13,
        seconds_end=130,
        memory_bytes=700 * 1024**2,
        output_bytes=11 * 1024**2,
        pixels=20_000_000,
        pages=99,
    )
    as_it_comes = dataclasses.asdict(WritingLimits())
    same = [
        name for name, value in as_it_comes.items() if getattr(set_here, name) == value
    ]
    assert same == [], "a limit that nobody can set"


def test_as_it_comes_the_limits_are_those_of_the_engine(portal):
    assert limits(scan_settings()) == Limits()


def test_pages_and_archive_copies_have_disk_space_of_their_own(portal, monkeypatch):
    made = {}
    monkeypatch.setattr(
        exporting, "CopyCache", lambda folder, most: made.update(a=most)
    )
    for name, value in (("cache", 7), ("archive", 11)):
        api.portal.set_registry_record(name, value, interface=IScanSettings)

    copy_cache()

    assert made == {"a": 11 * 1024**2}


def test_an_administrator_sets_them_on_a_page_of_the_control_panel(
    functional_portal, as_user
):
    address = f"{functional_portal.absolute_url()}/@@eakte-scan-settings"
    browser = Browser(functional_portal.getPhysicalRoot())
    transaction.commit()
    browser.addHeader("Authorization", f"Basic {SITE_OWNER_NAME}:{SITE_OWNER_PASSWORD}")
    browser.open(address)
    for field in IScanSettings:
        assert browser.getControl(name=f"form.widgets.{field}").value
    browser.getControl(name="form.widgets.archive").value = "2048"
    browser.getControl(name="form.buttons.save").click()
    transaction.begin()

    assert scan_settings().archive == 2048
    refused = as_user("anna").get(address, allow_redirects=False)
    assert refused.status_code in (302, 401)
