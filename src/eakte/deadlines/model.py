"""What is kept of a resubmission and of a deadline."""

from dataclasses import dataclass
from datetime import date
from datetime import datetime
from datetime import timedelta
from eakte.deadlines.periods import Length
from enum import StrEnum


AHEAD = 7
"""Days that a list looks ahead."""


class Urgency(StrEnum):
    """How much something presses on a day; from the most pressing on."""

    OVERDUE = "overdue"
    DUE = "due"
    WARNED = "warned"
    """The early warning of a deadline has come."""
    SOON = "soon"
    """Within the next seven days."""
    LATER = "later"


PRESSING = (Urgency.OVERDUE, Urgency.DUE, Urgency.WARNED)
"""What is counted: somebody must do something now."""


class Deed(StrEnum):
    """What was done with a resubmission or deadline."""

    ENTERED = "entered"
    POSTPONED = "postponed"
    DONE = "done"
    CONFIRMED = "confirmed"
    CHANGED = "changed"
    CLOSED = "closed"


@dataclass(frozen=True)
class Note:
    """One thing that was done, and by whom."""

    deed: Deed
    when: datetime
    """Aware, UTC."""
    who: str
    """User id."""
    for_whom: str = ""
    """Id of the person whose deputy ``who`` was; empty when nobody's."""
    why: str = ""
    """What was typed."""


@dataclass(frozen=True, kw_only=True)
class Term:
    """A day by which something about an object is to be done."""

    id: str
    object: str
    """UUID of the case file, document or letter."""
    file: str = ""
    """UUID of the case file in which it lies, or which it is."""
    team: str = ""
    """Id of the team that answers for it: that of the object."""
    desk: str = ""
    """Id of the desk that answers for it; empty: the whole team."""
    person: str = ""
    """Id of the person who is to do it; empty: whoever works at the desk."""
    notes: tuple = ()
    """Every ``Note``, oldest first."""
    is_open: bool = True

    @property
    def entered_by(self):
        return self.notes[0].who


@dataclass(frozen=True, kw_only=True)
class Resubmission(Term):
    """Show me this again on that day."""

    day: date
    reason: str
    """What is to be done then."""
    for_desk: str = ""
    """Id of the desk that was named; empty: that of the object, wherever it goes."""
    for_person: str = ""
    """Id of the person who was named."""

    @property
    def shows_from(self):
        """The day from which it is to be done."""
        return self.day

    def urgency(self, today):
        if self.day <= today:
            return Urgency.OVERDUE if self.day < today else Urgency.DUE
        return _ahead(self.day, today)


@dataclass(frozen=True, kw_only=True)
class Deadline(Term):
    """A day that the law or a court sets; after it, it is too late."""

    kind: str
    """As it was called in the settings when the deadline was entered."""
    event: str
    """What set it going: what was served, announced or ordered."""
    start: date
    """The day of the event."""
    length: Length | None
    """None when the end was named, not counted."""
    counts_first_day: bool
    end: date
    """The last day that is in time."""
    warning: date
    """The day of the early warning; a working day before the end, or the end."""
    early: int | None = None
    """Days from the early warning to the end as they were asked for; the warning may
    stand some days earlier, on a working day. None: entered before this was kept."""
    outgoing: str = ""
    """UUID of the document with which it was kept."""

    @property
    def shows_from(self):
        return self.warning

    @property
    def confirmed_by(self):
        """Id of the second person, or None: what was changed is to be confirmed anew."""
        for note in reversed(self.notes):
            if note.deed == Deed.CONFIRMED:
                return note.who
            if note.deed in (Deed.CHANGED, Deed.ENTERED):
                return None
        return None

    @property
    def said_by(self):
        """Id of the person who entered or last changed it."""
        for note in reversed(self.notes):
            if note.deed in (Deed.CHANGED, Deed.ENTERED):
                return note.who
        return self.entered_by

    def urgency(self, today):
        if self.end <= today:
            return Urgency.OVERDUE if self.end < today else Urgency.DUE
        if self.warning <= today:
            return Urgency.WARNED
        return _ahead(self.end, today)


def _ahead(day, today):
    return Urgency.SOON if day <= today + timedelta(AHEAD) else Urgency.LATER
