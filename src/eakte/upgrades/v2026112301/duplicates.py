"""Letters are flagged anew whose flag may name one that was hidden since.

A flag was set when the letter came. That a case file was closed to somebody later, or
that the other letter was filed in such a one, changed no flag in former versions.
"""

from eakte import _
from eakte.access.closures import closures
from eakte.capture.duplicates import flag_others
from eakte.capture.duplicates import hashes_in
from eakte.jobs.interfaces import IJobHandler
from eakte.jobs.interfaces import IJobQueue
from eakte.jobs.interfaces import Outcome
from eakte.jobs.interfaces import Rank
from functools import partial
from plone.app.uuid.utils import uuidToObject
from zope.component import getUtility
from zope.interface import implementer


FLAG = "flag-duplicates"
"""Name of the job."""

PIECE = 100
"""Hashes of one transaction: so many letters and their duplicates are woken at most."""


def upgrade(setup_tool):
    """Ask for a job for each closed case file; again changes nothing."""
    book = closures()
    queue = getUtility(IJobQueue)
    for uid in book.case_files() if book is not None else ():
        queue.put(FLAG, uid)


@implementer(IJobHandler)
class FlagDuplicates:
    """Flags the letters anew that have the bytes of one in the case file.

    A flag that is right is not written, so it may begin anew at any time.
    """

    rank = Rank.SOON
    title = _("Flag duplicates anew")

    def do(self, workplace, uid):
        """Flag them, piece by piece."""
        hashes = workplace.read(partial(hashes_of, uid=uid))
        for begin in range(0, len(hashes), PIECE):
            if workplace.stopping:
                return Outcome.GO_ON
            piece = hashes[begin : begin + PIECE]
            done = begin + len(piece), len(hashes)
            workplace.store(partial(flag, hashes=piece), progress=done)
        return Outcome.DONE

    def give_up(self, site, uid, reason):
        """Nothing stands on the case file: the failed job says it to whoever looks after
        the jobs. Who may not see a letter is not led to it by the flag.
        """


def hashes_of(site, uid):
    """Return the SHA-256 of the letters in the case file, in order; none of one gone."""
    case_file = uuidToObject(uid, unrestricted=True)
    return [] if case_file is None else sorted(hashes_in(case_file))


def flag(site, hashes):
    """Flag the letters outside with these hashes anew."""
    flag_others(hashes)
