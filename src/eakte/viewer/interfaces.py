from collective.documentviewer.interfaces import ILayer
from eakte.interfaces import IEakteLayer
from eakte.interfaces import IScreen
from zope.interface import Attribute
from zope.interface import Interface


class IViewerLayer(IEakteLayer, ILayer):
    """Requests in which our views stand in for documentviewer's of the same name."""


class IPlainScreen(IScreen):
    """A screen with nothing of Plone's that sets styles into the page."""


class IPagesPrinted(Interface):
    """Somebody is about to print pages of a scan; whoever raises stops it."""

    content = Attribute("What carries the scan.")
    first = Attribute("The first page, from 1.")
    last = Attribute("The last page.")
