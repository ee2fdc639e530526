"""Which lane is whose: a thread keeps one as long as it lives."""

from eakte.jobs.var import var_folder
from fcntl import flock
from fcntl import LOCK_EX
from fcntl import LOCK_NB
from itertools import count

import os
import secrets
import threading


class Writer:
    """A thread's claim on a lane.

    The claim is a lock on a file; the kernel releases it however thread or process
    end, and the next one goes on where it was. So there are as many lanes as there
    were threads at once, not as there were starts.

    :param folder: shared by the processes of a machine. Those that do not share it
        have lanes of other names.
    """

    def __init__(self, folder):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        house = _name_of(folder)
        for number in count(1):
            lock = (folder / f"{number}.lock").open("wb")
            try:
                flock(lock, LOCK_EX | LOCK_NB)
            except BlockingIOError:
                lock.close()
                continue
            break
        self._lock = lock
        self.process = os.getpid()
        self.folder = folder
        self.lane = f"{house}-{number}"


_mine = threading.local()


def own_lane():
    """Return the name of the lane that is this thread's, and nobody else's now."""
    folder = var_folder() / "journal"
    writer = getattr(_mine, "writer", None)
    # A forked process has its parent's memory, but must not use its parent's lane.
    fits = writer and writer.process == os.getpid() and writer.folder == folder
    if not fits:
        writer = _mine.writer = Writer(folder)
    return writer.lane


def _name_of(folder):
    """Return the folder's name for itself, the same for all who share it."""
    name = folder / "name"
    if not name.exists():
        draft = folder / f"name.{secrets.token_hex(8)}"
        draft.write_text(secrets.token_hex(4), "ascii")
        try:
            os.link(draft, name)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return name.read_text("ascii")
