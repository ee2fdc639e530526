"""The office's files are applied to the site: groups, people, who sits where."""

from dataclasses import dataclass
from eakte.org.interfaces import IOffice
from eakte.org.interfaces import IOfficeApplied
from eakte.org.principals import DATA_PROTECTION_GROUP
from eakte.org.principals import desk_group
from eakte.org.principals import head_group
from eakte.org.principals import INTEGRATION_GROUP
from eakte.org.principals import MAILROOM_GROUPS
from eakte.org.principals import records_group
from eakte.org.principals import registry_group
from eakte.org.principals import team_group
from eakte.org.principals import team_lead_group
from eakte.org.reading import read_office
from eakte.org.roles import DATA_PROTECTION_OFFICER
from eakte.org.roles import INTEGRATION_ACCOUNT
from eakte.org.roles import MAILROOM_LEAD
from eakte.org.roles import QUALITY_CHECKER
from eakte.org.roles import SCAN_OPERATOR
from plone import api
from zope.component import getUtility
from zope.event import notify
from zope.interface import implementer

import secrets


OURS = ("team-", "desk-", "department-", "mailroom-", "data-", "integration-")
"""How the ids of the groups begin that the files decide about; others are left alone."""


@implementer(IOfficeApplied)
@dataclass(frozen=True)
class OfficeApplied:
    moved_teams: frozenset


def apply_office(folder):
    """Make the site look as the office's files say. Doing it again changes nothing.

    A person who is no longer named keeps the account and loses every place;
    a group that is no longer named loses its members and stays, because its
    id may stand in the history of a case file.

    :param folder: folder with one ``*.yaml`` a department, see instance/office.
    :raises OfficeFilesWrong: the files contradict themselves; nothing is changed.
    """
    plan = read_office(folder)
    office = getUtility(IOffice)
    moved = frozenset(
        team.id
        for team in plan.teams
        if office.department_of(team.id) not in (None, team.department)
    )
    for person in plan.people:
        _ensure_person(person)
    groups = dict(_groups(plan))
    for group_id, (title, roles, members) in groups.items():
        _ensure_group(group_id, title, roles)
        _ensure_members(group_id, set(members))
    for group in api.group.get_groups():
        if group.id.startswith(OURS) and group.id not in groups:
            _ensure_members(group.id, set())
    if office.plan != plan:
        office.plan = plan
    notify(OfficeApplied(moved))


def _groups(plan):
    """Yield ``(group id, (title, site-wide roles, person ids))`` of every place."""
    for department in plan.departments:
        title = department.title
        yield head_group(department.id), (f"{title}: Leitung", (), department.head)
        yield (
            registry_group(department.id),
            (f"{title}: Registratur", (), department.registry),
        )
        yield (
            records_group(department.id),
            (f"{title}: Schriftgutverwaltung", (), department.records_managers),
        )
    for team in plan.teams:
        desks = [desk for desk in plan.desks if desk.team == team.id]
        people = {person for desk in desks for person in desk.people} | set(team.lead)
        yield team_group(team.id), (team.title, (), people)
        yield team_lead_group(team.id), (f"{team.title}: Leitung", (), team.lead)
        for desk in desks:
            yield desk_group(desk.id), (desk.title, (), desk.people)
    mailroom = {
        "operators": ("Poststelle: Scannen", SCAN_OPERATOR),
        "checkers": ("Poststelle: Qualitätssicherung", QUALITY_CHECKER),
        "leads": ("Poststelle: Leitung", MAILROOM_LEAD),
    }
    for function, (title, role) in mailroom.items():
        yield MAILROOM_GROUPS[function], (title, (role,), plan.mailroom[function])
    yield (
        DATA_PROTECTION_GROUP,
        (
            "Datenschutzbeauftragte",
            (DATA_PROTECTION_OFFICER,),
            plan.data_protection_officers,
        ),
    )
    yield (
        INTEGRATION_GROUP,
        ("Fachverfahren", (INTEGRATION_ACCOUNT,), plan.integration_accounts),
    )


def _ensure_person(person):
    user = api.user.get(username=person.id)
    if user is None:
        # Nobody knows this password: an administrator or the demo sets the first one.
        user = api.user.create(
            email=person.email,
            username=person.id,
            password=secrets.token_urlsafe(32),
        )
    wanted = {"fullname": person.name, "email": person.email}
    if {name: user.getProperty(name) for name in wanted} != wanted:
        user.setMemberProperties(wanted)


def _ensure_group(group_id, title, roles):
    group = api.group.get(groupname=group_id)
    if group is None:
        api.group.create(groupname=group_id, title=title, roles=list(roles))
    elif group.getProperty("title") != title:
        api.portal.get_tool("portal_groups").editGroup(group_id, title=title)


def _ensure_members(group_id, wanted):
    plugin = api.portal.get_tool("acl_users").source_groups
    present = set(plugin.getGroupMembers(group_id))
    for person in sorted(wanted - present):
        plugin.addPrincipalToGroup(person, group_id)
    for person in sorted(present - wanted):
        plugin.removePrincipalFromGroup(person, group_id)
