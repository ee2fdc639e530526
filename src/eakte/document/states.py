from eakte import _
from enum import StrEnum


class State(StrEnum):
    """States of a document; the definition is workflows/case_document_workflow."""

    RECEIVED = "received"
    IN_WORK = "in_work"
    DONE = "done"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Transition(StrEnum):
    START_WORK = "start_work"
    SETTLE = "settle"
    CLOSE = "close"
    RESUME = "resume"
    CANCEL = "cancel"


TITLES = {
    State.RECEIVED: _("Received"),
    State.IN_WORK: _("In work"),
    State.DONE: _("Done"),
    State.CLOSED: _("Closed"),
    State.CANCELLED: _("Cancelled"),
    Transition.START_WORK: _("Start work"),
    Transition.SETTLE: _("Settle"),
    Transition.CLOSE: _("Close the document"),
    Transition.RESUME: _("Resume"),
    Transition.CANCEL: _("Cancel the document"),
}
"""What a person reads for a state, and on the button of a transition."""
