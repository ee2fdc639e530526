"""Who works for whom now: computed from the office's plan and the book of deputyships.

One step only: what is computed here is asked for by nobody here, so a deputy's
deputy reaches nothing of the first person's.
"""

from dataclasses import dataclass
from dataclasses import replace
from eakte.clock import now
from eakte.org.interfaces import Cause
from eakte.org.interfaces import IDeputyships
from eakte.org.interfaces import IMemberships
from eakte.org.interfaces import IOffice
from eakte.org.places import departments_of
from eakte.org.places import desks_at
from eakte.org.places import is_at_place
from eakte.org.principals import desk_group
from eakte.org.principals import team_group
from zope.annotation.interfaces import IAnnotations
from zope.component import queryUtility
from zope.globalrequest import getRequest
from zope.interface import implementer

import datetime


@dataclass(frozen=True)
class Representation:
    """One person works at another's desk, for a time."""

    deputy: str
    represented: str
    desk: str
    team: str
    until: datetime.date
    """The last day on which it holds."""
    entry: str
    """Id of the deputyship, or of the absence that lets a standing deputy step in."""
    standing: bool
    """Whether it is the desk's standing deputy."""


def represented_by(deputy):
    """Return the ``Representation``s in which the person is the deputy now."""
    return _remembered("by", deputy, _represented_by)


def deputies_of(represented):
    """Return the ``Representation``s in which the person is represented now."""
    return _remembered("of", represented, _deputies_of)


def at_desk(desk):
    """Return the ``Representation``s that hold at the desk now.

    :param desk: the office's desk, not its id.
    """
    return tuple(
        each
        for person in desk.people
        for each in deputies_of(person)
        if each.desk == desk.id
    )


def represented_at(person, team, desk=None):
    """Return the id of the one for whom the person works there, or None.

    Work belongs to the desk. Who represents its people works for them there,
    also as a colleague of their team; who sits there works for nobody else.

    :param team: id of the team that has the work.
    :param desk: id of the desk that has it, if one has.
    """
    mine = represented_by(person)
    office = queryUtility(IOffice)
    if not mine or office is None:
        return None
    seat = office.desk(desk) if desk else None
    if seat is not None and person in seat.people:
        return None
    for each in mine:
        if desk and each.desk == desk:
            return each.represented
    if is_at_place(person, team, desk):
        return None
    return next((each.represented for each in mine if each.team == team), None)


def is_absent(person, moment=None):
    """Whether an absence of the person holds at the moment, now without one."""
    return absence_at(person, moment or now()) is not None


@implementer(IMemberships)
class DeputyMemberships:
    """A deputy works at the represented person's desks, and so in their teams.

    Never as a lead, head or in the registry; these are that person's own places.
    """

    def groups_of(self, person_id):
        found = represented_by(person_id)
        return {desk_group(each.desk) for each in found} | {
            team_group(each.team) for each in found
        }

    def members_of(self, group_id):
        office = queryUtility(IOffice)
        found = {}
        for desk in office.desks() if office is not None else ():
            if group_id in (desk_group(desk.id), team_group(desk.team)):
                for each in at_desk(desk):
                    cause = Cause("deputy", each.represented, each.until)
                    found.setdefault(each.deputy, cause)
        return found


def _represented_by(deputy, book, moment):
    office = queryUtility(IOffice)
    seats = [
        (entry.represented, desk, entry, False)
        for entry in book.by_deputy(deputy)
        if entry.holds(moment)
        for desk in desks_at(entry.represented)
        if not entry.teams or desk.team in entry.teams
    ]
    for desk in office.desks():
        if deputy in desk.deputies:
            for person in desk.people:
                if absence := absence_at(person, moment):
                    seats.append((person, desk, absence, True))
    return tuple(_allowed(deputy, seats))


def _deputies_of(represented, book, moment):
    deputies = {
        entry.deputy
        for entry in book.by_represented(represented)
        if entry.holds(moment)
    }
    for desk in desks_at(represented):
        deputies.update(desk.deputies)
    return tuple(
        each
        for deputy in sorted(deputies)
        for each in _represented_by(deputy, book, moment)
        if each.represented == represented
    )


def _allowed(deputy, seats):
    # Asked each time: the person or the team may have changed the department
    # since the deputyship was entered, and nobody sees over that wall.
    office = queryUtility(IOffice)
    own = departments_of(deputy) if seats else ()
    for represented, desk, entry, standing in seats:
        if deputy not in desk.people and office.department_of(desk.team) in own:
            yield Representation(
                deputy, represented, desk.id, desk.team, entry.last, entry.id, standing
            )


def absence_at(person, moment):
    """Return the ``Absence`` of the person that holds at the moment, or None.

    Its last day is the last one on which the person is away without a gap, by whichever
    absence.
    """
    book = queryUtility(IDeputyships)
    entries = book.absences(person) if book is not None else ()
    found = next((entry for entry in entries if entry.holds(moment)), None)
    return found and replace(found, last=_last_without_gap(found, entries))


def _last_without_gap(entry, entries):
    """Return the last day to which entries lead on from the one that holds."""
    last = entry.last
    for each in sorted(entries, key=lambda each: each.first):
        if each.ended is None and (each.first - last).days <= 1:
            last = max(last, each.last)
    return last


def _remembered(question, person, answer):
    """Answer once a request and person, as long as nothing changed meanwhile."""
    book = queryUtility(IDeputyships)
    office = queryUtility(IOffice)
    if book is None or office is None:
        return ()
    moment = now()
    # Not in the request itself: what stands there may come from outside.
    kept = IAnnotations(getRequest(), None)
    if kept is None:
        return answer(person, book, moment)
    key = f"eakte.representing.{question}.{person}"
    day, changes, plan, found = kept.get(key, (None, None, None, ()))
    if (day, changes) != (moment.date(), book.changes()) or plan is not office.plan:
        found = answer(person, book, moment)
        kept[key] = (moment.date(), book.changes(), office.plan, found)
    return found
