"""Takes jobs from the outboxes and has them done."""

from contextlib import suppress
from eakte.jobs.bell import BELL
from eakte.jobs.daily import put_due
from eakte.jobs.interfaces import IJobHandler
from eakte.jobs.interfaces import Outcome
from eakte.jobs.outbox import outbox_of
from eakte.jobs.presence import Presence
from eakte.jobs.queue import as_job
from eakte.jobs.transactions import site_ids
from eakte.jobs.transactions import transact
from eakte.jobs.workplace import ClaimLost
from eakte.jobs.workplace import Workplace
from functools import partial
from zope.component import getUtility
from zope.component import queryUtility

import logging
import secrets
import shutil
import threading
import time


logger = logging.getLogger("eakte.jobs")

SWEEP = 30.0
"""Seconds between two looks for what no bell announced: jobs of killed workers, and
those that another process put."""


class Worker:
    """Does the jobs of all sites of a database, in threads of this process.

    The threads mostly wait: the work itself is done by child processes of the
    handlers. Killed at any moment, the jobs it had are taken by the next one.

    :param folder: for work in progress.
    :param threads: how many jobs are worked on at once.
    :param clock: returns the seconds since 1970.
    """

    def __init__(self, db, folder, threads=2, clock=time.time):
        self._db = db
        self._clock = clock
        self._presence = Presence(folder)
        self._claims = set()
        self._stopping = threading.Event()
        self._sweeping = threading.Lock()
        self._swept = float("-inf")
        self._threads = [
            threading.Thread(target=self._work, name=f"eakte-worker-{n}", daemon=True)
            for n in range(1, threads + 1)
        ]

    def start(self):
        """Begin to work; returns at once."""
        for thread in self._threads:
            thread.start()

    def stop(self, seconds=5.0):
        """Let the handlers hand back what is done, and end.

        :param seconds: wait no longer than this; then it ends like a killed one.
        """
        self._stopping.set()
        BELL.ring()
        until = time.monotonic() + seconds
        for thread in self._threads:
            if thread.is_alive():
                thread.join(max(0.0, until - time.monotonic()))
        if not any(thread.is_alive() for thread in self._threads):
            self._presence.leave()

    def _work(self):
        while not self._stopping.is_set():
            heard = BELL.rings
            try:
                self.sweep_if_time()
                found, seconds = self.work_once()
            except Exception:
                if self._stopping.is_set():
                    return
                logger.exception("The worker could not take a job; it tries again.")
                found, seconds = False, SWEEP
            if not found:
                BELL.wait(heard, seconds)

    def sweep_if_time(self):
        """Take back the jobs of dead workers, at the start and every ``SWEEP``."""
        if not self._sweeping.acquire(blocking=False):
            return
        try:
            if time.monotonic() - self._swept >= SWEEP:
                self.sweep()
                self.ask_for_daily_work()
                self._swept = time.monotonic()
        finally:
            self._sweeping.release()

    def sweep(self):
        """Take back the jobs of dead workers, and remove what they left."""
        for site_id in transact(self._db, site_ids, commit=False):
            transact(self._db, self._take_back, site_id=site_id)
        self._presence.clear_up()

    def ask_for_daily_work(self):
        """Put the jobs of the day into the outbox, once a day."""
        for site_id in transact(self._db, site_ids, commit=False):
            transact(self._db, put_due, site_id=site_id)

    def work_once(self):
        """Do the next job that is due.

        :returns: ``(found, seconds)``: whether there was one, and how long to wait
            when there was none.
        """
        claim = f"{self._presence.name}.{secrets.token_hex(8)}"
        self._claims.add(claim)
        try:
            seconds = SWEEP
            for site_id in transact(self._db, site_ids, commit=False):
                due = transact(self._db, _next_due, site_id=site_id, commit=False)
                if due is None:
                    continue
                if due > self._clock():
                    seconds = min(seconds, due - self._clock())
                    continue
                job = transact(self._db, partial(self._claim, claim), site_id=site_id)
                if job is not None:
                    self._do(site_id, job, claim)
                    return True, 0.0
            return False, seconds
        finally:
            self._claims.discard(claim)

    def _claim(self, claim, site):
        record = outbox_of(site).claim(claim, self._clock())
        return record and as_job(record)

    def _do(self, site_id, job, claim):
        folder = self._presence.folder / claim.rpartition(".")[2]
        folder.mkdir()
        place = Workplace(
            self._db, site_id, job, claim, folder, self._clock, self._stopping.is_set
        )
        try:
            outcome = getUtility(IJobHandler, job.kind).do(place, job.uid)
            place.settle(partial(self._settle, outcome))
        except ClaimLost:
            logger.warning("%s %s: another worker has it now.", job.kind, job.uid)
        except Exception as reason:
            # On the way out everything breaks; the next start takes the job.
            if not self._stopping.is_set():
                logger.exception("%s %s failed.", job.kind, job.uid)
                with suppress(ClaimLost):
                    place.settle(partial(self._fail, reason))
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _settle(self, outcome, site, outbox, record):
        if outcome is Outcome.GO_ON:
            outbox.put_back(record, self._clock())
        else:
            outbox.finish(record, self._clock())

    def _fail(self, reason, site, outbox, record):
        error = f"{type(reason).__name__}: {reason}"
        if outbox.fail(record, error, self._clock()):
            _give_up(site, record, reason)

    def _take_back(self, site):
        outbox = outbox_of(site)
        if outbox is not None:
            for record in outbox.take_back(self._is_lost, self._clock()):
                _give_up(site, record, RuntimeError(record.error))

    def _is_lost(self, claim, lease):
        name = claim.partition(".")[0]
        if name == self._presence.name:
            return claim not in self._claims
        if self._presence.knows(name):
            return self._presence.knows_dead(name)
        return lease < self._clock()


def _next_due(site):
    outbox = outbox_of(site)
    return None if outbox is None else outbox.next_due()


def _give_up(site, record, reason):
    logger.error("%s %s was given up: %s", record.kind, record.uid, record.error)
    handler = queryUtility(IJobHandler, record.kind)
    if handler is not None:
        handler.give_up(site, record.uid, reason)


def run_pending(db, folder, clock=time.time):
    """Do all jobs that are due, in a thread of their own, and return how many.

    For tests and scripts: the caller's own connection, site and transaction are left
    alone; it sees the results after its next ``transaction.begin()``.
    """
    done = []

    def work():
        worker = Worker(db, folder, threads=0, clock=clock)
        worker.sweep()
        while worker.work_once()[0]:
            done.append(1)
        worker.stop()

    thread = threading.Thread(target=work, name="eakte-run-pending")
    thread.start()
    thread.join()
    return len(done)
