"""What somebody does to another's account, and to rights in the whole house.

None of it is a place, and all of it can lead to one: so it stands in the office's
history beside the places, for those who must know, see ``noticing``.
"""

from eakte.clock import utc_now
from eakte.org.interfaces import IOffice
from eakte.org.interfaces import PlaceEntry
from eakte.org.principals import REMOVED
from eakte.rest.origin import Door
from eakte.rest.origin import origin
from plone import api
from zope.component import queryUtility


def note_removed(event):
    """Somebody removed the account of a person of the office."""
    known = event.principal
    mark_account(known if isinstance(known, str) else known.getId(), REMOVED)


def mark_account(person, place, what=""):
    """Note what somebody else did to the account of a person of the office."""
    if is_of_the_office(person) and _user() != person:
        mark(person, place, what)


def mark(person, place, what=""):
    """Note what was done over the network; a command is no person.

    :param person: id of whom it is about.
    :param place: one of the ids in ``principals`` that stand where a place would.
    :param what: old and new.
    """
    by = _user()
    if by and origin().door in (Door.WEB, Door.REST):
        queryUtility(IOffice).note(
            PlaceEntry(
                when=utc_now(),
                person=person,
                place=place,
                gained=True,
                by=by,
                notable=True,
                what=what,
            )
        )


def is_of_the_office(person):
    """Whether the office's files name the person."""
    office = queryUtility(IOffice)
    return office is not None and any(each.id == person for each in office.plan.people)


def _user():
    user = api.user.get_current()
    return (user and user.getId()) or ""
