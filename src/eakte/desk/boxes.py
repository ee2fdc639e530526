"""The box that a person came from, and what lies before and after a letter."""

from dataclasses import dataclass
from dataclasses import replace
from datetime import timedelta
from eakte.desk.places import teams_with_box
from eakte.desk.places import WAITING_AT_DESK
from eakte.mailitem.boxes import desk_box
from eakte.mailitem.boxes import mailroom
from eakte.mailitem.boxes import team_box
from eakte.mailitem.content import MAIL_CLASSES
from eakte.org.membership import desks_of
from plone import api
from urllib.parse import urlencode


PRESSING = ("deadline", "urgent")
"""Classes that come first in a box."""

OTHERS = [term.value for term in MAIL_CLASSES if term.value not in PRESSING]
"""The classes that come after them."""


@dataclass(frozen=True)
class BoxAddress:
    """A box and the tab that is open in it; travels in addresses as ``box``.

    >>> str(BoxAddress("team-box", "a1", "routed"))
    'team-box:a1:routed'
    """

    screen: str
    """``mailroom``, ``team-box`` or ``my-desk``."""
    team: str = ""
    """Id of the team, or on ``my-desk`` of the desk; empty for all of the user's."""
    state: str = ""
    """Id of the state, empty for all of the box."""

    def __str__(self):
        return ":".join((self.screen, self.team, self.state))

    @classmethod
    def parse(cls, text):
        """Return the address that the text is, or None."""
        screen, _, rest = str(text or "").partition(":")
        team, _, state = rest.partition(":")
        return cls(screen, team, state) if screen in SCREENS else None

    @property
    def url(self):
        asked = {"team": self.team, "state": self.state}
        query = urlencode({name: value for name, value in asked.items() if value})
        url = f"{api.portal.get().absolute_url()}/@@{self.screen}"
        return f"{url}?{query}" if query else url

    @property
    def box(self):
        """The catalog's question; for a team that is not the user's: all teams."""
        return SCREENS[self.screen](self.team)

    @property
    def states(self):
        """The states to ask for: the open tab's, or all that wait in the box."""
        if self.state in self.box.states:
            return (self.state,)
        return WAITING_AT_DESK if self.screen == "my-desk" else None


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

    What cannot wait comes first, then the others; in each the oldest first. After
    the last letter comes the first, as long as there is another one. Letters are
    counted, not listed: a full box costs no more than one with three letters.
    """
    order = _Order(address)
    place = order.place(uid)
    if place is None:
        return Neighbours(0, order.count, None, order.url(0))
    after = (place + 1) % order.count
    return Neighbours(
        position=place + 1,
        count=order.count,
        before=order.url(place - 1) if place else None,
        after=order.url(after) if after != place else None,
    )


class _Order:
    """The letters of an open box, one after the other; places count from 0."""

    def __init__(self, address):
        self.address = address
        self.states = address.states
        self.box = address.box
        self.parts = [
            self.box.narrowed(mail_class=list(PRESSING)),
            self.box.narrowed(mail_class=OTHERS),
        ]
        self.counts = [part.count(self.states) for part in self.parts]
        self.count = sum(self.counts)

    def place(self, uid):
        """Return where the letter lies, or None when it lies here no more."""
        found = _asked(self.box, UID=uid).items(self.states, size=1)
        if not found:
            return None
        letter = found[0]
        part = 0 if letter.mail_class in PRESSING else 1
        day_before = letter.received - timedelta(days=1)
        earlier = _asked(
            self.parts[part], received={"query": day_before, "range": "max"}
        )
        same_day = _asked(
            self.parts[part],
            received={"query": letter.received},
            number={"query": letter.number, "range": "max"},
        )
        above = earlier.count(self.states) + same_day.count(self.states) - 1
        return above + sum(self.counts[:part])

    def url(self, place):
        """Return the address of the letter at the place, or None."""
        for part, count in zip(self.parts, self.counts, strict=True):
            if place < count:
                found = part.items(self.states, start=place, size=1)
                return item_url(found[0], self.address) if found else None
            place -= count
        return None


def _asked(box, **query):
    return replace(box, query=box.query | query)


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
