"""What a PDF, or a page of it, unpacks to, counted without unpacking it whole.

PDFium ends its process without a word when there is no memory for what is on a page,
or for what the file keeps its objects in. This tells whether that was it.
"""

from eakte.scanning.errors import TooLarge
from pikepdf import AccessMode
from pikepdf import Array
from pikepdf import Dictionary
from pikepdf import Name
from pikepdf import Stream

import contextlib
import mmap
import pikepdf
import re
import zlib


SHARE = 1 / 64
"""Of the memory that a process may take. Measured: of short lines, the densest there
is, a page of 1/32 is too much for PDFium; the plan of a town is well below."""

OPENING_SHARE = 1 / 8
"""Of the same memory, for the streams that hold the file's objects and their table."""

PIECE = 64 * 1024
"""Bytes that are unpacked at once."""

MOST_OBJECTS = 20_000
"""Of one page, that are looked into."""

PAGES = {Name.Page, Name.Pages}

FLATE = {Name.FlateDecode, Name.Fl}

FONT_FILES = {"/FontFile", "/FontFile2", "/FontFile3"}

HOLDER = re.compile(rb"/(?:ObjStm|XRef)\b")
"""Streams that hold objects, and the table of all, ISO 32000-1:2008, 7.5.7 and 7.5.8."""

HEAD_BYTES = 64 * 1024
"""Around that name, in which what else is said of the stream is looked for."""

FILTER = re.compile(
    rb"/(FlateDecode|Fl|LZWDecode|LZW|ASCIIHexDecode|AHx|ASCII85Decode|A85"
    rb"|RunLengthDecode|RL)\b"
)


class _Heavy(Exception):
    """There is more than may be."""


def check_opening(path, limits):
    """Raise ``TooLarge`` if what a PDF keeps its objects in unpacks to too much.

    QPDF would take it for damage. Encrypted streams are not looked into.
    """
    budget = Budget(int(limits.memory_bytes * OPENING_SHARE))
    with (
        open(path, "rb") as file,  # noqa: PTH123
        mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as whole,
    ):
        try:
            for filters, start in _holders(whole):
                _weigh_at(whole, start, filters, budget)
        except (MemoryError, _Heavy) as error:
            raise TooLarge(
                "The objects of the file unpack to more than there is memory for: the "
                "file may be hostile. It is kept as it came; ask the sender for "
                "another one."
            ) from error


def check_weight(path, password, number, limits):
    """Raise ``TooLarge`` if a page unpacks to more than there is memory for.

    :param number: of the page, from 1.
    """
    most = int(limits.memory_bytes * SHARE)
    with pikepdf.open(
        path, password=password or "", access_mode=AccessMode.stream
    ) as pdf:
        if weight(pdf.pages[number - 1].obj, most, fonts=True) > most:
            raise TooLarge(
                f"What is on page {number} unpacks to more than there is memory for: "
                "the file may be hostile. The other pages can be read."
            )


def weight(page, most, fonts=False):
    """Return the bytes that a page unpacks to, but for its images.

    :param page: the object of a pikepdf page.
    :param most: beyond it counting ends, and what is returned is only more than that.
    :param fonts: whether the files of its fonts count; they do not grow further.
    """
    budget = Budget(most)
    try:
        for stream in _streams(page, leave=set() if fonts else FONT_FILES):
            _weigh(stream, budget)
    except (MemoryError, _Heavy):
        return most + 1
    return most - budget.left


class Budget:
    """Bytes that may still be unpacked."""

    def __init__(self, most):
        self.left = most

    def take(self, count):
        """Note that so many bytes were unpacked."""
        self.left -= count
        if self.left < 0:
            raise _Heavy


def _streams(page, leave):
    """Yield the streams that belong to a page, but for its images.

    Of these the size in pixels is known before they are decoded.

    :param leave: keys whose values are left out.
    """
    seen, ahead = set(), [page]
    while ahead and len(seen) < MOST_OBJECTS:
        each = ahead.pop()
        if each.is_indirect:
            if each.objgen in seen:
                continue
            seen.add(each.objgen)
        if isinstance(each, Stream) and each.get("/Subtype") != Name.Image:
            yield each
        if isinstance(each, Array):
            inner = list(each)
        else:
            inner = [one for key, one in each.items() if key not in leave]
        ahead += [one for one in inner if _may_belong(one)]


def _may_belong(one):
    """Say whether it holds more, and is no other page."""
    if isinstance(one, Dictionary):
        return one.get("/Type") not in PAGES
    return isinstance(one, (Array, Stream))


def _weigh(stream, budget):
    filters = stream.get("/Filter", Array())
    filters = [filters] if isinstance(filters, Name) else list(filters)
    if not all(each in FLATE for each in filters):
        # Other ways to pack are rare, and grow less; the memory of this process is
        # the bound.
        with contextlib.suppress(pikepdf.PdfError):
            budget.take(len(stream.read_bytes()))
        return
    with contextlib.suppress(pikepdf.PdfError):
        _inflate([stream.read_raw_bytes()], len(filters), budget)


def _holders(whole):
    """Yield ``(filters, start)`` of the streams that hold objects or their table.

    :param whole: the bytes of the file.
    """
    seen = set()
    for found in HOLDER.finditer(whole):
        begin = whole.rfind(b"obj", max(0, found.start() - HEAD_BYTES), found.start())
        end = whole.find(b"stream", found.end(), found.end() + HEAD_BYTES)
        if begin < 0 or end < 0 or end in seen:
            continue
        seen.add(end)
        start = end + len(b"stream")
        start += len(re.match(rb"\r?\n?", whole[start : start + 2])[0])
        filters = [
            Name("/" + each.decode()) for each in FILTER.findall(whole[begin:end])
        ]
        # Where it stands elsewhere how it is packed, it is tried.
        yield filters or [Name.FlateDecode], start


def _weigh_at(whole, start, filters, budget):
    if all(each in FLATE for each in filters):
        places = range(start, len(whole), PIECE)
        pieces = (whole[at : at + PIECE] for at in places)
        _inflate(pieces, len(filters), budget)
        return
    end = whole.find(b"endstream", start)
    stream = Stream(pikepdf.new(), b"")
    packed = whole[start : end if end > 0 else len(whole)]
    stream.write(packed, filter=Array(filters))
    _weigh(stream, budget)


def _inflate(pieces, times, budget):
    """Inflate to nothing; each of the ``times`` is counted."""
    pieces = iter(pieces)
    for _each in range(times):
        pieces = _inflated(pieces, budget)
    for _piece in pieces:
        pass


def _inflated(pieces, budget):
    """Yield what packed bytes unpack to; of what is damaged, what comes before."""
    packed = zlib.decompressobj()
    for piece in pieces:
        ahead = piece
        while ahead and not packed.eof:
            try:
                unpacked = packed.decompress(ahead, PIECE)
            except zlib.error:
                return
            budget.take(len(unpacked))
            yield unpacked
            ahead = packed.unconsumed_tail
        if packed.eof:
            return
