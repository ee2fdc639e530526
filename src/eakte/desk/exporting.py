"""The list of an open box as a file for spreadsheets: what is shown, and no more."""

from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from eakte import _
from eakte.clock import today
from eakte.desk.boxes import BoxAddress
from eakte.desk.places import teams_with_box
from eakte.desk.rows import deadline_badge
from eakte.desk.rows import desk_title
from eakte.desk.rows import known
from eakte.desk.rows import said
from eakte.desk.rows import scan_badge
from eakte.desk.rows import team_title
from eakte.desk.screen import Screen
from eakte.errors import EakteError
from eakte.journal.circumstances import who_acts
from eakte.journal.interfaces import IJournal
from eakte.journal.interfaces import Kind
from eakte.mailitem.content import MAIL_CLASSES
from eakte.mailitem.states import TITLES
from eakte.org.membership import seats_of
from eakte.org.representing import represented_at
from functools import cache
from os import dup
from os import fdopen
from os import SEEK_END
from pathlib import Path
from plone import api
from plone.protect import CheckAuthenticator
from tempfile import NamedTemporaryFile
from typing import Any
from zope.component import getUtility
from zope.i18n import translate
from zope.interface import implementer
from ZPublisher.Iterators import IStreamIterator

import csv
import xlsxwriter


FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the beginning of a formula."""

PIECE = 1000
"""Rows after which the database's memory is tidied up."""

CHUNK = 1 << 16

WIDTHS = (16, 50, 34, 14, 12, 16, 26, 26, 8, 28)
"""Characters of the columns in a workbook."""


class TooMany(EakteError):
    """More letters than a file holds."""


@dataclass(frozen=True)
class Format:
    """A kind of file."""

    extension: str
    media_type: str
    write: Any
    """``write(rows, path)``"""
    most: int
    """Letters of one file: what is written in a few seconds, while somebody waits."""


HEAD = (
    _("Mail number"),
    _("Subject"),
    _("Sender"),
    _("Class"),
    _("Date of receipt"),
    _("State"),
    _("Team"),
    _("Desk"),
    _("Pages"),
    _("Remarks"),
)


def rows_of(brains, request):
    """Yield the head and a row for each letter, as the screen words it.

    A row is of texts, a day and a number; None where nothing is known.
    """

    @cache
    def say(message):
        return translate(message, context=request) if message else ""

    team, desk = cache(team_title), cache(desk_title)
    yield [say(title) for title in HEAD]
    jar, day = api.portal.get()._p_jar, today()
    for at, brain in enumerate(brains):
        badges = (
            deadline_badge(brain.UID, day),
            scan_badge(known(brain.scan_status), known(brain.scan_problem)),
        )
        # Not ``say``: two messages that differ in their mapping are equal.
        remarks = [translate(each.text, context=request) for each in badges if each]
        if known(brain.duplicate_of):
            remarks.append(say(_("Duplicate")))
        mail_class = known(brain.mail_class) or "normal"
        yield [
            known(brain.number) or "",
            said(brain),
            known(brain.sender) or "",
            say(MAIL_CLASSES.getTerm(mail_class).title),
            known(brain.received),
            say(TITLES.get(brain.review_state, brain.review_state)),
            team(known(brain.team)),
            desk(known(brain.desk)),
            known(brain.page_count),
            ", ".join(remarks),
        ]
        if at % PIECE == PIECE - 1:
            # The rows of many thousand letters do not stay in the memory.
            jar.cacheGC()


def write_csv(rows, path):
    """Write the rows as spreadsheets here read them: semicolons, UTF-8 that says so."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file, delimiter=";", lineterminator="\r\n")
        for row in rows:
            table.writerow([_as_text(cell) for cell in row])


def write_xlsx(rows, path):
    """Write the rows as a workbook, row by row; every text stays a text."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    with xlsxwriter.Workbook(path, options) as book:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True})
        day = book.add_format({"num_format": "dd.mm.yyyy"})
        for column, width in enumerate(WIDTHS):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(1, 0)
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(at, column, cell, day)
                elif isinstance(cell, int):
                    sheet.write_number(at, column, cell)
                elif cell:
                    sheet.write_string(at, column, cell, None if at else bold)


def safe(text):
    """Return the text so that no spreadsheet takes it for a formula.

    >>> safe("=1+1"), safe(" - a dash")
    ("'=1+1", "' - a dash")
    """
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text


