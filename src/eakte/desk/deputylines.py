"""Deputyships and absences as the screen shows them: one line each."""

from dataclasses import dataclass
from eakte import _
from eakte.clock import in_house_time
from eakte.clock import utc_now
from eakte.desk.days import as_day
from eakte.desk.rows import Badge
from eakte.org.deputyship import Deputyship
from eakte.org.entering import may_enter_for
from eakte.org.interfaces import IOffice
from eakte.org.places import name_of
from typing import Any
from zope.component import getUtility


@dataclass(frozen=True)
class Line:
    """One deputyship or absence."""

    id: str
    person: str
    """Name of who is away or represented."""
    what: Any
    first: Any
    last: Any
    one_day: bool
    teams: str
    """Titles of the teams it is limited to; empty for all desks."""
    reason: str
    state: Badge
    noted: Any
    """Who entered it, and who ended it."""
    may_end: bool


def line_of(entry, user):
    """Return the ``Line`` of an entry, as the user may deal with it."""
    moment = utc_now()
    return Line(
        id=entry.id,
        person=name_of(entry.person),
        what=_what(entry),
        first=as_day(entry.first),
        last=as_day(entry.last),
        one_day=entry.first == entry.last,
        teams=_teams(entry),
        reason=entry.reason,
        state=_state(entry, moment),
        noted=_noted(entry),
        may_end=not entry.is_over(moment) and may_enter_for(entry.person, user),
    )


def is_over(entry):
    """Whether the entry belongs to the past."""
    return entry.is_over(utc_now())


def _what(entry):
    if isinstance(entry, Deputyship):
        return _("represented by ${deputy}", mapping={"deputy": name_of(entry.deputy)})
    return _("away")


def _teams(entry):
    office = getUtility(IOffice)
    found = [office.team(team) for team in getattr(entry, "teams", ())]
    return ", ".join(team.title for team in found if team is not None)


def _state(entry, moment):
    if entry.ended is not None:
        return Badge(_("ended early"), "quiet")
    if entry.is_over(moment):
        return Badge(_("over"), "quiet")
    if entry.holds(moment):
        return Badge(_("holds now"), "good")
    return Badge(_("planned"), "plain")


def _noted(entry):
    said = {"who": name_of(entry.entered_by), "day": as_day(_day(entry.entered))}
    if entry.ended is None:
        return _("entered by ${who}, ${day}", mapping=said)
    said |= {"ender": name_of(entry.ended_by), "end": as_day(_day(entry.ended))}
    return _(
        "entered by ${who}, ${day}; ended by ${ender}, ${end}",
        mapping=said,
    )


def _day(moment):
    return in_house_time(moment).date()
