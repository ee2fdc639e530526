"""A server that can be killed: Zope is loaded once, each start is a fork of it.

Reads commands from standard input, one a line, and answers each with a line of JSON:

``found F`` found an office in the folder ``F``; the other commands are about it
``start``   start the intake and the worker; answers ``{"pid": …}``
``die M``   the same, but it kills itself at the moment ``M``, see ``MOMENTS``
``wait``    wait until the one that was started has ended; ``{"signal": …}``
``finish``  start again, until nothing is left to do
``report``  tell what is in the database, see ``report``
"""

from datetime import datetime
from datetime import UTC
from eakte.capture import watcher
from eakte.capture.folders import intake_folder
from eakte.capture.interfaces import IIntakeSettings
from eakte.capture.watcher import Watcher
from eakte.jobs.interfaces import IJobs
from eakte.jobs.interfaces import JobState
from eakte.jobs.server import work_folder
from eakte.jobs.transactions import transact
from eakte.jobs.worker import Worker
from eakte.mailitem.store import mail_store
from eakte.scans.facts import facts_of
from eakte.scans.interfaces import IScanPages
from eakte.testing import EAKTE_FIXTURE
from functools import partial
from pathlib import Path
from plone.registry.interfaces import IRegistry
from ZODB.DB import DB
from ZODB.FileStorage import FileStorage
from zope.component import getUtility

import json
import logging
import os
import signal
import sys
import tempfile
import time
import traceback
import transaction


SITE = "plone"

ENDED = ("done", "failed")

LONGEST = 120.0
"""Seconds after which the last start counts as one that never ends."""


def load():
    """Load Zope, the product and the small office."""
    for layer in reversed(EAKTE_FIXTURE.baseResolutionOrder):
        layer.setUp()


def found(folder):
    """Put the small office into a database on disk."""
    with tempfile.TemporaryFile() as export:
        source = EAKTE_FIXTURE["zodbDB"].open()
        source.exportFile(source.root()["Application"]._p_oid, export)
        source.close()
        export.seek(0)
        database = open_database(folder)
        connection = database.open()
        connection.root()["Application"] = connection.importFile(export)
        transaction.commit()
        connection.close()
    transact(database, _be_quick, site_id=SITE)
    database.close()


def open_database(folder):
    return DB(
        FileStorage(str(folder / "Data.fs"), blob_dir=str(folder / "blobs")),
        cache_size=30000,
    )


def _be_quick(site):
    settings = getUtility(IRegistry).forInterface(IIntakeSettings)
    settings.settle_seconds = settings.settle_empty_seconds = 0.0
    settings.poll_seconds = 0.1


def forked(work):
    """Do the work in a process of its own and return its id."""
    sys.stdout.flush()
    pid = os.fork()
    if pid:
        return pid
    try:
        work()
        os._exit(0)
    except BaseException:
        traceback.print_exc()
        os._exit(1)


def die():
    os.kill(os.getpid(), signal.SIGKILL)


MOMENTS = {
    "before-commit": (watcher.ledger, "note"),
    "after-commit": (watcher.Folders, "move_aside"),
    "after-move": (watcher.ledger, "forget"),
    "while-copying": (watcher, "as_source"),
}
"""Moment -> the function of the intake in whose place the process dies."""


def serve_until(folder, moment):
    """Serve, and be killed at the moment."""
    setattr(*MOMENTS[moment], lambda *args: die())
    serve(folder)


def serve(folder, until_done=False):
    """Take in and recognise, as the server does."""
    database = open_database(folder)
    intake = Watcher(database, intake_folder())
    worker = Worker(database, work_folder())
    worker.start()
    intake.start()
    until = time.monotonic() + LONGEST
    while not (until_done and is_done(database)):
        if until_done and time.monotonic() > until:
            raise TimeoutError("The work does not end.")
        time.sleep(0.2)
    intake.stop()
    worker.stop()
    database.close()


def is_done(database):
    """Say whether nothing lies in the folder and no job is left."""
    if any(path.is_file() for path in intake_folder().glob("*/*")):
        return False
    return transact(
        database,
        lambda site: not sum(jobs_left().values()),
        site_id=SITE,
        commit=False,
    )


def jobs_left():
    """Return how many jobs there are of each state.

    Without those that wait for their hour, such as the mail of the morning.
    """
    jobs = getUtility(IJobs)
    now = datetime.now(UTC)
    waiting = [job for job in jobs.waiting() if job.attempts or job.due <= now]
    return jobs.counts() | {JobState.WAITING: len(waiting)}


def report(folder, target):
    """Write what is in the database.

    ``endings`` counts for each mail item how often its recognition ended, from the
    history of the database.
    """
    database = open_database(folder)

    def look(site):
        letters = []
        for item in mail_store().objectValues():
            scan = IScanPages(item)
            letters.append(
                {
                    "number": item.number,
                    "sha256": scan.sha256,
                    "status": str(scan.status),
                    "problem": scan.problem,
                    "pages_done": scan.pages_done,
                    "page_count": scan.page_count,
                    "duplicate_of": scan.duplicate_of,
                    "endings": _endings(database, facts_of(item)),
                }
            )
        jobs = {str(state): n for state, n in jobs_left().items()}
        return {"letters": letters, "jobs": jobs}

    result = transact(database, look, site_id=SITE, commit=False)
    target.write_text(json.dumps(result))
    database.close()


def _endings(database, facts):
    statuses = []
    for revision in reversed(database.history(facts._p_oid, size=1000)):
        connection = database.open(transaction.TransactionManager(), at=revision["tid"])
        statuses.append(str(connection.get(facts._p_oid).status))
        connection.close()
    before = ["", *statuses]
    return sum(
        now in ENDED and then not in ENDED
        for then, now in zip(before, statuses, strict=False)
    )


def main():
    load()
    print(json.dumps("ready"), flush=True)
    folder = pid = None
    for line in sys.stdin:
        match line.strip():
            case command if command.startswith("found "):
                folder = Path(command.removeprefix("found "))
                os.environ["EAKTE_VAR"] = str(folder / "var")
                (folder / "var").mkdir()
                found(folder)
                log = folder / "log"
                logging.basicConfig(filename=log, level=logging.INFO, force=True)
                answer = "founded"
            case "start":
                pid = forked(partial(serve, folder))
                answer = {"pid": pid}
            case command if command.startswith("die "):
                moment = command.removeprefix("die ")
                pid = forked(partial(serve_until, folder, moment))
                answer = {"pid": pid}
            case "wait":
                answer = {"signal": os.WTERMSIG(os.waitpid(pid, 0)[1])}
            case "finish":
                status = os.waitpid(forked(partial(serve, folder, True)), 0)[1]
                answer = {"status": status}
            case "report":
                target = folder / "report.json"
                os.waitpid(forked(partial(report, folder, target)), 0)
                answer = json.loads(target.read_text())
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
