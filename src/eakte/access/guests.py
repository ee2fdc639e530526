"""Guests of a case file: they read it for a time, and nothing more.

Somebody read it with a reason, though it is another team's, as data protection officers
do in the whole house; or a colleague shared it. Both stand in a book that nothing is torn
out of, and make a computed member of the group that the case file grants reading, see
``granting``.
"""

from dataclasses import dataclass
from dataclasses import field
from eakte.access.whereabouts import department_of_file
from eakte.clock import in_house_time
from eakte.clock import now
from eakte.org.interfaces import Cause
from eakte.org.interfaces import IMemberships
from eakte.org.interfaces import IOffice
from eakte.org.places import answers_for_data_protection
from eakte.org.places import departments_of
from eakte.org.principals import guest_group
from eakte.org.principals import GUESTS
from enum import StrEnum
from zope.annotation.interfaces import IAnnotations
from zope.component import getUtility
from zope.component import queryUtility
from zope.globalrequest import getRequest
from zope.interface import Attribute
from zope.interface import implementer
from zope.interface import Interface

import datetime
import uuid


class Way(StrEnum):
    """How somebody became a guest."""

    ELSEWHERE = "elsewhere"
    """By a right of the own, with a reason, to the end of the day."""
    SHARED = "shared"
    """A colleague shared it, to the end of a day."""


@dataclass(frozen=True)
class Guest:
    """One person reads one case file for a time."""

    way: str
    person: str
    file: str
    """UUID of the case file."""
    reference: str
    """The case file's, as it was then."""
    department: str
    """Whose it was then."""
    until: datetime.date
    """The last day, to its last minute, in the time of the house."""
    reason: str
    entered_by: str
    entered: datetime.datetime
    """Aware, UTC."""
    ended_by: str = ""
    """Who ended it before its last day; empty as long as nobody did."""
    ended: datetime.datetime | None = None
    """When, aware, UTC."""
    seen_by: str = ""
    """Who answers for the case file and has seen it; empty as long as nobody has."""
    seen: datetime.datetime | None = None
    """When, aware, UTC."""
    id: str = field(default_factory=lambda: uuid.uuid4().hex)
    """For ever; the same in the address of the service."""

    @property
    def since(self):
        """The first day."""
        return in_house_time(self.entered).date()

    def holds(self, moment):
        """Whether it holds at the moment, as far as the book says.

        :param moment: aware.
        """
        within = self.entered <= moment and in_house_time(moment).date() <= self.until
        return within and (self.ended is None or moment < self.ended)


class IGuestBook(Interface):
    """The book of all guests: a local utility, nothing is deleted."""

    changes = Attribute("Called, it returns a number that grows with every change")

    def add(entry):
        """Keep a new ``Guest``."""

    def replace(entry):
        """Keep the entry as it is now; it has been there under its id."""

    def get(entry_id):
        """Return the ``Guest``, or None."""

    def of_person(person_id, day):
        """Return the person's entries that last to the day or longer."""

    def of_file(uid, day=None):
        """Return the case file's entries, of all time or lasting to the day or longer."""

    def move(uid, department):
        """List the case file's readings elsewhere where it belongs now.

        Each entry goes on saying whose it was then.
        """

    def unseen(department, most):
        """Return the readings elsewhere that no lead has seen, the oldest first."""

    def latest(department, most):
        """Return the readings elsewhere of the department, the newest first."""


class IGuestEvent(Interface):
    """Somebody became a guest of a case file, or is one no longer."""

    entry = Attribute("The ``Guest`` as it is now")
    case_file = Attribute("The case file")


class IGuestEntered(IGuestEvent):
    """Somebody became a guest."""


class IGuestEnded(IGuestEvent):
    """It was ended before its last day."""


@implementer(IGuestEntered)
@dataclass(frozen=True)
class GuestEntered:
    entry: Guest
    case_file: object


@implementer(IGuestEnded)
@dataclass(frozen=True)
class GuestEnded:
    entry: Guest
    case_file: object


def files_open_to(person):
    """Return ``{UUID of the case file: Guest}`` of the files the person is a guest of.

    Whether the case file opens to its guests is said by its own grants: a protected
    one has none.
    """
    book = queryUtility(IGuestBook)
    office = queryUtility(IOffice)
    if book is None or office is None or not person:
        return {}
    held = _held(person, book, now())
    # Asked each time: person, team or right may have changed since it was entered.
    opened = {way: OPENED[way](person) for way in {entry.way for entry in held}}
    found = {}
    for entry in held:
        # Opened in this transaction, it is not in the catalog yet.
        department = department_of_file(entry.file) or entry.department
        if department in opened[entry.way]:
            known = found.get(entry.file)
            if known is None or _rank(entry) > _rank(known):
                found[entry.file] = entry
    return found


def departments_read_by(person):
    """Return the ids of the departments whose case files the person may ask for.

    The right is stored with the office. For a reader elsewhere it is nothing without a
    place in the department; who answers for data protection has it in all of them.
    """
    office = getUtility(IOffice)
    if answers_for_data_protection(person):
        return {each.id for each in office.departments()}
    named = {
        each.id for each in office.departments() if person in each.readers_elsewhere
    }
    return named & departments_of(person) if named else named


OPENED = {Way.SHARED: departments_of, Way.ELSEWHERE: departments_read_by}
"""Says of a person which departments' case files each way opens."""


def guests_of(uid):
    """Return the ``Guest`` entries that hold now for the case file."""
    book = queryUtility(IGuestBook)
    if book is None:
        return ()
    return tuple(
        entry
        for entry in book.of_file(uid, now().date())
        if files_open_to(entry.person).get(uid) == entry
    )


@implementer(IMemberships)
class GuestMemberships:
    """Who is a guest of a case file is one of the group that may read it."""

    def groups_of(self, person_id):
        return {guest_group(uid) for uid in files_open_to(person_id)}

    def members_of(self, group_id):
        if not group_id.startswith(GUESTS):
            return {}
        return {
            entry.person: Cause(
                str(entry.way), entry.entered_by, entry.until, entry.since
            )
            for entry in guests_of(group_id.removeprefix(GUESTS))
        }


def _held(person, book, moment):
    """Return the person's entries that hold; looked up once a request and change."""
    # Not in the request itself: what stands there may come from outside.
    kept = IAnnotations(getRequest(), None)
    key = f"eakte.guests.{person}"
    known = (moment.date(), book.changes())
    if kept is not None and kept.get(key, (None, ()))[0] == known:
        return kept[key][1]
    lasting = book.of_person(person, moment.date())
    held = tuple(entry for entry in lasting if entry.holds(moment))
    if kept is not None:
        kept[key] = known, held
    return held


def _rank(entry):
    """What lasts longest is told."""
    return entry.until, entry.way == Way.SHARED, entry.entered
