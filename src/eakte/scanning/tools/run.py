"""The only place that starts a process."""

from eakte.scanning import wire
from eakte.scanning.errors import TimedOut
from eakte.scanning.errors import TooLarge
from eakte.scanning.errors import ToolFailed
from eakte.scanning.errors import ToolMissing

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time


KEPT_ENVIRONMENT = (
    "LD_LIBRARY_PATH",
    "PATH",
    "PYTHONHOME",
    "TESSDATA_PREFIX",
    "TZ",
)
"""All that a child gets of our environment: the rest may hold secrets."""

OUT_OF_MEMORY = (
    "bad_alloc",
    "cannot allocate memory",
    "malloc fail",
    "calloc fail",
    "memoryerror",
    "out of memory",
)
"""What Python, C++, PDFium and Leptonica say before they die of it."""


NOT_INSTALLED = (
    "importerror",
    "modulenotfounderror",
    "no module named",
    "error while loading shared libraries",
)
"""What Python and the loader say last when a program or library is missing."""


class Child:
    """A child process and the socket to talk with it. Used by one thread at a time.

    :param arguments: for the Python interpreter. The child's end of the socket and
        our process id are appended.
    """

    def __init__(self, arguments):
        # Not a pipe: what a library prints at length must not block the child.
        self._log = tempfile.TemporaryFile()  # noqa: SIM115
        self._connection, theirs = socket.socketpair()
        with theirs:
            self._process = _start(
                [
                    sys.executable,
                    "-P",
                    *arguments,
                    str(theirs.fileno()),
                    str(os.getpid()),
                ],
                theirs,
                self._log,
            )
        self.asked = 0

    @property
    def pid(self):
        """The process id."""
        return self._process.pid

    @property
    def alive(self):
        """Whether it can be asked; one that died while idle is replaced unseen."""
        return self._process.poll() is None

    def ask(self, request, seconds):
        """Send a request and return the answer as ``(object, bytes)``.

        After any error the child is of no more use: kill it.

        :param seconds: wall time for the whole of it.
        :raises TimedOut: no answer in time.
        :raises TooLarge: it died because its memory was used up.
        :raises ToolMissing: it could not even begin: a library is missing.
        :raises ToolFailed: it died for another reason, or answered nonsense.
        """
        self.asked += 1
        deadline = time.monotonic() + seconds
        try:
            self._connection.settimeout(seconds)
            wire.send(self._connection, request)
            return wire.receive(self._connection, deadline)
        except TimeoutError as error:
            raise TimedOut(
                f"Reading the scan took longer than {seconds:g} seconds and was "
                "stopped. Try again when the machine has less to do, or scan the "
                "page again with a lower resolution."
            ) from error
        except (EOFError, OSError) as error:
            raise self._died() from error
        except wire.BadMessage as error:
            raise ToolFailed(
                f"The process that reads scans answered nonsense: {error} Try "
                "again; if it happens again, the file may be hostile."
            ) from error

    def interrupt(self):
        """End it at once; whoever waits for its answer gets ``ToolFailed``."""
        self._process.kill()

    def kill(self):
        """End it at once and reap it; it keeps no state that could be lost."""
        self._process.kill()
        self._process.wait()
        self._connection.close()
        self._log.close()

    def _died(self):
        try:
            status = self._process.wait(5)
        except subprocess.TimeoutExpired:
            return ToolFailed(
                "The process that reads scans stopped talking. Try again; if it "
                "happens again, the file may be hostile."
            )
        said = self._last_words()
        if any(words in said.lower() for words in OUT_OF_MEMORY):
            return TooLarge(
                "Reading the scan used up the memory it may take. Scan it again "
                "with a lower resolution, or raise the limit."
            )
        if self.asked == 1 and status > 0 and _tells_what_is_missing(said):
            return _missing(said.splitlines()[-1])
        how = f"exit status {status}"
        if status < 0:
            how = f"signal {signal.Signals(-status).name}"
        return ToolFailed(
            f"The process that reads scans died ({how}). Try again; if it happens "
            f"again with this file, scan the letter anew. It said: {said or '-'}"
        )

    def _last_words(self, length=400):
        self._log.seek(max(0, self._log.seek(0, os.SEEK_END) - length))
        return self._log.read().decode("utf-8", "replace").strip()


def _start(command, connection, log):
    try:
        return subprocess.Popen(  # noqa: S603
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            pass_fds=(connection.fileno(),),
            cwd="/",
            env=_environment(),
            # Ctrl-C in the terminal is for the parent to answer.
            start_new_session=True,
        )
    except (FileNotFoundError, PermissionError) as error:
        raise _missing(error) from error
    except OSError as error:
        raise ToolFailed(
            f"No process could be started to read scans: {error}. Try again when "
            "the machine has less to do."
        ) from error


def _tells_what_is_missing(said):
    last = said.lower().rpartition("\n")[2]
    return any(words in last for words in NOT_INSTALLED)


def _missing(what):
    return ToolMissing(
        f"A program or library that reads scans is not installed: {what}. The file is "
        "not to blame. Have the administrator install it, then try again."
    )


def _environment():
    environment = {
        name: os.environ[name] for name in KEPT_ENVIRONMENT if name in os.environ
    }
    environment |= {
        # One page is one core's work: more threads only slow each other down.
        "OMP_THREAD_LIMIT": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        # Buildout extends sys.path in the script that starts Zope.
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        "PYTHONUTF8": "1",
    }
    return environment
