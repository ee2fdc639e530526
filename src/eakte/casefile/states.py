from enum import StrEnum


class State(StrEnum):
    """States of a case file; the definition is workflows/case_file_workflow."""

    OPEN = "open"
    CLOSED = "closed"


class Transition(StrEnum):
    CLOSE = "close"
    REOPEN = "reopen"
