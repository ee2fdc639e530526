"""How much memory a piece of work takes at its peak."""

from contextlib import contextmanager

import psutil
import threading


MEBIBYTE = 1024 * 1024


class Peak:
    """Peaks in bytes: ``own`` growth of this process, the largest ``child``."""

    own = 0
    child = 0


@contextmanager
def watched():
    """Watch this process and its children while the block runs."""
    process, peak, ended = psutil.Process(), Peak(), threading.Event()
    before = process.memory_info().rss

    def watch():
        while not ended.wait(0.02):
            peak.own = max(peak.own, process.memory_info().rss - before)
            for child in process.children(recursive=True):
                try:
                    peak.child = max(peak.child, child.memory_info().rss)
                except psutil.NoSuchProcess:
                    continue

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield peak
    finally:
        ended.set()
        thread.join()
