"""The groups that stand for the places of a plan, and who is in them by a stored place."""

from dataclasses import dataclass
from eakte.org.principals import CIRCLES
from eakte.org.principals import DATA_PROTECTION_GROUP
from eakte.org.principals import desk_group
from eakte.org.principals import desk_people_group
from eakte.org.principals import elsewhere_group
from eakte.org.principals import GUESTS
from eakte.org.principals import head_group
from eakte.org.principals import INTEGRATION_GROUP
from eakte.org.principals import MAILROOM_GROUPS
from eakte.org.principals import NOT
from eakte.org.principals import records_group
from eakte.org.principals import registry_group
from eakte.org.principals import team_group
from eakte.org.principals import team_lead_group
from eakte.org.principals import team_people_group
from eakte.org.roles import DATA_PROTECTION_OFFICER
from eakte.org.roles import INTEGRATION_ACCOUNT
from eakte.org.roles import MAILROOM_LEAD
from eakte.org.roles import QUALITY_CHECKER
from eakte.org.roles import SCAN_OPERATOR


OURS = ("team-", "desk-", "department-", "mailroom-", "data-", "integration-")
"""How the ids of the groups begin that the files decide about; others are left alone."""

SHADOWS = ("-people",)
"""How the ids of groups end that say the same of a place once more."""

GROUPS = (*OURS, CIRCLES, GUESTS, "AuthenticatedUsers")
"""How the ids of groups begin, and nobody's id."""


@dataclass(frozen=True)
class Group:
    """A place as the user folder knows it."""

    id: str
    title: str
    members: frozenset
    roles: tuple = ()
    """Roles in the whole site."""


def groups_of_plan(plan):
    """Return ``{group id: Group}`` of every place of the plan."""
    return {group.id: group for group in _groups(plan)}


def is_group(principal):
    """Whether the id is, or could be, a group's.

    The user folder asks of which groups a group is; and the catalog, and every rule
    about who may do something, takes a person for the group that it is called like.
    """
    return principal.startswith(GROUPS) or NOT in principal


def is_place(group_id):
    """Whether the group stands for a place in the office, and says it first."""
    return group_id.startswith(OURS) and not group_id.endswith(SHADOWS)


def _groups(plan):
    for each in plan.departments:
        places = {
            head_group: ("Leitung", each.head),
            registry_group: ("Registratur", each.registry),
            records_group: ("Schriftgutverwaltung", each.records_managers),
            elsewhere_group: ("Lesen mit Begründung", each.readers_elsewhere),
        }
        for group_of, (title, people) in places.items():
            yield Group(group_of(each.id), f"{each.title}: {title}", frozenset(people))
    for team in plan.teams:
        desks = [desk for desk in plan.desks if desk.team == team.id]
        seats = (person for desk in desks for person in desk.people)
        people = frozenset((*seats, *team.lead))
        yield Group(team_group(team.id), team.title, people)
        yield Group(team_people_group(team.id), f"{team.title}: Personen", people)
        yield Group(
            team_lead_group(team.id), f"{team.title}: Leitung", frozenset(team.lead)
        )
        for desk in desks:
            at_desk = frozenset(desk.people)
            yield Group(desk_group(desk.id), desk.title, at_desk)
            yield Group(desk_people_group(desk.id), f"{desk.title}: Personen", at_desk)
    for function, (title, role) in _MAILROOM.items():
        members = frozenset(plan.mailroom.get(function, ()))
        yield Group(MAILROOM_GROUPS[function], title, members, (role,))
    yield Group(
        DATA_PROTECTION_GROUP,
        "Datenschutzbeauftragte",
        frozenset(plan.data_protection_officers),
        (DATA_PROTECTION_OFFICER,),
    )
    yield Group(
        INTEGRATION_GROUP,
        "Fachverfahren",
        frozenset(plan.integration_accounts),
        (INTEGRATION_ACCOUNT,),
    )


_MAILROOM = {
    "operators": ("Poststelle: Scannen", SCAN_OPERATOR),
    "checkers": ("Poststelle: Qualitätssicherung", QUALITY_CHECKER),
    "leads": ("Poststelle: Leitung", MAILROOM_LEAD),
}
