"""What happened to a case file, read from what is known of it and its contents."""

from dataclasses import dataclass
from eakte import _
from eakte.desk.days import as_day
from eakte.desk.way import as_house_time
from eakte.desk.way import name_of
from eakte.desk.way import said_name_of
from eakte.mailitem.interfaces import IRoutingHistory
from eakte.mailitem.states import Transition
from plone import api
from typing import Any

import datetime


@dataclass(frozen=True)
class Event:
    """One line of the history."""

    when: datetime.datetime
    day: Any
    time: str
    what: Any
    who: Any
    why: str


DONE = {
    "close": _("Case file closed"),
    "reopen": _("Case file reopened"),
}


def history_of(case_file, brains):
    """Return what happened, the newest first.

    :param brains: what lies in the case file, as far as the user may see it.
    """
    tool = api.portal.get_tool("portal_workflow")
    events = [
        _event(
            each["time"],
            _what(each["action"]),
            name_of(each["actor"]),
            each["comments"],
        )
        for each in tool.getInfoFor(case_file, "review_history", [])
        if each["time"] is not None
    ]
    events.extend(_filed(brain) for brain in brains)
    return sorted(events, key=lambda event: event.when, reverse=True)


def _what(action):
    return DONE.get(action, action) if action else _("Case file opened")


def _filed(brain):
    if brain.portal_type != "mail_item":
        what = _("Document “${title}” added", mapping={"title": brain.Title})
        return _event(brain.created, what, name_of(brain.Creator), "")
    what = _(
        "${number} “${title}” filed",
        mapping={"number": brain.number, "title": brain.Title},
    )
    # Who filed it stands with the letter. The history is only asked for by hand.
    entries = IRoutingHistory(brain.getObject()).entries()
    filing = next(each for each in reversed(entries) if each.step == Transition.FILE)
    return _event(filing.when, what, said_name_of(filing), "")


def _event(when, what, who, why):
    moment = as_house_time(when.asdatetime() if hasattr(when, "asdatetime") else when)
    return Event(
        when=moment,
        day=as_day(moment.date()),
        time=f"{moment:%H:%M}",
        what=what,
        who=who,
        why=why,
    )
