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
    REQUEST_RESCAN = "request_rescan"
    RECAPTURE = "recapture"
    MARK_UNCLEAR = "mark_unclear"
    MARK_FOREIGN = "mark_foreign"
    BLOCK = "block"
    UNBLOCK = "unblock"
