"""While somebody was away: what others did for that person, for the day of return."""

from dataclasses import dataclass
from datetime import date
from datetime import timedelta
from eakte import _
from eakte.access.closures import closed_among
from eakte.clock import in_house_time
from eakte.clock import today
from eakte.desk.days import as_day
from eakte.desk.rows import desk_title
from eakte.desk.rows import team_title
from eakte.desk.screen import Screen
from eakte.journal.interfaces import Found
from eakte.journal.interfaces import IJournal
from eakte.journal.interfaces import Kind
from eakte.journal.interfaces import Query
from eakte.org.interfaces import IDeputyships
from eakte.org.places import name_of
from functools import cached_property
from plone import api
from typing import Any
from zope.component import getUtility


AT_MOST = 200
"""Acts on the screen, the newest; the journal has them all."""

COUNTED = 500
"""Acts that are counted; of more it is only known that there are more."""

USUAL_DAYS = 14
"""Days to look back, when nobody represented the person yet."""

REMINDED_DAYS = 7
"""Days after the return on which the desk still points here."""

DONE = {
    Kind.CREATED: _("Opened or added"),
    Kind.CHANGED: _("Changed"),
    Kind.ROUTED: _("Routed to ${place}"),
    Kind.ACCEPTED: _("Taken to the desk"),
    Kind.RELEASED: _("Released"),
    Kind.FILED: _("Filed"),
    Kind.STEP: _("Step taken"),
    Kind.UNLOCKED: _("Unlocked"),
    Kind.PRINTED: _("Printed"),
    Kind.SHARED: _("Shared"),
    Kind.EXPORTED: _("Exported"),
    Kind.RIGHTS: _("Responsibility changed"),
    Kind.DELETED: _("Deleted"),
}
"""What was done, for the person it was done for.

Reading is left out, and the move that goes with filing.
"""


@dataclass(frozen=True)
class Act:
    """Something that a deputy did."""

    day: Any
    time: str
    what: Any
    who: str
    title: str
    """What the object is called; its number alone, when the person sees it no more."""
    url: str | None
    why: str


class WhileAway(Screen):
    """What was done for the user, by default in the last time of being represented."""

    @cached_property
    def user(self):
        return api.user.get_current().getId()

    @cached_property
    def days(self):
        """First and last day that are shown."""
        usual = last_time_away(self.user) or (
            today() - timedelta(days=USUAL_DAYS),
            today(),
        )
        return tuple(
            _day(self.request.form.get(name)) or day
            for name, day in zip(("first", "last"), usual, strict=True)
        )

    @property
    def said_days(self):
        first, last = self.days
        return _(
            "From ${first} to ${last}",
            mapping={"first": self.say(as_day(first)), "last": self.say(as_day(last))},
        )

    @cached_property
    def found(self):
        first, last = self.days
        return acts_for(self.user, first, last, AT_MOST)

    @cached_property
    def acts(self):
        """The acts by the day, the newest first."""
        entries = self.found.entries
        uids = list({entry.uid for entry in entries if entry.uid})
        # The catalog answers with what the user may see, and knows of nothing else.
        catalog = api.portal.get_tool("portal_catalog")
        seen = {brain.UID: brain for brain in catalog(UID=uids)} if uids else {}
        return [_act(entry, seen.get(entry.uid)) for entry in entries]

    @property
    def count(self):
        return self.found.total

    @property
    def said_count(self):
        return as_count(self.count)


def acts_for(person, first, last, most):
    """Return what others did for the person on these days, as the journal has it.

    What was done in a case file that is closed to the person now is left out, and is
    not counted either. However long somebody was away, only so many of the newest acts
    are read that ``COUNTED`` and one more can be counted.
    """
    query = Query(for_whom=person, first=first, last=last, kinds=tuple(DONE))
    kept, start, size = [], 0, COUNTED + 1
    while len(kept) < size:
        found = getUtility(IJournal).find(query, start, size)
        places = [(entry.uid, entry.file) for entry in found.entries]
        closed = closed_among(places, person)
        kept += [
            entry
            for entry, place in zip(found.entries, places, strict=True)
            if closed.isdisjoint(place)
        ]
        start += size
        if start >= found.total:
            break
    return Found(tuple(kept[:most]), min(len(kept), size))


def as_count(count):
    """Return the number of acts as it is said.

    >>> as_count(3), as_count(COUNTED + 1)
    ('3', '500+')
    """
    return f"{COUNTED}+" if count > COUNTED else str(count)


def last_time_away(person):
    """Return first and last day of the last time the person was represented or away.

    None when that was never; a time that is not over ends today.
    """
    book = getUtility(IDeputyships)
    entries = (*book.by_represented(person), *book.absences(person))
    begun = [
        (entry.first, _end_of(entry)) for entry in entries if entry.first <= today()
    ]
    if not begun:
        return None
    last = max(end for _, end in begun)
    # Deputyships that touch one another are one time away.
    first = last
    for start, end in sorted(begun, key=lambda each: each[1], reverse=True):
        if end >= first - timedelta(days=3):
            first = min(first, start)
    return first, last


def notice_of_return(person):
    """Return how much was done while the person was away, or 0 when it is old news.

    More than ``COUNTED`` says only that there is more.
    """
    time = last_time_away(person)
    if time is None or today() - time[1] > timedelta(days=REMINDED_DAYS):
        return 0
    return acts_for(person, *time, 0).total


def _end_of(entry):
    end = entry.last
    if entry.ended is not None:
        end = min(end, in_house_time(entry.ended).date())
    return min(end, today())


def _act(entry, brain):
    moment = in_house_time(entry.when)
    # A list that was taken along is about no letter: it has the file's name.
    named = entry.reference or entry.details.get("file") or _("a letter or document")
    if brain is not None:
        named = " · ".join(dict.fromkeys(filter(None, (entry.reference, brain.Title))))
    return Act(
        day=as_day(moment.date()),
        time=f"{moment:%H:%M}",
        what=_what(entry),
        who=name_of(entry.who),
        title=named,
        url=None if brain is None else brain.getURL(),
        why=entry.why,
    )


def _what(entry):
    if entry.kind == Kind.SHARED and "ended" in entry.details:
        return _("Sharing ended")
    if entry.kind != Kind.ROUTED:
        return DONE[Kind(entry.kind)]
    # The journal keeps ids: the names are those of today.
    team, _sign, desk = entry.details.get("to", "").partition(" / ")
    place = ", ".join(filter(None, (team_title(team), desk_title(desk))))
    return _("Routed to ${place}", mapping={"place": place})


def _day(typed):
    try:
        return date.fromisoformat(typed) if typed else None
    except (TypeError, ValueError):
        return None
