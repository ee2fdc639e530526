"""Ids of the groups that stand for the office's places. Spelled here and nowhere else."""


def team_group(team):
    """Everybody who works in the team."""
    return f"team-{team}"


def team_lead_group(team):
    return f"team-{team}-lead"


def desk_group(desk):
    """Who sits at the desk."""
    return f"desk-{desk}"


def head_group(department):
    return f"department-{department}-head"


def registry_group(department):
    return f"department-{department}-registry"


def records_group(department):
    return f"department-{department}-records"


MAILROOM_GROUPS = {
    "operators": "mailroom-operators",
    "checkers": "mailroom-checkers",
    "leads": "mailroom-leads",
}

DATA_PROTECTION_GROUP = "data-protection-officers"
INTEGRATION_GROUP = "integration-accounts"
