"""What one may set of reading scans holds for the engines."""

from eakte.scanning.model import Limits
from eakte.scans.interfaces import IScanSettings
from eakte.scans.settings import limits
from eakte.scans.settings import scan_settings
from plone import api

import dataclasses


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


def test_as_it_comes_the_limits_are_those_of_the_engine(portal):
    assert limits(scan_settings()) == Limits()
