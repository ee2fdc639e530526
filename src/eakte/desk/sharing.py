"""A case file is shared with a colleague: the form, what is shared, what was."""

from dataclasses import dataclass
from datetime import date
from datetime import timedelta
from eakte import _
from eakte.access.guests import files_open_to
from eakte.access.guests import Way
from eakte.access.sharing import all_shares_of
from eakte.access.sharing import colleagues
from eakte.access.sharing import end_share
from eakte.access.sharing import holds_now
from eakte.access.sharing import longest_days
from eakte.access.sharing import LONGEST_REASON
from eakte.access.sharing import may_end
from eakte.access.sharing import may_share
from eakte.access.sharing import share
from eakte.access.sharing import shares_of
from eakte.access.sharing import SharingWrong
from eakte.clock import in_house_time
from eakte.clock import today
from eakte.desk.days import as_day
from eakte.desk.elsewhere import until_said
from eakte.desk.rows import Badge
from eakte.desk.screen import EDITION
from eakte.desk.screen import Screen
from eakte.org.places import name_of
from functools import cached_property
from plone import api
from plone.app.layout.viewlets.common import ViewletBase
from plone.uuid.interfaces import IUUID
from typing import Any


@dataclass(frozen=True)
class Line:
    """One sharing, as the list shows it."""

    id: str
    person: str
    first: Any
    last: Any
    reason: str
    state: Badge
    noted: Any
    """Who shared it, and who ended it."""
    may_end: bool


class ShareScreen(Screen):
    """With whom the case file is shared; those who may, share it here."""

    longest_reason = LONGEST_REASON

    def answer(self, form):
        do = form.get("do", "")
        if do == "share":
            until = _day(form.get("until"))
            entry = share(
                self.context, form.get("person", ""), until, form.get("reason", "")
            )
            said = {"name": name_of(entry.person), "day": as_day(entry.until)}
            self.tell(_("${name} reads the case file until ${day}.", mapping=said))
        elif do == "end":
            end_share(self.context, form.get("entry", ""))
            self.tell(_("It is ended from now on, and stays in the list."))
        else:
            return super().answer(form)
        return self.address

    @property
    def address(self):
        return f"{self.context.absolute_url()}/@@share"

    @cached_property
    def may_share(self):
        return may_share(self.context)

    @property
    def headline(self):
        return self.joined(self.context.reference, self.context.title)

    @cached_property
    def colleagues(self):
        """Who can be chosen: ``(id, name)`` by name."""
        found = [(person, name_of(person)) for person in colleagues(self.context)]
        return sorted(found, key=lambda each: each[1])

    @cached_property
    def lines(self):
        """Every sharing, those that hold first."""
        lines = [self._line(entry) for entry in all_shares_of(self.context)]
        return sorted(lines, key=lambda line: line.state.tone != "good")

    def _line(self, entry):
        holds = holds_now(self.context, entry)
        state = Badge(_("holds now"), "good") if holds else Badge(_("over"), "quiet")
        if entry.ended is not None:
            state = Badge(_("ended early"), "quiet")
        return Line(
            id=entry.id,
            person=name_of(entry.person),
            first=as_day(entry.since),
            last=as_day(entry.until),
            reason=entry.reason,
            state=state,
            noted=_noted(entry),
            may_end=holds and may_end(self.context, entry),
        )

    @property
    def first_day(self):
        return today().isoformat()

    @property
    def last_day(self):
        return (today() + timedelta(days=longest_days())).isoformat()

    @property
    def most_days(self):
        return longest_days()


class GuestsLine(ViewletBase):
    """Says a guest until when; offers to share to those who may."""

    @property
    def is_shown(self):
        return (
            self.request.method == "GET"
            and getattr(self.view, "__name__", "") == "case-file"
        )

    @cached_property
    def entry(self):
        """Why the case file is open to the user for a time, or None."""
        user = api.user.get_current()
        return files_open_to(user.getId()).get(IUUID(self.context))

    @property
    def said(self):
        until = until_said(self.entry)
        if self.entry.way == Way.SHARED:
            return _(
                "${name} shared this case file with you. You read it ${until}.",
                mapping={"name": name_of(self.entry.entered_by), "until": until},
            )
        return _(
            "You read this case file of another team ${until}, for the reason that you "
            "gave. What you read is noted.",
            mapping={"until": until},
        )

    @cached_property
    def may_share(self):
        return may_share(self.context)

    @cached_property
    def count(self):
        return len(shares_of(self.context))

    @property
    def address(self):
        return f"{self.context.absolute_url()}/@@share"

    @property
    def style(self):
        portal_url = api.portal.get().absolute_url()
        return f"{portal_url}/++plone++eakte.desk/++unique++{EDITION}/guests.css"


def _day(typed):
    typed = (typed or "").strip()
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError:
        raise SharingWrong(_("“${text}” is no day.", mapping={"text": typed})) from None


def _noted(entry):
    said = {"who": name_of(entry.entered_by)}
    if entry.ended is None:
        return _("shared by ${who}", mapping=said)
    day = in_house_time(entry.ended).date()
    said |= {"ender": name_of(entry.ended_by), "end": as_day(day)}
    return _("shared by ${who}; ended by ${ender}, ${end}", mapping=said)
