"""What is to be done, as a list: found without waking a single object."""

from dataclasses import dataclass
from datetime import timedelta
from eakte.access.closures import closures
from eakte.clock import today
from eakte.deadlines.model import AHEAD
from eakte.deadlines.model import PRESSING
from eakte.deadlines.model import Term
from eakte.deadlines.model import Urgency
from eakte.deadlines.store import terms
from eakte.deadlines.whose import Whose
from eakte.org.interfaces import IOffice
from eakte.org.membership import registered_departments
from eakte.org.membership import teams_of
from eakte.org.places import departments_headed_by
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
    """Return the ``Line``s that the user is to do; see ``Whose``.

    :param until: a day; what is to be done later is left out.
    """
    whose = Whose()
    return _lines([each for each in _of_teams(until) if whose.is_mine(each)])


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
