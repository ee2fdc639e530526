"""The words of the pages, kept compactly in the ZODB."""

from array import array
from BTrees.IOBTree import IOBTree
from eakte.scanning.model import Colour
from eakte.scanning.model import Origin
from eakte.scanning.model import PageImage
from eakte.scanning.model import PageText
from eakte.scanning.model import Word
from eakte.scans.interfaces import Finding
from persistent import Persistent

import struct
import sys
import zlib


BUNDLE = 16
"""Pages that share a record of the ZODB.

Sixteen, because the number of records is what a database of three million pages
suffers from: packing and the index of a FileStorage grow with it, 200,000 records are
nothing, 3,000,000 double the site. A letter still fits one record. It is written again
with every commit while its pages come in; packing takes that back. A word takes about
11 bytes here (measured on real scans: 66 words 0.9 kB, 321 words 3.9 kB, 722 words
7.3 kB; as JSON, compressed alike, two and a half times that), so a bundle of full
letter pages is read in one go of some 50 kB.
"""

SCALE = 65535
"""Boxes are kept as whole numbers of this fraction of the page: 1/200 mm on A4."""

HEADER = struct.Struct("<BBBBII")
"""Version, flags, rotation in quarters, confidence, number of words, bytes of text."""

VERSION = 2
"""Of version 1 are pages without ``SCANNED``, and some of them are scanned."""

BLANK, DIGITAL, LOOSE, SCANNED = 1, 2, 4, 8
UNKNOWN = 255

IMAGE = struct.Struct("<IIfB")
"""Follows the header if ``SCANNED``: width, height, dpi, place in ``COLOURS``."""

COLOURS = (Colour.COLOUR, Colour.GREY, Colour.BITONAL)


class Bundle(Persistent):
    """The pages of one bundle: ``{page number: packed page}``."""

    def __init__(self):
        self.pages = {}


