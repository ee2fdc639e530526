"""What others may ask of the journal, and what they note in it."""

from dataclasses import dataclass
from dataclasses import field
from datetime import date
from datetime import datetime
from eakte import _
from enum import StrEnum
from zope import schema
from zope.interface import Interface
from zope.interface import Invalid
from zope.interface import invariant


class Kind(StrEnum):
    """What can happen. Kinds may be added; none is ever renamed."""

    CREATED = "created"
    READ = "read"
    DOWNLOADED = "downloaded"
    CHANGED = "changed"
    MOVED = "moved"
    ROUTED = "routed"
    ACCEPTED = "accepted"
    RELEASED = "released"
    FILED = "filed"
    STEP = "step"
    """Any other step of a workflow."""
    UNLOCKED = "unlocked"
    PRINTED = "printed"
    EXPORTED = "exported"
    RIGHTS = "rights"
    """Who may see the object changed: its team, its desk, its local roles."""
    ELSEWHERE = "elsewhere"
    """Somebody opened a case file of another team, with a reason."""
    SHARED = "shared"
    """A case file was shared with a colleague for a time, or that was ended."""
    DELETED = "deleted"
    CONSULTED = "consulted"
    """Somebody looked into the journal, with a reason."""
    PLACE = "place"
    """Somebody got or left a place in the office, a group or a role."""
    ACCOUNT = "account"
    """An account was made, removed or given a password by somebody."""
    CONFIGURED = "configured"
    """An administrator changed something; also who has which role in the whole site."""
    EXPIRED = "expired"
    """Entries about reading were cut down, because they were old enough."""


READING = frozenset({Kind.READ, Kind.DOWNLOADED})
"""Kinds whose entries are kept for a shorter time than the rest."""

TECHNICAL = frozenset({Kind.PLACE, Kind.ACCOUNT, Kind.CONFIGURED, Kind.EXPIRED})
"""Kinds that say nothing of any content: what an administrator may see."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened, as it was known then.

    An entry that expired has only lane, number, kind and moment.
    """

    kind: str
    when: datetime
    """Aware, UTC."""
    who: str = ""
    """User id; empty for the system."""
    for_whom: str = ""
    """User id of the person whose deputy ``who`` was in this; empty when nobody's."""
    uid: str = ""
    """UUID of the object; empty when it is about none."""
    type: str = ""
    """The object's portal type."""
    title: str = ""
    reference: str = ""
    """The case file's reference or the letter's number."""
    path: str = ""
    file: str = ""
    """UUID of the case file in which the object lay, or which it is."""
    address: str = ""
    """Network address from which it was asked for."""
    door: str = ""
    why: str = ""
    """The reason that was given."""
    details: dict = field(default_factory=dict)
    """What more is to be said, by kind: ``fields`` (name to old and new), ``step``,
    ``from`` and ``to``, …; only what JSON can say."""
    lane: str = ""
    number: int = 0
    expired: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """Which entries are asked for; what is not named matters not.

    :param objects: UUIDs; entries about them and about what lay in them.
    :param reference: of a case file or letter, as the entries have it.
    :param first: day in the time of the house, inclusive; ``last`` likewise.
    :param deputies_only: only what was done for somebody else.
    :param hidden: UUIDs; no entry about these or about what lay in them, whatever else
        is asked for.
    """

    objects: tuple = ()
    reference: str = ""
    person: str = ""
    for_whom: str = ""
    kinds: tuple = ()
    first: date | None = None
    last: date | None = None
    deputies_only: bool = False
    hidden: frozenset = frozenset()


@dataclass(frozen=True, slots=True)
class Found:
    """A part of what was found, the newest first, and how much there is in all."""

    entries: tuple
    total: int


class IJournal(Interface):
    """The journal of the site at hand. It has two verbs that write: one adds an
    entry, one cuts down old entries about reading. There is none that changes one.
    """

    def append(
        kind,
        content=None,
        *,
        why="",
        acting_for=None,
        **details,
    ):
        """Note that something happens, in the transaction in hand.

        When, by whom, for whom and from where is found out here. The entry is
        committed with the deed or not at all.

        :param kind: a ``Kind``.
        :param content: what it is about; None for something of the whole office.
        :param why: the reason that was given.
        :param acting_for: id of the represented person, when it is known already;
            empty for nobody.
        :param details: what more is to be said; only what JSON can say.
        :returns: lane and number of the entry.
        """

    def find(query, start=0, size=50):
        """Return a ``Found``: entries that were committed, at once. Wakes no object."""

    def entry(lane, number):
        """Return the ``Entry`` or None when there is none."""


FEWEST_DAYS = 90
"""For which reading is remembered at least: so that it can be answered for."""


TOO_FEW_DAYS = _(
    "Reading is remembered for 90 days at least; 0 means as long as may be."
)


def are_too_few(days):
    """Whether reading would be forgotten before anybody could ask who it was."""
    return bool(days) and days < FEWEST_DAYS


class IJournalSettings(Interface):
    """How long the journal remembers."""

    reading_days = schema.Int(
        title=_("Days that reading is remembered"),
        description=_(
            "Entries that say who read or downloaded what are cut down after so many "
            "days: person and object are forgotten, and the journal can still be "
            "verified. They are never kept longer than the shortest retention period "
            "of the filing plan; 0 means as long as that."
        ),
        min=0,
        default=365,
    )

    @invariant
    def not_too_few(settings):
        if are_too_few(settings.reading_days):
            raise Invalid(TOO_FEW_DAYS)
