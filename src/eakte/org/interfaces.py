from zope.interface import Attribute
from zope.interface import Interface


class IOffice(Interface):
    """The organisation as it was last applied from the office's files.

    Verbs of the room: ``applying.apply_office`` (files → site),
    ``membership.teams_of`` and ``desks_of`` (person → where they work).
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
