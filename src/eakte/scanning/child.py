"""The child process of the engine: ``python -m eakte.scanning.child``.

It reads files that nobody has checked, so it limits itself first and keeps nothing
from one request to the next but the languages of recognition.
"""

from eakte.scanning import reading
from eakte.scanning import wire
from eakte.scanning.errors import ScanError
from eakte.scanning.errors import TooLarge
from eakte.scanning.errors import ToolFailed
from eakte.scanning.model import Limits

import ctypes
import dataclasses
import json
import os
import resource
import signal
import socket
import sys
import traceback


PR_SET_PDEATHSIG = 1
PR_SET_NO_NEW_PRIVS = 38
"""From linux/prctl.h."""

LOG_BYTES = 1024**2
"""The log is the only file that a child ever writes."""

MOST_FILES = 64


def main(limits, descriptor, parent):
    """Answer requests until the parent is gone."""
    limits = Limits(**json.loads(limits))
    _confine(limits, int(parent))
    with socket.socket(fileno=int(descriptor)) as connection:
        while True:
            try:
                request, _ = wire.receive(connection)
            except EOFError:
                return
            wire.send(connection, *_answer(request, limits))


def _answer(request, limits):
    try:
        return _done(request, limits)
    except ScanError as error:
        return _refusal(error.code, error.reason)
    except MemoryError:
        return _refusal(
            TooLarge.code,
            "Reading the scan used up the memory it may take. Scan it again with a "
            "lower resolution, or raise the limit.",
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


def _done(request, limits):
    path = request["path"].encode("utf-8", "surrogateescape")
    password = request["password"]
    match request["do"]:
        case "inspect":
            kind, sizes, encrypted = reading.inspect(path, password, limits)
            return (
                {
                    "kind": kind,
                    "pages": [(size.width, size.height) for size in sizes],
                    "encrypted": encrypted,
                },
            )
        case "render":
            page, width = request["page"], request["width"]
            rotation = request["rotation"]
            return {}, reading.render(path, password, page, width, rotation, limits)
        case "read_page":
            page, languages = request["page"], request["languages"]
            text = reading.read_page(path, password, page, languages, limits)
            return (dataclasses.asdict(text) | {"words": _rows(text.words)},)
    raise ValueError(f"Nobody does {request['do']!r}")


def _rows(words):
    return [dataclasses.astuple(word) for word in words]


def _confine(limits, parent):
    """Die with the parent; no core dump of letters; no more memory than allowed."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        # It died before we asked to be told.
        sys.exit()
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    for what, most in (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, LOG_BYTES),
        (resource.RLIMIT_NOFILE, MOST_FILES),
    ):
        # Never above what an administrator has set for the whole service.
        _, hard = resource.getrlimit(what)
        if hard != resource.RLIM_INFINITY:
            most = min(most, hard)
        resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    main(*sys.argv[1:])
