"""What a page of a PDF unpacks to, counted without unpacking it whole.

PDFium ends its process without a word when there is no memory for what is on a page.
This tells whether that was it.
"""

from eakte.scanning.errors import TooLarge
from pikepdf import AccessMode
from pikepdf import Array
from pikepdf import Dictionary
from pikepdf import Name
from pikepdf import Stream

import contextlib
import pikepdf
import zlib


SHARE = 1 / 64
"""Of the memory that a process may take. Measured: of short lines, the densest there
is, a page of 1/32 is too much for PDFium; the plan of a town is well below."""

PIECE = 64 * 1024
"""Bytes that are unpacked at once."""

MOST_OBJECTS = 20_000
"""Of one page, that are looked into."""

PAGES = {Name.Page, Name.Pages}

FLATE = {Name.FlateDecode, Name.Fl}


class _Heavy(Exception):
    """There is more than may be."""


def check_weight(path, password, number, limits):
    """Raise ``TooLarge`` if a page unpacks to more than there is memory for.

    :param number: of the page, from 1.
    """
    budget = Budget(int(limits.memory_bytes * SHARE))
    with pikepdf.open(
        path, password=password or "", access_mode=AccessMode.stream
    ) as pdf:
        try:
            for stream in _streams(pdf.pages[number - 1].obj):
                _weigh(stream, budget)
        except (MemoryError, _Heavy) as error:
            raise TooLarge(
                f"What is on page {number} unpacks to more than there is memory for: "
                "the file may be hostile. The other pages can be read."
            ) from error


class Budget:
    """Bytes that may still be unpacked."""

    def __init__(self, most):
        self.left = most

    def take(self, count):
        """Note that so many bytes were unpacked."""
        self.left -= count
        if self.left < 0:
            raise _Heavy


def _streams(page):
    """Yield the streams that belong to a page, but for its images.

    Of these the size in pixels is known before they are decoded.
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
        inner = each if isinstance(each, Array) else dict(each.items()).values()
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
    pieces = iter([stream.read_raw_bytes()])
    for _each in filters:
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
