"""Whom a case file can be opened or closed to by name: who works in its department."""

from eakte.login.placements import AccountMemberships
from eakte.org.interfaces import IOffice
from eakte.org.places import departments_of
from eakte.org.places import people_of_department
from eakte.org.principals import records_group
from eakte.org.principals import registry_group
from eakte.org.principals import team_group
from plone import api
from zope.component import getUtility


def people_to_choose(case_file):
    """Return the ids of those who work in the department now.

    By the office's files, in their order; then by a group elsewhere that stands for a
    place of the department.
    """
    department = getUtility(IOffice).department_of(case_file.team)
    accounts = AccountMemberships()
    by_account = sorted(
        person
        for group in _groups_of_department(department)
        for person in accounts.members_of(group)
        if api.user.get(userid=person) is not None
    )
    return tuple(dict.fromkeys([*people_of_department(department), *by_account]))


def people_to_bar(case_file):
    """Return the ids of those who can be barred: they work there, or look after data
    protection and would read in the journal what happened there.
    """
    officers = getUtility(IOffice).plan.data_protection_officers
    return tuple(dict.fromkeys([*people_to_choose(case_file), *officers]))


def departments_worked_in(person):
    """Return the ids of the departments in which the person has a place, by a file or by
    a group elsewhere.
    """
    groups = AccountMemberships().groups_of(person)
    by_account = {
        department.id
        for department in (getUtility(IOffice).departments() if groups else ())
        if groups & _groups_of_department(department.id)
    }
    return departments_of(person) | by_account


def _groups_of_department(department):
    """Return the ids of the groups that hold everybody who has a place there."""
    teams = getUtility(IOffice).teams(department)
    return {
        registry_group(department),
        records_group(department),
        # Leads and desks are in their team's.
        *(team_group(team.id) for team in teams),
    }
