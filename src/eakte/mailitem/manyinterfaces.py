"""What is done with many letters at once, and what is known of each."""

from dataclasses import dataclass
from dataclasses import field
from enum import StrEnum
from typing import Any
from zope.interface import Attribute
from zope.interface import Interface


class Outcome(StrEnum):
    """How far a batch is with one of its letters."""

    WAITING = "waiting"
    DONE = "done"
    REFUSED = "refused"


@dataclass(frozen=True)
class Place:
    """Where a letter lies."""

    state: str
    team: str
    """Id; empty: the mailroom."""
    desk: str
    case_file: str = ""
    """The case file's reference, once the letter is filed."""


@dataclass(frozen=True)
class Verdict:
    """What would happen to one letter."""

    uid: str
    letter: Any = None
    """The letter as it is now; None when the user has no such letter."""
    mark: str = ""
    """What the letter was like when it was looked at, see ``manymarks.mark_of``."""
    after: Place | None = None
    """Where it would lie then; None when it is refused."""
    reasons: tuple = ()
    """Every reason against it."""

    @property
    def allowed(self):
        return not self.reasons


@dataclass(frozen=True)
class Result:
    """What happened to one letter."""

    uid: str
    number: str = ""
    """As the user saw it; empty when there was no such letter."""
    reasons: tuple = ()
    """Why it was refused; nothing of it was done then."""
    mark: str = ""
    """What the letter was like afterwards."""
    trace: dict = field(default_factory=dict)
    """What it takes to undo it; empty when it cannot be undone."""

    @property
    def outcome(self):
        return Outcome.REFUSED if self.reasons else Outcome.DONE


class IClosedAmong(Interface):
    """A utility: what is closed to a person, whatever the person knew of it before."""

    def __call__(places, person):
        """Return the UUIDs that must not be named to the person.

        :param places: ``(UUID of an object, UUID of a case file or empty)``.
        """


class IManyVerb(Interface):
    """Something that is done with many letters at once; a utility named like the verb.

    It is the verb that is done with one letter too, with its rules; here is said only
    what it needs, and how it is undone.
    """

    needed = Attribute("Names of the texts without which nothing can be said of it.")
    possible = Attribute("Names of the other texts.")
    can_be_undone = Attribute("Whether the same person can undo it on the same day.")

    def do(mail_item, **said):
        """Do it and return ``(letter, trace)``.

        The letter may lie at another place then. The trace is what ``undo`` needs;
        only what JSON can say.

        :raises EakteError: the rules refuse it.
        """

    def undo(mail_item, trace, mark):
        """Undo it, as a deed of its own.

        :param mark: what the letter was like when it was done.
        :raises EakteError: something happened since, or the rules refuse it.
        """