def _as_text(cell):
    if isinstance(cell, date):
        return f"{cell:%d.%m.%Y}"
    return "" if cell is None else safe(str(cell))


FORMATS = {
    "csv": Format("csv", "text/csv; charset=utf-8", write_csv, 20_000),
    "xlsx": Format(
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        write_xlsx,
        10_000,
    ),
}


@implementer(IStreamIterator)
class Sent:
    """A file that goes out in pieces and is gone afterwards.

    :param number: of the open file; it is closed here.
    """

    def __init__(self, number):
        self._file = fdopen(number, "rb")
        self._size = self._file.seek(0, SEEK_END)
        self._file.seek(0)

    def __len__(self):
        return self._size

    def __iter__(self):
        return self

    def __next__(self):
        if piece := self._file.read(CHUNK):
            return piece
        self.close()
        raise StopIteration

    def close(self):
        self._file.close()


class ExportLetters(Screen):
    """Answers with a file of the open box: its filters, its order, its columns."""

    def __call__(self):
        if self.request.method != "POST":
            return self._back()
        CheckAuthenticator(self.request)
        address = BoxAddress.parse(self.request.form.get("box"))
        kind = FORMATS.get(self.request.form.get("format"))
        if address is None or kind is None:
            return self._back()
        return export(address, kind, self.request)

    def _back(self):
        address = BoxAddress.parse(self.request.form.get("box"))
        url = address.url if address else self.portal_url
        return self.request.response.redirect(url, status=303)


def export(address, kind, request):
    """Answer with the file, and note in the journal who has taken what out.

    :param address: a ``BoxAddress``.
    :param kind: one of ``FORMATS``.
    :raises TooMany: there are more letters than such a file holds.
    """
    count = address.box.count(address.states)
    if count > kind.most:
        raise TooMany(
            _(
                "These are ${count} letters. A file holds ${most}: narrow them down.",
                mapping={"count": str(count), "most": str(kind.most)},
            )
        )
    name = f"{translate(NAMES[address.screen], context=request)}.{kind.extension}"
    filters = dict(address.details)
    for represented, letters in _by_represented(address, count):
        getUtility(IJournal).append(
            Kind.EXPORTED,
            acting_for=represented,
            file=name,
            letters=letters,
            filters=filters,
        )
    # Its name is gone at once, what it holds when it has been sent.
    with NamedTemporaryFile(prefix="eakte-export-") as file:
        kind.write(rows_of(address.brains(), request), Path(file.name))
        sent = Sent(dup(file.fileno()))
    response = request.response
    response.setHeader("Content-Type", kind.media_type)
    response.setHeader("Content-Length", str(len(sent)))
    response.setHeader("Content-Disposition", f'attachment; filename="{name}"')
    response.setHeader("Cache-Control", "private, no-store")
    response.setHeader("X-Content-Type-Options", "nosniff")
    return sent


def _by_represented(address, count):
    """Return ``[(id of the person that is represented, number of letters)]``.

    Empty for what the user takes from desks and teams of its own. Who takes letters
    from several people's desks at once has done it for each of them.

    :param count: of all letters of the open box.
    """
    places = {}
    for place, represented in _places_of(address):
        places.setdefault(represented, []).append(place)
    if len(places) < 2:
        return [(represented, count) for represented in places or ("",)]
    counted = [
        (represented, sum(_count_at(address, place) for place in those))
        for represented, those in places.items()
    ]
    return [each for each in counted if each[1]] or [("", 0)]


def _places_of(address):
    """Return ``[(id of the team or desk, represented person)]`` of the open box."""
    if address.screen == "my-desk":
        found = [(seat.desk.id, seat.represented) for seat in seats_of()]
    elif address.screen == "team-box":
        user = who_acts()
        teams = [team.id for team in teams_with_box()]
        found = [(team, represented_at(user, team) or "") for team in teams]
    else:
        found = []
    return [each for each in found if each[0] == address.team] or found


def _count_at(address, place):
    there = replace(address, team=place)
    return there.box.count(there.states)


NAMES = {
    "mailroom": _("mailroom"),
    "team-box": _("team-box"),
    "my-desk": _("my-desk"),
}
"""What the file is called, in letters that every system takes."""
