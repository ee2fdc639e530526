"""Which letters the counters count: filters as they stand in addresses."""

from dataclasses import dataclass
from dataclasses import field
from eakte import _
from eakte.desk.narrowing import Narrowing
from eakte.desk.narrowing import one
from eakte.mailitem.boxes import BoxWrong
from eakte.mailitem.counting import EVERY_TEAM
from plone import api
from typing import ClassVar
from urllib.parse import parse_qs
from urllib.parse import urlencode


FILTERS = ("class", "age", "deadline")
"""Filters of the boxes that hold here too.

Nobody asks by sender: a number would answer whether somebody has written. Nor by
person: how much lies at whose desk is no number for those who lead.
"""

NOT_ASKED = ("state", "span", "sender", "person", "sort")
"""Names that an address of a box has, and one of the counters has not."""


@dataclass(frozen=True)
class CountersAddress:
    """The counters with filters; travels as ``box``, like a ``BoxAddress``.

    >>> str(CountersAddress("a1"))
    'counters:a1'
    """

    team: str = ""
    """Id of the only team that is shown; empty for all that the user leads."""
    narrowing: Narrowing = field(default_factory=Narrowing)

    screen: ClassVar[str] = "counters"

    def __str__(self):
        parts = [self.screen, self.team]
        if self.narrowing.query:
            parts.append(urlencode(self.narrowing.query))
        return ":".join(parts)

    @classmethod
    def parse(cls, text):
        """Return the address that the text is, or None."""
        screen, _, rest = str(text or "").partition(":")
        team, _, rest = rest.partition(":")
        if screen != cls.screen:
            return None
        return cls.read({"team": team} | parse_qs(rest))

    @classmethod
    def read(cls, form, strict=False):
        """Return the address that the screen was opened with.

        :param strict: see ``Narrowing.read``; a filter of the boxes that is none here
            is refused too.
        """
        if strict and (strange := [name for name in NOT_ASKED if form.get(name)]):
            raise BoxWrong(
                _("There is no filter “${name}”.", mapping={"name": name})
                for name in strange
            )
        known = {name: form[name] for name in FILTERS if name in form}
        return cls(one(form.get("team")), Narrowing.read(known, strict))

    @property
    def url(self):
        url = f"{api.portal.get().absolute_url()}/@@{self.screen}"
        return f"{url}?{urlencode(self.query)}" if self.query else url

    @property
    def query(self):
        """What stands in the address besides the screen: ``[(name, value)]``."""
        return [*([("team", self.team)] if self.team else []), *self.narrowing.query]

    @property
    def details(self):
        """What is asked for, for the journal: ``{name: value}``."""
        found = {"box": self.screen}
        for name, value in self.query:
            found[name] = f"{found[name]}, {value}" if name in found else value
        return found

    @property
    def box(self):
        """What is counted, in whichever team it lies."""
        return self.narrowing.of(EVERY_TEAM)
