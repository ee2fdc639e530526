"""The settings of the site at hand."""

from eakte.scanning.model import Limits
from eakte.scans.interfaces import IScanSettings
from plone.registry.interfaces import IRegistry
from zope.component import getUtility


MEBIBYTE = 1024 * 1024


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
