from eakte import _
from eakte.casefile.content import ICaseFile
from eakte.casefile.interfaces import Blocker
from eakte.casefile.interfaces import IClosingRule
from eakte.document.states import State
from plone import api
from zope.component import adapter
from zope.interface import implementer


@implementer(IClosingRule)
@adapter(ICaseFile)
class NothingInWork:
    """A document that somebody works on keeps its case file open."""

    def __init__(self, case_file):
        self.case_file = case_file

    def blockers(self):
        brains = api.portal.get_tool("portal_catalog").unrestrictedSearchResults(
            portal_type="case_document",
            review_state=[State.RECEIVED, State.IN_WORK],
            path="/".join(self.case_file.getPhysicalPath()),
        )
        for brain in brains:
            yield Blocker(
                _(
                    "The document “${title}” is not settled. Settle it first.",
                    mapping={"title": brain.Title},
                ),
                brain._unrestrictedGetObject(),
            )
