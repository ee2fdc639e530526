"""Some case files are for a named circle of persons only: nobody else learns of them.

Neither the team nor its lead, neither the registry nor the head, no deputy, no guest, no
administrator. The department's head sets who that is, and sees nothing of the case file
without being in the circle.
"""

from eakte import _
from eakte.access.circles import people_in_circle
from eakte.access.closing import change_closing
from eakte.access.closing import ClosingWrong
from eakte.access.closing import named
from eakte.access.closing import reasons_against
from eakte.access.closing import roles_of_user
from eakte.errors import EakteError
from eakte.errors import NotAllowed
from eakte.org.interfaces import IOffice
from eakte.org.membership import groups_of
from eakte.org.principals import head_group
from eakte.org.roles import DEPARTMENT_HEAD
from enum import StrEnum
from plone import api
from zope.component import getUtility


class Protection(StrEnum):
    """Why only a circle of persons sees a case file."""

    VIP = "vip"
    STAFF = "staff"
    WITNESS = "witness"


TITLES = {
    Protection.VIP: _("VIP"),
    Protection.STAFF: _("Own staff"),
    Protection.WITNESS: _("Witness protection"),
}


class NoSuchCaseFile(EakteError):
    """The user's department has no protected case file with this reference."""

    status = 404


def protect(case_file, protection, circle, reason):
    """Let only the circle see the case file; also another circle or kind than now.

    It holds at once, and with the next request for whoever is reading.

    :param protection: a ``Protection``.
    :param circle: ids of persons with a place in the department, one at least.
    :raises NotAllowed: the user neither heads the department nor is in the circle.
    :raises ClosingWrong: with every reason against it.
    """
    _refuse_strangers(case_file)
    circle = named(circle)
    reasons = list(reasons_against(case_file, circle, reason))
    if protection not in set(Protection):
        reasons.append(
            _("There is no protection “${name}”.", mapping={"name": protection})
        )
    if not circle:
        reasons.append(_("Name at least one person: somebody must see the case file."))
    reasons += [
        _("“${id}” is barred from the case file.", mapping={"id": person})
        for person in circle
        if person in case_file.barred
    ]
    if reasons:
        raise ClosingWrong(reasons)
    change_closing(case_file, reason, protection=str(protection), circle=circle)


def lift(case_file, reason):
    """Let everybody see the case file again who does by team, desk and function.

    :raises NotAllowed: as in ``protect``.
    :raises ClosingWrong: no reason is given.
    """
    _refuse_strangers(case_file)
    if reasons := list(reasons_against(case_file, (), reason)):
        raise ClosingWrong(reasons)
    change_closing(case_file, reason, protection=None, circle=())


def may_protect(case_file):
    """Whether the user sets, changes and lifts the protection.

    The head of the department does, also of a protected case file; and whoever is in
    its circle. Nobody who is barred.
    """
    user = api.user.get_current()
    person = user and user.getId()
    if not person or person in case_file.barred:
        return False
    if not case_file.protection:
        return DEPARTMENT_HEAD in roles_of_user(case_file)
    return person in people_in_circle(case_file) or _heads(case_file)


def protected_case_file(reference):
    """Return the protected case file with the exact reference, for the head.

    Who heads the department changes the circle without seeing the case file, also when
    everybody of the circle has left the office.

    :raises NoSuchCaseFile: there is none, or the user may not know of it.
    """
    catalog = api.portal.get_tool("portal_catalog")
    found = catalog.unrestrictedSearchResults(
        portal_type="case_file", reference=reference.strip() or "-"
    )
    for brain in found:
        if brain.reference != reference.strip():
            continue
        case_file = brain._unrestrictedGetObject()
        if case_file.protection and may_protect(case_file):
            return case_file
    raise NoSuchCaseFile(
        _("Your department has no protected case file with this reference.")
    )


def _heads(case_file):
    department = getUtility(IOffice).department_of(case_file.team)
    return department is not None and head_group(department) in groups_of()


def _refuse_strangers(case_file):
    if not may_protect(case_file):
        raise NotAllowed(
            _(
                "The head of the department decides who sees a protected case file, "
                "and whoever is in its circle."
            )
        )
