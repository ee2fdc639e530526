"""Who is in the circle of a protected case file: asked of the book, stored in no group."""

from eakte import _
from eakte.access.choosing import departments_worked_in
from eakte.access.closures import closures
from eakte.errors import NotAllowed
from eakte.org.groups import is_group
from eakte.org.interfaces import Cause
from eakte.org.interfaces import IMemberships
from eakte.org.interfaces import IOffice
from eakte.org.principals import circle_group
from eakte.org.principals import CIRCLES
from eakte.org.principals import GUESTS
from eakte.org.principals import NOT
from plone.app.uuid.utils import uuidToObject
from zope.component import getUtility
from zope.interface import implementer


CIRCLE = "circle"
"""Kind of the ``Cause``."""


@implementer(IMemberships)
class CircleMemberships:
    """Whoever is named in the circle sees the case file; nobody for somebody else.

    Who has left the office, or works in another department now, is in no circle any
    more: nobody sees over that wall.
    """

    def groups_of(self, person_id):
        if is_group(person_id):
            return frozenset()
        book = closures()
        uids = book.circles_of(person_id) if book is not None else ()
        return frozenset(circle_group(uid) for uid in uids)

    def members_of(self, group_id):
        if not group_id.startswith(CIRCLES):
            return {}
        book = closures()
        uid = group_id.removeprefix(CIRCLES)
        if book is None or not book.protects(uid):
            return {}
        case_file = uuidToObject(uid, unrestricted=True)
        people = () if case_file is None else people_in_circle(case_file)
        return {person: Cause(CIRCLE) for person in people}


def people_in_circle(case_file):
    """Return the ids of those of the circle who still work in the department."""
    department = getUtility(IOffice).department_of(case_file.team)
    return tuple(
        each for each in case_file.circle if department in departments_worked_in(each)
    )


def refuse_by_hand(event):
    """Stop putting somebody into a group whose members are computed.

    An administrator could make a group of such a name and be in it.
    """
    if event.group_id.startswith((CIRCLES, GUESTS)) or NOT in event.group_id:
        raise NotAllowed(
            _("Who is in this group is computed: nobody is put into it by hand.")
        )
