from eakte.interfaces import IEakteLayer
from plone.rest.interfaces import IAPIRequest


class IEakteAPIRequest(IEakteLayer, IAPIRequest):
    """A request of another system to a site in which the product is installed."""
