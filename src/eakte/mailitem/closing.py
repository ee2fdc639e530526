from eakte import _
from eakte.casefile.content import ICaseFile
from eakte.casefile.interfaces import Blocker
from eakte.casefile.interfaces import IClosingRule
from eakte.mailitem.states import State
from plone import api
from zope.component import adapter
from zope.interface import implementer


@implementer(IClosingRule)
@adapter(ICaseFile)
class NoOpenMail:
    """A letter that is filed but not settled keeps its case file open."""

    def __init__(self, case_file):
        self.case_file = case_file

    def blockers(self):
        brains = api.portal.get_tool("portal_catalog").unrestrictedSearchResults(
            portal_type="mail_item",
            review_state=[state for state in State if state != State.DONE],
            path="/".join(self.case_file.getPhysicalPath()),
        )
        for brain in brains:
            yield Blocker(
                _(
                    "The letter ${number} “${title}” is not settled. Settle it first.",
                    mapping={"number": brain.number, "title": brain.Title},
                ),
                brain._unrestrictedGetObject(),
            )
