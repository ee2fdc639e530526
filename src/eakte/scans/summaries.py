"""What lists of plone.restapi say of content with a scan."""

from plone.restapi.interfaces import IJSONSummarySerializerMetadata
from zope.interface import implementer


@implementer(IJSONSummarySerializerMetadata)
class HiddenInSummaries:
    """What no list tells, though it lies in the catalog.

    ``duplicate_of`` names another object, which the reader may not see: ``@scan`` says it
    to those who do.
    """

    def blocklisted_attributes(self):
        """Return names of the catalog's columns."""
        return {"duplicate_of"}
