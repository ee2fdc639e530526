from collective.documentviewer.interfaces import ILayer
from eakte.interfaces import IEakteLayer


class IViewerLayer(IEakteLayer, ILayer):
    """Requests in which our views stand in for documentviewer's of the same name."""
