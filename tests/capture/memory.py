"""How much memory a piece of work takes at its peak."""

from contextlib import contextmanager

import psutil
import threading


MEBIBYTE = 1024 * 1024


class Peak:
    """Peaks in bytes: ``own`` growth of this process, of a ``child`` the largest.

    One that was there before counts by what it grew; a new one as a whole.
    """

    own = 0
    child = 0


@contextmanager
def watched():
    """Watch this process and its children while the block runs."""
    process, peak, ended = psutil.Process(), Peak(), threading.Event()
    before = process.memory_info().rss
    known = {
        child.pid: child.memory_info().rss for child in process.children(recursive=True)
    }

    def watch():
        while not ended.wait(0.02):
            peak.own = max(peak.own, process.memory_info().rss - before)
            for child in process.children(recursive=True):
                try:
                    size = child.memory_info().rss - known.get(child.pid, 0)
                    peak.child = max(peak.child, size)
                except psutil.NoSuchProcess:
                    continue

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield peak
    finally:
        ended.set()
        thread.join()
