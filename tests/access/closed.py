"""Case files that are closed to somebody, for tests."""

from ..builders import a_case_file
from eakte.access.barring import bar
from eakte.access.protecting import protect
from plone import api


CIRCLE = frozenset({"anna", "alex"})
"""One of the team that has the case file, one of another team of the department."""


def protected(kind="vip", circle=CIRCLE, by="hanna", **fields):
    """Return a case file of team a1, protected by the head of the department."""
    case_file = a_case_file(**{"team": "a1"} | fields)
    with api.env.adopt_user(username=by):
        protect(case_file, kind, circle, "Wunsch der Leitung")
    return case_file


def barred_from(*people, by="hanna", **fields):
    """Return a case file of team a1 from which the people are barred."""
    case_file = a_case_file(**{"team": "a1"} | fields)
    with api.env.adopt_user(username=by):
        bar(case_file, people, "Befangen")
    return case_file
