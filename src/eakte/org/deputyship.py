"""Who represents whom, and who is away: entries of a book that nothing is torn out of."""

from dataclasses import dataclass
from eakte.clock import in_house_time

import datetime


@dataclass(frozen=True)
class _Entry:
    id: str
    """For ever; the same in the address of the service."""
    first: datetime.date
    """The first day, from its first minute on, in the time of the house."""
    last: datetime.date
    """The last day, to its last minute."""
    reason: str
    entered_by: str
    entered: datetime.datetime
    """Aware, UTC."""
    ended_by: str = ""
    """Who ended it before its last day; empty as long as nobody did."""
    ended: datetime.datetime | None = None
    """When, aware, UTC."""

    def holds(self, moment):
        """Whether it holds at the moment: from now on when it was entered today.

        :param moment: aware.
        """
        within = self.first <= in_house_time(moment).date() <= self.last
        return within and (self.ended is None or moment < self.ended)

    def is_over(self, moment):
        """Whether it will never hold again."""
        if self.ended is not None and self.ended <= moment:
            return True
        return in_house_time(moment).date() > self.last


@dataclass(frozen=True)
class Deputyship(_Entry):
    """One person works for another, at that person's desks."""

    deputy: str = ""
    represented: str = ""
    teams: tuple = ()
    """Ids of the teams whose desks are meant; empty for all of the person's desks."""

    @property
    def person(self):
        """Whose absence or representation it is."""
        return self.represented


@dataclass(frozen=True)
class Absence(_Entry):
    """A person is away; the standing deputies of the person's desks step in."""

    person: str = ""
