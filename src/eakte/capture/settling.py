"""Is a file complete? A scanner, a copy or a transfer may still be writing it."""

from pathlib import Path

import os
import time


class Stillness:
    """Remembers since when each file has not changed.

    Only the own clock counts: the dates of a file on another machine may be wrong.
    """

    def __init__(self, clock=time.monotonic):
        self._clock = clock
        self._since = {}

    def settled(self, sources, seconds, seconds_empty):
        """Return those that were seen the same for long enough.

        :param sources: every ``Source`` that is there now; all others are forgotten.
        :param seconds: how long a file must rest.
        :param seconds_empty: how long an empty one must.
        """
        now = self._clock()
        self._since = {source: self._since.get(source, now) for source in sources}
        return [
            source
            for source, since in self._since.items()
            if now - since >= (seconds if source.size else max(seconds, seconds_empty))
        ]


def open_for_writing(folder):
    """Return the files below the folder that a process here has open for writing.

    As far as it can be known cheaply: of this machine's processes those that we may
    look at, of all others none.

    Source: Linux, proc(5), ``/proc/pid/fd`` and ``/proc/pid/fdinfo``.
    """
    root = folder.resolve()
    found = set()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            files = list((process / "fd").iterdir())
        except OSError:
            # It ended, or is another user's.
            continue
        for file in files:
            try:
                path = file.readlink()
                if root in path.parents and _writes(process / "fdinfo" / file.name):
                    found.add(path)
            except OSError:
                continue
    return found


def _writes(fdinfo):
    for line in fdinfo.read_text().splitlines():
        if line.startswith("flags:"):
            return int(line.split()[1], 8) & os.O_ACCMODE != os.O_RDONLY
    return False
