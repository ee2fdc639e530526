"""The watched folder: one folder for the mailroom, one for each team.

``intake/poststelle/letter.pdf`` waits; what lies in
``intake/poststelle/.taken/2026-01-31/`` was taken in on that day.
"""

from contextlib import contextmanager
from datetime import date
from datetime import timedelta
from eakte.capture.ledger import Source
from eakte.clock import today
from eakte.jobs.var import var_folder
from fcntl import flock
from fcntl import LOCK_EX
from fcntl import LOCK_NB

import logging
import os
import shutil
import stat


logger = logging.getLogger("eakte.capture")

MAILROOM = "poststelle"
"""Name of the folder for letters whose team nobody knows yet."""

TAKEN = ".taken"

UNFINISHED = (".part", ".partial", ".filepart", ".crdownload", ".tmp", ".temp")
"""How programs end the names of files that they have not finished."""

NOBODYS = frozenset({"thumbs.db", "desktop.ini"})
"""Files that a desktop computer leaves behind when it looks into a folder."""


def intake_folder():
    """Return the folder that is watched."""
    return var_folder() / "intake"


@contextmanager
def alone(folder):
    """Tell whether nobody else looks through the folder; hold it until the end.

    Two instances may share the folder. The kernel lets go of the lock however the
    process ends.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("wb") as lock:
        try:
            flock(lock, LOCK_EX | LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


class Folders:
    """Looks through the watched folder and speaks of what is odd in it, once.

    :param root: the watched folder.
    """

    def __init__(self, root):
        self.root = root
        self._spoken_of = set()

    def prepare(self, teams):
        """Make the folders that are missing.

        :param teams: ids of all teams.
        """
        for name in (MAILROOM, *teams):
            (self.root / name).mkdir(exist_ok=True)

    def forget(self, days):
        """Remove the files that were taken in before so many days.

        Each of them is a mail item since, committed before the file was moved aside.

        :param days: whole days; 0 removes nothing.
        """
        if not days:
            return
        first_kept = today() - timedelta(days=days)
        for day in self.root.glob(f"*/{TAKEN}/*"):
            try:
                is_old = date.fromisoformat(day.name) < first_kept
            except ValueError:
                continue
            if is_old and not day.is_symlink():
                shutil.rmtree(day)

    def sources(self, teams):
        """Return every file that may be a letter as ``Source``, oldest first."""
        found = []
        for entry in self._entries(self.root):
            if entry.name != MAILROOM and entry.name not in teams:
                self._once(entry, "is the folder of no team; it is left alone")
            elif not entry.is_dir(follow_symlinks=False):
                self._once(entry, "is not a folder; it is left alone")
            else:
                found += self._files(entry.name)
        return sorted(found, key=lambda source: (source.modified, source.name))

    def path(self, source):
        """Return where the file lies, or lay."""
        return self.root / source.folder / source.name

    def is_there(self, source):
        """Say whether the very file, unchanged, still lies at its place."""
        return source_at(self.path(source), source.folder) == source

    def move_aside(self, source):
        """Move a file that is a mail item now to those that were taken in.

        Another file may have come to its place meanwhile; that one stays.
        """
        if not self.is_there(source):
            return
        folder = self.root / source.folder / TAKEN / today().isoformat()
        folder.mkdir(parents=True, exist_ok=True)
        target = _free(folder, source.name)
        path = self.path(source)
        path.rename(target)
        if source_at(target, source.folder, source.name) != source:
            # It came between the look and the move: it is a letter of its own.
            target.rename(_free(path.parent, source.name))

    def _files(self, folder):
        for entry in self._entries(self.root / folder):
            name = entry.name.lower()
            if name.endswith(UNFINISHED) or name.startswith("~") or name in NOBODYS:
                continue
            if entry.is_file(follow_symlinks=False):
                if source := source_at(self.root / folder / entry.name, folder):
                    yield source
            else:
                self._once(entry, "is not a file; it is left alone")

    def _entries(self, folder):
        try:
            with os.scandir(folder) as entries:
                return [entry for entry in entries if not entry.name.startswith(".")]
        except FileNotFoundError:
            return []

    def _once(self, entry, what):
        if entry.path not in self._spoken_of:
            self._spoken_of.add(entry.path)
            logger.warning("Intake: %s %s.", entry.path, what)


def source_at(path, folder, name=None):
    """Return the file at the path as ``Source``; None when there is no such file."""
    try:
        found = path.lstat()
    except FileNotFoundError:
        return None
    return as_source(found, folder, name or path.name)


def as_source(found, folder, name):
    """Return what ``stat`` found as ``Source``; None when it is not a plain file."""
    if not stat.S_ISREG(found.st_mode):
        return None
    return Source(folder, name, found.st_ino, found.st_mtime_ns, found.st_size)


def _free(folder, name):
    """Return a path in the folder that nothing lies at."""
    path, number = folder / name, 1
    while os.path.lexists(path):
        number += 1
        path = folder / f"{number} {name}"
    return path
