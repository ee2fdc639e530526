"""The two scan engines of this process."""

from eakte.scanning.engine import Engine

import threading


VIEWING_PROCESSES = 2
"""Pages that are made at once for those who look. Apart from recognition, so that
nobody waits for a page until a stack of letters is read."""


PATIENCE = 4.0
"""Seconds for which somebody who looks waits for a free process. A file whose pages take
long must not hold the server's few threads: those answer "busy" and the viewer asks again.
"""


class _Engines:
    """Makes each engine when it is first needed, with the limits of that moment.

    Nobody closes them: their processes end with this one, however it ends.
    """

    def __init__(self):
        self._lock = threading.Lock()
        self._engines = {}

    def get(self, name, processes, limits, patience=None):
        with self._lock:
            if name not in self._engines:
                self._engines[name] = Engine(processes, limits, patience)
            return self._engines[name]


_ENGINES = _Engines()


def viewing_engine(limits):
    """Return the engine for those who look at pages."""
    return _ENGINES.get("viewing", VIEWING_PROCESSES, limits, PATIENCE)


def reading_engine(processes, limits):
    """Return the engine for recognition."""
    return _ENGINES.get("reading", processes, limits)
