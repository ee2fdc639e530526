"""Tells the living workers from the dead, also after ``kill -9`` and a power cut."""

from fcntl import flock
from fcntl import LOCK_EX
from fcntl import LOCK_NB

import secrets
import shutil
import time


FORGOTTEN = 3600.0
"""Seconds after which a folder that was never finished is removed."""


class Presence:
    """A worker's folder, and the lock in it that ends with the process.

    The kernel releases the lock however the process ends. Workers that share the
    folder for work in progress, also from different containers of one machine, see
    each other at once; of the others only the lease of a claim tells.

    :param folder: for work in progress; made when it is missing.
    """

    def __init__(self, folder):
        self._home = folder
        self.name = secrets.token_hex(8)
        self.folder = folder / self.name
        # Nobody may find the folder before it is locked.
        draft = folder / f"{self.name}.new"
        draft.mkdir(parents=True, mode=0o700)
        self._lock = (draft / "lock").open("wb")
        flock(self._lock, LOCK_EX)
        draft.rename(self.folder)

    def knows_dead(self, name):
        """Say whether that worker is known to be dead; False also for: unknown."""
        try:
            lock = (self._home / name / "lock").open("rb")
        except FileNotFoundError:
            return False
        with lock:
            try:
                flock(lock, LOCK_EX | LOCK_NB)
            except BlockingIOError:
                return False
        return True

    def knows(self, name):
        """Say whether that worker works, or worked, beside this one."""
        return (self._home / name).exists()

    def clear_up(self):
        """Remove what dead workers left; call it when their jobs were taken back."""
        for folder in self._home.iterdir():
            if folder.suffix == ".new":
                left = time.time() - folder.stat().st_mtime > FORGOTTEN
            else:
                left = self.knows_dead(folder.name)
            if left:
                shutil.rmtree(folder, ignore_errors=True)

    def leave(self):
        """Count as dead from now on; the next one clears up and takes what is left."""
        self._lock.close()
