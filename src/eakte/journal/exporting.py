"""Entries that leave the house: as a table for people, as JSON for programs."""

from eakte import _
from eakte.clock import in_house_time
from eakte.errors import EakteError
from eakte.journal.interfaces import IJournal
from io import StringIO
from plone import api
from zope.component import getUtility
from zope.i18n import translate

import csv
import json


MOST = 50_000
"""Entries of one file; a table with more is read by nobody."""

HEAD = (
    _("When"),
    _("What"),
    _("Who"),
    _("For whom"),
    _("Subject"),
    _("File reference or mail number"),
    _("Place"),
    _("Door"),
    _("Network address"),
    _("Reason"),
    _("Details"),
    _("Number"),
)

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""


class TooMany(EakteError):
    """More entries than a file holds."""


def entries_for_export(query):
    """Return all entries that the query finds, the newest first.

    :raises TooMany: there are more than ``MOST``.
    """
    found = getUtility(IJournal).find(query, 0, MOST)
    if found.total > MOST:
        raise TooMany(
            _(
                "These are ${count} entries. A file holds ${most}: narrow them down.",
                mapping={"count": str(found.total), "most": str(MOST)},
            )
        )
    return found.entries


def as_csv(entries, request):
    """Return the entries as a table, in UTF-8 with semicolons, as spreadsheets here
    read it.
    """
    text = StringIO()
    table = csv.writer(text, delimiter=";", lineterminator="\r\n")
    table.writerow([translate(title, context=request) for title in HEAD])
    names = Names()
    for entry in entries:
        row = (
            in_house_time(entry.when).isoformat(timespec="seconds"),
            str(entry.kind),
            names.of(entry.who),
            names.of(entry.for_whom),
            entry.title,
            entry.reference,
            entry.path,
            entry.door,
            entry.address,
            entry.why,
            json.dumps(entry.details, ensure_ascii=False) if entry.details else "",
            f"{entry.lane}.{entry.number}",
        )
        table.writerow([_safe(cell) for cell in row])
    return text.getvalue().encode("utf-8-sig")


def as_json(entries):
    """Return the entries as a JSON list."""
    plain = [as_dict(entry) for entry in entries]
    return json.dumps(plain, ensure_ascii=False, indent=1).encode()


def as_dict(entry):
    """Return the entry for programs; what is empty is None."""
    return {
        "id": f"{entry.lane}.{entry.number}",
        "kind": str(entry.kind),
        "when": entry.when.isoformat(),
        "who": entry.who or None,
        "for_whom": entry.for_whom or None,
        "object": entry.uid or None,
        "type": entry.type or None,
        "title": entry.title or None,
        "reference": entry.reference or None,
        "path": entry.path or None,
        "case_file": entry.file or None,
        "address": entry.address or None,
        "door": entry.door or None,
        "reason": entry.why or None,
        "details": entry.details,
        "expired": entry.expired,
    }


class Names:
    """The people's names, each looked up once."""

    def __init__(self):
        self._names = {"": ""}

    def of(self, person):
        """Return ``name (id)``, or what is known."""
        if person not in self._names:
            user = api.user.get(userid=person)
            name = user and user.getProperty("fullname")
            self._names[person] = f"{name} ({person})" if name else person
        return self._names[person]


def _safe(cell):
    return f"'{cell}" if cell.startswith(FORMULA) else cell
