from dataclasses import dataclass
from zope.interface import Attribute
from zope.interface import Interface

import datetime


class IOffice(Interface):
    """The organisation as it was last applied from the office's files.

    Verbs of the room: ``applying.apply_office`` (files → site),
    ``membership.teams_of`` and ``desks_of`` (person → where they work),
    ``entering.enter_deputyship``, ``enter_absence`` and ``end``.
    """

    def departments():
        """Return every department, in the order of the files."""

    def teams(department=None):
        """Return the teams, all or one department's, in the order of the files."""

    def desks(team=None):
        """Return the desks, all or one team's, in the order of the files."""

    def department(department_id):
        """Return the department, or None."""

    def team(team_id):
        """Return the team, or None."""

    def desk(desk_id):
        """Return the desk, or None."""

    def department_of(team_id):
        """Return the id of the team's department, or None for an unknown team."""

    plan = Attribute("The ``OfficePlan`` in force")

    files = Attribute("The texts that the plan comes from, by file name")

    def history():
        """Return every ``PlaceEntry``, oldest first. It is never shortened."""

    def notable():
        """Return ``[(number, entry)]`` of the notable ones of these, newest first."""

    def seen():
        """Return ``{number: (person id, moment)}``: who has seen a notable entry first.

        The number is the entry's place in the history, from 0. Whom the entry is
        about does not count, see ``seen_oneself``.
        """

    def seen_oneself():
        """Return the same of those whom the entries are about."""

    def applications():
        """Return every ``Application`` of the files, oldest first."""


class IDepartment(Interface):
    """A department: a wall; nobody sees over it."""

    id = Attribute("Stable id, part of group ids")
    title = Attribute("As people call it")


class ITeam(Interface):
    """A team: the mail of its box and its case files belong to it."""

    id = Attribute("Stable id, part of group ids")
    title = Attribute("As people call it")
    department = Attribute("Id of the department")


class IDesk(Interface):
    """A desk: work belongs to it; one or more people sit at it."""

    id = Attribute("Stable id, part of group ids")
    title = Attribute("As people call it")
    team = Attribute("Id of the team")


class IOfficeApplied(Interface):
    """The office's files were applied to the site."""

    moved_teams = Attribute("Ids of the teams that changed their department")


@dataclass(frozen=True)
class PlaceEntry:
    """Somebody got a place in the office, or left it."""

    when: datetime.datetime
    """Aware, UTC."""
    person: str
    place: str
    """Id of the group that stands for the place, see ``principals``."""
    gained: bool
    """Whether the person got it; False: left it."""
    by: str
    """Who did it; empty for a command."""
    notable: bool
    """Whether somebody made himself a reader, an administrator became one, or
    somebody did past the office's files."""
    what: str = ""
    """What changed, old and new, where the place alone does not say it."""


class IPlaceChanged(Interface):
    """Somebody got or left a place, by the office's files or by Plone's groups."""

    entry = Attribute("The ``PlaceEntry``, kept in the office's history")


@dataclass(frozen=True)
class Application:
    """The files were applied and changed something."""

    when: datetime.datetime
    """Aware, UTC."""
    by: str
    """Who did it; empty for the command."""
    changes: int
    """How many names, groups and places changed."""


@dataclass(frozen=True)
class Cause:
    """Why somebody is a member of a group for a time."""

    kind: str
    """``deputy``; other rooms add their own."""
    person: str = ""
    """Whom it is for, or who gave it."""
    until: datetime.date | None = None
    """The last day on which it holds; None when that is not known."""
    since: datetime.date | None = None
    """The day from which it holds; None when that matters not."""


class IMemberships(Interface):
    """A named utility: who is a member of which groups now, computed, stored nowhere.

    The PAS plugin ``eakte_memberships`` asks all of them. What they answer is
    computed from stored places only, never from each other's answers: so there
    is no chain.
    """

    def groups_of(person_id):
        """Return the ids of the groups that the person is a member of now."""

    def members_of(group_id):
        """Return ``{person id: Cause}`` of the group's members by this rule."""


class IDeputyships(Interface):
    """The book of deputyships and absences: a local utility, nothing is deleted."""

    def add(entry):
        """Keep a new ``Deputyship`` or ``Absence``."""

    def replace(entry):
        """Keep the entry as it is now; it has been there under its id."""

    def get(entry_id):
        """Return the ``Deputyship`` or ``Absence``, or None."""

    def by_deputy(person_id):
        """Return the deputyships in which the person represents, oldest first."""

    def by_represented(person_id):
        """Return the deputyships in which the person is represented."""

    def absences(person_id):
        """Return the person's absences, oldest first."""


class IDeputyshipEntered(Interface):
    """A deputyship or an absence was entered."""

    entry = Attribute("The ``Deputyship`` or ``Absence``")


class IDeputyshipEnded(Interface):
    """A deputyship or an absence was ended before its last day."""

    entry = Attribute("The ``Deputyship`` or ``Absence`` as it is now")
