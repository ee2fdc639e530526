"""What a result tells of its letters now: a case file may have been closed since."""

from eakte import _
from eakte.mailitem.filing import case_file_seen
from eakte.mailitem.many import NOT_YOURS
from eakte.mailitem.manyinterfaces import IClosedAmong
from eakte.mailitem.manyinterfaces import Outcome
from plone import api
from zope.component import getUtility


NO_CASE_FILE = _("There is no such case file, or you may not see it.")


class Told:
    """What the user may know of a batch now; what was closed since is not named.

    ``seen`` has the catalog's letters by UID, ``said`` what was said with the verb.
    """

    def __init__(self, batch):
        uids = [each.uid for each in batch.chosen]
        wanted = batch.said.get("case_file")
        target = case_file_seen(wanted) if wanted else None
        places = [(uid, target.UID if target is not None else "") for uid in uids]
        person = api.user.get_current().getId()
        self._batch = batch
        self._closed = getUtility(IClosedAmong)(places, person)
        # One that never was answers like one that is closed: nobody learns which.
        self._target_is_seen = not wanted or (
            target is not None and target.UID not in self._closed
        )
        catalog = api.portal.get_tool("portal_catalog")
        brains = catalog(UID=uids) if uids else ()
        self.seen = {b.UID: b for b in brains if b.UID not in self._closed}

    @property
    def said(self):
        if self._target_is_seen:
            return self._batch.said
        return {k: v for k, v in self._batch.said.items() if k != "case_file"}

    def number(self, uid):
        """Return the letter's number; empty when it must not be named."""
        if uid in self.seen:
            return self.seen[uid].number
        result = self._batch.results.get(uid)
        if result is None or uid in self._closed or not self._target_is_seen:
            return ""
        return result.number

    def reasons(self, uid):
        """Return why the letter was refused; they may name where it was to go."""
        result = self._batch.results.get(uid)
        if result is None:
            return ()
        if uid in self._closed:
            return (NOT_YOURS,)
        if result.outcome == Outcome.REFUSED and not self._target_is_seen:
            return (NO_CASE_FILE,) if uid in self.seen else (NOT_YOURS,)
        return result.reasons
