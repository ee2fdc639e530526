"""What people are told: who read from outside, who got a place past the files.

And to whom somebody else gave a password, and what administrators did that leads to one.
"""

from collections import Counter
from dataclasses import dataclass
from eakte import _
from eakte.access.asking import readings
from eakte.access.asking import see_reading
from eakte.access.asking import unseen_readings
from eakte.clock import in_house_time
from eakte.desk.days import as_day
from eakte.desk.screen import EDITION
from eakte.desk.screen import Screen
from eakte.org.noticing import notices
from eakte.org.noticing import see_notice
from eakte.org.noticing import unseen_notices
from eakte.org.places import name_of
from eakte.org.places import title_of
from eakte.org.principals import ACCOUNT
from eakte.org.principals import BY_ADMINISTRATORS
from functools import cached_property
from plone import api
from plone.app.layout.viewlets.common import ViewletBase
from typing import Any
from zope.globalrequest import getRequest
from zope.i18n import translate
from zope.i18nmessageid import Message


STARTS = frozenset(
    {"desk", "team-box", "mailroom", "records", "find", "search", "counters"}
)
"""Screens with which a day begins; my desk has the notices in a list of its own."""

SAID = {
    "readings": (
        _("Once somebody from outside the team read a case file"),
        _("${count} times somebody from outside the team read a case file"),
    ),
    "passwords": (
        _("One password that somebody else has set"),
        _("${count} passwords that somebody else has set"),
    ),
    "places": (
        _("One place in the office to look at: got past the files, or by oneself"),
        _(
            "${count} places in the office to look at: got past the files, or by "
            "oneself"
        ),
    ),
    "changes": (
        _("One change to accounts or rights by an administrator"),
        _("${count} changes to accounts or rights by administrators"),
    ),
}
"""Each part of the screen: what is said of one unseen entry, and of more."""


@dataclass(frozen=True)
class Told:
    """One thing that somebody is told."""

    id: str
    day: Any
    time: str
    who: str
    what: Any
    url: str | None
    why: str
    seen: Any
    """Who has seen it and when; empty as long as nobody has."""


class NoticesScreen(Screen):
    """Everything the user is told, what nobody has seen first."""

    def answer(self, form):
        do, entry = form.get("do", ""), form.get("entry", "")
        if do == "see-reading":
            see_reading(entry)
        elif do == "see-place":
            see_notice(int(entry) if entry.isascii() and entry.isdigit() else -1)
        else:
            return super().answer(form)
        self.tell(_("It is noted that you have seen it."))
        return self.address

    @property
    def address(self):
        return f"{self.portal_url}/@@notices"

    @cached_property
    def readings(self):
        """Who read case files of the user's teams from outside."""
        entries = {each.id: each for each in (*unseen_readings(), *readings())}
        # The catalog answers with what the user may see, and knows of nothing else.
        catalog = api.portal.get_tool("portal_catalog")
        uids = list({each.file for each in entries.values()})
        files = {brain.UID: brain for brain in catalog(UID=uids)} if uids else {}
        return _unseen_first(
            [self._reading(each, files[each.file]) for each in entries.values()]
        )

    def _reading(self, entry, brain):
        moment = in_house_time(entry.entered)
        return Told(
            id=entry.id,
            day=as_day(moment.date()),
            time=f"{moment:%H:%M}",
            who=name_of(entry.person),
            what=" · ".join(filter(None, (brain.reference, brain.person, brain.Title))),
            url=brain.getURL(),
            why=entry.reason,
            seen=_seen(entry),
        )

    @cached_property
    def places(self):
        """Who got a place that the user is told of in a way that is noted."""
        return self._told("places")

    @cached_property
    def passwords(self):
        """To whom somebody else gave a password."""
        return self._told("passwords")

    @cached_property
    def changes(self):
        """What administrators did to accounts of others, and to rights of the house."""
        return self._told("changes")

    def _told(self, part):
        told = [each for each in notices() if _part_of(each) == part]
        return _unseen_first([self._place(each) for each in told])

    def _place(self, notice):
        entry = notice.entry
        moment = in_house_time(entry.when)
        return Told(
            id=str(notice.number),
            day=as_day(moment.date()),
            time=f"{moment:%H:%M}",
            who=name_of(entry.person),
            what=_titled(entry),
            url=None,
            why=_done_by(entry),
            seen=_seen(notice),
        )


class Notices(ViewletBase):
    """What is new for leads and heads, on the screens with which a day begins."""

    @cached_property
    def notices(self):
        name = getattr(self.view, "__name__", "")
        shown = name in STARTS and not getattr(self.view, "text", "")
        if not shown or self.request.method != "GET" or api.user.is_anonymous():
            return []
        return notices_of_user()

    @property
    def style(self):
        portal_url = api.portal.get().absolute_url()
        return f"{portal_url}/++plone++eakte.desk/++unique++{EDITION}/guests.css"


def notices_of_user():
    """Return what the user has not seen: ``(text, address)`` each."""
    address = f"{api.portal.get().absolute_url()}/@@notices"
    unseen = unseen_notices()
    parts = Counter(map(_part_of, unseen))
    counts = {"readings": len(unseen_readings())}
    counts |= {part: parts[part] for part in ("passwords", "places", "changes")}
    return [
        (_counted(count, *SAID[part]), f"{address}#{part}")
        for part, count in counts.items()
        if count
    ]


def _part_of(notice):
    place = notice.entry.place
    if place == ACCOUNT:
        return "passwords"
    return "changes" if place in BY_ADMINISTRATORS else "places"


def _titled(entry):
    title = title_of(entry.place)
    if not entry.what:
        return title
    return f"{translate(title, context=getRequest())}: {entry.what}"


def _counted(count, one, more):
    return one if count == 1 else Message(more, mapping={"count": str(count)})


def _unseen_first(told):
    return sorted(told, key=lambda each: bool(each.seen))


def _seen(noticed):
    if noticed.seen is None:
        return ""
    moment = in_house_time(noticed.seen)
    said = {"name": name_of(noticed.seen_by), "day": as_day(moment.date())}
    return _("seen by ${name}, ${day}", mapping=said)


def _done_by(entry):
    if not entry.by:
        return _("by a command")
    if entry.by == entry.person:
        return _("by the person's own doing")
    return _("by ${name}", mapping={"name": name_of(entry.by)})
