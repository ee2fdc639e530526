from zope.publisher.interfaces.browser import IDefaultBrowserLayer


class IEakteLayer(IDefaultBrowserLayer):
    """Requests to a site in which the product is installed."""
