from eakte import _
from enum import StrEnum


class State(StrEnum):
    """States of a case file; the definition is workflows/case_file_workflow."""

    OPEN = "open"
    CLOSED = "closed"


class Transition(StrEnum):
    CLOSE = "close"
    REOPEN = "reopen"


TITLES = {
    State.OPEN: _("Open"),
    State.CLOSED: _("Closed"),
    Transition.CLOSE: _("Close the case file"),
    Transition.REOPEN: _("Reopen the case file"),
}
"""What a person reads for a state, and on the button of a transition."""
