"""What every child process does: limit itself, answer requests, name what fails."""

from eakte.scanning import wire
from eakte.scanning.errors import ScanError
from eakte.scanning.errors import TooLarge
from eakte.scanning.errors import ToolFailed
from eakte.scanning.errors import ToolMissing

import ctypes
import os
import resource
import signal
import socket
import sys
import traceback


PR_SET_PDEATHSIG = 1
PR_SET_NO_NEW_PRIVS = 38
"""From linux/prctl.h."""

M_TRIM_THRESHOLD = -1
M_MMAP_THRESHOLD = -3
"""From malloc.h."""

KEPT_BYTES = 64 * 1024**2
"""What may lie free between two requests: two A4 pages in colour at 300 dpi."""

LOG_BYTES = 1024**2
"""The log is the only file that a child writes which reads."""

MOST_FILES = 64


def confine(parent, memory_bytes, file_bytes=LOG_BYTES, files=MOST_FILES):
    """Die with the parent; no core dump of letters; no more than allowed.

    :param parent: process id of the parent.
    :param memory_bytes: most address space.
    :param file_bytes: size of the largest file that may be written.
    :param files: how many may be open at once.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        # It died before we asked to be told.
        sys.exit()
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    for what, most in (
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, file_bytes),
        (resource.RLIMIT_NOFILE, files),
    ):
        # Never above what an administrator has set for the whole service.
        _, hard = resource.getrlimit(what)
        if hard != resource.RLIM_INFINITY:
            most = min(most, hard)
        resource.setrlimit(what, (most, most))


def keep_memory():
    """Let memory that was freed lie for the next page.

    A bitmap is some MiB. Given back to the kernel after each page and asked for anew,
    its page faults cost as much as drawing.
    """
    libc = ctypes.CDLL(None)
    for what in (M_TRIM_THRESHOLD, M_MMAP_THRESHOLD):
        if not libc.mallopt(what, KEPT_BYTES):
            raise OSError(f"mallopt({what}, {KEPT_BYTES}) was refused")


def serve(descriptor, do):
    """Answer requests until the parent is gone.

    :param descriptor: of the socket to the parent.
    :param do: called with a request; returns ``(object,)`` or ``(object, bytes)``.
    """
    with socket.socket(fileno=descriptor) as connection:
        while True:
            try:
                request, _ = wire.receive(connection)
            except EOFError:
                return
            wire.send(connection, *_answer(request, do))


def _answer(request, do):
    try:
        return do(request)
    except ScanError as error:
        return _refusal(error.code, error.reason)
    except MemoryError:
        return _refusal(
            TooLarge.code,
            "Reading the scan used up the memory it may take. Scan it again with a "
            "lower resolution, or raise the limit.",
        )
    except ImportError as error:
        return _refusal(
            ToolMissing.code,
            f"A library that reads scans is not installed: {error}. The file is not to "
            "blame. Have the administrator install it, then try again.",
        )
    except ValueError as error:
        # The request's own fault: no such page.
        return _refusal("value", str(error))
    except Exception as error:
        # The outermost loop: whatever a hostile file brings about ends its request
        # and nothing else.
        traceback.print_exc()
        return _refusal(
            ToolFailed.code,
            f"Reading the scan failed: {type(error).__name__}: {error}. Try again; if "
            "it happens again with this file, scan the letter anew.",
        )


def _refusal(code, reason):
    return ({"error": code, "reason": reason},)
