"""A conflict of interest: a person sees nothing of one case file, whatever its place."""

from eakte import _
from eakte.access.choosing import people_to_bar
from eakte.access.closing import change_closing
from eakte.access.closing import ClosingWrong
from eakte.access.closing import named
from eakte.access.closing import reasons_against
from eakte.access.closing import roles_of_user
from eakte.errors import NotAllowed
from eakte.org.roles import DEPARTMENT_HEAD
from eakte.org.roles import TEAM_LEAD
from plone import api


WHO_BARS = frozenset({TEAM_LEAD, DEPARTMENT_HEAD})


def bar(case_file, people, reason):
    """Let exactly these persons see nothing of the case file; nobody without any.

    Deny beats allow: it takes away what the person has by team, desk, lead or function,
    as a deputy or as a guest; and what somebody has as this person's deputy.

    :param people: ids of persons with a place in the department, and of data protection
        officers: from these, the journal keeps what happened there. Who was barred and
        has left the department may stay named.
    :raises NotAllowed: the user neither leads the team nor heads the department, or is
        meant.
    :raises ClosingWrong: with every reason against it.
    """
    if not may_bar(case_file):
        raise NotAllowed(
            _(
                "The lead of the team and the head of the department decide who is "
                "barred from a case file."
            )
        )
    people = named(people)
    if api.user.get_current().getId() in people:
        raise NotAllowed(
            _("You cannot bar yourself. Ask the head of the department to do it.")
        )
    new = [person for person in people if person not in case_file.barred]
    reasons = list(reasons_against(case_file, new, reason, people_to_bar))
    reasons += [
        _(
            "“${id}” is in the circle of the protected case file. Take the person out "
            "of it.",
            mapping={"id": person},
        )
        for person in people
        if person in case_file.circle
    ]
    if reasons:
        raise ClosingWrong(reasons)
    change_closing(case_file, reason, barred=people)


def may_bar(case_file):
    """Whether the user says who is barred: by a role there, so never who is barred."""
    return bool(WHO_BARS & roles_of_user(case_file))
