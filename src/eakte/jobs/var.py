"""Where what the office keeps outside the ZODB lies."""

from pathlib import Path

import os


VARIABLE = "EAKTE_VAR"


def var_folder():
    """Return the folder for data, caches and work in progress.

    :raises RuntimeError: the environment does not name it.
    """
    if VARIABLE not in os.environ:
        raise RuntimeError(
            f"The environment variable {VARIABLE} is not set. Name the folder for "
            "data, caches and work in progress; bin/instance sets it itself."
        )
    return Path(os.environ[VARIABLE])
