from eakte import _
from enum import StrEnum


class State(StrEnum):
    """States of a mail item; the definition is workflows/mail_item_workflow."""

    CAPTURED = "captured"
    CHECKING = "checking"
    RELEASED = "released"
    ROUTED = "routed"
    ACCEPTED = "accepted"
    FILED = "filed"
    DONE = "done"
    RESCAN = "rescan"
    UNCLEAR = "unclear"
    FOREIGN = "foreign"
    BLOCKED = "blocked"


class Transition(StrEnum):
    CHECK = "check"
    RELEASE = "release"
    ROUTE = "route"
    ACCEPT = "accept"
    FILE = "file"
    SETTLE = "settle"
    HAND_OVER = "hand_over"
    """The end of a personal letter: the person that it is for has it."""
    REQUEST_RESCAN = "request_rescan"
    RECAPTURE = "recapture"
    MARK_UNCLEAR = "mark_unclear"
    MARK_FOREIGN = "mark_foreign"
    BLOCK = "block"
    UNBLOCK = "unblock"


TITLES = {
    State.CAPTURED: _("Captured"),
    State.CHECKING: _("To be checked"),
    State.RELEASED: _("Released"),
    State.ROUTED: _("Routed"),
    State.ACCEPTED: _("Accepted"),
    State.FILED: _("Filed"),
    State.DONE: _("Done"),
    State.RESCAN: _("To be rescanned"),
    State.UNCLEAR: _("Unclear"),
    State.FOREIGN: _("Misdirected"),
    State.BLOCKED: _("Blocked"),
    Transition.CHECK: _("Hand to quality check"),
    Transition.RELEASE: _("Release"),
    Transition.ROUTE: _("Route"),
    Transition.ACCEPT: _("Accept"),
    Transition.FILE: _("File"),
    Transition.SETTLE: _("Settle"),
    Transition.HAND_OVER: _("Hand over to the person"),
    Transition.REQUEST_RESCAN: _("Request rescan"),
    Transition.RECAPTURE: _("Back to captured"),
    Transition.MARK_UNCLEAR: _("Mark as unclear"),
    Transition.MARK_FOREIGN: _("Mark as misdirected"),
    Transition.BLOCK: _("Block"),
    Transition.UNBLOCK: _("Unblock"),
}
"""What a person reads for a state, and on the button of a transition."""
