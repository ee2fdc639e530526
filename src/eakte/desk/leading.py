"""Whose numbers somebody may know who leads."""

from eakte.org.interfaces import IOffice
from eakte.org.places import departments_headed_by
from eakte.org.places import teams_led_by
from plone import api
from zope.component import getUtility


def teams_counted():
    """Return the teams whose numbers the user may know: ``[(department, teams)]``.

    The head of a department knows those of all its teams, the lead of a team its own.
    """
    user = api.user.get_current()
    person, office = (user and user.getId()) or "", getUtility(IOffice)
    headed = {each.id for each in departments_headed_by(person)}
    led = {team.id for team in teams_led_by(person)}
    found = []
    for department in office.departments():
        teams = [
            team
            for team in office.teams(department.id)
            if department.id in headed or team.id in led
        ]
        if teams:
            found.append((department, teams))
    return found
