"""Where a person works: read from the groups, so that every door sees the same."""

from eakte.org.interfaces import IOffice
from eakte.org.principals import desk_group
from eakte.org.principals import registry_group
from eakte.org.principals import team_group
from eakte.org.principals import team_lead_group
from plone import api
from zope.component import getUtility


def groups_of(user=None):
    """Return the ids of the user's groups; the current user's without one."""
    user = user or api.user.get_current()
    return frozenset(user.getGroups()) if user is not None else frozenset()


def teams_of(user=None):
    """Return the teams the user works in or leads, in the office's order."""
    groups = groups_of(user)
    return tuple(
        team
        for team in getUtility(IOffice).teams()
        if groups & {team_group(team.id), team_lead_group(team.id)}
    )


def desks_of(user=None, team=None):
    """Return the desks the user sits at, in the office's order."""
    groups = groups_of(user)
    return tuple(
        desk
        for desk in getUtility(IOffice).desks(team)
        if desk_group(desk.id) in groups
    )


def registered_departments(user=None):
    """Return the departments in whose registry the user works."""
    groups = groups_of(user)
    return tuple(
        department
        for department in getUtility(IOffice).departments()
        if registry_group(department.id) in groups
    )
