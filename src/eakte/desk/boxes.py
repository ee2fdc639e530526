"""The box that a person came from, and what lies before and after a letter."""

from dataclasses import dataclass
from eakte.desk.places import teams_with_box
from eakte.desk.places import WAITING_AT_DESK
from eakte.mailitem.boxes import desk_box
from eakte.mailitem.boxes import mailroom
from eakte.mailitem.boxes import team_box
from eakte.org.membership import desks_of
from plone import api
from urllib.parse import urlencode


@dataclass(frozen=True)
class BoxAddress:
    """A box and the tab that is open in it; travels in addresses as ``box``.

    >>> str(BoxAddress("team-box", "a1", "routed"))
    'team-box:a1:routed'
    """

    screen: str
    """``mailroom``, ``team-box`` or ``my-desk``."""
    team: str = ""
    """Id of the team; empty for all of the user's."""
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
    """Return what lies around the letter in the box.

    After the last letter comes the first, as long as there is another one.
    """
    brains = address.box.items(address.states)
    uids = [brain.UID for brain in brains]
    if uid not in uids:
        first = item_url(brains[0], address) if uids else None
        return Neighbours(0, len(uids), None, first)
    at = uids.index(uid)
    after = (at + 1) % len(uids)
    return Neighbours(
        position=at + 1,
        count=len(uids),
        before=item_url(brains[at - 1], address) if at else None,
        after=item_url(brains[after], address) if after != at else None,
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


def _my_desk(team):
    return desk_box([desk.id for desk in desks_of()])


SCREENS = {"mailroom": _mailroom, "team-box": _team_box, "my-desk": _my_desk}
