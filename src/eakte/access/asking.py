"""Reading a case file of another team: with a reason, for a day.

Of the own department, by a right of the own; data protection officers in the whole house.
"""

from dataclasses import dataclass
from dataclasses import replace
from eakte import _
from eakte.access.answering import departments_answered_for
from eakte.access.answering import who_answers_for
from eakte.access.guests import departments_read_by
from eakte.access.guests import Guest
from eakte.access.guests import GuestEntered
from eakte.access.guests import IGuestBook
from eakte.access.guests import Way
from eakte.access.whereabouts import department_of_file
from eakte.clock import today
from eakte.clock import utc_now
from eakte.errors import EakteError
from eakte.errors import NotAllowed
from eakte.org.interfaces import IOffice
from plone import api
from plone.uuid.interfaces import IUUID
from zope.component import getUtility
from zope.event import notify


SHORTEST_REASON = 10
"""Letters and digits; with fewer nothing is said."""

LONGEST_REASON = 500
"""Characters."""

LATEST = 200
"""Readings of a department that are told at once; the journal has them all."""


class AskingWrong(EakteError):
    """Nothing is opened like this.

    :param names: which of ``reference`` and ``reason`` each of the reasons is about.
    """

    def __init__(self, reasons, names=()):
        super().__init__(reasons)
        self.names = tuple(names)


class NoSuchCaseFile(EakteError):
    """There is none that could be opened to the user: whatever the cause, it says the same."""

    status = 404


class NoSuchReading(EakteError):
    """The user is told of no such reading."""

    status = 404


@dataclass(frozen=True)
class Opened:
    """A case file that the user may read now."""

    case_file: object
    entry: Guest | None
    """Why; None when it was open to the user before."""


def read_elsewhere(reference, reason):
    """Open the case file with the exact reference to the user, to the end of the day.

    The journal keeps who, what and why, and who answers for the case file is told, see
    ``answering``. What is open to the user before is opened by nothing, and noted
    nowhere.

    :returns: an ``Opened``.
    :raises NotAllowed: the user has not the right to read elsewhere.
    :raises AskingWrong: reference or reason say too little.
    :raises NoSuchCaseFile: there is none where the user may ask, or it is protected, or
        the user is barred from it.
    """
    departments = departments_read_elsewhere()
    if not departments:
        raise NotAllowed(_("You have not the right to read case files of other teams."))
    reference, reason = reference.strip(), " ".join(reason.split())
    wrong = dict(_reasons_against(reference, reason))
    if wrong:
        raise AskingWrong(wrong.values(), wrong)
    case_file = _case_file(reference, departments)
    if api.user.has_permission("View", obj=case_file):
        return Opened(case_file, None)
    entry = Guest(
        way=Way.ELSEWHERE,
        person=_user(),
        file=IUUID(case_file),
        reference=case_file.reference,
        department=getUtility(IOffice).department_of(case_file.team),
        until=today(),
        reason=reason,
        entered_by=_user(),
        entered=utc_now(),
    )
    getUtility(IGuestBook).add(entry)
    notify(GuestEntered(entry, case_file))
    return Opened(case_file, entry)


def departments_read_elsewhere(user=None):
    """Return the ids of the departments whose case files the user may ask for."""
    return departments_read_by(user or _user())


def unseen_readings(user=None):
    """Return the readings that the user is told of and that nobody has seen.

    The oldest come first; only such of case files that the user sees.
    """
    book = getUtility(IGuestBook)
    return _told(user, lambda department: book.unseen(department, LATEST))


def readings(user=None):
    """Return the latest readings that the user is told of, the newest first."""
    book = getUtility(IGuestBook)
    return _told(user, lambda department: book.latest(department, LATEST))


def see_reading(entry_id):
    """Keep that the user has seen it; who was first stays.

    :returns: the ``Guest`` as it is now.
    :raises NoSuchReading: the user is told of no such.
    """
    book = getUtility(IGuestBook)
    entry = book.get(entry_id)
    if entry is None or not _told(None, lambda where: _only(entry, where)):
        raise NoSuchReading(_("There is no such notice for you."))
    if entry.seen is None:
        entry = replace(entry, seen=utc_now(), seen_by=_user())
        book.replace(entry)
    return entry


def _reasons_against(reference, reason):
    if not reference:
        yield "reference", _("Give the file reference.")
    if sum(map(str.isalnum, reason)) < SHORTEST_REASON:
        yield (
            "reason",
            _("Say why you must read the case file: at least some words."),
        )
    elif len(reason) > LONGEST_REASON:
        yield (
            "reason",
            _(
                "The reason is too long: at most ${count} characters.",
                mapping={"count": str(LONGEST_REASON)},
            ),
        )


def _case_file(reference, departments):
    catalog = api.portal.get_tool("portal_catalog")
    office = getUtility(IOffice)
    for brain in catalog.unrestrictedSearchResults(
        portal_type="case_file", reference=reference
    ):
        case_file = brain._unrestrictedGetObject()
        if (
            case_file.reference == reference
            and office.department_of(case_file.team) in departments
            and not case_file.protection
            and _user() not in case_file.barred
        ):
            return case_file
    # The same for what is not there, behind a wall, protected or closed to the user.
    raise NoSuchCaseFile(
        _("There is no case file with this reference that you may read.")
    )


def _told(user, entries_of):
    """Return the entries that the user is told of: of what it answers for and sees."""
    user = user or _user()
    departments = departments_answered_for(user)
    found = [entry for each in departments for entry in entries_of(each)]
    if not found:
        return ()
    # The catalog answers with what the user may see, and knows of nothing else.
    catalog = api.portal.get_tool("portal_catalog")
    uids = list({entry.file for entry in found})
    teams = {brain.UID: brain.team for brain in catalog(UID=uids)}
    return tuple(
        entry
        for entry in found
        if entry.file in teams
        and user in who_answers_for(entry.file, teams[entry.file], but=entry.person)
    )


def _only(entry, department):
    if entry.way != Way.ELSEWHERE or department_of_file(entry.file) != department:
        return ()
    return (entry,)


def _user():
    user = api.user.get_current()
    return (user and user.getId()) or ""
