"""The settings of the site at hand."""

from eakte.scanning.copies import WritingLimits
from eakte.scanning.model import Limits
from eakte.scans.interfaces import IScanSettings
from plone.registry.interfaces import IRegistry
from zope.component import getUtility


MEBIBYTE = 1024 * 1024

TO_END = 10
"""Times as many seconds as for a page may pass until an archive copy is put together."""


def scan_settings():
    """Return the site's ``IScanSettings``; what is not stored has its default."""
    return getUtility(IRegistry).forInterface(IScanSettings, check=False)


def limits(settings):
    """Return the settings as the limits of the scan engine."""
    return Limits(
        seconds_inspect=settings.seconds_inspect,
        seconds_render=settings.seconds_render,
        seconds_recognise=settings.seconds_recognise,
        memory_bytes=settings.memory * MEBIBYTE,
        pixels=settings.megapixels * 1_000_000,
        pages=settings.pages,
    )


def writing_limits(settings):
    """Return the settings as the limits of the writer of archive copies."""
    reading = limits(settings)
    return WritingLimits(
        seconds_page=reading.seconds_recognise,
        seconds_end=TO_END * reading.seconds_recognise,
        memory_bytes=reading.memory_bytes,
        output_bytes=settings.archive * MEBIBYTE,
        pixels=reading.pixels,
        pages=reading.pages,
    )
