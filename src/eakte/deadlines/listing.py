"""What is to be done, as a list: found without waking a single object."""

from dataclasses import dataclass
from datetime import timedelta
from eakte.access.closures import closures
from eakte.clock import today
from eakte.deadlines.model import AHEAD
from eakte.deadlines.model import Deadline
from eakte.deadlines.model import PRESSING
from eakte.deadlines.model import Term
from eakte.deadlines.model import Urgency
from eakte.deadlines.store import terms
from eakte.org.interfaces import IOffice
from eakte.org.membership import desks_of
from eakte.org.membership import registered_departments
from eakte.org.membership import teams_of
from eakte.org.places import departments_headed_by
from eakte.org.places import departments_of
from eakte.org.representing import at_desk
from eakte.org.representing import deputies_of
from eakte.org.representing import is_absent
from eakte.org.representing import represented_by
from plone import api
from zope.component import getUtility


@dataclass(frozen=True)
class Line:
    """A resubmission or deadline with its object, as a list shows it."""

    term: Term
    urgency: Urgency
    title: str
    reference: str
    """The case file's reference; a letter's number as long as it is in none."""
    type: str
    """Portal type of the object."""
    url: str
    """Address of the object."""


def mine(until=None):
    """Return the ``Line``s that the user is to do; see ``is_mine``.

    :param until: a day; what is to be done later is left out.
    """
    return _lines([each for each in _of_teams(until) if is_mine(each)])


def of_teams(until=None):
    """Return the ``Line``s of the teams that the user works in or looks after."""
    return _lines(_of_teams(until))


def of_object(uid):
    """Return all terms of an object, the settled ones too, oldest first."""
    return terms().of_object(uid)


def ahead():
    """Return the last day that lists look ahead to."""
    return today() + timedelta(AHEAD)


def pressing(lines):
    """Return the lines about which something must be done now."""
    return [line for line in lines if line.urgency in PRESSING]


def teams_in_sight():
    """Return the ids of the teams that the user works in, represents or looks after."""
    office = getUtility(IOffice)
    found = {team.id for team in teams_of()}
    above = {each.id for each in registered_departments()}
    above |= {each.id for each in departments_headed_by(_user())}
    for department in above:
        found |= {team.id for team in office.teams(department)}
    return tuple(team.id for team in office.teams() if team.id in found)


def is_mine(term):
    """Whether the user is to do it.

    It is for the person who is named, or who works at the desk, or for the deputy.
    Nobody there and nobody represented, it is for everybody in the team; so is what
    has no desk. A deadline whose early warning has come is for the team's lead too.
    In a protected case file it is for the circle: for the one of it who is named, or for
    all.
    """
    book = closures()
    if book is not None and book.protects(term.file):
        named = bool(term.person) and not book.is_closed_to(term.file, term.person)
        return not book.is_closed_to(term.file, _user()) and (
            not named or term.person == _user()
        )
    warned = isinstance(term, Deadline) and term.urgency(today()) in PRESSING
    if warned and _leads(term.team):
        return True
    if term.person:
        represented = {each.represented for each in represented_by(_user())}
        if _user() == term.person or term.person in represented:
            return True
        return _is_gone(term.person) and _works_in(term.team)
    desk = getUtility(IOffice).desk(term.desk) if term.desk else None
    if desk is None:
        return _works_in(term.team)
    if desk.id in {each.id for each in desks_of()}:
        return True
    deserted = not at_desk(desk) and all(is_absent(each) for each in desk.people)
    return deserted and _works_in(term.team)


def _leads(team):
    known = getUtility(IOffice).team(team)
    if known is None:
        return False
    away = any(is_absent(each) for each in known.lead)
    return _user() in known.lead or (away and _user() in known.lead_deputies)


def _is_gone(person):
    """Whether the person is away or has left, and nobody represents it."""
    away = is_absent(person) or not departments_of(person)
    return away and not deputies_of(person)


def _works_in(team):
    return team in {each.id for each in teams_of()}


def _of_teams(until):
    book = terms()
    found = {
        term.id: term
        for team in teams_in_sight()
        for term in book.open_of_team(team, until)
    }
    # Who is in the circle of a protected case file need not be of its team.
    closed = closures()
    for uid in closed.circles_of(_user()) if closed is not None else ():
        for term in book.open_in_file(uid):
            if until is None or term.shows_from <= until:
                found.setdefault(term.id, term)
    return list(found.values())


def _lines(found):
    """Return the lines of the terms whose object the user may see, most urgent first."""
    if not found:
        return []
    catalog = api.portal.get_tool("portal_catalog")
    brains = {b.UID: b for b in catalog(UID=list({term.object for term in found}))}
    files = {term.file for term in found if term.object in brains and term.file}
    references = {b.UID: b.reference for b in catalog(UID=list(files))} if files else {}
    day = today()
    lines = []
    for term in found:
        if (brain := brains.get(term.object)) is None:
            continue
        number = brain.number if brain.portal_type == "mail_item" else ""
        lines.append(
            Line(
                term=term,
                urgency=term.urgency(day),
                title=brain.Title or number,
                reference=references.get(term.file) or number,
                type=brain.portal_type,
                url=brain.getURL(),
            )
        )
    order = list(Urgency)
    return sorted(
        lines,
        key=lambda line: (
            order.index(line.urgency),
            getattr(line.term, "end", None) or line.term.day,
            line.reference,
            line.term.id,
        ),
    )


def _user():
    user = api.user.get_current()
    return (user and user.getId()) or ""
