"""The people of the small office, see tests/office, and what they are."""

from ..rest.client import PASSWORD
from plone import api


PEOPLE = {
    "anna": "case worker, team a1",
    "arno": "case worker, team a1",
    "tom": "lead of team a1",
    "alex": "case worker, team a2",
    "tina": "lead of team a2",
    "rolf": "registry, department of a1 and a2",
    "hanna": "head, department of a1 and a2",
    "rita": "records manager, department of a1 and a2",
    "bert": "case worker, another department",
    "holger": "head and team lead, another department",
    "oskar": "scan operator",
    "quirin": "quality checker",
    "lotte": "mailroom lead",
    "dora": "data protection officer",
    "fachverfahren": "another system",
    "ines": "site administrator, of no office",
    "admin": "administrator",
}

EVERYBODY = frozenset(PEOPLE)


def with_site_administrator():
    """Let there be ines, whom no office's file names; her roles are Plone's."""
    people = api.portal.get_tool("acl_users")
    if people.getUserById("ines") is None:
        people.userFolderAddUser("ines", PASSWORD, ["Site Administrator"], [])
