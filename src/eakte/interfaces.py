from zope.interface import Interface
from zope.publisher.interfaces.browser import IDefaultBrowserLayer


class IEakteLayer(IDefaultBrowserLayer):
    """Requests to a site in which the product is installed."""


class IScreen(Interface):
    """A page that a person works with: the whole width, no portlets."""
