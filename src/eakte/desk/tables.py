"""A table as a file for spreadsheets: written row by row, sent, and gone afterwards."""

from dataclasses import dataclass
from datetime import date
from eakte import _
from eakte.desk.screen import Screen
from eakte.errors import EakteError
from os import dup
from os import fdopen
from os import SEEK_END
from pathlib import Path
from plone.protect import CheckAuthenticator
from tempfile import NamedTemporaryFile
from typing import Any
from zope.i18n import translate
from zope.interface import implementer
from ZPublisher.Iterators import IStreamIterator

import csv
import xlsxwriter


FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the beginning of a formula."""

CHUNK = 1 << 16


class TooMany(EakteError):
    """More letters than a file holds."""


@dataclass(frozen=True)
class Format:
    """A kind of file."""

    extension: str
    media_type: str
    write: Any
    """``write(rows, path, widths)``: rows of texts, days and whole numbers."""
    most: int
    """Letters of one file: what is written in a few seconds, while somebody waits."""


def write_csv(rows, path, widths=()):
    """Write the rows as spreadsheets here read them: semicolons, UTF-8 that says so."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file, delimiter=";", lineterminator="\r\n")
        for row in rows:
            table.writerow([_as_text(cell) for cell in row])


def write_xlsx(rows, path, widths=()):
    """Write the rows as a workbook, row by row; every text stays a text.

    :param widths: of the columns, in characters.
    """
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
        for column, width in enumerate(widths):
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


class TakingAlong(Screen):
    """Answers with a file of what a page shows, when its button is pressed."""

    def __call__(self):
        form = self.request.form
        place, kind = self.place(form), FORMATS.get(form.get("format"))
        if self.request.method != "POST":
            return self._back(place)
        CheckAuthenticator(self.request)
        if place is None or kind is None:
            return self._back(place)
        return self.taken(place, kind)

    def place(self, form):
        """Return what is shown, something with a ``url``; None when it is unknown."""
        raise NotImplementedError

    def taken(self, place, kind):
        """Note who takes it along, and return the file."""
        raise NotImplementedError

    def _back(self, place):
        url = place.url if place else self.portal_url
        return self.request.response.redirect(url, status=303)


def file_name(name, kind, request):
    """Return what the file is called.

    :param name: in letters that every system takes, once it is translated.
    :param kind: a ``Format``.
    """
    return f"{translate(name, context=request)}.{kind.extension}"


def refuse_too_many(count, kind):
    """Refuse what is not written while somebody waits.

    :raises TooMany: there are more rows than such a file holds.
    """
    if count > kind.most:
        raise TooMany(
            _(
                "These are ${count} entries. A file holds ${most}: narrow them down.",
                mapping={"count": str(count), "most": str(kind.most)},
            )
        )


def send(rows, kind, name, request, widths=()):
    """Answer with the rows as a file.

    :param kind: a ``Format``.
    :param name: what the file is called.
    """
    # Its name is gone at once, what it holds when it has been sent.
    with NamedTemporaryFile(prefix="eakte-export-") as file:
        kind.write(rows, Path(file.name), widths)
        sent = Sent(dup(file.fileno()))
    response = request.response
    response.setHeader("Content-Type", kind.media_type)
    response.setHeader("Content-Length", str(len(sent)))
    response.setHeader("Content-Disposition", f'attachment; filename="{name}"')
    response.setHeader("Cache-Control", "private, no-store")
    response.setHeader("X-Content-Type-Options", "nosniff")
    return sent
