"""What the head of a department is told of its places, until it was seen."""

from dataclasses import dataclass
from eakte import _
from eakte.clock import utc_now
from eakte.errors import EakteError
from eakte.org.interfaces import IOffice
from eakte.org.interfaces import PlaceEntry
from eakte.org.noting import numbered_notable_entries
from eakte.org.places import departments_headed_by
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
    """Return the ``Notice``s of the departments that the user heads, the newest first."""
    user = user or _user()
    seen = getUtility(IOffice).seen()
    found = {}
    for department in departments_headed_by(user) if user else ():
        for number, entry in numbered_notable_entries(department.id).items():
            found[number] = Notice(number, entry, *seen.get(number, ()))
    return tuple(found[number] for number in sorted(found, reverse=True)[:LATEST])


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
