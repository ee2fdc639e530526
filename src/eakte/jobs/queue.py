"""Asking for jobs, and looking after them, in the site at hand."""

from datetime import datetime
from datetime import UTC
from eakte.jobs.bell import ring_if_committed
from eakte.jobs.interfaces import IJobHandler
from eakte.jobs.interfaces import IJobQueue
from eakte.jobs.interfaces import IJobs
from eakte.jobs.interfaces import Job
from eakte.jobs.interfaces import JobState
from eakte.jobs.outbox import make_outbox
from eakte.jobs.outbox import outbox_of
from itertools import islice
from zope.component import getUtility
from zope.component.hooks import getSite
from zope.interface import implementer

import time
import transaction


@implementer(IJobQueue)
class JobQueue:
    """The outbox of the site at hand, as those see it who need something done."""

    def put(self, kind, uid):
        """Ask for a job; it is committed with the transaction in hand."""
        rank = getUtility(IJobHandler, kind).rank
        make_outbox(getSite()).put(kind, uid, rank, time.time())
        transaction.get().addAfterCommitHook(ring_if_committed)


@implementer(IJobs)
class Jobs:
    """The outbox of the site at hand, as those see it who look after the jobs."""

    def counts(self):
        """Return how many jobs there are of each state."""
        outbox = outbox_of(getSite())
        return dict.fromkeys(JobState, 0) if outbox is None else outbox.counts()

    def waiting(self, limit=100):
        """Return the jobs that wait, next first."""
        return self._jobs(JobState.WAITING, limit)

    def running(self):
        """Return the jobs that are being worked on."""
        return self._jobs(JobState.RUNNING)

    def failed(self, limit=100):
        """Return the jobs that were given up."""
        return self._jobs(JobState.FAILED, limit)

    def find(self, kind, uid):
        """Return the job, or None."""
        record = self._record(kind, uid)
        return record and as_job(record)

    def retry(self, job):
        """Give a job that failed a new start."""
        record = self._record(job.kind, job.uid)
        if record is not None and record.state is not JobState.RUNNING:
            outbox_of(getSite()).restart(record, time.time())
            transaction.get().addAfterCommitHook(ring_if_committed)

    def discard(self, job):
        """Forget a job that was given up."""
        record = self._record(job.kind, job.uid)
        if record is not None and record.state is JobState.FAILED:
            outbox_of(getSite()).discard(record)

    def _record(self, kind, uid):
        outbox = outbox_of(getSite())
        return None if outbox is None else outbox.find(kind, uid)

    def _jobs(self, state, limit=None):
        outbox = outbox_of(getSite())
        if outbox is None:
            return []
        return [as_job(record) for record in islice(outbox.records(state), limit)]


def as_job(record):
    """Return the record as a plain value that outlives its transaction."""
    due = record.place[1] if record.place else record.asked
    return Job(
        kind=record.kind,
        uid=record.uid,
        state=record.state,
        asked=datetime.fromtimestamp(record.asked, UTC),
        due=datetime.fromtimestamp(due, UTC),
        attempts=record.attempts,
        progress=record.progress,
        error=record.error,
    )
