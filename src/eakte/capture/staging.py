"""A file on its way into the house lies here until its mail item is committed."""

from contextlib import contextmanager
from dataclasses import dataclass
from eakte.jobs.var import var_folder
from pathlib import Path

import hashlib
import os
import secrets
import shutil
import time


CHUNK = 1024 * 1024
"""Bytes in memory at a time, however large the file is."""

FORGOTTEN = 24 * 3600.0
"""Seconds after which a file is removed that a killed process left behind. An upload
of several gigabytes over a slow line takes hours."""


@dataclass(frozen=True)
class Staged:
    """A file that is complete, on disk, and nobody's but ours.

    :param sha256: in hexadecimal.
    :param size: in bytes.
    """

    path: Path
    sha256: str
    size: int


def another_name(path):
    """Return the path of one more name of the file, to be consumed by a blob.

    A transaction that conflicts is tried again and needs the file once more.
    """
    other = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    try:
        os.link(path, other)
    except OSError:
        # The file system knows no hard links.
        shutil.copyfile(path, other)
    return other


def staging_folder():
    """Return the folder; it should lie on the disk of the blobs, then nothing is copied."""
    folder = var_folder() / "staging"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


@contextmanager
def staged(source):
    """Copy an open binary file here piece by piece; it is removed on leaving.

    :param source: anything with ``read(size)``.
    :raises OSError: the disk is full or broken, or the source cannot be read.
    """
    path = staging_folder() / secrets.token_hex(16)
    digest, size = hashlib.sha256(), 0
    try:
        with path.open("xb") as target:
            while chunk := source.read(CHUNK):
                digest.update(chunk)
                size += target.write(chunk)
            target.flush()
            # The database will say that the letter is there, also after a power cut.
            os.fsync(target.fileno())
        yield Staged(path, digest.hexdigest(), size)
    finally:
        for left in path.parent.glob(f"{path.name}*"):
            left.unlink(missing_ok=True)


def clear_up():
    """Remove what killed processes left behind."""
    oldest = time.time() - FORGOTTEN
    for path in staging_folder().iterdir():
        try:
            if path.stat().st_mtime < oldest:
                path.unlink()
        except FileNotFoundError:
            # Its own process was faster.
            continue
