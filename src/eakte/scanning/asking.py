"""What parents of child processes share: how a file is named, what is believed."""

from contextlib import contextmanager
from eakte.scanning.errors import ToolFailed
from pathlib import Path

import errno
import os
import stat


def name_of(path):
    """Return a path as JSON can carry it, independent of the working directory.

    :raises OSError: it is no regular file.
    """
    path = Path(os.fsdecode(path)).absolute()
    if not stat.S_ISREG(path.stat().st_mode):
        # A pipe would be waited for, a device read for ever.
        raise OSError(errno.EINVAL, "Not a regular file", str(path))
    return os.fsencode(path).decode("utf-8", "surrogateescape")


@contextmanager
def believed():
    """Take an answer apart, which a child may have made up."""
    try:
        yield
    except (KeyError, TypeError, ValueError) as error:
        raise ToolFailed(
            "The process that reads scans answered nonsense. Try again; if it "
            "happens again, the file may be hostile."
        ) from error
