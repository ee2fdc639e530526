"""What happened to a case file, read from what is known of it and its contents."""

from dataclasses import dataclass
from eakte import _
from eakte.desk.days import as_day
from eakte.desk.way import as_house_time
from eakte.desk.way import name_of
from eakte.desk.way import said_name_of
from eakte.journal.interfaces import IJournal
from eakte.journal.interfaces import Kind
from eakte.journal.interfaces import Query
from eakte.mailitem.interfaces import IRoutingHistory
from eakte.mailitem.states import Transition
from functools import cached_property
from plone import api
from typing import Any
from zope.component import getUtility

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
    steps = [
        each
        for each in tool.getInfoFor(case_file, "review_history", [])
        if each["time"] is not None
    ]
    deputies = _Deputies(case_file, steps)
    events = [
        _event(
            each["time"],
            _what(each["action"]),
            deputies.said_step(each),
            each["comments"],
        )
        for each in steps
    ]
    events.extend(_filed(brain, deputies) for brain in brains)
    return sorted(events, key=lambda event: event.when, reverse=True)


class _Deputies:
    """Says who did something; of a deputy for whom too, as the journal has it."""

    def __init__(self, case_file, steps):
        self.uid = case_file.UID()
        self.steps = steps
        journal = getUtility(IJournal)
        kinds = (Kind.CREATED, Kind.STEP)
        query = Query(objects=(self.uid,), kinds=kinds, deputies_only=True)
        total = journal.find(query, size=0).total
        self.acts = journal.find(query, size=total).entries if total else ()

    @cached_property
    def added(self):
        """What deputies added, by its UUID; the case file too."""
        return {act.uid: act for act in self.acts if act.kind == Kind.CREATED}

    @cached_property
    def taken(self):
        """What deputies did: ``[(step, act)]``, the step that is nearest in time."""
        found = []
        for act in self.acts:
            same = [
                step
                for step in self.steps
                if (self.uid, step["action"], step["actor"])
                == (act.uid, act.details.get("step"), act.who)
            ]
            if same:
                away = [abs(_moment(step["time"]) - act.when) for step in same]
                found.append((same[away.index(min(away))], act))
        return found

    def said_step(self, step):
        """Return who took the step of the case file's workflow, or opened it."""
        if not step["action"]:
            return self._said_or(self.uid, step["actor"])
        act = next((act for taken, act in self.taken if taken is step), None)
        return _said(act) if act else name_of(step["actor"])

    def said_adding(self, brain):
        """Return who added the document."""
        return self._said_or(brain.UID, brain.Creator)

    def _said_or(self, uid, who):
        act = self.added.get(uid)
        return _said(act) if act else name_of(who)


def _what(action):
    return DONE.get(action, action) if action else _("Case file opened")


def _said(act):
    return _(
        "${deputy} for ${name}",
        mapping={"deputy": name_of(act.who), "name": name_of(act.for_whom)},
    )


def _filed(brain, deputies):
    if brain.portal_type != "mail_item":
        what = _("Document “${title}” added", mapping={"title": brain.Title})
        return _event(brain.created, what, deputies.said_adding(brain), "")
    what = _(
        "${number} “${title}” filed",
        mapping={"number": brain.number, "title": brain.Title},
    )
    # Who filed it stands with the letter. The history is only asked for by hand.
    entries = IRoutingHistory(brain.getObject()).entries()
    filing = next(each for each in reversed(entries) if each.step == Transition.FILE)
    return _event(filing.when, what, said_name_of(filing), "")


def _event(when, what, who, why):
    moment = as_house_time(_moment(when))
    return Event(
        when=moment,
        day=as_day(moment.date()),
        time=f"{moment:%H:%M}",
        what=what,
        who=who,
        why=why,
    )


def _moment(when):
    return when.asdatetime() if hasattr(when, "asdatetime") else when
