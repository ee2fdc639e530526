"""Page images that were looked at, on disk: bounded, and good to be thrown away."""

from pathlib import Path

import contextlib
import logging
import os
import stat
import tempfile
import time


logger = logging.getLogger("eakte.scans")

TOUCH = 3600.0
"""Seconds: an image that is asked for again sooner is not marked as used again."""

ROOM = 0.9
"""To which part of its bound the cache is cut when it grew beyond it."""

STEP = 0.05
"""After so many bytes, as a part of the bound, the cache is measured again."""


class PageCache:
    """Images by name, shared by all processes that use the folder.

    Everything may be deleted at any moment, by hand too: what is missing is a miss.
    Each process measures the folder now and then, so it may for a while hold
    ``STEP`` more than its bound for each of them.

    :param folder: made when it is needed.
    :param most: bytes; 0 keeps nothing.
    """

    def __init__(self, folder, most):
        self._folder = Path(folder)
        self._most = most
        self._unmeasured = float("inf")

    def get(self, name):
        """Return the image, or None; a disk that refuses only means a miss."""
        try:
            with self._path(name).open("rb") as reader:
                content = reader.read()
                if time.time() - os.fstat(reader.fileno()).st_mtime > TOUCH:
                    # What is open can be marked even if it was just deleted.
                    os.utime(reader.fileno())
        except FileNotFoundError:
            return None
        except OSError as error:
            logger.warning("The page cache cannot be read: %s", error)
            return None
        return content

    def put(self, name, content):
        """Keep an image; a full disk only means that it is not kept."""
        if len(content) > self._most * STEP:
            return
        try:
            self._write(self._path(name), content)
            self._unmeasured += len(content)
            if self._unmeasured > self._most * STEP:
                self._unmeasured = 0
                self.cut()
        except OSError as error:
            logger.warning("The page cache keeps nothing: %s", error)

    def cut(self):
        """Throw away what was not used for longest, if there is too much."""
        found = sorted(self._files())
        size = sum(size for _used, size, _path in found)
        if size <= self._most * (1 - STEP):
            return
        for _used, bytes_of_one, path in found:
            if size <= self._most * ROOM:
                break
            # Another process may cut at the same time, or somebody empty the folder.
            with contextlib.suppress(FileNotFoundError, NotADirectoryError):
                Path(path).unlink()
            size -= bytes_of_one

    def _path(self, name):
        return self._folder / name[:2] / name

    def _write(self, path, content):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=".draft-")
        try:
            with os.fdopen(descriptor, "wb") as writer:
                writer.write(content)
            Path(draft).replace(path)
        except OSError:
            Path(draft).unlink(missing_ok=True)
            raise

    def _files(self):
        """Yield ``(last use, bytes, path)``, a killed process's drafts included."""
        gone = contextlib.suppress(FileNotFoundError, NotADirectoryError)
        with gone, os.scandir(self._folder) as parts:
            for part in parts:
                yield from self._files_in(part.path)

    def _files_in(self, folder):
        gone = contextlib.suppress(FileNotFoundError, NotADirectoryError)
        with gone, os.scandir(folder) as entries:
            for entry in entries:
                with contextlib.suppress(FileNotFoundError):
                    facts = entry.stat(follow_symlinks=False)
                    if stat.S_ISREG(facts.st_mode):
                        yield facts.st_mtime, facts.st_size, entry.path
