"""The organisation for the administrator: what was applied, and what a file would change."""

from dataclasses import dataclass
from dataclasses import replace
from eakte import _
from eakte.clock import in_house_time
from eakte.desk.days import as_day
from eakte.desk.screen import Screen
from eakte.filingplan.plan import departments_without_units
from eakte.org.applying import apply_texts
from eakte.org.interfaces import IOffice
from eakte.org.places import name_of
from eakte.org.places import title_of
from eakte.org.preview import changes_between
from eakte.org.reading import FILING_PLAN
from eakte.org.reading import OfficeFilesWrong
from eakte.org.reading import plan_of
from functools import cached_property
from hashlib import sha256
from pathlib import PurePath
from typing import Any
from zope.component import getUtility
from zope.i18nmessageid import Message


AT_MOST = 200
"""Lines of the history on the screen, the newest."""

LARGEST = 1_000_000
"""Characters; an office's file has some thousand."""

SAID = {
    "gained": _("${what} gets the place ${where}"),
    "left": _("${what} leaves the place ${where}"),
    "person_new": _("${what} is new"),
    "person_renamed": _("${what} is called ${where} now"),
    "place_new": _("${what}: new group"),
    "place_gone": _("${what}: the group loses its members"),
    "place_renamed": _("${what} is called ${where} now"),
    "team_moved": _("${what} goes to ${where}, with its mail and case files"),
    "deputy_new": _("${what} becomes standing deputy: ${where}"),
    "deputy_gone": _("${what} is standing deputy no longer: ${where}"),
}
"""What a change means, in words."""


@dataclass(frozen=True)
class Preview:
    """A file that was handed in, and what it would change."""

    name: str
    text: str
    lines: tuple
    missing: tuple
    """What the office lacks even then."""
    mark: str
    """Names the office as it was when this was said: nothing else is applied."""


@dataclass(frozen=True)
class Sat:
    """Who had a place from when to when."""

    person: str
    place: str
    since: Any
    until: Any
    by: str
    notable: bool


class Organisation(Screen):
    """Departments, teams, desks, people, standing deputies, history; and a new file."""

    preview = None

    def answer(self, form):
        do = form.get("do", "")
        if do == "preview":
            self.preview = self._preview(*_handed_in(form))
            return None
        if do == "apply":
            preview = self._preview(form.get("name", ""), form.get("text", ""))
            if preview.mark != form.get("mark", ""):
                raise OfficeFilesWrong(
                    _("The office has changed meanwhile. Look at the changes again.")
                )
            apply_texts(self.office.files | {preview.name: preview.text})
            self.tell(_("${name} is applied.", mapping={"name": preview.name}))
            return f"{self.portal_url}/@@eakte-organisation"
        return super().answer(form)

    def _preview(self, name, text):
        files = self.office.files
        if not files:
            raise OfficeFilesWrong(
                _("Apply the office's files once by the command before this.")
            )
        # What stands in a form comes with the line ends of the web.
        text = text.replace("\r\n", "\n")
        after = plan_of(files | {name: text})
        changes = changes_between(self.office.plan, after)
        lines = tuple(self._said(change) for change in changes)
        missing = tuple(map(self.say, departments_without_units(after.departments)))
        mark = sha256(repr((sorted(files.items()), name, text)).encode()).hexdigest()
        return Preview(name, text, lines, missing, mark)

    def _said(self, change):
        words = {"what": change.what, "where": change.where}
        return self.say(Message(SAID[change.kind], mapping=words))

    @cached_property
    def office(self):
        return getUtility(IOffice)

    @property
    def departments(self):
        """``(department, people by function, teams)``, as the files say it."""
        return [
            {
                "title": each.title,
                "head": _names(each.head),
                "registry": _names(each.registry),
                "records": _names(each.records_managers),
                "elsewhere": _names(each.readers_elsewhere),
                "teams": [self._team(team) for team in self.office.teams(each.id)],
            }
            for each in self.office.departments()
        ]

    def _team(self, team):
        return {
            "title": team.title,
            "lead": _names(team.lead),
            "lead_deputies": _names(team.lead_deputies),
            "desks": [
                {
                    "title": desk.title,
                    "people": _names(desk.people),
                    "deputies": _names(desk.deputies),
                }
                for desk in self.office.desks(team.id)
            ],
        }

    @property
    def applications(self):
        """When the files were applied and by whom, the newest first."""
        return [
            {
                "when": _moment(each.when),
                "by": name_of(each.by) or self.say(_("the command")),
                "changes": each.changes,
            }
            for each in reversed(self.office.applications()[-20:])
        ]

    @cached_property
    def history(self):
        """Who had which place, the newest first."""
        return sat(self.office.history())[:AT_MOST]

    @property
    def files(self):
        return sorted(self.office.files)


def sat(entries):
    """Return a ``Sat`` for every time somebody had a place, the newest first."""
    lines, begun = [], {}
    for entry in entries:
        key = (entry.person, entry.place)
        if entry.gained:
            begun[key] = len(lines)
            lines.append(
                Sat(
                    person=name_of(entry.person),
                    place=title_of(entry.place),
                    since=_moment(entry.when),
                    until=None,
                    by=name_of(entry.by),
                    notable=entry.notable,
                )
            )
        elif key in begun:
            place = begun.pop(key)
            lines[place] = replace(lines[place], until=_moment(entry.when))
        else:
            lines.append(
                Sat(
                    person=name_of(entry.person),
                    place=title_of(entry.place),
                    since=None,
                    until=_moment(entry.when),
                    by=name_of(entry.by),
                    notable=False,
                )
            )
    return lines[::-1]


class OfficeFile(Screen):
    """One of the office's files as it is in force, to change and hand in again."""

    def __call__(self):
        files = getUtility(IOffice).files
        name = self.request.form.get("name", "")
        if name not in files:
            raise OfficeFilesWrong(_("There is no such file."))
        response = self.request.response
        response.setHeader("Content-Type", "application/yaml; charset=utf-8")
        response.setHeader("Content-Disposition", f'attachment; filename="{name}"')
        response.setHeader("X-Content-Type-Options", "nosniff")
        return files[name].encode()


def _handed_in(form):
    """Return name and text of the file that was handed in.

    :raises OfficeFilesWrong: there is none, or it is no text.
    """
    upload = form.get("file")
    if not getattr(upload, "filename", ""):
        raise OfficeFilesWrong(_("Choose a file."))
    name = PurePath(upload.filename.replace("\\", "/")).name
    reasons = []
    if not name.endswith(".yaml") or name == FILING_PLAN:
        reasons.append(
            _("“${name}” is no file of the office: *.yaml.", mapping={"name": name})
        )
    content = upload.read(LARGEST + 1)
    text = ""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        reasons.append(_("The file is no text in UTF-8."))
    if len(content) > LARGEST:
        reasons.append(_("The file is too large."))
    if reasons:
        raise OfficeFilesWrong(reasons)
    return name, text


def _names(people):
    return ", ".join(name_of(person) for person in people)


def _moment(moment):
    there = in_house_time(moment)
    return as_day(there.date())
