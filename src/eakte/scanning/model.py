"""What a scan is made of: plain frozen values with their units."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The format of a scan, judged by its first bytes, never by its name."""

    PDF = "pdf"
    TIFF = "tiff"
    JPEG = "jpeg"
    PNG = "png"

    @property
    def media_type(self):
        """The media type, as in the IANA registry."""
        return "application/pdf" if self is Kind.PDF else f"image/{self.value}"


class Origin(StrEnum):
    """Where the text of a page comes from."""

    DIGITAL = "digital"
    """It came with the file: typed, or a text layer laid under the image."""

    RECOGNISED = "recognised"
    """Characters were recognised in the image of the page."""


@dataclass(frozen=True, slots=True)
class PageSize:
    """The size of a page as displayed, in points (1/72 inch).

    "As displayed" means after the file's own rotation: ``/Rotate`` of a PDF page,
    the orientation tag of an image.
    """

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Scan:
    """What can be said of a scan without looking into its pages.

    :param media_type: as the content is, not as the name says.
    :param pages: the size of every page, in order.
    :param encrypted: the bytes are encrypted, be it without a password to open.
    """

    kind: Kind
    media_type: str
    pages: tuple[PageSize, ...]
    encrypted: bool

    @property
    def page_count(self):
        """How many pages there are, one at least."""
        return len(self.pages)


@dataclass(frozen=True, slots=True)
class Word:
    """A word and its box.

    The box is given in fractions (0 to 1) of the page **as displayed**, origin top
    left, so that it fits an image of the page of any width. It is never turned by
    ``PageText.rotation``.

    :param confidence: 0 to 100; 100 for text that came with the file.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    confidence: float


class Colour(StrEnum):
    """What the pixels of an image can hold, not what happens to be on the page.

    A colour image of a page without colours is ``COLOUR``: the scanner lost nothing.
    """

    COLOUR = "colour"
    GREY = "grey"
    BITONAL = "bitonal"
    """Black and white."""


class ImageFinding(StrEnum):
    """Why the image of a page may not replace the paper.

    Source: BSI TR-03138 (RESISCAN); ``domain.md``, 6: colour, 300 dpi at least.
    """

    LOW_RESOLUTION = "low_resolution"
    """Fewer than 300 dpi."""

    COLOUR_LOST = "colour_lost"
    """Grey or black and white: what was red on the paper cannot be told any more."""


LEAST_DPI = 297
"""What still counts as 300 dpi. Page sizes are kept in whole points or millimetres,
scanners cut lines to whole bytes: one per cent covers both down to a postcard."""

CERTAIN_FROM = 80
"""Confidence (0 to 100) from which on a page needs no second look."""


@dataclass(frozen=True, slots=True)
class PageImage:
    """The image that a scanned page is.

    :param width: pixels across the page as displayed.
    :param height: pixels down the page as displayed.
    :param dpi: pixels per inch of the page, of both directions the smaller.
    """

    width: int
    height: int
    dpi: float
    colour: Colour

    @property
    def findings(self) -> tuple[ImageFinding, ...]:
        """What keeps the image from replacing the paper; empty is good."""
        found = []
        if self.dpi < LEAST_DPI:
            found.append(ImageFinding.LOW_RESOLUTION)
        if self.colour is not Colour.COLOUR:
            found.append(ImageFinding.COLOUR_LOST)
        return tuple(found)


@dataclass(frozen=True, slots=True)
class PageText:
    r"""The text of one page.

    :param number: the page, from 1.
    :param text: lines end with ``\n``, an empty line separates paragraphs.
    :param words: in reading order.
    :param confidence: 0 to 100, mean of the words weighted by their length; None for
        text that came with the file, and where no word was found.
    :param rotation: degrees (0, 90, 180 or 270) clockwise by which the page as
        displayed must be turned to be read.
    :param blank: nothing is on the page. A page with something on it but no text
        that could be read is **not** blank, and its ``text`` is empty.
    :param image: the image that covers the page; None where the page is no scan.
    """

    number: int
    text: str
    words: tuple[Word, ...]
    confidence: float | None
    rotation: int
    blank: bool
    origin: Origin
    image: PageImage | None = None

    @property
    def is_uncertain(self) -> bool:
        """Whether a person should look at what was recognised."""
        return self.confidence is not None and self.confidence < CERTAIN_FROM


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request to a child process may take. Beyond it the request fails.

    :param seconds_inspect: wall time. 3,000 pages take well under a second; a slow
        network disk and a broken cross-reference table may take a few.
    :param seconds_render: wall time. A colour page at 300 dpi takes a tenth of a
        second; nobody looks at an empty viewer for longer than this.
    :param seconds_recognise: wall time. A full letter page takes two to three
        seconds on one core, a newspaper page at 300 dpi half a minute.
    :param memory_bytes: address space of a child. Libraries and a letter page take
        0.15 GiB; the largest bitmap that ``pixels`` allows takes 0.6 GiB in colour,
        and a copy of it is needed to turn it.
    :param pixels: largest bitmap that is decoded or rendered: an A0 sheet at
        300 dpi (9,933 x 14,043) and some room.
    :param pages: most pages of one file. A stack of 3,000 is known from practice.
    """

    seconds_inspect: float = 30
    seconds_render: float = 30
    seconds_recognise: float = 180
    memory_bytes: int = 2 * 1024**3
    pixels: int = 150_000_000
    pages: int = 10_000
