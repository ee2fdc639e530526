"""documentviewer's settings: of one object, else of the site, else its defaults."""

from collective.documentviewer.interfaces import IGlobalDocumentViewerSettings
from collective.documentviewer.settings import GlobalSettings
from plone import api
from zope.annotation.interfaces import IAnnotations


KEY = "collective.documentviewer"
"""The annotation in which documentviewer keeps its settings."""


def stored_settings(place):
    """Return what is set there, by name.

    documentviewer's own adapters create the annotation when they are asked, so that
    looking at a document would write to the database.
    """
    return IAnnotations(place).get(KEY) or {}


def setting(context, name):
    """Return the setting that holds for an object.

    :param name: a name of ``IGlobalDocumentViewerSettings``.
    """
    for place in (context, api.portal.get()):
        value = stored_settings(place).get(name)
        if value is not None:
            return value
    return IGlobalDocumentViewerSettings[name].default


def set_for_office(portal):
    """Leave making pages to our own scan engine, and open the column of small pages.

    The column only where nobody has decided about it yet.
    """
    is_undecided = stored_settings(portal).get("show_sidebar") is None
    settings = GlobalSettings(portal)
    settings.auto_convert = False
    settings.auto_select_layout = False
    if is_undecided:
        settings.show_sidebar = True
