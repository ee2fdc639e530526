"""The jobs of a site, kept in the ZODB with the content that needs them."""

from BTrees.OOBTree import OOBTree
from eakte.jobs.interfaces import JobState
from persistent import Persistent
from zope.annotation.interfaces import IAnnotations

import secrets


KEY = "eakte.jobs"
FAILURES = 5
"""After so many failures in a row a job is given up."""

LOSSES = 30
"""After so many killed workers in a row, none of which got a step further, too."""

BACK_OFF = 10.0
"""Seconds to wait after the first failure; each further one waits four times that."""

LEASE = 900.0
"""Seconds for which a claim holds without a sign of life. Only needed when nobody can
tell whether the worker lives (it runs on another machine): the slowest single step,
a page, may take three minutes."""


class JobRecord(Persistent):
    """A job, a record of its own: whoever claims it, writes only here.

    ``place`` is its key among those that wait, ``claim`` names who has it; it has
    either, or none when it was given up.
    """

    place = None
    claim = ""
    lease = 0.0
    attempts = 0
    losses = 0
    again = False
    progress = (0, 0)
    error = ""

    def __init__(self, kind, uid, rank, asked):
        self.kind = kind
        self.uid = uid
        self.rank = int(rank)
        self.asked = asked

    @property
    def state(self):
        """Where it stands."""
        if self.place is not None:
            return JobState.WAITING
        return JobState.RUNNING if self.claim else JobState.FAILED


class Outbox(Persistent):
    """All jobs of a site that are not done.

    Requests put jobs in while workers take others out. Their keys never collide, and
    BTrees merge such changes, except when one side empties a bucket: that is what
    the entries with the lowest key are for, which nobody ever takes out.
    """

    LOWEST = ""
    LOWEST_PLACE = (0, 0.0, "")

    def __init__(self):
        self.jobs = OOBTree({self.LOWEST: None})
        self.waiting = OOBTree({self.LOWEST_PLACE: self.LOWEST})
        self.running = OOBTree({self.LOWEST: None})
        self.failed = OOBTree({self.LOWEST: None})

    def find(self, kind, uid):
        """Return the record, or None."""
        return self.jobs.get(f"{kind} {uid}")

    def put(self, kind, uid, rank, now):
        """Ask for a job; see ``IJobQueue.put``."""
        record = self.find(kind, uid)
        if record is None:
            record = self.jobs[f"{kind} {uid}"] = JobRecord(kind, uid, rank, now)
            self._queue(record, now)
        elif record.state is JobState.RUNNING:
            if not record.again:
                record.again = True
        elif record.attempts or record.state is JobState.FAILED:
            self.restart(record, now)

    def restart(self, record, now):
        """Forget the failures of a job that waits or was given up; it is due now."""
        record.attempts = record.losses = 0
        record.error = ""
        self._queue(record, now)

    def discard(self, record):
        """Forget a job that was given up, or waits."""
        self._take_out(record)
        del self.jobs[self._key(record)]

    def next_due(self):
        """Return when the next job is due (seconds since 1970), or None."""
        dues = []
        lowest = (1,)
        while (place := self._first_place(lowest)) is not None:
            dues.append(place[1])
            lowest = (place[0] + 1,)
        return min(dues, default=None)

    def claim(self, claim, now):
        """Give the first job that is due to the bearer of ``claim``; None: no job.

        :param claim: a word that nobody used before.
        """
        lowest = (1,)
        while (place := self._first_place(lowest)) is not None:
            if place[1] <= now:
                record = self.jobs[self.waiting[place]]
                self._take_out(record)
                record.claim = claim
                record.lease = now + LEASE
                self.running[self._key(record)] = claim
                return record
            lowest = (place[0] + 1,)
        return None

    def claimed(self, kind, uid, claim):
        """Return the record if the bearer of ``claim`` still has it, or None."""
        record = self.find(kind, uid)
        return record if record is not None and record.claim == claim else None

    def renew(self, record, now, progress):
        """Note a sign of life; a worker that was robbed conflicts here."""
        record.lease = now + LEASE
        record.losses = 0
        record.progress = progress

    def finish(self, record, now):
        """Forget a job that is done, unless it was asked for again meanwhile."""
        if record.again:
            self.put_back(record, now)
        else:
            self.discard(record)

    def put_back(self, record, now):
        """Let the rest of a job wait behind the others."""
        record.again = False
        record.attempts = 0
        record.error = ""
        self._queue(record, now)

    def fail(self, record, error, now):
        """Note a failure; return True when the job is given up.

        One that was asked for again meanwhile has something new to work on.
        """
        record.attempts = 0 if record.again else record.attempts + 1
        record.again = False
        record.error = error
        if record.attempts >= FAILURES:
            self._give_up(record)
            return True
        self._queue(record, now + BACK_OFF * 4 ** max(0, record.attempts - 1))
        return False

    def take_back(self, is_lost, now):
        """Let the jobs of killed workers wait again; return those given up.

        :param is_lost: ``is_lost(claim, lease)`` says whether the bearer is dead.
        """
        given_up = []
        for key in list(self.running.keys(min=" ")):
            record = self.jobs[key]
            if not is_lost(record.claim, record.lease):
                continue
            record.losses += 1
            if record.losses >= LOSSES:
                record.error = f"The worker ended {LOSSES} times while it had this job."
                self._give_up(record)
                given_up.append(record)
            else:
                self._queue(record, now)
        return given_up

    def records(self, state):
        """Yield the records in this state, those that wait next first."""
        if state is JobState.WAITING:
            keys = self.waiting.values(min=(1,))
        elif state is JobState.RUNNING:
            keys = self.running.keys(min=" ")
        else:
            keys = self.failed.keys(min=" ")
        for key in keys:
            yield self.jobs[key]

    def counts(self):
        """Return the number of jobs in each state."""
        return {
            JobState.WAITING: len(self.waiting) - 1,
            JobState.RUNNING: len(self.running) - 1,
            JobState.FAILED: len(self.failed) - 1,
        }

    def _key(self, record):
        return f"{record.kind} {record.uid}"

    def _first_place(self, lowest):
        try:
            return self.waiting.minKey(lowest)
        except ValueError:
            return None

    def _queue(self, record, due):
        self._take_out(record)
        record.place = (record.rank, due, secrets.token_hex(4))
        self.waiting[record.place] = self._key(record)

    def _give_up(self, record):
        self._take_out(record)
        self.failed[self._key(record)] = record.error

    def _take_out(self, record):
        state = record.state
        if state is JobState.WAITING:
            del self.waiting[record.place]
            record.place = None
        elif state is JobState.RUNNING:
            del self.running[self._key(record)]
            record.claim = ""
        elif self._key(record) in self.failed:
            del self.failed[self._key(record)]


def outbox_of(site):
    """Return the site's outbox, or None as long as nobody asked for a job."""
    return IAnnotations(site).get(KEY)


def make_outbox(site):
    """Return the site's outbox; make it when there is none yet."""
    annotations = IAnnotations(site)
    if KEY not in annotations:
        annotations[KEY] = Outbox()
    return annotations[KEY]
