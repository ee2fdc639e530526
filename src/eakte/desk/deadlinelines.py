"""A resubmission or deadline as a person reads it."""

from dataclasses import dataclass
from datetime import date
from eakte import _
from eakte.clock import in_house_time
from eakte.clock import today
from eakte.deadlines.model import Deadline
from eakte.deadlines.model import Deed
from eakte.deadlines.model import Term
from eakte.deadlines.model import Urgency
from eakte.deadlines.periods import Unit
from eakte.desk.days import as_day
from eakte.desk.rows import Badge
from eakte.org.interfaces import IOffice
from eakte.org.places import name_of
from typing import Any
from zope.component import getUtility


URGENCIES = {
    Urgency.OVERDUE: Badge(_("overdue"), "alarm"),
    Urgency.DUE: Badge(_("due today"), "alarm"),
    Urgency.WARNED: Badge(_("early warning"), "notice"),
    Urgency.SOON: Badge(_("in the next seven days"), "plain"),
    Urgency.LATER: Badge(_("later"), "quiet"),
}
"""Said in words, not by the colour alone."""

SETTLED = Badge(_("settled"), "quiet")
NOT_CONFIRMED = Badge(_("not confirmed"), "notice")
CONFIRMED = Badge(_("confirmed"), "good")

DEEDS = {
    Deed.ENTERED: _("entered"),
    Deed.POSTPONED: _("postponed"),
    Deed.DONE: _("done"),
    Deed.CONFIRMED: _("confirmed"),
    Deed.CHANGED: _("changed"),
    Deed.CLOSED: _("closed"),
}

UNITS = {
    Unit.DAYS: _("days"),
    Unit.WEEKS: _("weeks"),
    Unit.MONTHS: _("months"),
    Unit.YEARS: _("years"),
}

ONE = {
    Unit.DAYS: _("one day"),
    Unit.WEEKS: _("one week"),
    Unit.MONTHS: _("one month"),
    Unit.YEARS: _("one year"),
}


@dataclass(frozen=True)
class TermLine:
    """One line of a list of resubmissions and deadlines."""

    term: Term
    is_deadline: bool
    kind: Any
    """What it is: a resubmission, or a deadline."""
    day: Any
    """The day until which something is to be done."""
    day_of: date
    """The same for calculating."""
    what: str
    badges: tuple
    facts: tuple
    """What more is known, in sentences."""
    for_whom: str
    notes: tuple
    """What was done: ``(what, who and when, why)``, oldest first."""

    @property
    def date(self):
        """The day for machines."""
        return self.day_of.isoformat()


def line_of(term):
    """Return the ``TermLine`` of a term."""
    is_deadline = isinstance(term, Deadline)
    day = term.end if is_deadline else term.day
    return TermLine(
        term=term,
        is_deadline=is_deadline,
        kind=_("Legal deadline") if is_deadline else _("Resubmission"),
        day=as_day(day),
        day_of=day,
        what=term.kind if is_deadline else term.reason,
        badges=tuple(_badges(term)),
        facts=tuple(_facts(term)) if is_deadline else (),
        for_whom=for_whom(term),
        notes=tuple(_note(each) for each in term.notes),
    )


def for_whom(term):
    """Return the person, desk or team that is to do it."""
    office = getUtility(IOffice)
    if term.person:
        return name_of(term.person)
    if term.desk and (desk := office.desk(term.desk)):
        return desk.title
    team = office.team(term.team)
    return team.title if team else term.team


def _badges(term):
    yield URGENCIES[term.urgency(today())] if term.is_open else SETTLED
    if isinstance(term, Deadline):
        if term.confirmed_by:
            yield CONFIRMED
        elif term.is_open:
            yield NOT_CONFIRMED


def _facts(term):
    yield term.event
    yield _("Day of the event: ${day}", mapping={"day": as_day(term.start)})
    if term.length:
        yield _length(term.length)
    yield _("Early warning: ${day}", mapping={"day": as_day(term.warning)})


def _length(length):
    if length.count == 1:
        return ONE[length.unit]
    said = {"count": str(length.count), "unit": UNITS[length.unit]}
    return _("${count} ${unit}", mapping=said)


def _note(note):
    when = in_house_time(note.when)
    who = name_of(note.who)
    if note.for_whom:
        who = _(
            "${deputy} for ${name}",
            mapping={"deputy": who, "name": name_of(note.for_whom)},
        )
    return DEEDS[note.deed], as_day(when.date()), f"{when:%H:%M}", who, note.why
