from dataclasses import dataclass
from datetime import datetime
from zope.interface import Interface


@dataclass(frozen=True)
class RoutingEntry:
    """One step of a letter's way through the house."""

    step: str
    """Id of the workflow's transition; ``capture`` for the first entry."""
    who: str
    """User id; empty for the system."""
    when: datetime
    """Aware, UTC."""
    from_team: str | None
    from_desk: str | None
    to_team: str | None
    """Id of the team whose box the letter came to; None is the mailroom."""
    to_desk: str | None
    why: str
    acting_for: str = ""
    """User id of the one whose deputy did it; empty when nobody's deputy did."""


class IRoutingHistory(Interface):
    """The way of a mail item: who sent it where, when and why. Never shortened.

    Verbs of the room: ``routing.route``, ``accepting.accept``,
    ``filing.file_into``, ``setting_aside.set_aside``, ``steps.perform``.
    """

    def entries():
        """Return every ``RoutingEntry``, oldest first."""

    def append(step, why):
        """Note that the mail item came to where it is now."""


class IReleaseRule(Interface):
    """A subscription adapter of a mail item: what must be right before release."""

    def reasons():
        """Yield one translatable sentence for each thing that is not right."""
