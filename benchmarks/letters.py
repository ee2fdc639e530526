"""The letters that the bench reads: scans of the demo's letters, and what they say."""

from contextlib import contextmanager
from dataclasses import dataclass
from eakte.demo.drawing import Sheet
from eakte.demo.letters import letters
from eakte.demo.letters import write_letter
from eakte.demo.typefaces import HAND
from pathlib import Path
from unittest.mock import patch


@dataclass(frozen=True)
class Scanned:
    """A scan of a letter.

    :param subject: as it is printed.
    :param printed: the lines that are printed on each page; nothing that was
        stamped, signed or noted by hand.
    """

    path: Path
    subject: str
    printed: tuple[tuple[str, ...], ...]

    @property
    def page_count(self):
        return len(self.printed)


def scanned_letters(folder, pages):
    """Write scans of letters, of so many pages in all, and return them.

    PDFs with one JPEG of 300 dpi a page, as an office's scanner makes them. Letters
    by hand are left out: Tesseract reads none.

    :param pages: at least; whole letters are taken.
    """
    found, count = [], 0
    for letter in letters():
        form = letter.script.get("form", "pdf")
        if letter.same_as or form != "pdf" or not letter.file_name.endswith(".pdf"):
            continue
        if count >= pages:
            break
        with listening() as sheets:
            path = write_letter(letter, folder)
        if any(font.path == HAND.font().path for sheet in sheets for _, font in sheet):
            continue
        printed = [tuple(words for words, _ in sheet) for sheet in sheets]
        if letter.script.get("backs"):
            printed.insert(1, ())
        found.append(Scanned(path, letter.subject, tuple(printed)))
        count += letter.pages
    return found


@contextmanager
def listening():
    """Give a list of the sheets that are written: ``(line, font)`` each."""
    sheets = []
    text, spread, start = Sheet.text, Sheet.spread, Sheet.__init__

    def begin(sheet):
        start(sheet)
        sheet.heard = []
        sheets.append(sheet.heard)

    def heard_text(sheet, x, y, words, font, *args, **options):
        sheet.heard.append((words, font))
        text(sheet, x, y, words, font, *args, **options)

    def heard_spread(sheet, x, y, words, font, *args, **options):
        sheet.heard.append((words, font))
        spread(sheet, x, y, words, font, *args, **options)

    with patch.multiple(Sheet, __init__=begin, text=heard_text, spread=heard_spread):
        yield sheets
