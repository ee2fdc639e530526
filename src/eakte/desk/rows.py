"""A letter or document as a list shows it: from the catalog, nothing is woken."""

from dataclasses import dataclass
from eakte import _
from eakte import clock
from eakte.deadlines.model import Deadline
from eakte.deadlines.model import PRESSING as RED
from eakte.deadlines.store import terms
from eakte.desk.boxes import item_url
from eakte.desk.days import age
from eakte.desk.days import as_day
from eakte.document.content import DOCUMENT_TYPES
from eakte.document.states import TITLES as DOCUMENT_STATES
from eakte.mailitem.boxes import PRESSING
from eakte.mailitem.content import MAIL_CLASSES
from eakte.mailitem.states import State
from eakte.mailitem.states import TITLES
from eakte.org.interfaces import IOffice
from eakte.org.places import name_of
from eakte.org.representing import represented_by
from eakte.scans.interfaces import ScanStatus
from eakte.scans.problems import problem_named
from Missing import Value as MISSING
from plone import api
from typing import Any
from zope.component import getUtility

import datetime


TONES = {
    "urgent": "alarm",
    "deadline": "alarm",
    "original": "notice",
    "personal": "notice",
}
"""How much a class stands out. What it says stands there in words too."""

STATE_TONES = {
    State.UNCLEAR: "notice",
    State.RESCAN: "notice",
    State.FOREIGN: "notice",
    State.BLOCKED: "alarm",
    State.DONE: "quiet",
}

NOT_READ = (ScanStatus.WAITING, ScanStatus.RUNNING)


@dataclass(frozen=True)
class Badge:
    """A word that stands out."""

    text: Any
    tone: str = "plain"
    """``alarm``, ``notice``, ``good``, ``quiet`` or ``plain``."""


@dataclass(frozen=True)
class Row:
    """One line of a list."""

    uid: str
    url: str
    """Where it is worked on, with the box to come back to."""
    address: str
    """The object's own address."""
    kind: str
    """``mail_item`` or ``case_document``."""
    number: str
    title: str
    sender: str
    received: datetime.date | None
    received_day: Any
    age: Any
    mail_class: Badge | None
    pressing: bool
    state: str
    state_badge: Badge
    team: str
    team_title: str
    desk_title: str
    for_whom: Badge | None
    """Says whose desk it is, when the user represents that person there."""
    page_count: int
    reading: bool
    """Whether the scan is still being read."""
    scan_badge: Badge | None
    duplicate: bool
    document_type: Any
    deadline: Badge | None = None
    """The next legal deadline about it that is open; boxes show it."""


def mail_row(brain, box=None, today=None):
    """Return the row of a mail item.

    :param box: the ``BoxAddress`` that the list shows.
    """
    mail_class = known(brain.mail_class) or "normal"
    received = known(brain.received)
    return Row(
        uid=brain.UID,
        url=item_url(brain, box),
        address=brain.getURL(),
        kind="mail_item",
        number=known(brain.number) or "",
        title=said(brain),
        sender=known(brain.sender) or "",
        received=received,
        received_day=received and as_day(received),
        age=received and age(received, today or clock.today()),
        mail_class=class_badge(mail_class),
        pressing=mail_class in PRESSING,
        state=brain.review_state,
        state_badge=state_badge(brain.review_state),
        team=known(brain.team) or "",
        team_title=team_title(known(brain.team)),
        desk_title=desk_title(known(brain.desk)),
        for_whom=_for_whom(known(brain.desk)),
        document_type=_("Letter"),
        **_scan(brain),
    )


def document_row(brain):
    """Return the row of a document of a case file that came no other way."""
    received = known(brain.received) or known(brain.document_date)
    return Row(
        uid=brain.UID,
        url=brain.getURL(),
        address=brain.getURL(),
        kind="case_document",
        number="",
        title=brain.Title,
        sender=known(brain.author) or "",
        received=received,
        received_day=received and as_day(received),
        age=None,
        mail_class=None,
        pressing=False,
        state=brain.review_state,
        state_badge=Badge(
            DOCUMENT_STATES.get(brain.review_state, ""),
            "quiet"
            if brain.review_state in ("done", "closed", "cancelled")
            else "plain",
        ),
        team="",
        team_title="",
        desk_title="",
        for_whom=None,
        document_type=DOCUMENT_TYPES.getTerm(brain.document_type).title
        if known(brain.document_type)
        else "",
        **_scan(brain),
    )


def row(brain):
    """Return the row of whatever lies in a case file."""
    return (mail_row if brain.portal_type == "mail_item" else document_row)(brain)


def class_badge(mail_class):
    """Return the badge of a mail class; a normal letter has none."""
    if mail_class == "normal":
        return None
    return Badge(MAIL_CLASSES.getTerm(mail_class).title, TONES[mail_class])


def state_badge(state):
    return Badge(TITLES.get(state, state), STATE_TONES.get(state, "plain"))


def deadline_badge(uid, day):
    """Return the badge of the next deadline about the object, or None."""
    found = [
        term
        for term in terms().of_object(uid)
        if term.is_open and isinstance(term, Deadline)
    ]
    if not found:
        return None
    first = min(found, key=lambda term: term.end)
    text = _("Deadline ${day}", mapping={"day": f"{first.end:%d.%m.%Y}"})
    return Badge(text, "alarm" if first.urgency(day) in RED else "plain")


def team_title(team):
    """Return what people call the team, empty for none."""
    found = getUtility(IOffice).team(team) if team else None
    return found.title if found else (team or "")


def desk_title(desk):
    """Return what people call the desk, empty for none."""
    found = getUtility(IOffice).desk(desk) if desk else None
    return found.title if found else (desk or "")


def scan_badge(status, problem):
    """Return what stands out about a scan; a scan that was read well has none."""
    if problem:
        unread = status == ScanStatus.FAILED
        return Badge(problem_named(problem).title, "alarm" if unread else "notice")
    return SCAN_BADGES.get(status)


SCAN_BADGES = {
    ScanStatus.WAITING: Badge(_("Text recognition waits"), "quiet"),
    ScanStatus.RUNNING: Badge(_("Text recognition runs"), "quiet"),
    ScanStatus.FAILED: Badge(_("Text recognition failed"), "alarm"),
}


def _for_whom(desk):
    user = api.user.get_current()
    for each in represented_by(user.getId()) if desk and user is not None else ():
        if each.desk == desk:
            name = name_of(each.represented)
            return Badge(_("for ${name}", mapping={"name": name}), "notice")
    return None


def _scan(brain):
    status = known(brain.scan_status) or ""
    return {
        "page_count": known(brain.page_count) or 0,
        "reading": status in NOT_READ,
        "scan_badge": scan_badge(status, known(brain.scan_problem)),
        "duplicate": bool(known(brain.duplicate_of)),
    }


def said(brain):
    """Return the subject; empty for a letter that goes by its number."""
    return "" if brain.Title == brain.number else brain.Title


def known(value):
    """Return what the catalog knows, or None."""
    return None if value is MISSING else value
