"""Which deputyships and absences a person may know of."""

from dataclasses import dataclass
from eakte.clock import now
from eakte.org.entering import teams_in_charge
from eakte.org.interfaces import IDeputyships
from eakte.org.interfaces import IOffice
from eakte.org.places import people_of_team
from eakte.org.representing import absence_at
from eakte.org.representing import deputies_of
from eakte.org.representing import represented_by
from zope.component import getUtility

import datetime


@dataclass(frozen=True)
class StandingDeputy:
    """Somebody whom the office's files name to step in while a person is away."""

    deputy: str
    represented: str
    team: str
    desk: str | None
    """Id of the desk; None for who steps in for the lead of the team."""
    until: datetime.date | None
    """The last day on which the deputy steps in now; None while nobody is away."""


def people_of(user):
    """Return the ids of the people whose deputyships the user looks after.

    The user comes first; then the people of the teams in the user's charge.
    """
    teams = teams_in_charge(user)
    others = (person for team in teams for person in people_of_team(team.id))
    return tuple(dict.fromkeys([user, *others]))


def deputyships_of(user):
    """Return every ``Deputyship`` the user may know of, the latest days first."""
    book = getUtility(IDeputyships)
    found = {entry.id: entry for entry in book.by_deputy(user)}
    for person in people_of(user):
        found |= {entry.id: entry for entry in book.by_represented(person)}
    return _latest_first(found.values())


def absences_of(user):
    """Return every ``Absence`` the user may know of, the latest days first."""
    book = getUtility(IDeputyships)
    return _latest_first(
        entry for person in people_of(user) for entry in book.absences(person)
    )


def representations_of(user):
    """Return the ``Representation``s that hold now and that the user may know of."""
    found = [*represented_by(user)]
    for person in people_of(user):
        found += [each for each in deputies_of(person) if each not in found]
    return tuple(found)


def standing_deputies_of(user):
    """Return every ``StandingDeputy`` the user may know of, in the office's order.

    A deputy of the lead enters deputyships and absences for the lead, and works at none
    of the lead's desks.
    """
    known = set(people_of(user))
    return tuple(
        each for each in _standing() if each.deputy == user or each.represented in known
    )


def _standing():
    office = getUtility(IOffice)
    for team in office.teams():
        for lead in team.lead:
            absence = absence_at(lead, now()) if team.lead_deputies else None
            for deputy in team.lead_deputies:
                until = absence and absence.last
                yield StandingDeputy(deputy, lead, team.id, None, until)
        for desk in office.desks(team.id):
            for person in desk.people if desk.deputies else ():
                until = {
                    each.deputy: each.until
                    for each in deputies_of(person)
                    if each.desk == desk.id and each.standing
                }
                for deputy in desk.deputies:
                    yield StandingDeputy(
                        deputy, person, team.id, desk.id, until.get(deputy)
                    )


def _latest_first(entries):
    return sorted(entries, key=lambda each: (each.first, each.entered), reverse=True)
