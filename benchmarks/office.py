"""The office that the bench works in: Plone, a FileStorage and blobs, as it is run."""

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from datetime import UTC
from eakte.capture.intake import take_in
from eakte.capture.interfaces import Door
from eakte.demo.founding import found_site
from eakte.demo.founding import LEAD
from eakte.demo.founding import SITE_ID
from eakte.jobs.interfaces import IJobs
from eakte.jobs.interfaces import JobState
from eakte.jobs.server import work_folder
from eakte.jobs.transactions import transact
from eakte.jobs.worker import Worker
from functools import partial
from pathlib import Path
from Testing.makerequest import makerequest
from webtest.http import StopableWSGIServer
from ZODB.DB import DB
from ZODB.FileStorage import FileStorage
from zope.component import getUtility
from zope.component.hooks import setSite
from Zope2.Startup.run import make_wsgi_app
from ZPublisher.HTTPResponse import HTTPResponse

import logging
import os
import shutil
import time
import transaction
import Zope2


OFFICE_FILES = Path(__file__).parents[1] / "instance" / "office"

# The first line as in profiles/base.cfg.
ZOPE_CONF = """
%import eakte.login
instancehome {folder}
clienthome {folder}
security-policy-implementation C
<zodb_db main>
    cache-size 30000
    mount-point /
    <blobstorage>
      blob-dir {folder}/blobs
      <filestorage>
        path {folder}/Data.fs
      </filestorage>
    </blobstorage>
</zodb_db>
"""

PATIENCE = 900.0
"""Seconds after which jobs count as stuck."""

LOOK = 0.05
"""Seconds between two looks whether the jobs are done."""


@dataclass(frozen=True)
class Office:
    """A site on disk.

    :param folder: holds ``Data.fs`` and ``blobs``.
    :param person: id of somebody who may read the letters of the mailroom.
    """

    db: DB
    folder: Path
    site_id: str = SITE_ID
    person: str = LEAD

    def store(self, verb):
        """Return ``verb(site)`` and commit, with all rights."""
        return transact(self.db, verb, site_id=self.site_id)

    def read(self, verb):
        """Return ``verb(site)``; nothing is committed."""
        return transact(self.db, verb, site_id=self.site_id, commit=False)

    def receive(self, path, name=None):
        """Take in the file, as the watched folder does, and return the letter's UID."""
        path = Path(path)
        verb = partial(_receive, path=path, name=name or path.name)
        return self.store(lambda site: verb())

    def worker(self, threads=2):
        """Return a worker for the office's jobs; it is not started."""
        return Worker(self.db, work_folder(), threads=threads)

    @contextmanager
    def at_work(self, threads=2):
        """Have the jobs done while the block lasts."""
        worker = self.worker(threads)
        worker.start()
        try:
            yield
        finally:
            worker.stop()

    def wait_until_done(self):
        """Return when no job is left.

        :raises RuntimeError: a job was given up, or they do not end.
        """
        until = time.monotonic() + PATIENCE
        while any(counts := self.read(_counts)):
            if counts[1] or time.monotonic() > until:
                raise RuntimeError(f"{counts[0]} jobs left, {counts[1]} given up.")
            time.sleep(LOOK)

    def stored_bytes(self):
        """Return what database and blobs take on disk."""
        blobs = (self.folder / "blobs").rglob("*.blob")
        size = (self.folder / "Data.fs").stat().st_size
        return size + sum(path.stat().st_size for path in blobs)

    def cookie(self):
        """Return ``(name, value)`` of the cookie with which the person is logged in."""
        return self.read(lambda site: _session(site, self.person))


def _receive(path, name):
    item = take_in(path, file_name=name, door=Door.FOLDER)
    return item.UID()


def _counts(site):
    """Return how many jobs are left, and how many were given up.

    What waits for its hour, such as the mail of the morning, is not left.
    """
    jobs = getUtility(IJobs)
    now = datetime.now(UTC)
    waiting = [job for job in jobs.waiting() if job.attempts or job.due <= now]
    return len(waiting) + len(jobs.running()), jobs.counts()[JobState.FAILED]


def _session(site, person):
    plugin = site.acl_users.session
    response = HTTPResponse()
    plugin._setupSession(person, response)
    name = plugin.cookie_name
    return name, response.cookies[name]["value"].decode()


def start_zope(folder):
    """Start Zope with an empty database in the folder and return its WSGI application."""
    logging.disable(logging.WARNING)
    for name in ("blobs", "var", "etc"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    os.environ["EAKTE_VAR"] = str(folder / "var")
    os.environ.setdefault("zope_i18n_allowed_languages", "de en")
    conf = folder / "etc" / "zope.conf"
    conf.write_text(ZOPE_CONF.format(folder=folder))
    return make_wsgi_app({}, str(conf))


def found_office(folder):
    """Found the demo's office, without its letters, in the Zope that was started."""
    app = makerequest(Zope2.app())
    try:
        found_site(app, OFFICE_FILES, "Auental-2026")
    finally:
        setSite(None)
        transaction.abort()
        app._p_jar.close()
    return Office(Zope2.DB, folder)


def copy_of(office, folder):
    """Return an office of its own on disk that looks like this one.

    Its letters' files are left behind: make it before any is received.
    """
    (folder / "blobs").mkdir(parents=True)
    shutil.copyfile(office.folder / "Data.fs", folder / "Data.fs")
    storage = FileStorage(str(folder / "Data.fs"), blob_dir=str(folder / "blobs"))
    db = DB(storage, cache_size=30000)
    return Office(db, folder, office.site_id, office.person)


@contextmanager
def served(application):
    """Serve the WSGI application on this machine and give ``host:port``."""
    server = StopableWSGIServer.create(application, host="127.0.0.1")
    try:
        server.wait()
        yield f"{server.adj.host}:{server.adj.port}"
    finally:
        server.shutdown()
