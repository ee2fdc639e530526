"""What a child does for one request: the file is opened here and nowhere else."""

from contextlib import contextmanager
from eakte.scanning import blank
from eakte.scanning.model import Kind
from eakte.scanning.model import Origin
from eakte.scanning.model import PageText
from eakte.scanning.sniffing import HEAD_BYTES
from eakte.scanning.sniffing import kind_of
from eakte.scanning.tools import images
from eakte.scanning.tools import pdfium
from eakte.scanning.tools import tesseract
from eakte.scanning.tools import weighing
from pathlib import Path

import os


def inspect(path, password, limits):
    """Return ``(kind, sizes, encrypted)``."""
    with _opened(path) as (kind, file):
        if kind is Kind.PDF:
            return kind, *pdfium.page_sizes(file, password, limits.pages)
        return kind, images.page_sizes(file, kind, limits.pages), False


def render(path, password, page, width, rotation, limits):
    """Return the bytes of a JPEG."""
    with _opened(path) as (kind, file):
        if kind is Kind.PDF:
            picture = pdfium.render(file, password, page, width, rotation, limits)
        else:
            picture = images.render(file, kind, page, width, rotation, limits.pixels)
    return images.packed(picture)


def read_page(path, password, page, languages, limits):
    """Return the ``PageText``: the page's own text, or else a recognition."""
    with _opened(path) as (kind, file):
        if kind is not Kind.PDF:
            picture, dpi, image = images.for_reading(file, kind, page, limits.pixels)
        else:
            own = pdfium.own_text(file, password, page)
            if own is None:
                return PageText(page, "", (), None, 0, True, Origin.DIGITAL)
            image = own.scan
            if own.usable:
                return PageText(
                    page,
                    own.text,
                    own.words,
                    None,
                    own.rotation,
                    False,
                    Origin.DIGITAL,
                    image,
                )
            picture, dpi = pdfium.for_reading(file, password, page, limits)
        text = _recognised(page, picture, dpi, languages, image)
        if text.blank and kind is Kind.PDF:
            pdfium.check_images(file, password, page)
    return text


def scan_dpi(path, password, page):
    """Return how fine the largest image on a page is; 0 without any."""
    with _opened(path) as (kind, file):
        if kind is not Kind.PDF:
            return 0
        own = pdfium.own_text(file, password, page)
        return own.image.dpi if own is not None and own.image is not None else 0


def weigh(path, password, page, limits):
    """Raise ``TooLarge`` if a PDF unpacks to more than there is memory for.

    :param page: of which that is asked too, or None: only the file is opened.
    """
    with _opened(path) as (kind, file):
        if kind is not Kind.PDF:
            return
        weighing.check_opening(file, limits)
        if page is not None:
            weighing.check_weight(file, password, page, limits)


def _recognised(page, picture, dpi, languages, image):
    # Said even where the page turns out to be blank: the setting is wrong.
    tesseract.check(languages)
    if blank.densest_spot(picture, dpi) < blank.SOMETHING:
        return PageText(page, "", (), None, 0, True, Origin.RECOGNISED, image)
    reading = tesseract.read(picture, dpi, languages)
    nothing = (
        not reading.words
        and blank.densest_spot(picture, dpi, punched=True) < blank.SOMETHING
    )
    return PageText(
        number=page,
        text=reading.text,
        words=reading.words,
        confidence=reading.confidence,
        rotation=reading.rotation,
        blank=nothing,
        origin=Origin.RECOGNISED,
        image=image,
    )


@contextmanager
def _opened(path):
    """Yield ``(kind, path)``; the path is the open file's, whatever its name is."""
    with Path(os.fsdecode(path)).open("rb", buffering=0) as file:
        kind = kind_of(file.read(HEAD_BYTES))
        yield kind, f"/proc/self/fd/{file.fileno()}"
