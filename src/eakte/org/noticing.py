"""What heads are told of the office's places and passwords, until it was seen.

The head of a department is told of its places. Of places that hold in the whole house
all heads are told, and those who answer for data protection. That somebody else gave a
person a password is told to this person and to the heads of its departments; if it is
in none, to those whom the house's places are told to. That somebody else removed the
account, or gave it another e-mail address, is told to the same and in any case to those
who answer for data protection. Who may do what in the whole house is the house's; for how
long reading is remembered, data protection's.

Who sees something first takes it off the others' screens; but not who it is about.
Nobody lets one's own doing vanish, nor does who logs in with the new password.
"""

from dataclasses import dataclass
from eakte import _
from eakte.clock import utc_now
from eakte.errors import EakteError
from eakte.org.interfaces import IOffice
from eakte.org.interfaces import PlaceEntry
from eakte.org.noting import all_notable_entries
from eakte.org.noting import groups_of_department
from eakte.org.places import answers_for_data_protection
from eakte.org.places import departments_headed_by
from eakte.org.places import departments_of
from eakte.org.principals import ABOUT_ACCOUNTS
from eakte.org.principals import ACCOUNT
from eakte.org.principals import OF_THE_HOUSE
from eakte.org.principals import PERMISSIONS
from eakte.org.principals import READING_DAYS
from plone import api
from zope.component import getUtility

import datetime


LATEST = 200
"""Entries that are told, the newest; the office's history has them all."""


class NoSuchNotice(EakteError):
    """The user is told of no such entry."""

    status = 404


@dataclass(frozen=True)
class Notice:
    """An entry of the office's history that the head must know of."""

    number: int
    """The entry's place in the history, for ever."""
    entry: PlaceEntry
    seen_by: str = ""
    """Who has seen it first; empty as long as nobody has."""
    seen: datetime.datetime | None = None
    """When, aware, UTC."""


def notices(user=None):
    """Return the ``Notice``s that the user is told, the newest first."""
    user = user or _user()
    if not user:
        return ()
    office = getUtility(IOffice)
    seen, oneself = office.seen(), office.seen_oneself()
    concerns = _concerns(user)
    found = [each for each in all_notable_entries() if concerns(each[1])][:LATEST]
    return tuple(
        Notice(
            number, entry, *(oneself if entry.person == user else seen).get(number, ())
        )
        for number, entry in found
    )


def _concerns(user):
    """Return what says whether the user is told of an entry."""
    headed = {each.id for each in departments_headed_by(user)}
    protects_data = answers_for_data_protection(user)
    groups = set().union(*map(groups_of_department, headed))
    for_the_house = bool(headed) or protects_data
    if for_the_house:
        groups |= {*OF_THE_HOUSE, PERMISSIONS}
    if protects_data:
        groups |= {READING_DAYS}

    def concerns(entry):
        if entry.place not in ABOUT_ACCOUNTS:
            return entry.place in groups
        if entry.person == user or (protects_data and entry.place != ACCOUNT):
            return True
        departments = departments_of(entry.person)
        return bool(headed & departments) if departments else for_the_house

    return concerns


def unseen_notices(user=None):
    """Return those that nobody has seen, the newest first."""
    return tuple(each for each in notices(user) if each.seen is None)


def see_notice(number):
    """Keep that the user has seen it; who was first stays.

    :returns: the ``Notice`` as it is now.
    :raises NoSuchNotice: the user is told of no such.
    """
    if number not in {each.number for each in notices()}:
        raise NoSuchNotice(_("There is no such notice for you."))
    getUtility(IOffice).note_seen(number, _user(), utc_now())
    return next(each for each in notices() if each.number == number)


def _user():
    user = api.user.get_current()
    return (user and user.getId()) or ""
