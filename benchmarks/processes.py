"""What this process and all its children take: processor time and memory."""

from contextlib import contextmanager
from contextlib import suppress

import psutil
import threading
import time


MEBIBYTE = 1024**2

LOOK = 0.05
"""Seconds between two looks at the memory."""

CPUCLOCK_SCHED = 2
"""From the kernel's linux/posix-timers.h."""


def cpu_seconds():
    """Return the seconds of processor time so far, of the children that ended too."""
    total = 0.0
    for process in _family():
        with suppress(psutil.NoSuchProcess):
            times = process.cpu_times()
            total += times.user + times.system
            total += times.children_user + times.children_system
    return total


class Clocks:
    """The processor time of the processes that live now, to the nanosecond.

    For work that takes less than a tick of the kernel's clock and starts no process.
    They are looked for once: the search itself takes a thousandth of a second.
    """

    def __init__(self):
        self._clocks = [_clock(process.pid) for process in _family()]

    def seconds(self):
        """Return the seconds so far."""
        return sum(map(time.clock_gettime, self._clocks))


class Peak:
    """The most memory that was seen.

    :param parent: bytes of this process alone.
    :param together: bytes of it and all its children at one moment.
    """

    parent = 0
    together = 0

    def look(self):
        """Take note of the memory at this moment."""
        parent = together = 0
        for process in _family():
            with suppress(psutil.NoSuchProcess):
                size = process.memory_info().rss
                together += size
                parent = parent or size
        self.parent = max(self.parent, parent)
        self.together = max(self.together, together)


@contextmanager
def peak_memory():
    """Give a ``Peak`` that is looked after until the end of the block."""
    peak = Peak()
    is_over = threading.Event()

    def look():
        while not is_over.wait(LOOK):
            peak.look()

    watch = threading.Thread(target=look, daemon=True)
    watch.start()
    try:
        yield peak
    finally:
        is_over.set()
        watch.join()
        peak.look()


def _clock(pid):
    """Return the id of a process's own clock, as clock_getcpuclockid(3) makes it."""
    return ~pid << 3 | CPUCLOCK_SCHED


def _family():
    this = psutil.Process()
    return [this, *this.children(recursive=True)]
