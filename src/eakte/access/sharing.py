"""A colleague reads a case file to the end of a day: whoever works with it shares it."""

from dataclasses import replace
from datetime import timedelta
from eakte import _
from eakte.access.guests import Guest
from eakte.access.guests import GuestEnded
from eakte.access.guests import GuestEntered
from eakte.access.guests import IGuestBook
from eakte.access.guests import Way
from eakte.clock import today
from eakte.clock import utc_now
from eakte.errors import EakteError
from eakte.errors import NotAllowed
from eakte.errors import WrongState
from eakte.org.interfaces import IOffice
from eakte.org.places import is_at_place
from eakte.org.places import name_of
from eakte.org.places import people_of_department
from eakte.org.places import teams_led_by
from plone import api
from plone.registry.interfaces import IRegistry
from plone.uuid.interfaces import IUUID
from zope import schema
from zope.component import getUtility
from zope.event import notify
from zope.interface import Interface


LONGEST_REASON = 500
"""Characters."""

USUAL_DAYS = 90


class ISharingSettings(Interface):
    """For how long a case file is shared."""

    longest_days = schema.Int(
        title=_("Days that a case file can be shared"),
        description=_(
            "A case file is shared with a colleague for so many days at most. Whoever "
            "shared it can do so again."
        ),
        min=1,
        max=3660,
        default=USUAL_DAYS,
    )


class SharingWrong(EakteError):
    """The case file cannot be shared like that; nothing was entered."""


class NoSuchShare(EakteError):
    """The case file was never shared under this id."""

    status = 404


def share(case_file, person, until, reason=""):
    """Let a colleague read the case file from now to the end of the day.

    What the same person has by sharing already ends with it: the new day holds.

    :param until: the last day.
    :returns: the ``Guest``.
    :raises NotAllowed: the user does not work with the case file.
    :raises SharingWrong: with every reason against it.
    """
    if not may_share(case_file):
        raise NotAllowed(
            _("A case file is shared by those who work with it and by their lead.")
        )
    reason = " ".join((reason or "").split())
    reasons = [
        *_against_person(case_file, person),
        *_against_day(until),
        *_against_reason(reason),
    ]
    if reasons:
        raise SharingWrong(reasons)
    moment = utc_now()
    entry = Guest(
        way=Way.SHARED,
        person=person,
        file=IUUID(case_file),
        reference=case_file.reference,
        department=getUtility(IOffice).department_of(case_file.team),
        until=until,
        reason=reason,
        entered_by=_user(),
        entered=moment,
    )
    book = getUtility(IGuestBook)
    for each in shares_of(case_file):
        if each.person == person:
            book.replace(replace(each, ended=moment, ended_by=_user()))
    book.add(entry)
    notify(GuestEntered(entry, case_file))
    return entry


def end_share(case_file, entry_id):
    """End it now. It stays in the book, with who ended it.

    :returns: the ``Guest`` as it is now.
    :raises NoSuchShare: the case file was never shared like that.
    :raises NotAllowed: the user neither shared it nor leads the team.
    :raises WrongState: it is over already.
    """
    book = getUtility(IGuestBook)
    entry = book.get(entry_id)
    known = entry is not None and entry.way == Way.SHARED
    if not known or entry.file != IUUID(case_file):
        raise NoSuchShare(_("The case file is not shared like that."))
    if not may_end(case_file, entry):
        raise NotAllowed(
            _("Whoever shared the case file ends it, and the lead of the team.")
        )
    moment = utc_now()
    if not entry.holds(moment):
        raise WrongState(_("It is over already."))
    ended = replace(entry, ended=moment, ended_by=_user())
    book.replace(ended)
    notify(GuestEnded(ended, case_file))
    return ended


def may_share(case_file):
    """Whether the user shares the case file. A guest does not; nobody a protected one."""
    permission = "eakte: Share case file"
    return not case_file.protection and api.user.has_permission(
        permission, obj=case_file
    )


def may_end(case_file, entry):
    """Whether the user ends the sharing: who shared it, and who leads the team."""
    led = {team.id for team in teams_led_by(_user())}
    return _user() == entry.entered_by or case_file.team in led


def shares_of(case_file):
    """Return the entries by which the case file is shared now, the last day first."""
    day = today()
    entries = getUtility(IGuestBook).of_file(IUUID(case_file), day)
    moment = utc_now()
    return tuple(
        each for each in entries if each.way == Way.SHARED and each.holds(moment)
    )


def holds_now(case_file, entry):
    """Whether the sharing opens the case file now. A protected one has no guests."""
    return entry.holds(utc_now()) and not case_file.protection


def all_shares_of(case_file):
    """Return every entry by which the case file was ever shared, the newest first."""
    entries = getUtility(IGuestBook).of_file(IUUID(case_file))
    shared = [each for each in entries if each.way == Way.SHARED]
    return sorted(shared, key=lambda each: each.entered, reverse=True)


def colleagues(case_file):
    """Return the ids of those whom the case file can be shared with.

    They work in its department, and see it neither by a place of their own nor not at
    all: nobody who is barred is offered.
    """
    department = getUtility(IOffice).department_of(case_file.team)
    return tuple(
        person
        for person in people_of_department(department)
        if person != _user()
        and person not in case_file.barred
        and not _sees_anyway(case_file, person)
    )


def longest_days():
    """Return for how many days a case file can be shared."""
    settings = getUtility(IRegistry).forInterface(ISharingSettings, check=False)
    return settings.longest_days or USUAL_DAYS


def _against_person(case_file, person):
    if not person:
        yield _("Name the person you share the case file with.")
        return
    department = getUtility(IOffice).department_of(case_file.team)
    name = {"name": name_of(person)}
    if person not in people_of_department(department):
        yield _(
            "${name} does not work in the department: nobody sees over that wall.",
            mapping=name,
        )
    elif person in case_file.barred:
        yield _("The case file cannot be shared with ${name}.", mapping=name)
    elif _sees_anyway(case_file, person):
        yield _("${name} sees the case file anyway.", mapping=name)


def _sees_anyway(case_file, person):
    """Whether the person sees it by a place of its own, not only for a time."""
    return is_at_place(person, case_file.team, case_file.desk)


def _against_day(until):
    if not until:
        yield _("Name the last day.")
        return
    if until < today():
        yield _("The last day is over.")
    elif until > today() + timedelta(days=longest_days()):
        yield _(
            "A case file is shared for ${count} days at most.",
            mapping={"count": str(longest_days())},
        )


def _against_reason(reason):
    if len(reason) > LONGEST_REASON:
        yield _(
            "The reason is too long: at most ${count} characters.",
            mapping={"count": str(LONGEST_REASON)},
        )


def _user():
    user = api.user.get_current()
    return (user and user.getId()) or ""
