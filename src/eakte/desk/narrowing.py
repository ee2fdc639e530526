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
from eakte.org.interfaces import IOffice
from eakte.org.places import name_of
from typing import Any
from zope.component import getUtility


LONGEST_SENDER = 100
"""Characters of a sender that is looked for."""

CLASSES = {term.value: term.title for term in MAIL_CLASSES}

TODAY = "0"

AGES = {
    TODAY: _("Received today"),
    "2": _("2 days or older"),
    "7": _("7 days or older"),
    "14": _("14 days or older"),
    "30": _("30 days or older"),
}
"""``{days since the letter was received: title}``"""

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
        said["deadline"] = one(form.get("deadline"))
        known = {"age": AGES, "deadline": DEADLINES}
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
        if self.age == TODAY:
            box = box.narrowed_to(received_from=today())
        elif self.age:
            box = box.narrowed_to(received_until=today() - timedelta(int(self.age)))
        return box

    @property
    def chips(self):
        """Each filter, and what is left without it."""
        found = []
        for each in self.mail_class:
            rest = tuple(other for other in self.mail_class if other != each)
            found.append(Chip(CLASSES[each], replace(self, mail_class=rest)))
        if self.age:
            found.append(Chip(AGES[self.age], replace(self, age="")))
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
