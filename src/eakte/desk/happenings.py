"""An entry of the journal in sentences."""

from dataclasses import dataclass
from datetime import date
from eakte import _
from eakte.access.protecting import TITLES as PROTECTIONS
from eakte.access.sharing import ISharingSettings
from eakte.capture.interfaces import IIntakeSettings
from eakte.casefile.content import ICaseFile
from eakte.clock import in_house_time
from eakte.deadlines.settings import IDeadlineSettings
from eakte.desk.days import as_day
from eakte.desk.way import DONE as STEPS
from eakte.document.content import ICaseDocument
from eakte.document.states import TITLES as DOCUMENT_TITLES
from eakte.journal.exporting import Names
from eakte.journal.interfaces import Entry
from eakte.journal.interfaces import IJournalSettings
from eakte.journal.interfaces import Kind
from eakte.login.interfaces import ILoginSettings
from eakte.mailitem.content import IMailItem
from eakte.org.settings import IDeputySettings
from eakte.rest.origin import Door
from eakte.scans.content import IScan
from eakte.scans.interfaces import IScanSettings
from typing import Any
from zope.schema import getFields


TITLES = {
    Kind.CREATED: _("Created"),
    Kind.READ: _("Read"),
    Kind.DOWNLOADED: _("Saved as a file"),
    Kind.CHANGED: _("Changed"),
    Kind.MOVED: _("Moved"),
    Kind.ROUTED: _("Routed"),
    Kind.ACCEPTED: _("Taken to a desk"),
    Kind.RELEASED: _("Released"),
    Kind.FILED: _("Filed"),
    Kind.STEP: _("Another step"),
    Kind.UNLOCKED: _("Unlocked"),
    Kind.PRINTED: _("Printed"),
    Kind.EXPORTED: _("Exported"),
    Kind.RIGHTS: _("Rights changed"),
    Kind.ELSEWHERE: _("Opened with a reason, from outside the team"),
    Kind.SHARED: _("Shared"),
    Kind.DELETED: _("Deleted"),
    Kind.CONSULTED: _("Journal looked into"),
    Kind.PLACE: _("Place in the office"),
    Kind.ACCOUNT: _("Account"),
    Kind.CONFIGURED: _("System settings"),
    Kind.EXPIRED: _("Reading forgotten"),
}

DOORS = {
    Door.WEB: _("Browser"),
    Door.REST: _("Other system"),
    Door.WORKER: _("In the background"),
    Door.COMMAND: _("Command"),
}

OTHER_STEPS = {
    "start_work": DOCUMENT_TITLES["start_work"],
    "settle": DOCUMENT_TITLES["settle"],
    "resume": DOCUMENT_TITLES["resume"],
    "cancel": DOCUMENT_TITLES["cancel"],
    "close": _("Closed"),
    "reopen": _("Reopened"),
}


SETTINGS = (
    IDeadlineSettings,
    IJournalSettings,
    IDeputySettings,
    ISharingSettings,
    IIntakeSettings,
    IScanSettings,
    ILoginSettings,
)


def _field_titles():
    titles = {
        "local_roles": _("Roles on the object"),
        "protection": _("Protection"),
        "circle": _("Circle of persons"),
        "barred": _("Barred persons"),
        "deadline": _("Legal deadline"),
        "resubmission": _("Resubmission"),
    }
    for schema in (ICaseFile, IMailItem, ICaseDocument, IScan, *SETTINGS):
        for name, field in getFields(schema).items():
            titles.setdefault(name, field.title)
    return titles


FIELDS = _field_titles()

OF_PERSONS = ("circle", "barred")
"""Fields whose values are ids of persons."""


@dataclass(frozen=True)
class Line:
    """An entry as a list shows it."""

    entry: Entry
    day: Any
    time: str
    what: Any
    who: str
    for_whom: str
    details: tuple
    """Pairs: what it is, what is said of it."""
    door: Any
    moment: str
    """For machines, ISO 8601."""


def lines_of(entries, say):
    """Return the ``Line``s of the entries.

    :param say: translates a message.
    """
    names = Names()
    return [_line(entry, names, say) for entry in entries]


def _line(entry, names, say):
    when = in_house_time(entry.when)
    return Line(
        entry=entry,
        day=as_day(when.date()),
        time=f"{when:%H:%M:%S}",
        what=_what(entry),
        who=names.of(entry.who),
        for_whom=names.of(entry.for_whom),
        details=tuple(_details(entry.details, names, say)),
        door=DOORS.get(entry.door, entry.door),
        moment=entry.when.isoformat(),
    )


def _what(entry):
    if entry.kind == Kind.STEP:
        step = entry.details.get("step", "")
        return STEPS.get(step) or OTHER_STEPS.get(step) or step
    return TITLES.get(entry.kind, entry.kind)


def _details(details, names, say):
    for name, (old, new) in details.get("fields", {}).items():
        title = FIELDS.get(name, name)
        if name in OF_PERSONS:
            old, new = (
                [names.of(each) for each in value or ()] for value in (old, new)
            )
        elif name == "protection":
            old, new = (
                say(PROTECTIONS.get(value, value or "")) for value in (old, new)
            )
        yield title, f"{_value(old, say)} → {_value(new, say)}"
    for person, (old, new) in details.get("roles", {}).items():
        yield names.of(person), f"{_value(old, say)} → {_value(new, say)}"
    if "to" in details or "from" in details:
        way = [details[name] for name in ("from", "to") if details.get(name)]
        yield _("Place"), " → ".join(way)
    if "person" in details:
        yield _("Person"), names.of(details["person"])
    for name, title in (("place", _("Group")), ("page", _("Page"))):
        if name in details:
            yield title, details[name]
    if "until" in details:
        yield _("Until"), say(as_day(date.fromisoformat(details["until"])))
    if "ended" in details:
        yield _("What changed"), say(_("ended early"))
    if "gained" in details:
        got = _("got it") if details["gained"] == "yes" else _("left it")
        yield _("What changed"), say(got)
    if "notable" in details:
        yield _("Notable"), say(_("own doing, or past the office's files"))
    if "what" in details:
        yield _("What changed"), say(ACCOUNT.get(details["what"], details["what"]))
    if "first" in details:
        pages = {name: str(details[name]) for name in ("first", "last")}
        yield _("Pages"), say(_("${first} to ${last}", mapping=pages))
    if "file" in details:
        yield _("File name"), details["file"]
    if (count := details.get("count", details.get("letters"))) is not None:
        yield _("Entries"), str(count)
    if asked := details.get("filters"):
        yield _("Filters"), ", ".join(f"{name}: {asked[name]}" for name in asked)


ACCOUNT = {
    "address": _("another e-mail address"),
    "created": _("made"),
    "deleted": _("removed"),
    "password": _("another password"),
}


def _value(value, say):
    if value in (None, "", []):
        return "–"
    if isinstance(value, bool):
        return say(_("yes") if value else _("no"))
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
