from dataclasses import dataclass
from dataclasses import field
from eakte.org.interfaces import IDepartment
from eakte.org.interfaces import IDesk
from eakte.org.interfaces import ITeam
from zope.interface import implementer


@implementer(IDepartment)
@dataclass(frozen=True)
class Department:
    id: str
    title: str
    head: tuple = ()
    registry: tuple = ()
    records_managers: tuple = ()
    readers_elsewhere: tuple = ()
    """Who may read case files of the department's other teams, with a reason."""


@implementer(ITeam)
@dataclass(frozen=True)
class Team:
    id: str
    title: str
    department: str
    lead: tuple = ()
    lead_deputies: tuple = ()
    """Who enters absences and deputyships while a lead is absent."""


@implementer(IDesk)
@dataclass(frozen=True)
class Desk:
    id: str
    title: str
    team: str
    people: tuple = ()
    deputies: tuple = ()
    """Who represents the desk's people while they are absent."""


@dataclass(frozen=True)
class Person:
    id: str
    name: str
    email: str = ""


@dataclass(frozen=True)
class OfficePlan:
    """What the office's files say, checked and in order."""

    departments: tuple = ()
    teams: tuple = ()
    desks: tuple = ()
    people: tuple = ()
    mailroom: dict = field(default_factory=dict)
    """Function in the mailroom (``operators``, ``checkers``, ``leads``) to person ids."""
    data_protection_officers: tuple = ()
    integration_accounts: tuple = ()
