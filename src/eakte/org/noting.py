"""The office's history: who got and left which place, when, and who did it."""

from dataclasses import dataclass
from eakte.clock import utc_now
from eakte.org.groups import groups_of_plan
from eakte.org.groups import OURS
from eakte.org.groups import SHADOWS
from eakte.org.interfaces import IOffice
from eakte.org.interfaces import IPlaceChanged
from eakte.org.interfaces import PlaceEntry
from eakte.org.principals import ACCOUNT
from eakte.org.principals import desk_group
from eakte.org.principals import desk_people_group
from eakte.org.principals import elsewhere_group
from eakte.org.principals import head_group
from eakte.org.principals import records_group
from eakte.org.principals import registry_group
from eakte.org.principals import standing_deputies
from eakte.org.principals import team_group
from eakte.org.principals import team_lead_group
from eakte.org.principals import team_people_group
from eakte.rest.origin import Door
from eakte.rest.origin import origin
from plone import api
from zope.component import getUtility
from zope.component import queryUtility
from zope.event import notify
from zope.interface import implementer


ADMINISTRATORS = ("Manager", "Site Administrator")


@implementer(IPlaceChanged)
@dataclass(frozen=True)
class PlaceChanged:
    entry: PlaceEntry


def note_gained(event):
    """Somebody became a member of a group, by the files or in Plone's own panel."""
    _note(event.principal, event.group_id, gained=True)


def note_left(event):
    """Somebody is a member no longer."""
    _note(event.principal, event.group_id, gained=False)


def note_password(event):
    """Somebody has another password; notable when somebody else has given it.

    A command gives passwords to accounts that it makes, and is no person.
    """
    known = event.principal
    _note_account(known if isinstance(known, str) else known.getId())


def note_account(event):
    """An account is made anew for a person of the office: with a password likewise.

    Those that the office's files make have one that nobody knows.
    """
    office = queryUtility(IOffice)
    known = event.principal
    person = known if isinstance(known, str) else known.getId()
    if office is not None and person in {each.id for each in office.plan.people}:
        _note_account(person)


def _note_account(person):
    office = queryUtility(IOffice)
    if office is None or origin().door not in (Door.WEB, Door.REST):
        return
    user = api.user.get_current()
    by = (user and user.getId()) or ""
    if by and by != person:
        office.note(
            PlaceEntry(
                when=utc_now(),
                person=person,
                place=ACCOUNT,
                gained=True,
                by=by,
                notable=True,
            )
        )


def note_standing(before, after):
    """Note who steps in at which place by the new plan, and who does no longer."""
    old, new = _standing(before), _standing(after)
    changes = [(each, True) for each in sorted(new - old)]
    changes += [(each, False) for each in sorted(old - new)]
    user = api.user.get_current()
    for (place, person), gained in changes:
        entry = PlaceEntry(
            when=utc_now(),
            person=person,
            place=place,
            gained=gained,
            by=(user and user.getId()) or "",
            notable=False,
        )
        getUtility(IOffice).note(entry)
        notify(PlaceChanged(entry))


def _standing(plan):
    """Return ``{(place in the history, person id)}`` of the plan's standing deputies."""
    deputies = {desk_group(desk.id): desk.deputies for desk in plan.desks}
    for team in plan.teams:
        deputies[team_lead_group(team.id)] = team.lead_deputies
    return {
        (standing_deputies(group), person)
        for group, people in deputies.items()
        for person in people
    }


def notable_entries(department):
    """Return the entries that the head of the department must know of, newest first.

    Somebody made himself or herself a reader of the department, somebody who
    administers the system became one, or somebody did past the office's files.
    """
    return tuple(numbered_notable_entries(department).values())


def numbered_notable_entries(department):
    """Return the same as ``{number in the office's history: entry}``."""
    groups = groups_of_department(department)
    return {
        number: entry
        for number, entry in all_notable_entries()
        if entry.place in groups
    }


def all_notable_entries():
    """Return ``[(number in the office's history, entry)]``, the newest first."""
    return getUtility(IOffice).notable()


def _note(person, group_id, *, gained):
    office = queryUtility(IOffice)
    if office is None or not group_id.startswith(OURS):
        return
    planned = groups_of_plan(office.plan).get(group_id)
    by_files = planned is not None and person in planned.members
    if group_id.endswith(SHADOWS) and (by_files or not gained):
        # The place itself is noted, which says the same.
        return
    user = api.user.get_current()
    by = (user and user.getId()) or ""
    own_doing = person == by or _administers(person)
    entry = PlaceEntry(
        when=utc_now(),
        person=person,
        place=group_id,
        gained=gained,
        by=by,
        notable=gained and (own_doing or not by_files),
    )
    office.note(entry)
    notify(PlaceChanged(entry))


def _administers(person):
    user = api.user.get(userid=person)
    return user is not None and any(user.has_role(role) for role in ADMINISTRATORS)


def groups_of_department(department):
    """Return the ids of the groups that stand for places in the department."""
    office = getUtility(IOffice)
    of_department = (head_group, registry_group, records_group, elsewhere_group)
    groups = {of(department) for of in of_department}
    for team in office.teams(department):
        for of in (team_group, team_people_group, team_lead_group):
            groups.add(of(team.id))
        for desk in office.desks(team.id):
            groups |= {desk_group(desk.id), desk_people_group(desk.id)}
    return groups
