"""A personal letter comes to an end, and a letter that is done says itself who sees it.

Before, it was seen by whoever sees what it lies in: by many outside a case file.
"""

from eakte import _
from eakte.jobs.interfaces import IJobHandler
from eakte.jobs.interfaces import IJobQueue
from eakte.jobs.interfaces import Outcome
from eakte.jobs.interfaces import Rank
from eakte.mailitem.states import State
from eakte.mailitem.store import mail_store
from functools import partial
from plone import api
from plone.app.uuid.utils import uuidToObject
from plone.uuid.interfaces import IUUID
from zope.component import getUtility
from zope.interface import implementer


JOB = "say-who-sees-done-letters"
"""Name of the job."""

PIECE = 200
"""Letters of one transaction."""


def upgrade(setup_tool):
    """Take the workflow over; again changes nothing.

    Letters outside a case file, which there are none of by rights, follow at once. In a
    case file the same people see them before and after, so these follow by a job.
    """
    setup_tool.runImportStepFromProfile("eakte:default", "workflow", False)
    store = mail_store()
    follow(uids_of_done("/".join(store.getPhysicalPath())))
    if uids_of_done():
        getUtility(IJobQueue).put(JOB, IUUID(store))


@implementer(IJobHandler)
class SayWhoSees:
    """Lets each letter that is done say itself who sees it.

    One that does so is not written, so it may begin anew at any time.
    """

    rank = Rank.LATER
    title = _("Let each letter that is done say who sees it")

    def do(self, workplace, uid):
        """Go through the letters, piece by piece."""
        uids = workplace.read(lambda site: uids_of_done())
        for begin in range(0, len(uids), PIECE):
            if workplace.stopping:
                return Outcome.GO_ON
            piece = uids[begin : begin + PIECE]
            done = begin + len(piece), len(uids)
            workplace.store(lambda site, uids=piece: follow(uids), progress=done)
        return Outcome.DONE

    def give_up(self, site, uid, reason):
        """Nothing stands on the letters: they are seen by the same people as before."""


def uids_of_done(path=None):
    """Return the UIDs of the letters that are done, in order.

    :param path: only of those that lie below it.
    """
    catalog = api.portal.get_tool("portal_catalog")
    query = {"path": path} if path else {}
    brains = catalog.unrestrictedSearchResults(
        portal_type="mail_item", review_state=str(State.DONE), **query
    )
    return sorted(brain.UID for brain in brains)


def follow(uids):
    """Let these letters say who sees them as the workflow does now."""
    workflow = api.portal.get_tool("portal_workflow")["mail_item_workflow"]
    for letter in filter(None, map(partial(uuidToObject, unrestricted=True), uids)):
        if workflow.updateRoleMappingsFor(letter):
            letter.reindexObjectSecurity()
