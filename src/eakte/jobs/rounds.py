"""What is looked after again and again, beside the jobs that somebody asks for."""

import logging
import threading


logger = logging.getLogger("eakte.jobs")


class Rounds:
    """Looks again and again, in a thread of its own, until it is stopped.

    Who goes the rounds says what to do in ``look``. A look that fails is not the last.

    :param name: the thread's; it stands in the log.
    :param first: seconds before the first look.
    :param after_failure: seconds to wait when a look failed.
    """

    def __init__(self, name, first=0.0, after_failure=30.0):
        self._first = first
        self._after_failure = after_failure
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._go, name=name, daemon=True)

    @property
    def stopping(self):
        """True when it is to end: begin nothing any more."""
        return self._stopping.is_set()

    def look(self):
        """Look once and return the seconds until the next look."""
        raise NotImplementedError

    def start(self):
        """Begin; returns at once."""
        self._thread.start()

    def stop(self, seconds=5.0):
        """End after what is in hand.

        :param seconds: wait no longer than this; then it ends like a killed one.
        """
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(seconds)

    def _go(self):
        pause = self._first
        while not self._stopping.wait(pause):
            try:
                pause = self.look()
            except Exception:
                # On the way out everything breaks; the next start looks again.
                if self.stopping:
                    return
                logger.exception(
                    "%s could not look; it tries again.", self._thread.name
                )
                pause = self._after_failure
