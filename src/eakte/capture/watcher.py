"""Takes in what the scanner drops into the watched folder."""

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from eakte.capture import ledger
from eakte.capture.folders import alone
from eakte.capture.folders import as_source
from eakte.capture.folders import Folders
from eakte.capture.folders import intake_folder
from eakte.capture.folders import MAILROOM
from eakte.capture.intake import take_in
from eakte.capture.interfaces import Door
from eakte.capture.interfaces import IIntakeSettings
from eakte.capture.settling import open_for_writing
from eakte.capture.settling import Stillness
from eakte.capture.staging import another_name
from eakte.capture.staging import clear_up
from eakte.capture.staging import staged
from eakte.clock import HOUSE
from eakte.clock import today
from eakte.jobs.rounds import Rounds
from eakte.jobs.transactions import site_ids
from eakte.jobs.transactions import transact
from eakte.mailitem.store import STORE_ID
from eakte.org.interfaces import IOffice
from plone.registry.interfaces import IRegistry
from plone.uuid.interfaces import IUUID
from zope.component import getUtility

import atexit
import errno
import logging
import os
import time


logger = logging.getLogger("eakte.capture")

BACK_OFF = 10.0
"""Seconds until a file that could not be taken in is tried again; doubled each time."""

LONGEST_BACK_OFF = 600.0

PAUSE = 30.0
"""Seconds to wait when the folder or the database cannot be reached."""


@dataclass(frozen=True)
class Plan:
    """What a look through the folder must know of the site."""

    teams: frozenset
    poll: float
    """Seconds between two looks, and how long a file, or an empty one, must rest."""
    settle: float
    settle_empty: float
    keep_days: int
    """How long the files that were taken in stay aside; 0: for ever."""
    remembered: frozenset
    """Keys of files that are taken in but perhaps not moved aside."""
    outdated: frozenset
    """Those of them that nobody has seen for long."""


class Changed(Exception):
    """The file changed while it was read; it is not complete yet."""


class Watcher(Rounds):
    """Looks through the watched folder again and again, without any help of the kernel.

    So it works on a disk of the network too. Each file is a transaction of its own; one
    that cannot be taken in stays where it is and does not hold up the others.

    :param db: the ``ZODB.DB``.
    :param root: the watched folder.
    :param clock: returns seconds that never go back.
    """

    def __init__(self, db, root, clock=time.monotonic):
        super().__init__("eakte-intake", after_failure=PAUSE)
        self._db = db
        self._root = root
        self._clock = clock
        self._folders = Folders(root)
        self._stillness = Stillness(clock)
        self._failures = {}
        self._poll = 0.0

    def look(self):
        """Take in what lies there, up to the file in hand when it is to end."""
        self.sweep()
        return self._poll or PAUSE

    def sweep(self):
        """Look through the folder once and return how many files were taken in."""
        site_id = transact(self._db, _site_with_mail, commit=False)
        if site_id is None:
            return 0
        with alone(self._root) as nobody_else:
            if not nobody_else:
                return 0
            plan = transact(self._db, _read_plan, site_id=site_id, commit=False)
            self._poll = plan.poll
            return self._sweep(site_id, plan)

    def _sweep(self, site_id, plan):
        clear_up()
        self._folders.prepare(plan.teams)
        self._folders.forget(plan.keep_days)
        present = self._folders.sources(plan.teams)
        taken, done = 0, set()
        for source in self._due(present, plan):
            if self.stopping:
                break
            try:
                is_new, key = self._take(site_id, plan, source)
            except Changed:
                continue
            except Exception:
                # One file must not stop the others; it is tried again later.
                self._note_failure(source)
                continue
            self._failures.pop(source, None)
            taken += is_new
            done.add(key)
        still_there = {source.key("")[:-1] for source in present}
        done |= {key for key in plan.outdated if key[:-1] not in still_there}
        if done:
            transact(self._db, lambda site: ledger.forget(site, done), site_id=site_id)
        return taken

    def _due(self, present, plan):
        """Return the files to take in now."""
        self._failures = {s: f for s, f in self._failures.items() if s in present}
        now = self._clock()
        candidates = [
            source
            for source in self._stillness.settled(
                present, plan.settle, plan.settle_empty
            )
            if self._failures.get(source, (0, now))[1] <= now
        ]
        if not candidates:
            return []
        being_written = open_for_writing(self._root)
        root = self._root.resolve()
        return [
            source
            for source in candidates
            if root / source.folder / source.name not in being_written
        ]

    def _take(self, site_id, plan, source):
        """Take in a file and move it aside; return ``(is new, key in the ledger)``."""
        path = self._folders.path(source)
        with _opened(path, source) as (file, received), staged(file) as ours:
            _refuse_if_changed(file.fileno(), source)
            key = source.key(ours.sha256)
            is_new = key not in plan.remembered
            if is_new:
                transact(
                    self._db,
                    lambda site: _take_in(site, source, ours, received),
                    site_id=site_id,
                )
            else:
                logger.info("Intake: %s is taken in already.", path)
        self._folders.move_aside(source)
        return is_new, key

    def _note_failure(self, source):
        failures = self._failures.get(source, (0, 0.0))[0] + 1
        pause = min(BACK_OFF * 2 ** (failures - 1), LONGEST_BACK_OFF)
        self._failures[source] = (failures, self._clock() + pause)
        logger.exception(
            "Intake: %s/%s could not be taken in; it stays there and is tried again "
            "in %d seconds.",
            source.folder,
            source.name,
            pause,
        )


@contextmanager
def _opened(path, source):
    """Open the very file that was seen, and nothing that took its name since.

    Gives ``(file, day on which it came into the folder)``: that day counts as the day
    of receipt, for the server may have been down since.
    """
    try:
        number = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        if error.errno in (errno.ENOENT, errno.ELOOP):
            raise Changed(path) from error
        raise
    with os.fdopen(number, "rb") as file:
        _refuse_if_changed(number, source)
        came = datetime.fromtimestamp(os.fstat(number).st_ctime, HOUSE).date()
        yield file, min(came, today())


def _refuse_if_changed(number, source):
    if as_source(os.fstat(number), source.folder, source.name) != source:
        raise Changed(source.name)


def _take_in(site, source, ours, received):
    item = take_in(
        another_name(ours.path),
        file_name=source.name,
        door=Door.FOLDER,
        team=None if source.folder == MAILROOM else source.folder,
        received=received,
        sha256=ours.sha256,
    )
    ledger.note(site, source, ours.sha256, IUUID(item))


def _site_with_mail(app):
    """Return the id of the first site that takes in mail, or None."""
    return next((each for each in site_ids(app) if STORE_ID in app[each]), None)


def _read_plan(site):
    settings = getUtility(IRegistry).forInterface(IIntakeSettings, check=False)
    return Plan(
        teams=frozenset(team.id for team in getUtility(IOffice).teams()),
        poll=settings.poll_seconds,
        settle=settings.settle_seconds,
        settle_empty=settings.settle_empty_seconds,
        keep_days=settings.keep_days,
        remembered=frozenset(ledger.ledger_of(site) or ()),
        outdated=frozenset(ledger.outdated(site)),
    )


def start_with_server(event):
    """Watch the folder in the process that does the house's work."""
    watcher = Watcher(event.db, intake_folder())
    watcher.start()
    atexit.register(watcher.stop)
