"""The box that a person came from, and what lies before and after a letter."""

from dataclasses import dataclass
from dataclasses import field
from eakte.desk.narrowing import Narrowing
from eakte.desk.narrowing import one
from eakte.desk.places import teams_with_box
from eakte.desk.places import WAITING_AT_DESK
from eakte.mailitem.boxes import desk_box
from eakte.mailitem.boxes import mailroom
from eakte.mailitem.boxes import order
from eakte.mailitem.boxes import SORTS
from eakte.mailitem.boxes import team_box
from eakte.org.membership import desks_of
from plone import api
from urllib.parse import parse_qs
from urllib.parse import urlencode


USUAL = "pressing"
"""The order of a box: what cannot wait comes first, then the oldest letter."""


@dataclass(frozen=True)
class BoxAddress:
    """A box, the tab that is open in it, filters and order; travels as ``box``.

    >>> str(BoxAddress("team-box", "a1", "routed"))
    'team-box:a1:routed'
    """

    screen: str
    """``mailroom``, ``team-box`` or ``my-desk``."""
    team: str = ""
    """Id of the team, or on ``my-desk`` of the desk; empty for all of the user's."""
    state: str = ""
    """Id of the state, empty for all of the box."""
    narrowing: Narrowing = field(default_factory=Narrowing)
    sort: str = ""
    """A name of ``SORTS``; empty for the usual one."""

    def __str__(self):
        parts = [self.screen, self.team, self.state]
        if rest := urlencode(self._filters):
            parts.append(rest)
        return ":".join(parts)

    @classmethod
    def parse(cls, text):
        """Return the address that the text is, or None."""
        screen, _, rest = str(text or "").partition(":")
        team, _, rest = rest.partition(":")
        state, _, rest = rest.partition(":")
        if screen not in SCREENS:
            return None
        return cls.read(screen, {"team": team, "state": state} | parse_qs(rest))

    @classmethod
    def read(cls, screen, form, strict=False):
        """Return the address that a screen was opened with.

        :param strict: see ``Narrowing.read``.
        """
        sort = one(form.get("sort"))
        if sort and sort.removeprefix("-") not in SORTS:
            if strict:
                order(sort)
            sort = ""
        return cls(
            screen,
            one(form.get("team")),
            one(form.get("state")),
            Narrowing.read(form, strict),
            "" if sort == USUAL else sort,
        )

    @property
    def url(self):
        query = urlencode(self.query)
        url = f"{api.portal.get().absolute_url()}/@@{self.screen}"
        return f"{url}?{query}" if query else url

    @property
    def query(self):
        """What stands in the address besides the screen: ``[(name, value)]``."""
        asked = [("team", self.team), ("state", self.state)]
        return [(name, value) for name, value in asked if value] + self._filters

    @property
    def details(self):
        """What is asked for, for the journal: ``{name: value}``."""
        found = {"box": self.screen}
        for name, value in self.query:
            found[name] = f"{found[name]}, {value}" if name in found else value
        return found

    @property
    def _filters(self):
        return self.narrowing.query + ([("sort", self.sort)] if self.sort else [])

    @property
    def whole_box(self):
        """The catalog's question; for a team that is not the user's: all teams."""
        return SCREENS[self.screen](self.team)

    @property
    def box(self):
        """What the filters let through of the box."""
        return self.narrowing.of(self.whole_box)

    @property
    def states(self):
        """The states to ask for: the open tab's, or all that wait in the box."""
        if self.state in self.whole_box.states:
            return (self.state,)
        return WAITING_AT_DESK if self.screen == "my-desk" else None

    def brains(self, start=0, size=None):
        """Return the letters of the open tab in its order, as the catalog's brains."""
        return self.box.items(
            self.states, sort=self.sort or USUAL, start=start, size=size
        )


@dataclass(frozen=True)
class Neighbours:
    """The letters around one in its box."""

    position: int
    """1 for the first; 0 when the letter does not lie in the box any more."""
    count: int
    before: str | None
    """Address of the letter before, or None."""
    after: str | None
    """Address of the letter that is to be done next, or None."""


def neighbours(address, uid):
    """Return what lies around the letter in the box, in the order of the screen.

    After the last letter comes the first, as long as there is another one. Letters
    are counted, not listed: a full box costs no more than one with three letters.
    """
    place = address.box.place(uid, address.states, sort=address.sort or USUAL)
    count = address.box.count(address.states)

    def url(at):
        found = address.brains(start=at, size=1)
        return item_url(found[0], address) if found else None

    if place is None:
        return Neighbours(0, count, None, url(0))
    after = (place + 1) % count
    return Neighbours(
        position=place + 1,
        count=count,
        before=url(place - 1) if place else None,
        after=url(after) if after != place else None,
    )


def item_url(brain, address=None):
    """Return where the letter is worked on, with the box to come back to."""
    query = "?" + urlencode({"box": str(address)}) if address else ""
    return brain.getURL() + query


def _mailroom(team):
    return mailroom()


def _team_box(team):
    own = [each.id for each in teams_with_box()]
    return team_box([team] if team in own else own)


def _my_desk(desk):
    own = [each.id for each in desks_of()]
    return desk_box([desk] if desk in own else own)


SCREENS = {"mailroom": _mailroom, "team-box": _team_box, "my-desk": _my_desk}
