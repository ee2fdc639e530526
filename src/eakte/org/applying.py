"""The office's files are applied to the site: groups, people, who sits where."""

from dataclasses import dataclass
from eakte import _
from eakte.clock import utc_now
from eakte.errors import EakteError
from eakte.org.groups import groups_of_plan
from eakte.org.groups import OURS
from eakte.org.interfaces import Application
from eakte.org.interfaces import IOffice
from eakte.org.interfaces import IOfficeApplied
from eakte.org.inway import refuse_accounts_in_the_way
from eakte.org.noting import note_standing
from eakte.org.preview import changes_between
from eakte.org.reading import plan_of
from eakte.org.reading import texts_of
from plone import api
from zope.component import getUtility
from zope.event import notify
from zope.i18nmessageid import Message
from zope.interface import implementer

import secrets


@implementer(IOfficeApplied)
@dataclass(frozen=True)
class OfficeApplied:
    moved_teams: frozenset


class FolderIsStale(EakteError):
    """The folder would undo what was applied in the control panel meanwhile."""

    status = 409


def apply_office(folder, overwrite=False):
    """Make the site look as the office's files say. Doing it again changes nothing.

    A person who is no longer named keeps the account and loses every place;
    a group that is no longer named loses its members and stays, because its
    id may stand in the history of a case file.

    :param folder: folder with one ``*.yaml`` a department, see instance/office.
    :param overwrite: also when files were changed in the control panel meanwhile.
    :raises FolderIsStale: naming these files; nothing is changed. In an office of
        before, of which it is not known what was applied last: all that would change.
    :raises OfficeFilesWrong: the files contradict themselves; nothing is changed.
    """
    texts = texts_of(folder)
    office = getUtility(IOffice)
    if not overwrite and (reasons := tuple(_reasons_against(office, texts))):
        raise FolderIsStale(reasons)
    apply_texts(texts)
    office.keep_folder(texts)


def _reasons_against(office, texts):
    """Yield what the folder would undo, or might."""
    changed = _(
        "“${name}” was changed in the control panel, and the folder would undo "
        "that. Save it from there into the folder, or apply with --overwrite."
    )
    differs = _(
        "“${name}” says otherwise than what is in force, and it is not known "
        "which of the two is newer. Hand it in in the control panel to see what "
        "it would change, or apply with --overwrite."
    )
    said = changed if office.knows_folder else differs
    for name in office.changed_beside(texts):
        yield Message(said, mapping={"name": name})
    if not office.files and office.departments():
        count = len(changes_between(office.plan, plan_of(texts)))
        if count:
            yield _(
                "The folder would change ${count} names, groups and places, and it is "
                "not known with which files the office was applied before. Look at what "
                "changes, and apply with --overwrite.",
                mapping={"count": str(count)},
            )


def apply_texts(texts):
    """Make the site look as these files say, see ``apply_office``.

    :param texts: what stands in each file, by file name; all files of the office.
    """
    plan = plan_of(texts)
    refuse_accounts_in_the_way(plan)
    office = getUtility(IOffice)
    moved = frozenset(
        team.id
        for team in plan.teams
        if office.department_of(team.id) not in (None, team.department)
    )
    before = office.plan
    changes = changes_between(before, plan)
    for person in plan.people:
        _ensure_person(person)
    # Who gets a place is noted with the names that are in force then.
    if before != plan:
        office.plan = plan
    ensure_groups(plan)
    note_standing(before, plan)
    office.keep_files(texts)
    if changes:
        user = api.user.get_current()
        by = (user and user.getId()) or ""
        office.note_application(Application(utc_now(), by, len(changes)))
    notify(OfficeApplied(moved))


def ensure_groups(plan):
    """Let the plan's groups be there, with the members that the plan says."""
    groups = groups_of_plan(plan)
    for group in groups.values():
        _ensure_group(group)
    for group in groups.values():
        _ensure_members(group.id, group.members)
    for group in api.group.get_groups():
        if group.id.startswith(OURS) and group.id not in groups:
            _ensure_members(group.id, frozenset())


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


def _ensure_group(wanted):
    group = api.group.get(groupname=wanted.id)
    if group is None:
        api.group.create(
            groupname=wanted.id, title=wanted.title, roles=list(wanted.roles)
        )
    elif group.getProperty("title") != wanted.title:
        groups = api.portal.get_tool("portal_groups")
        groups.editGroup(wanted.id, title=wanted.title)


def _ensure_members(group_id, wanted):
    plugin = api.portal.get_tool("acl_users").source_groups
    present = set(plugin.getGroupMembers(group_id))
    for person in sorted(wanted - present):
        plugin.addPrincipalToGroup(person, group_id)
    for person in sorted(present - wanted):
        plugin.removePrincipalFromGroup(person, group_id)
