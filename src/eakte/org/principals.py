"""Ids of the groups that stand for the office's places. Spelled here and nowhere else."""


def team_group(team):
    """Everybody who works in the team, deputies of its desks included."""
    return f"team-{team}"


def team_lead_group(team):
    return f"team-{team}-lead"


def team_people_group(team):
    """Everybody who works in the team, without those who represent somebody."""
    return f"team-{team}-people"


def desk_group(desk):
    """Who works at the desk: who sits there, and who represents them for a time."""
    return f"desk-{desk}"


def desk_people_group(desk):
    """Who sits at the desk. Personal letters are for them, and not for deputies."""
    return f"desk-{desk}-people"


def head_group(department):
    return f"department-{department}-head"


def registry_group(department):
    return f"department-{department}-registry"


def records_group(department):
    return f"department-{department}-records"


def elsewhere_group(department):
    """Who may read case files of the department's other teams, with a reason."""
    return f"department-{department}-elsewhere"


STANDING = "standing-"


def standing_deputies(group):
    """Stands in the history for who steps in at a place. No group: rights are computed.

    :param group: id of the place's own group.
    """
    return f"{STANDING}{group}"


GUESTS = "guest-"
"""How the ids of the groups begin whose members are guests of one case file."""


def guest_group(uid):
    """Who reads one case file for a time. Computed; stored in no plugin.

    :param uid: UUID of the case file.
    """
    return f"{GUESTS}{uid}"


CIRCLES = "circle-"
"""How the ids of the groups begin whose members alone see one protected case file."""


def circle_group(uid):
    """Who alone sees a protected case file. Computed; stored in no plugin.

    :param uid: UUID of the case file.
    """
    return f"{CIRCLES}{uid}"


NOT = "~not~"
"""Stands between a group and the persons that are left out; no id has it."""


def exclusion_group(group, persons):
    """The members of a group without these persons. Computed; stored in no plugin.

    >>> exclusion_group("team-a1", ["bert", "anna"])
    'team-a1~not~anna~bert'
    """
    return f"{group}{NOT}{'~'.join(sorted(persons))}"


def parts_of_exclusion(group_id):
    """Return ``(group, persons left out)``; of another group, the group and nobody.

    >>> parts_of_exclusion("team-a1~not~anna~bert")
    ('team-a1', ('anna', 'bert'))
    >>> parts_of_exclusion("team-a1")
    ('team-a1', ())
    """
    group, _sign, persons = group_id.partition(NOT)
    return group, tuple(persons.split("~")) if persons else ()


MAILROOM_GROUPS = {
    "operators": "mailroom-operators",
    "checkers": "mailroom-checkers",
    "leads": "mailroom-leads",
}

DATA_PROTECTION_GROUP = "data-protection-officers"
INTEGRATION_GROUP = "integration-accounts"

OF_THE_HOUSE = frozenset(
    {*MAILROOM_GROUPS.values(), DATA_PROTECTION_GROUP, INTEGRATION_GROUP}
)
"""Groups whose places are no department's: they hold in the whole house."""

ACCOUNT = "account"
"""Stands in the history where a place would: somebody else gave the person a password.

Who gives it can log in as that person, and stands at all her places at once.
"""

REMOVED = "account-removed"
"""Likewise: somebody removed the person's account, and can make it anew."""

ADDRESS = "address"
"""Likewise: the person's account has another e-mail address, to which a link is sent
that sets a password."""

PERMISSIONS = "permissions"
"""Likewise: somebody changed which roles may do something, in the whole house."""

READING_DAYS = "reading-days"
"""Likewise: somebody changed for how long it is remembered who read what."""

ABOUT_ACCOUNTS = frozenset({ACCOUNT, ADDRESS, REMOVED})
"""What is told to the person, and to those who answer for the person."""

BY_ADMINISTRATORS = frozenset({ADDRESS, PERMISSIONS, READING_DAYS, REMOVED})
"""What is neither a place nor a password."""
