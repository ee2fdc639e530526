"""Where a person works: read from the groups, so that every door sees the same."""

from dataclasses import dataclass
from eakte.org.interfaces import IOffice
from eakte.org.principals import desk_group
from eakte.org.principals import registry_group
from eakte.org.principals import team_group
from eakte.org.principals import team_lead_group
from eakte.org.representing import represented_by
from plone import api
from zope.component import getUtility

import datetime


@dataclass(frozen=True)
class Seat:
    """A desk that a person works at, of its own or for somebody."""

    desk: object
    """The office's desk."""
    represented: str = ""
    """Id of the person that is represented there; empty at an own desk."""
    until: datetime.date | None = None
    """The last day; None at an own desk."""


def groups_of(user=None):
    """Return the ids of the user's groups; the current user's without one."""
    user = user or api.user.get_current()
    return frozenset(user.getGroups()) if user is not None else frozenset()


def teams_of(user=None):
    """Return the teams the user works in, leads or represents somebody in, in order."""
    groups = groups_of(user)
    return tuple(
        team
        for team in getUtility(IOffice).teams()
        if groups & {team_group(team.id), team_lead_group(team.id)}
    )


def seats_of(user=None, team=None):
    """Return the ``Seat``s of the user: the own desks first, in the office's order.

    :param team: id of a team; the desks of all teams without one.
    """
    user = user or api.user.get_current()
    groups = groups_of(user)
    represented = {}
    for each in represented_by(user.getId()) if user is not None else ():
        represented.setdefault(each.desk, each)
    seats = []
    for desk in getUtility(IOffice).desks(team):
        if desk_group(desk.id) in groups:
            found = represented.get(desk.id)
            seats.append(
                Seat(desk, found.represented, found.until) if found else Seat(desk)
            )
    return tuple(sorted(seats, key=lambda seat: bool(seat.represented)))


def desks_of(user=None, team=None):
    """Return the desks the user sits or represents somebody at, the own ones first."""
    return tuple(seat.desk for seat in seats_of(user, team))


def registered_departments(user=None):
    """Return the departments in whose registry the user works."""
    groups = groups_of(user)
    return tuple(
        department
        for department in getUtility(IOffice).departments()
        if registry_group(department.id) in groups
    )
