"""Case files of other teams: opened with a reason, and what is open to the user so far."""

from dataclasses import dataclass
from eakte import _
from eakte.access.asking import departments_read_elsewhere
from eakte.access.asking import LONGEST_REASON
from eakte.access.asking import read_elsewhere
from eakte.access.guests import files_open_to
from eakte.access.guests import Way
from eakte.clock import today
from eakte.desk.days import as_day
from eakte.desk.rows import team_title
from eakte.desk.screen import Screen
from eakte.org.places import name_of
from functools import cached_property
from plone import api
from typing import Any


@dataclass(frozen=True)
class Open:
    """A case file that is open to the user for a time."""

    url: str
    reference: str
    title: str
    person: str
    team: str
    why: Any
    """The reason that was given, or who shared it."""
    until: Any


class ReadElsewhere(Screen):
    """Asks for reference and reason, and leads to the case file."""

    longest_reason = LONGEST_REASON

    def answer(self, form):
        if form.get("do") != "open":
            return super().answer(form)
        opened = read_elsewhere(form.get("reference", ""), form.get("reason", ""))
        if opened.entry is None:
            self.tell(_("You see this case file anyway. Nothing was noted."))
        else:
            self.tell(
                _(
                    "The case file is open to you to the end of today. Your reason is in "
                    "the journal, and the lead of the team is told."
                )
            )
        return opened.case_file.absolute_url()

    @property
    def address(self):
        return f"{self.portal_url}/@@read-elsewhere"

    @cached_property
    def may(self):
        """Whether the user has the right."""
        return bool(departments_read_elsewhere())

    @cached_property
    def open_files(self):
        """What is open to the user now, by reference; as the catalog lets it be seen."""
        entries = files_open_to(api.user.get_current().getId())
        catalog = api.portal.get_tool("portal_catalog")
        brains = catalog(UID=list(entries), sort_on="reference") if entries else ()
        return [_open(brain, entries[brain.UID]) for brain in brains]

    def is_wrong(self, name):
        """Whether the field was refused."""
        return name in self.wrong


def until_said(entry):
    """Return until when the entry holds, as people say it."""
    if entry.until == today():
        return _("to the end of today")
    return _("until ${day}", mapping={"day": as_day(entry.until)})


def why_said(entry):
    """Return why the case file is open: the reason, or who shared it."""
    if entry.way == Way.SHARED:
        return _("shared by ${name}", mapping={"name": name_of(entry.entered_by)})
    return entry.reason


def _open(brain, entry):
    return Open(
        url=brain.getURL(),
        reference=brain.reference,
        title=brain.Title,
        person=brain.person or "",
        team=team_title(brain.team),
        why=why_said(entry),
        until=until_said(entry),
    )
