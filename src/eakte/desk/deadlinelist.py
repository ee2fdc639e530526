"""What is to be done, as a list: mine or my teams', what presses most first."""

from dataclasses import dataclass
from dataclasses import replace
from eakte import _
from eakte.deadlines.listing import ahead
from eakte.deadlines.listing import mine
from eakte.deadlines.listing import of_teams
from eakte.deadlines.model import Deadline
from eakte.deadlines.model import Urgency
from eakte.desk.deadlinelines import line_of
from eakte.desk.deadlinelines import TermLine
from eakte.desk.narrowing import one
from eakte.desk.screen import Screen
from eakte.mailitem.boxes import BoxWrong
from functools import cached_property
from plone import api
from typing import ClassVar
from urllib.parse import parse_qs
from urllib.parse import urlencode


WHOSE = ("mine", "team")

WHENS = {
    "": _("Now and in the next seven days"),
    "overdue": _("Overdue"),
    "today": _("Due today"),
    "week": _("In the next seven days"),
    "all": _("All that is open"),
}

KINDS = {
    "": _("Both"),
    "deadline": _("Deadlines"),
    "resubmission": _("Resubmissions"),
}

URGENCIES = {
    "overdue": {Urgency.OVERDUE},
    "today": {Urgency.DUE},
    "week": {Urgency.DUE, Urgency.WARNED, Urgency.SOON},
}


@dataclass(frozen=True)
class DeadlinesAddress:
    """The list with what was chosen; travels as ``box``, like a ``BoxAddress``.

    >>> str(DeadlinesAddress("team", "week"))
    'deadlines:whose=team&when=week'
    """

    whose: str = "mine"
    when: str = ""
    """A key of ``WHENS``."""
    kind: str = ""
    """A key of ``KINDS``."""

    screen: ClassVar[str] = "deadlines"

    def __str__(self):
        return f"{self.screen}:{urlencode(self.query)}"

    @classmethod
    def parse(cls, text):
        """Return the address that the text is, or None."""
        screen, _, rest = str(text or "").partition(":")
        return cls.read(parse_qs(rest)) if screen == cls.screen else None

    @classmethod
    def read(cls, form, strict=False):
        """Return the address that the screen was opened with.

        :param strict: refuse what is unknown; else it is left out, so that an old
            bookmark still leads somewhere.
        :raises BoxWrong: names every value that is unknown.
        """
        known = {"whose": WHOSE, "when": WHENS, "kind": KINDS}
        said = {name: one(form.get(name)) for name in known}
        wrong = [
            said[name] for name in known if said[name] and said[name] not in known[name]
        ]
        if wrong and strict:
            raise BoxWrong(
                _("There is no filter “${name}”.", mapping={"name": each})
                for each in wrong
            )
        return cls(
            **{
                name: value
                for name, value in said.items()
                if value and value not in wrong
            }
        )

    @property
    def query(self):
        """What stands in the address besides the screen: ``[(name, value)]``."""
        chosen = {"whose": self.whose, "when": self.when, "kind": self.kind}
        return [(name, value) for name, value in chosen.items() if value]

    @property
    def url(self):
        return f"{api.portal.get().absolute_url()}/@@deadlines?{urlencode(self.query)}"

    def found(self):
        """Return the ``Line``s of the list, what presses most first."""
        until = None if self.when == "all" else ahead()
        lines = of_teams(until) if self.whose == "team" else mine(until)
        wanted = URGENCIES.get(self.when)
        return [
            each
            for each in lines
            if (wanted is None or each.urgency in wanted)
            and (not self.kind or self.kind == _kind(each.term))
        ]


@dataclass(frozen=True)
class ListedLine:
    """A line of the list, with the object that it is about."""

    line: TermLine
    title: str
    reference: str
    url: str


class DeadlinesScreen(Screen):
    """What is to be done: mine or my teams', what presses most first."""

    whens = tuple(WHENS.items())
    kinds = tuple(KINDS.items())

    @cached_property
    def address(self):
        return DeadlinesAddress.read(self.request.form)

    @cached_property
    def lines(self):
        return [
            ListedLine(line_of(each.term), each.title, each.reference, each.url)
            for each in self.address.found()
        ]

    @property
    def is_filtered(self):
        return bool(self.address.when or self.address.kind)

    def address_of(self, **changed):
        """Return the list's address with some of the choices changed."""
        return replace(self.address, **changed).url

    @property
    def export_url(self):
        return f"{self.portal_url}/@@export-deadlines"

    @property
    def export_title(self):
        """What stands before the buttons; None where there is nothing to take along."""
        if not self.lines:
            return None
        return _("Take along ${count}:", mapping={"count": str(len(self.lines))})


def _kind(term):
    return "deadline" if isinstance(term, Deadline) else "resubmission"
