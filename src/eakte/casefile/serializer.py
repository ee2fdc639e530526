"""How a case file looks to other systems."""

from dataclasses import asdict
from eakte import _
from eakte.casefile.content import ICaseFile
from eakte.casefile.store import ICaseFileStore
from eakte.errors import NotAllowed
from eakte.interfaces import IEakteLayer
from eakte.rest.body import object_of_body
from eakte.rest.fields import StrictDeserializer
from plone.restapi.interfaces import IDeserializeFromJson
from plone.restapi.interfaces import ISerializeToJson
from plone.restapi.serializer.converters import json_compatible
from plone.restapi.serializer.dxcontent import SerializeFolderToJson
from zope.component import adapter
from zope.interface import implementer


def suggestion(found):
    """Return a found case file as plone.restapi's own summaries look."""
    line = asdict(found)
    return json_compatible(
        {
            "@id": line.pop("url"),
            "@type": "case_file",
            "UID": line.pop("uid"),
            "review_state": line.pop("state"),
            **line,
        }
    )


@implementer(IDeserializeFromJson)
@adapter(ICaseFile, IEakteLayer)
class CaseFileFromJson(StrictDeserializer):
    """Reference and day of closing are the house's to set; the unit stays."""

    given_at_creation = frozenset({"unit"})

    def __call__(self, validate_all=False, data=None, create=False, **options):
        if data is None:
            data = object_of_body(self.request)
        if create and data.get("id"):
            # Whoever could try ids would learn which case files there are.
            raise NotAllowed(
                _("The address of a case file follows from its reference.")
            )
        return super().__call__(validate_all, data=data, create=create, **options)


@implementer(ISerializeToJson)
@adapter(ICaseFile, IEakteLayer)
class CaseFileToJson(SerializeFolderToJson):
    """The case file and what is filed in it, in the order in which it came."""

    def _build_query(self):
        return {**super()._build_query(), "sort_on": "created"}


@implementer(ISerializeToJson)
@adapter(ICaseFileStore, IEakteLayer)
class CaseFileStoreToJson(SerializeFolderToJson):
    """The store without its case files: they are asked for by ``@search``."""

    def __call__(self, version=None, include_items=True, include_expansion=True):
        self.request.form["include_items"] = "false"
        return super().__call__(version, False, include_expansion)
