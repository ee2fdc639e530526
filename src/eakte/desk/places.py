"""Where a person works: what the navigation offers and where the day begins."""

from dataclasses import dataclass
from eakte import _
from eakte.access.asking import departments_read_elsewhere
from eakte.access.guests import files_open_to
from eakte.access.records import departments_managed
from eakte.clock import today
from eakte.deadlines.listing import mine
from eakte.deadlines.listing import pressing
from eakte.desk.leading import teams_counted
from eakte.mailitem.boxes import desk_box
from eakte.mailitem.boxes import mailroom
from eakte.mailitem.boxes import team_box
from eakte.mailitem.states import State
from eakte.org.interfaces import IOffice
from eakte.org.membership import desks_of
from eakte.org.membership import registered_departments
from eakte.org.membership import teams_of
from plone import api
from typing import Any
from zope.component import getUtility


WAITING_IN_MAILROOM = (State.CAPTURED, State.CHECKING, State.RELEASED)
"""What the mailroom still has to do itself."""

WAITING_AT_DESK = (State.ACCEPTED, State.FILED)
"""What a desk has taken and not yet settled."""


@dataclass(frozen=True)
class Place:
    """One entry of the navigation."""

    id: str
    """Name of the screen, a view of the site."""
    title: Any
    counted: Any = None
    """Says how much waits there; None where nothing waits."""

    @property
    def count(self):
        return self.counted() if self.counted else None


def teams_with_box():
    """Return the teams whose box the user works with, in the office's order."""
    office = getUtility(IOffice)
    ids = {team.id for team in teams_of()}
    for department in registered_departments():
        ids.update(team.id for team in office.teams(department.id))
    return tuple(team for team in office.teams() if team.id in ids)


def places():
    """Return where the user works, in the order of the navigation."""
    found = []
    if desks := desks_of():
        found.append(Place("my-desk", _("My desk"), _waiting_at(desks)))
    if teams := teams_with_box():
        found.append(Place("team-box", _("Team box"), _new_in(teams)))
    if api.user.has_permission("eakte: View mailroom", obj=api.portal.get()):
        found.append(Place("mailroom", _("Mailroom"), _waiting_in_mailroom))
    if departments_managed():
        found.append(Place("records", _("Records")))
    if api.user.has_permission("eakte: Use the desk", obj=api.portal.get()):
        found.append(Place("find", _("Search")))
    if teams:
        found.append(Place("deadlines", _("Deadlines"), _pressing))
        found.append(Place("open-case-file", _("Open a case file")))
    if reads_elsewhere():
        found.append(Place("read-elsewhere", _("Other teams")))
    if teams_counted():
        found.append(Place("counters", _("In numbers")))
    if consults_journal():
        found.append(Place("journal", _("Journal")))
    return tuple(found)


def reads_elsewhere():
    """Whether the user may open other teams' case files, or some are open already."""
    user = api.user.get_current()
    person = user and user.getId()
    return bool(departments_read_elsewhere() or (person and files_open_to(person)))


def consults_journal():
    """Whether the user answers for data protection and looks into the journal."""
    may = ("eakte: Consult the office's journal", "eakte: View journal")
    return all(api.user.has_permission(each, obj=api.portal.get()) for each in may)


def beginning():
    """Return the name of the screen with which the user's day begins, or None.

    A person of the mailroom begins there, a case worker at the desk. None is
    the answer for somebody who only administers.
    """
    screens = [place.id for place in places()]
    if "mailroom" in screens and "my-desk" not in screens:
        return "mailroom"
    return screens[0] if screens else None


def _waiting_at(desks):
    box = desk_box([desk.id for desk in desks])
    return lambda: box.count(WAITING_AT_DESK)


def _new_in(teams):
    box = team_box([team.id for team in teams])
    return lambda: box.count(State.ROUTED)


def _waiting_in_mailroom():
    return mailroom().count(WAITING_IN_MAILROOM)


def _pressing():
    """Return how many deadlines and resubmissions the user must do something about."""
    return len(pressing(mine(today())))