class PageStore(Persistent):
    """The pages of one scan that were read, and those that could not be."""

    _marks = {}
    """``{finding: pages}``, the pages as bits like ``_read``, so that nothing has to
    be unpacked to tell on which pages something was found."""

    def __init__(self):
        self._bundles = IOBTree()
        self._read = 0
        self._problems = {}

    @property
    def done(self):
        """How many pages were read, or could not be."""
        return self._read.bit_count() + len(self._problems)

    @property
    def problems(self):
        """``{page number: code}`` of the pages that could not be read."""
        return dict(self._problems)

    def missing(self, page_count):
        """Return the numbers of the pages that nothing is known about."""
        return [
            number
            for number in range(1, page_count + 1)
            if not self.is_read(number) and number not in self._problems
        ]

    def is_read(self, number):
        """Say whether the page was read."""
        return bool(self._read >> number & 1)

    def put(self, pages):
        """Keep pages; one that is there already is replaced.

        :param pages: ``PageText`` each.
        """
        for page in pages:
            bundle = self._bundles.get((page.number - 1) // BUNDLE)
            if bundle is None:
                bundle = self._bundles[(page.number - 1) // BUNDLE] = Bundle()
            bundle.pages[page.number] = packed(page)
            bundle._p_changed = True
            self._read |= 1 << page.number
            self._mark(page)
            if page.number in self._problems:
                self._problems = {
                    number: code
                    for number, code in self._problems.items()
                    if number != page.number
                }

    def put_problems(self, problems):
        """Keep why pages cannot be read: ``{page number: code}``."""
        if problems:
            self._problems = self._problems | problems

    def forget_problems(self):
        """Let the pages that could not be read count as missing."""
        if self._problems:
            self._problems = {}

    def forget(self, numbers):
        """Let these pages count as missing, to be read anew."""
        for number in numbers:
            bundle = self._bundles.get((number - 1) // BUNDLE)
            if bundle is not None and bundle.pages.pop(number, None) is not None:
                bundle._p_changed = True
            self._read &= ~(1 << number)
        self._problems = {
            number: code
            for number, code in self._problems.items()
            if number not in numbers
        }

    def pages_with(self, finding):
        """Return the numbers of the pages on which this was found, in order."""
        bits = self._marks.get(str(finding), 0) & self._read
        return tuple(n for n in range(1, bits.bit_length()) if bits >> n & 1)

    def get(self, number):
        """Return the ``PageText``, or None."""
        content = self._content(number)
        return None if content is None else unpacked(content, number)

    def image(self, number):
        """Return the ``PageImage``, or None."""
        content = self._content(number)
        return None if content is None else unpacked_image(content)

    def tag(self, number):
        """Return a name that the words of the page have as long as they are the same.

        Empty while the page was not read.
        """
        content = self._content(number)
        return "" if content is None else f"{zlib.crc32(content):08x}"

    def _content(self, number):
        bundle = self._bundles.get((number - 1) // BUNDLE)
        return None if bundle is None else bundle.pages.get(number)

    def _mark(self, page):
        bit, found = 1 << page.number, found_on(page)
        self._marks = {
            str(finding): self._marks.get(str(finding), 0) & ~bit
            | bit * (finding in found)
            for finding in ON_PAGES
        }

    def texts(self):
        """Yield ``(number, text, blank)`` of the pages that were read, in order.

        Many times faster than asking for the pages, whose words take their time.
        """
        for bundle in self._bundles.values():
            was_ghost = bundle._p_changed is None
            for number in sorted(bundle.pages):
                yield number, *unpacked_text(bundle.pages[number])
            if was_ghost:
                # One walk through a large file must not push all else from the cache.
                bundle._p_deactivate()


ON_PAGES = (Finding.LOW_RESOLUTION, Finding.COLOUR_LOST, Finding.UNCERTAIN)
"""What is found on single pages that were read."""


def found_on(page):
    """Return what is to be said of a ``PageText``, a set of ``Finding``s."""
    found = set() if page.image is None else set(map(Finding, page.image.findings))
    if page.is_uncertain:
        found.add(Finding.UNCERTAIN)
    return found


def packed(page):
    """Return a ``PageText`` as bytes.

    Words are kept as their distances and lengths in the text; only where they are
    not found there, one after the other, their text is kept once more.
    """
    text = page.text.encode("utf-8", "replace")
    spans = _spans(page)
    flags = BLANK * page.blank | DIGITAL * (page.origin is Origin.DIGITAL)
    flags |= SCANNED * (page.image is not None)
    if spans is None:
        flags |= LOOSE
        found = "\0".join(word.text for word in page.words).encode("utf-8", "replace")
    else:
        found = b"".join(_column(column) for column in spans)
    columns = [_column(column) for column in _steps(page.words)]
    confidences = bytes(round(_between(word.confidence, 100)) for word in page.words)
    header = HEADER.pack(
        VERSION,
        flags,
        page.rotation // 90,
        # Rounded down: what was uncertain stays so.
        UNKNOWN if page.confidence is None else int(_between(page.confidence, 100)),
        len(page.words),
        len(text),
    )
    return (
        header
        + _packed_image(page.image)
        + zlib.compress(text + b"".join(columns) + confidences + found, level=9)
    )


def _packed_image(image):
    if image is None:
        return b""
    colour = COLOURS.index(image.colour)
    return IMAGE.pack(image.width, image.height, image.dpi, colour)


def unpacked_image(content):
    """Return the ``PageImage`` of the page that was packed, or None."""
    _version, flags, *_others = HEADER.unpack_from(content)
    if not flags & SCANNED:
        return None
    width, height, dpi, colour = IMAGE.unpack_from(content, HEADER.size)
    return PageImage(width, height, dpi, COLOURS[colour])


def _body(content, flags):
    """Return what was compressed."""
    return content[HEADER.size + (IMAGE.size if flags & SCANNED else 0) :]


def unpacked_text(content):
    """Return ``(text, blank)`` of the page that was packed."""
    _version, flags, _quarters, _sure, _count, length = HEADER.unpack_from(content)
    text = zlib.decompressobj().decompress(_body(content, flags), max_length=length)
    return (text if length else b"").decode("utf-8"), bool(flags & BLANK)


def unpacked(content, number):
    """Return the ``PageText`` that was packed."""
    version, flags, quarters, confidence, count, length = HEADER.unpack_from(content)
    if version > VERSION:
        raise ValueError(f"Page {number} was stored by a newer version: {version}")
    body = zlib.decompress(_body(content, flags))
    text = body[:length].decode("utf-8")
    columns = [
        _numbers(body[at : at + 2 * count])
        for at in range(length, length + 8 * count, 2 * count or 1)
    ]
    confidences = body[length + 8 * count : length + 9 * count]
    found = body[length + 9 * count :]
    if flags & LOOSE:
        texts = found.decode("utf-8").split("\0")
    else:
        texts = _cut(text, _numbers(found[: 2 * count]), _numbers(found[2 * count :]))
    words = zip(texts, _boxes(*columns), confidences, strict=True) if count else ()
    return PageText(
        number=number,
        text=text,
        words=tuple(Word(each, *box, float(sure)) for each, box, sure in words),
        confidence=None if confidence == UNKNOWN else float(confidence),
        rotation=quarters * 90,
        blank=bool(flags & BLANK),
        origin=Origin.DIGITAL if flags & DIGITAL else Origin.RECOGNISED,
        image=unpacked_image(content),
    )


def _spans(page):
    """Return gaps and lengths of the words in the text, or None."""
    gaps, lengths, end = [], [], 0
    for word in page.words:
        start = page.text.find(word.text, end)
        if start < 0 or max(start - end, len(word.text)) > SCALE:
            return None
        gaps.append(start - end)
        lengths.append(len(word.text))
        end = start + len(word.text)
    return gaps, lengths


def _cut(text, gaps, lengths):
    """Yield the words that stand in the text at these distances."""
    place = 0
    for gap, length in zip(gaps, lengths, strict=True):
        yield text[place + gap : place + gap + length]
        place += gap + length


def _steps(words):
    """Return the boxes as four columns of small numbers, which pack a fifth better.

    The distance from the word before, the step down from it, width and height; all
    modulo 65,536.
    """
    columns = [], [], [], []
    right = top = 0
    for word in words:
        box = [
            _fraction(side) for side in (word.left, word.top, word.right, word.bottom)
        ]
        step = box[0] - right, box[1] - top, box[2] - box[0], box[3] - box[1]
        for column, value in zip(columns, step, strict=True):
            column.append(value & SCALE)
        right, top = box[2], box[1]
    return columns


def _boxes(gaps, downs, widths, heights):
    """Yield ``(left, top, right, bottom)`` as fractions of the page."""
    right = top = 0
    for gap, down, width, height in zip(gaps, downs, widths, heights, strict=True):
        left, top = right + gap & SCALE, top + down & SCALE
        right, bottom = left + width & SCALE, top + height & SCALE
        yield left / SCALE, top / SCALE, right / SCALE, bottom / SCALE


def _fraction(value):
    return round(_between(value, 1.0) * SCALE)


def _between(value, most):
    return min(max(value, 0), most)


def _column(values):
    """Return the numbers as bytes: all low ones, then all high ones."""
    numbers = array("H", values)
    if sys.byteorder == "big":
        numbers.byteswap()
    content = numbers.tobytes()
    return content[::2] + content[1::2]


def _numbers(content):
    """Return the numbers of a column."""
    half = len(content) // 2
    mixed = bytearray(len(content))
    mixed[::2], mixed[1::2] = content[:half], content[half:]
    numbers = array("H", bytes(mixed))
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
