"""What must stand before collective.documentviewer 6.0.3 is imported.

``eakte/meta.zcml`` comes through this room's door while Zope reads the meta.zcml
of all packages, hence before the configure.zcml of any, however Zope is started.
"""

from zope.component import interfaces as former_home
from zope.interface import interfaces as present_home

import logging


MOVED_NAMES = ("IObjectEvent", "ObjectEvent")
"""What documentviewer still takes from zope.component.interfaces."""


def put_moved_names_in_place():
    """Offer the moved names where documentviewer looks for them.

    Called again, or where the names still are, it changes nothing.
    """
    for name in MOVED_NAMES:
        if not hasattr(former_home, name):
            setattr(former_home, name, getattr(present_home, name))


def is_worth_logging(record):
    """Say whether a log record of documentviewer tells the office anything.

    At import its converter reports, with a traceback each, the programs it does not
    find. None is missed: pages are made by our own scan engine.
    """
    return (record.module, record.funcName) != ("convert", "<module>")


def ignore_missing_programs():
    """Keep the reports about programs that nobody needs out of the log."""
    logging.getLogger("collective.documentviewer").addFilter(is_worth_logging)
