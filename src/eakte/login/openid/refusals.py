"""Why nobody was let in by the OpenID provider, in words."""

from eakte import _
from eakte.errors import EakteError
from enum import StrEnum


class Why(StrEnum):
    """The word that stands in the address of the login page."""

    SILENT = "silent"
    OTHER = "other"
    DENIED = "denied"
    UNKNOWN = "unknown"


SAID = {
    Why.SILENT: _(
        "The service that checks your account does not answer. With user name and "
        "password you still come in here."
    ),
    Why.OTHER: _("This answer belongs to no login that was begun here. Begin again."),
    Why.DENIED: _("The account was not confirmed. Nobody is logged in."),
    Why.UNKNOWN: _(
        "Your account was confirmed, but this office does not know it. Ask whoever "
        "looks after the office's files."
    ),
}


class LoginRefused(EakteError):
    """The provider's answer, or its silence, lets nobody in."""

    status = 403

    def __init__(self, why):
        self.why = why.why if isinstance(why, LoginRefused) else why
        super().__init__([SAID[self.why]])
