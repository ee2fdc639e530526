"""Which letters of a box are meant: filters as they stand in addresses."""

from dataclasses import dataclass
from dataclasses import fields
from dataclasses import replace
from datetime import timedelta
from eakte import _
from eakte.clock import today
from eakte.deadlines.listing import ahead
from eakte.deadlines.model import Deadline
from eakte.deadlines.model import PRESSING
from eakte.deadlines.model import Urgency
from eakte.deadlines.store import terms
from eakte.mailitem.boxes import BoxWrong
from eakte.mailitem.content import MAIL_CLASSES
from eakte.mailitem.counting import AGES as COLUMNS
from eakte.org.interfaces import IOffice
from eakte.org.places import name_of
from eakte.org.workdays import is_working_day
from typing import Any
from zope.component import getUtility


LONGEST_SENDER = 100
"""Characters of a sender that is looked for."""

CLASSES = {term.value: term.title for term in MAIL_CLASSES}

TODAY = "0"

WORKING_DAYS = "w"
"""Ends an age that is counted in working days."""

AGES = {
    TODAY: _("Received today"),
    "2": _("2 days or older"),
    f"5{WORKING_DAYS}": _("5 working days or older"),
    "7": _("7 days or older"),
    "14": _("14 days or older"),
    "30": _("30 days or older"),
}
"""``{days since the letter was received: title}``"""

AGE_TITLES = (
    _("today"),
    _("1 to 2 days"),
    _("3 to 6 days"),
    _("7 to 13 days"),
    _("14 to 29 days"),
    _("30 days and more"),
)
"""What the columns of the counters are called, in their order."""

SPANS = {str(first): title for first, title in zip(COLUMNS, AGE_TITLES, strict=True)}
"""``{days from which on the column counts: title}``"""

RED = "red"
SOON = "soon"

DEADLINES = {RED: _("Deadline red"), SOON: _("Deadline within 7 days")}


@dataclass(frozen=True)
class Chip:
    """A filter that holds, as it is shown to be taken away."""

    title: Any
    without: Any
    """The ``Narrowing`` that is left without it."""


@dataclass(frozen=True)
class Narrowing:
    """Filters of a box; an empty one lets every letter through."""

    mail_class: tuple = ()
    """Ids of classes, one of which a letter must have."""
    age: str = ""
    """A key of ``AGES``."""
    span: str = ""
    """A key of ``SPANS``: letters of one column of the counters."""
    sender: str = ""
    """A part of the name."""
    person: str = ""
    """Id of the person at whose desk the letter lies."""
    deadline: str = ""
    """A key of ``DEADLINES``."""

    @classmethod
    def read(cls, form, strict=False):
        """Return the filters of an address.

        :param form: the query's names and values.
        :param strict: refuse what is unknown; else it is left out, so that an old
            bookmark still leads somewhere.
        :raises BoxWrong: names every value that is unknown.
        """
        classes = form.get("class") or ()
        classes = (classes,) if isinstance(classes, str) else tuple(classes)
        said = {name: one(form.get(name)) for name in ("age", "sender", "person")}
        said |= {name: one(form.get(name)) for name in ("span", "deadline")}
        known = {"age": AGES, "span": SPANS, "deadline": DEADLINES}
        wrong = [each for each in classes if each not in CLASSES]
        wrong += [
            said[name] for name in known if said[name] and said[name] not in known[name]
        ]
        if wrong and strict:
            raise BoxWrong(
                _("There is no filter “${name}”.", mapping={"name": each})
                for each in wrong
            )
        return cls(
            mail_class=tuple(each for each in CLASSES if each in classes),
            age=said["age"] if said["age"] in AGES else "",
            span=said["span"] if said["span"] in SPANS else "",
            sender=" ".join(said["sender"].split())[:LONGEST_SENDER],
            person=said["person"],
            deadline=said["deadline"] if said["deadline"] in DEADLINES else "",
        )

    def __bool__(self):
        return self != Narrowing()

    @property
    def query(self):
        """The filters as ``[(name, value)]`` of an address."""
        found = [("class", each) for each in self.mail_class]
        for each in fields(self)[1:]:
            if value := getattr(self, each.name):
                found.append((each.name, value))
        return found

    def of(self, box):
        """Return the box with those letters only that the filters let through."""
        box = box.narrowed(mail_class=list(self.mail_class))
        if self.person:
            desks = getUtility(IOffice).desks()
            own = [desk.id for desk in desks if self.person in desk.people]
            # Somebody without a desk has no letters.
            box = box.narrowed(desk=own or [""])
        if self.deadline:
            box = box.narrowed(UID=_with_deadline(self.deadline) or [""])
        if self.sender:
            box = box.narrowed_to(sender=self.sender)
        first, last = self._received()
        return box.narrowed_to(received_from=first, received_until=last)

    def _received(self):
        """Return the first and the last day of receipt; None where there is no end."""
        asked = [_days_of_age(self.age), _days_of_span(self.span)]
        firsts = [first for first, _last in asked if first]
        lasts = [last for _first, last in asked if last]
        return max(firsts, default=None), min(lasts, default=None)

    @property
    def chips(self):
        """Each filter, and what is left without it."""
        found = []
        for each in self.mail_class:
            rest = tuple(other for other in self.mail_class if other != each)
            found.append(Chip(CLASSES[each], replace(self, mail_class=rest)))
        if self.age:
            found.append(Chip(AGES[self.age], replace(self, age="")))
        if self.span:
            title = _("Age: ${days}", mapping={"days": SPANS[self.span]})
            found.append(Chip(title, replace(self, span="")))
        if self.sender:
            title = _("Sender: ${name}", mapping={"name": self.sender})
            found.append(Chip(title, replace(self, sender="")))
        if self.person:
            title = _("At the desk of ${name}", mapping={"name": name_of(self.person)})
            found.append(Chip(title, replace(self, person="")))
        if self.deadline:
            found.append(Chip(DEADLINES[self.deadline], replace(self, deadline="")))
        return found


def one(value):
    """Return one text; of several the first."""
    if isinstance(value, (list, tuple)):
        value = value[0] if value else ""
    return value if isinstance(value, str) else ""


def _days_of_age(age):
    """Return the first and the last day of receipt, None where there is no end."""
    if not age:
        return None, None
    if age == TODAY:
        return today(), None
    if age.endswith(WORKING_DAYS):
        return None, _working_days_ago(int(age.removesuffix(WORKING_DAYS)))
    return None, today() - timedelta(int(age))


def _working_days_ago(count):
    """Return the last day since which so many working days have come; today is one.

    The day of the receipt itself is not counted, as with a deadline.
    """
    day = today()
    while count:
        count -= is_working_day(day)
        day -= timedelta(1)
    return day


def _days_of_span(span):
    if not span:
        return None, None
    at = COLUMNS.index(int(span))
    # What is dated ahead counts as of today.
    last = today() - timedelta(COLUMNS[at]) if at else None
    if at + 1 == len(COLUMNS):
        return None, last
    return today() - timedelta(COLUMNS[at + 1] - 1), last


def _with_deadline(which):
    """Return the UUIDs of what has such a deadline in any team; rights limit the box."""
    day, book = today(), terms()
    wanted = PRESSING if which == RED else (Urgency.SOON,)
    return [
        term.object
        for team in getUtility(IOffice).teams()
        for term in book.open_of_team(team.id, ahead())
        if isinstance(term, Deadline) and term.urgency(day) in wanted
    ]
