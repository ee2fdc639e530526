"""PDF, through PDFium.

This build of PDFium has neither JavaScript nor XFA. The form environment is needed
all the same: it draws what a citizen has typed into the fields of a form.
"""

from contextlib import contextmanager
from eakte.scanning.cleaning import clean
from eakte.scanning.errors import Damaged
from eakte.scanning.errors import Empty
from eakte.scanning.errors import Encrypted
from eakte.scanning.errors import TooLarge
from eakte.scanning.errors import WrongPassword
from eakte.scanning.model import PageSize
from eakte.scanning.own_text import OwnText
from eakte.scanning.raster import A4
from eakte.scanning.raster import POINTS_PER_INCH
from eakte.scanning.raster import READING_DPI
from eakte.scanning.raster import READING_PIXELS
from eakte.scanning.raster import size_for_width
from eakte.scanning.raster import turned
from eakte.scanning.tools.drawn import Drawn
from eakte.scanning.tools.embedded import embedded_jpeg
from eakte.scanning.tools.page_text import read_own_text
from pypdfium2 import PdfBitmap
from pypdfium2 import PdfDocument
from pypdfium2 import PdfiumError
from pypdfium2 import raw

import math


LARGER_THAN_A3 = 1300
"""Points of the longer side. Beyond it the size is often wrong: the image's pixels
were taken for points."""


def page_sizes(path, password, most):
    """Return ``(sizes, encrypted)`` without loading a page.

    :param most: pages; more raise ``TooLarge``.
    """
    with _opened(path, password) as document:
        count = len(document)
        if count > most:
            raise TooLarge(
                f"The file has {count} pages, more than {most}. Split it into parts."
            )
        sizes = [_size(document, index) for index in range(count)]
        # -1: the bytes are not encrypted.
        encrypted = raw.FPDF_GetSecurityHandlerRevision(document) != -1
    return sizes, encrypted


def render(path, password, number, width, rotation, limits):
    """Return an image of a page as Pillow has it, in RGB, YCbCr or grey."""
    with _page(path, password, number) as page:
        _check_images_fit(page, number, limits)
        size = size_for_width(width, _displayed(page), limits.pixels, rotation)
        level = size if rotation in (0, 180) else size[::-1]
        embedded = embedded_jpeg(path, number, page, level)
        if embedded is not None:
            picture = embedded.picture(level, limits.pixels)
            if picture is not None:
                return turned(picture, rotation)
        return _drawn(page, size, rotation, raw.FPDFBitmap_BGR)


def own_text(path, password, number):
    """Return the ``OwnText`` of a page; None where nothing at all is drawn on it."""
    with _page(path, password, number) as page:
        drawn = Drawn(page)
        if not drawn.images and not drawn.other:
            return None
        size = _displayed(page)
        covered = sum(image.area for image in drawn.images)
        text, words, visible, unknown, rotation = read_own_text(page)
        image, image_cover = drawn.scan(size)
        return OwnText(
            text=clean(text),
            words=words,
            visible=visible,
            unknown=unknown,
            image_share=min(1, covered / (size.width * size.height)),
            image=image,
            image_cover=image_cover,
            has_lines=bool(drawn.lines),
            rotation=rotation,
        )


def for_reading(path, password, number, limits):
    """Return a grey image of a page for recognition, and its dpi."""
    with _page(path, password, number) as page:
        _check_images_fit(page, number, limits)
        size = _displayed(page)
        scale = READING_DPI / POINTS_PER_INCH
        if max(size.width, size.height) > LARGER_THAN_A3:
            images = Drawn(page).images
            scale = min([scale, *(image.scale for image in images if image.scale)])
        width = max(1, round(size.width * scale))
        pixels = size_for_width(width, size, READING_PIXELS)
        dpi = pixels[0] / size.width * POINTS_PER_INCH
        embedded = embedded_jpeg(path, number, page, pixels)
        if embedded is not None:
            picture = embedded.picture(pixels, limits.pixels, grey=True)
            if picture is not None:
                return picture, dpi
        return _drawn(page, pixels, 0, raw.FPDFBitmap_Gray), dpi


