"""A scan whose pages are known, for what the viewer is told about it."""

from dataclasses import dataclass
from eakte.scanning.model import Word
from eakte.scans.pages import ScanPages


TEXTS = ("Antrag auf Verlängerung", "Ihre Duldung endet", "Anlagen zur Duldung")
BOX = (0.1, 0.2, 0.3, 0.22)


@dataclass
class KnownPage:
    text: str
    words: tuple


class KnownPages(ScanPages):
    """Three pages, one word a line; the last is not recognised yet."""

    status = "running"
    page_count = 3
    pages_done = 2
    sizes = ((595.3, 841.9), (841.9, 595.3), (595.3, 841.9))

    def page(self, number):
        if number > self.pages_done:
            return None
        words = tuple(
            Word(text, BOX[0], BOX[1] + row * 0.1, BOX[2], BOX[3] + row * 0.1, 90.0)
            for row, text in enumerate(TEXTS[number - 1].split())
        )
        return KnownPage(TEXTS[number - 1], words)

    def texts(self):
        yield from enumerate(TEXTS[: self.pages_done], start=1)
