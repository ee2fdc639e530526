"""Where a handler works on one job."""

from eakte.jobs.interfaces import IWorkplace
from eakte.jobs.outbox import outbox_of
from eakte.jobs.transactions import transact
from zope.interface import implementer


class ClaimLost(Exception):
    """Another worker has the job now; nothing was stored."""


@implementer(IWorkplace)
class Workplace:
    """One job in the hands of one worker.

    :param claim: the word with which the job was claimed.
    :param folder: made already, and empty.
    :param is_stopping: called to learn whether the worker is to end.
    """

    def __init__(self, db, site_id, job, claim, folder, clock, is_stopping):
        self._db = db
        self._site_id = site_id
        self._job = job
        self._claim = claim
        self._clock = clock
        self._is_stopping = is_stopping
        self.folder = folder

    @property
    def stopping(self):
        """True when the worker is to end."""
        return self._is_stopping()

    def read(self, verb):
        """Return ``verb(site)``; nothing is committed."""
        return transact(self._db, verb, site_id=self._site_id, commit=False)

    def store(self, verb, progress=(0, 0)):
        """Return ``verb(site)`` and commit it, if the job is still ours."""

        def store(site):
            outbox = outbox_of(site)
            outbox.renew(self._claimed(outbox), self._clock(), progress)
            return verb(site)

        return transact(self._db, store, site_id=self._site_id)

    def settle(self, verb):
        """Call ``verb(site, outbox, record)`` and commit: the job leaves our hands."""

        def settle(site):
            outbox = outbox_of(site)
            return verb(site, outbox, self._claimed(outbox))

        return transact(self._db, settle, site_id=self._site_id)

    def _claimed(self, outbox):
        record = outbox.claimed(self._job.kind, self._job.uid, self._claim)
        if record is None:
            raise ClaimLost(f"{self._job.kind} {self._job.uid}")
        return record
