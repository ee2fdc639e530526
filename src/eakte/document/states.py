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
