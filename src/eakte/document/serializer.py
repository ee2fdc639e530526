from eakte.document.content import ICaseDocument
from eakte.interfaces import IEakteLayer
from eakte.rest.fields import StrictDeserializer
from plone.restapi.interfaces import IDeserializeFromJson
from zope.component import adapter
from zope.interface import implementer


@implementer(IDeserializeFromJson)
@adapter(ICaseDocument, IEakteLayer)
class CaseDocumentFromJson(StrictDeserializer):
    """What was filed stays as it was filed; another file is another document."""

    given_at_creation = frozenset({"scan"})
