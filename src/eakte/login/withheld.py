"""Secrets that we show to others: from the environment, never from the database."""

from pathlib import Path

import os


def secret_for(kind):
    """Return the secret of the source, or "" when there is none.

    ``EAKTE_OPENID_SECRET`` or ``EAKTE_LDAP_SECRET`` has it, or the same name with
    ``_FILE`` the path of a file that has it. It is read anew each time, so a secret
    that was changed in the file holds at once.
    """
    name = f"EAKTE_{kind.upper()}_SECRET"
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text("utf-8").strip()
    return os.environ.get(name, "")
