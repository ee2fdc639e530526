"""Whether the text that a page brings along is worth keeping.

A PDF may hold typed pages, scanned pages and scanned pages under which a scanner has
laid the text that it recognised. Each page is judged by itself:

* Text that one sees counts if nearly all its characters are known. Yet where images
  cover a good part of the page and there are few words, the page is a scan that
  something was stamped on, and the stamp is read with the rest of the image.
* Text that one does not see (render mode 3) is somebody else's recognition. It counts
  if it reads like words.

When in doubt a page is recognised: that costs seconds, while wrong text is never
found again.
"""

from dataclasses import dataclass
from eakte.scanning.model import PageImage
from eakte.scanning.model import Word

import re
import unicodedata


FEW_WORDS = 40
"""A scanner's stamp (house, number, date, time) has fewer; a letter has more."""

MOSTLY_IMAGE = 0.25
"""Share of the page. Letterheads and signatures stay below."""

WHOLE = 0.9
"""Share of the page: an image that covers it is the page, whatever else there is. Some
programs leave the margins of a printer around it."""

SCAN = 0.2
"""Share of a page without usable text of its own that a scan covers at least. The
receipt of a till (80 x 200 mm) on A4 has a quarter; letterheads stay below."""

SCAN_ALONE = 0.07
"""The same where nothing else is drawn: an identity card on A4 (ISO/IEC 7810, ID-1)."""

UNKNOWN_CHARACTERS = 0.1
"""Largest share of characters that the font does not say how to read."""

PLAUSIBLE_WORDS = 0.7
"""Smallest share of an invisible layer that reads like words. Layers of good scanners
have more than nine tenths, a page recognised upside down has about a third."""

FEWEST_INVISIBLE = 5
"""Words. Fewer cannot be judged."""

LETTERS = re.compile("[^\\W\\d_]+(?:['\u2019.-][^\\W\\d_]+)*")
VOWELS = set("aeiouyæøœ\u0131\u0259")
NUMBER = re.compile(r"[\d.,:/+-]*\d[\d.,:/+-]*")
LAST_LATIN = "\u024f"
AROUND = ".,;:!?()[]\"'„“”\u201a\u2018\u2019»«…*§%€/-\u2013\u2014"


@dataclass(frozen=True, slots=True)
class OwnText:
    """The text that came with a page.

    :param words: all of them, in the order of the content.
    :param visible: how many of them one sees.
    :param unknown: share (0 to 1) of characters that could not be read.
    :param image_share: share (0 to 1) of the page that images cover.
    :param image: the largest one on the page, if there is any.
    :param image_cover: share (0 to 1) of the page that this one covers.
    :param has_lines: something is drawn that is neither image nor text.
    """

    text: str
    words: tuple[Word, ...]
    visible: int
    unknown: float
    image_share: float
    rotation: int
    image: PageImage | None = None
    image_cover: float = 0
    has_lines: bool = False

    @property
    def scan(self):
        """The image that the page is; None for a letter typed over a letterhead."""
        if self.visible >= FEW_WORDS:
            return None
        least = WHOLE
        if not self.visible:
            # Nothing but images, and perhaps what a scanner read in them.
            least = SCAN if self.has_lines or self.unknown else SCAN_ALONE
        elif not self.usable:
            least = SCAN
        return self.image if self.image_cover >= least else None

    @property
    def usable(self):
        """Whether it is kept in place of a recognition."""
        if not self.words or self.unknown > UNKNOWN_CHARACTERS:
            return False
        invisible = len(self.words) - self.visible
        if invisible >= FEWEST_INVISIBLE and invisible >= self.visible:
            return plausible([word.text for word in self.words])
        if self.visible >= FEW_WORDS:
            return True
        return self.visible > 0 and self.image_share < MOSTLY_IMAGE


def plausible(words):
    """Tell whether most of these read like words or numbers of a letter."""
    good = sum(_reads_like_a_word(word) for word in words)
    return good >= PLAUSIBLE_WORDS * len(words)


def _reads_like_a_word(word):
    core = word.strip(AROUND)
    if LETTERS.fullmatch(core):
        return 1 < len(core) < 40 and _sounds(core)
    return bool(NUMBER.fullmatch(core))


def _sounds(word):
    """Tell whether a word has a vowel; of a script that is not Latin, nothing."""
    letters = unicodedata.normalize("NFD", word.lower())
    return not VOWELS.isdisjoint(letters) or letters[0] > LAST_LATIN
