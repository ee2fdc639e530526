"""Wakes the workers of this process when a job was committed."""

import threading


class Bell:
    """Counts its rings, so that none is missed between looking and lying down."""

    def __init__(self):
        self._rung = threading.Condition()
        self.rings = 0

    def ring(self):
        """Wake everybody who waits."""
        with self._rung:
            self.rings += 1
            self._rung.notify_all()

    def wait(self, heard, seconds):
        """Return when it rings, at once if it rang since ``heard``, or in time.

        :param heard: ``rings`` as it was before the caller looked for work.
        :param seconds: wait no longer than this.
        """
        with self._rung:
            self._rung.wait_for(lambda: self.rings != heard, timeout=seconds)


BELL = Bell()
"""The bell of this process."""


def ring_if_committed(committed):
    """Ring after the commit; an aborted transaction leaves no job."""
    if committed:
        BELL.ring()
