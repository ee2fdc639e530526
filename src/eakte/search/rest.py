from eakte.interfaces import IEakteLayer
from eakte.search.typed import question
from plone.restapi.interfaces import IIndexQueryParser
from plone.restapi.search.query import ZCTextIndexQueryParser
from Products.ZCTextIndex.ZCTextIndex import ZCTextIndex
from zope.component import adapter
from zope.interface import implementer
from zope.interface import Interface


@implementer(IIndexQueryParser)
@adapter(ZCTextIndex, Interface, IEakteLayer)
class TypedText(ZCTextIndexQueryParser):
    """``@search`` understands what the search screen understands.

    The text index itself answers half a phrase or a lone asterisk with an error.
    """

    def parse_query_value(self, query_value):
        return question(str(query_value))
