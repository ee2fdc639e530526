"""Who has which place, as the office's files say it: stored places, nothing computed."""

from eakte import _
from eakte.org.interfaces import IOffice
from eakte.org.principals import ACCOUNT
from eakte.org.principals import ADDRESS
from eakte.org.principals import PERMISSIONS
from eakte.org.principals import READING_DAYS
from eakte.org.principals import REMOVED
from eakte.org.principals import STANDING
from plone import api
from zope.component import getUtility


def desks_at(person):
    """Return the desks that the person sits at."""
    return tuple(desk for desk in getUtility(IOffice).desks() if person in desk.people)


def teams_led_by(person):
    """Return the teams that the person leads."""
    return tuple(team for team in getUtility(IOffice).teams() if person in team.lead)


def teams_working_in(person):
    """Return the ids of the teams in which the person sits or which it leads."""
    return {desk.team for desk in desks_at(person)} | {
        team.id for team in teams_led_by(person)
    }


def departments_headed_by(person):
    """Return the departments at whose head the person stands."""
    departments = getUtility(IOffice).departments()
    return tuple(each for each in departments if person in each.head)


def departments_of(person):
    """Return the ids of the departments in which the person has any place."""
    office = getUtility(IOffice)
    found = {office.department_of(team) for team in teams_working_in(person)}
    for each in office.departments():
        if person in (*each.head, *each.registry, *each.records_managers):
            found.add(each.id)
    return found


def answers_for_data_protection(person):
    """Whether the office's files name the person as a data protection officer."""
    return person in getUtility(IOffice).plan.data_protection_officers


def people_of_team(team):
    """Return the ids of those who sit in the team or lead it, in the office's order."""
    office = getUtility(IOffice)
    seats = [person for desk in office.desks(team) for person in desk.people]
    known = office.team(team)
    return tuple(dict.fromkeys([*(known.lead if known else ()), *seats]))


def people_of_department(department):
    """Return the ids of those who have any place in the department."""
    office = getUtility(IOffice)
    known = office.department(department)
    named = (*known.head, *known.registry, *known.records_managers) if known else ()
    teams = [people_of_team(team.id) for team in office.teams(department)]
    return tuple(dict.fromkeys([*named, *(each for team in teams for each in team)]))


def is_at_place(person, team, desk):
    """Whether the person works there by a place of its own.

    At a desk that is named: who sits there. In a team: who works in it or leads
    it, and who looks after it from the department's registry or head.
    """
    office = getUtility(IOffice)
    if desk and (known := office.desk(desk)) is not None and person in known.people:
        return True
    if team in teams_working_in(person):
        return True
    department = office.department(office.department_of(team))
    return department is not None and person in (*department.head, *department.registry)


def name_of(person):
    """Return what the person is called, also long after it left."""
    if not person:
        return ""
    for each in getUtility(IOffice).plan.people:
        if each.id == person:
            return each.name
    user = api.user.get(userid=person)
    return (user and user.getProperty("fullname")) or person


NO_PLACES = {
    ACCOUNT: _("another password"),
    ADDRESS: _("another e-mail address"),
    PERMISSIONS: _("who may do what"),
    READING_DAYS: _("Days that reading is remembered"),
    REMOVED: _("the account was removed"),
}
"""What stands in the history where a place would."""


def title_of(group):
    """Return what people call the place that the group stands for."""
    if group in NO_PLACES:
        return NO_PLACES[group]
    if group.startswith(STANDING):
        place = title_of(group.removeprefix(STANDING))
        return _("standing deputy: ${place}", mapping={"place": place})
    known = api.group.get(groupname=group)
    return (known and known.getProperty("title")) or group
