"""The way of a letter through the house, in sentences."""

from dataclasses import dataclass
from eakte import _
from eakte.desk.days import as_day
from eakte.desk.rows import desk_title
from eakte.desk.rows import team_title
from eakte.mailitem.interfaces import IRoutingHistory
from plone import api
from plone.app.event.base import default_timezone
from typing import Any
from zoneinfo import ZoneInfo
from zope.i18nmessageid import Message

import datetime


@dataclass(frozen=True)
class Stage:
    """One entry of the way."""

    what: Any
    who: Any
    when: datetime.datetime
    day: Any
    time: str
    """Hours and minutes, in the time of the house."""
    why: str


DONE = {
    "capture": _("Taken in"),
    "check": _("Handed to the quality check"),
    "release": _("Released by the mailroom"),
    "accept": _("Taken by ${place}"),
    "route": _("Routed to ${place}"),
    "file": _("Filed in a case file"),
    "settle": _("Settled"),
    "hand_over": _("Handed over to the person"),
    "request_rescan": _("Sent back for a rescan"),
    "recapture": _("Scanned again"),
    "mark_unclear": _("Marked as unclear"),
    "mark_foreign": _("Marked as misdirected"),
    "block": _("Blocked"),
    "unblock": _("Unblocked"),
    "unlock": _("Unlocked with its password"),
    "take_back": _("Undone: it lies where it lay before"),
}


def way_of(mail_item):
    """Return the stages of the letter's way, the newest first."""
    entries = IRoutingHistory(mail_item).entries()
    return [_stage(entry) for entry in reversed(entries)]


def _stage(entry):
    place = " · ".join(
        title
        for title in (team_title(entry.to_team), desk_title(entry.to_desk))
        if title
    )
    what = DONE.get(entry.step, entry.step)
    when = as_house_time(entry.when)
    return Stage(
        what=Message(what, mapping={"place": place}),
        who=said_name_of(entry),
        when=when,
        day=as_day(when.date()),
        time=f"{when:%H:%M}",
        why=entry.why,
    )


def name_of(user_id):
    """Return the person's name, or what is known of them."""
    if not user_id:
        return ""
    user = api.user.get(userid=user_id)
    return (user and user.getProperty("fullname")) or user_id


def said_name_of(entry):
    """Return who took the step; of a deputy, for whom too."""
    if not entry.acting_for:
        return name_of(entry.who)
    return _(
        "${deputy} for ${name}",
        mapping={"deputy": name_of(entry.who), "name": name_of(entry.acting_for)},
    )


def as_house_time(moment):
    """Return the moment in the time zone of the site."""
    return moment.astimezone(ZoneInfo(default_timezone()))