def check_images(path, password, number):
    """Raise ``Damaged`` if an image on the page cannot be decoded.

    PDFium leaves such an image out without a word: the page looks blank.
    """
    with _page(path, password, number) as page:
        if not all(image.decodable for image in Drawn(page).images):
            raise Damaged(
                f"The image on page {number} of the PDF cannot be read. Scan it again."
            )


@contextmanager
def _opened(path, password):
    # Not PdfDocument(path): it would resolve the link to the open file, and take
    # the error of an earlier file for that of one without pages.
    opened = raw.FPDF_LoadDocument(
        path.encode(), None if password is None else password.encode()
    )
    if not opened:
        raise _named(raw.FPDF_GetLastError(), password)
    document = PdfDocument(opened)
    try:
        if not len(document):
            raise Empty("The PDF has no pages. Scan or send it again.")
        yield document
    finally:
        document.close()


def _named(code, password):
    """Return our error for one of PDFium's codes."""
    if code == raw.FPDF_ERR_PASSWORD:
        if password is None:
            return Encrypted(
                "The file opens only with a password. Ask the sender for it and "
                "unlock the file."
            )
        return WrongPassword("The password does not open the file. Try another one.")
    if code == raw.FPDF_ERR_SECURITY:
        return Encrypted(
            "The file is encrypted in a way that a password does not undo, for "
            "example with a certificate. Ask the sender for an open file."
        )
    return Damaged("The PDF cannot be read. Scan or send it again.")


@contextmanager
def _page(path, password, number):
    """A page with its annotations and form fields made part of its content."""
    with _opened(path, password) as document:
        if not 1 <= number <= len(document):
            raise ValueError(f"No page {number}, there are {len(document)}")
        try:
            document.init_forms()
            page = document[number - 1]
            flattened = raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY)
            if flattened == raw.FLATTEN_SUCCESS:
                page.close()
                page = document[number - 1]
        except PdfiumError as error:
            raise Damaged(
                f"Page {number} of the PDF cannot be read. Scan it again."
            ) from error
        try:
            yield page
        finally:
            page.close()


def _size(document, index):
    try:
        return _sane(*document.get_page_size(index))
    except PdfiumError:
        return A4


def _displayed(page):
    return _sane(*page.get_size())


def _sane(width, height):
    if all(math.isfinite(side) and side > 0 for side in (width, height)):
        return PageSize(width, height)
    return A4


def _drawn(page, size, rotation, colours):
    """Draw a page into a bitmap of ``size`` pixels, so that memory is bounded."""
    width, height = size
    bitmap = PdfBitmap.new_native(width, height, colours, rev_byteorder=True)
    if not bitmap.raw:
        raise TooLarge(
            f"There is no memory for an image of {width} x {height} pixels. Ask for a "
            "smaller one."
        )
    bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, height)
    flags = raw.FPDF_ANNOT | raw.FPDF_RENDER_LIMITEDIMAGECACHE
    # RGB instead of BGR. Grey stays white with the flag for the byte order.
    grey = colours == raw.FPDFBitmap_Gray
    flags |= raw.FPDF_GRAYSCALE if grey else raw.FPDF_REVERSE_BYTE_ORDER
    raw.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, rotation // 90, flags)
    return bitmap.to_pil()


def _check_images_fit(page, number, limits):
    """Raise ``TooLarge`` for an image that is not to be decoded, or cannot be.

    Without memory PDFium would leave it out without a word: the page would look blank.
    """
    for image in Drawn(page).images:
        # What it holds is asked of the largest alone: the answer takes time.
        if image.pixels > limits.pixels and image.weighed_pixels > limits.pixels:
            raise TooLarge(
                f"Page {number} holds an image of {image.pixels:,} pixels, more than "
                "may be decoded. Scan it again with a lower resolution."
            )
        # Decoded, and then some: measured with 24 bits and nine thousand lines.
        allowed = limits.memory_bytes / 3
        if image.pixels * 3 > allowed and image.bytes > allowed:
            raise TooLarge(
                f"Page {number} holds an image of {image.pixels:,} pixels, more than "
                "there is memory for. Scan it again with a lower resolution."
            )
