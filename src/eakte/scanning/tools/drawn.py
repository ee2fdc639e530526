"""What is drawn on a page of a PDF, and the image that a scanned page is."""

from eakte.scanning.model import Colour
from eakte.scanning.model import PageImage
from eakte.scanning.raster import POINTS_PER_INCH
from eakte.scanning.tools.page_text import Display
from functools import cached_property
from pypdfium2 import raw

import ctypes
import math


MOST_NESTED = 5
"""Forms in forms that are looked into."""

WHOLE = 0.9
"""Share of an image that another one covers, if both are layers of one scan."""

ALIKE = 0.02
"""Share by which the resolutions of strips may differ: their heights are rounded."""

NO_MATRIX = (1, 0, 0, 1, 0, 0)

COLOUR_BITS = 24
"""Of a pixel in colour; one in black and white takes a single bit."""

COLOURFUL = (Colour.BITONAL, Colour.GREY, Colour.COLOUR)

OTHER_SPACES = {
    raw.FPDF_COLORSPACE_SEPARATION,
    raw.FPDF_COLORSPACE_DEVICEN,
    raw.FPDF_COLORSPACE_INDEXED,
}
"""One value a pixel that is not a grey one."""


class Drawn:
    """The images on a page, and how many other things there are.

    ``lines`` are those of them that are neither image nor text.
    """

    def __init__(self, page):
        self.page = page
        self.images = []
        self.other = 0
        self.lines = 0
        self._add(
            raw.FPDFPage_CountObjects(page),
            lambda index: raw.FPDFPage_GetObject(page, index),
        )

    def _add(self, count, get, matrix=NO_MATRIX, depth=0):
        for index in range(count):
            obj = get(index)
            kind = raw.FPDFPageObj_GetType(obj)
            if kind == raw.FPDF_PAGEOBJ_IMAGE:
                self.images.append(DrawnImage(self.page, obj, matrix))
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < MOST_NESTED:
                # What is in a form has the form's own coordinates.
                self._add(
                    raw.FPDFFormObj_CountObjects(obj),
                    lambda inner, form=obj: raw.FPDFFormObj_GetObject(form, inner),
                    _times(_matrix(obj), matrix),
                    depth + 1,
                )
            else:
                self.other += 1
                self.lines += kind != raw.FPDF_PAGEOBJ_TEXT

    def scan(self, size):
        """Return the largest ``PageImage`` and the share of the page that it covers.

        Without any they are None and 0.

        :param size: ``PageSize`` as displayed.
        """
        display = Display(self.page)
        parts = [part for image in self.images if (part := _Part(image, display, size))]
        if not parts:
            return None, 0
        largest = max(parts, key=lambda part: part.share)
        strips = [part for part in parts if part.goes_with(largest)]
        covered = sum(part.share for part in strips)
        layers = [part for part in parts if part.overlap(largest) >= WHOLE]
        if largest.share >= WHOLE or len(strips) == 1:
            # A layer of paper and one of ink, as some scanners make them.
            finest = max(layers, key=lambda part: part.dpi)
            return (
                PageImage(
                    finest.across, finest.down, finest.dpi, _most_colourful(layers)
                ),
                largest.share,
            )
        boxes = [part.box for part in strips]
        width = max(box[2] for box in boxes) - min(box[0] for box in boxes)
        height = max(box[3] for box in boxes) - min(box[1] for box in boxes)
        return (
            PageImage(
                round(width * size.width / POINTS_PER_INCH * largest.dpi_across),
                round(height * size.height / POINTS_PER_INCH * largest.dpi_down),
                min(part.dpi for part in strips),
                _most_colourful(strips),
            ),
            min(1, covered),
        )


class DrawnImage:
    """An image on a page.

    :param matrix: from the coordinates of what it is in to those of the page.
    """

    def __init__(self, page, obj, matrix):
        self._page = page
        self._obj = obj
        across, down = ctypes.c_uint(), ctypes.c_uint()
        raw.FPDFImageObj_GetImagePixelSize(obj, across, down)
        self.size = across.value, down.value
        self.pixels = across.value * down.value
        self.matrix = _times(_matrix(obj), matrix)

    @property
    def area(self):
        """In square points."""
        a, b, c, d, _, _ = self.matrix
        return abs(a * d - b * c)

    @property
    def scale(self):
        """Pixels per point; 0 where it has no area."""
        return (self.pixels / self.area) ** 0.5 if self.area else 0

    @property
    def bytes(self):
        """How many it has when decoded."""
        return self.pixels * (self._facts.bits_per_pixel or 24) / 8

    @property
    def weighed_pixels(self):
        """How many pixels in colour it costs to decode."""
        is_bitonal = self._facts.bits_per_pixel == 1
        return self.pixels / COLOUR_BITS if is_bitonal else self.pixels

    @property
    def colour(self):
        """The ``Colour`` of its pixels."""
        bits = self._facts.bits_per_pixel
        if bits == 1:
            return Colour.BITONAL
        if bits and bits <= 16 and self._facts.colorspace not in OTHER_SPACES:
            return Colour.GREY
        return Colour.COLOUR

    @property
    def decodable(self):
        """Whether PDFium makes a bitmap of it."""
        bitmap = raw.FPDFImageObj_GetBitmap(self._obj)
        if not bitmap:
            return False
        raw.FPDFBitmap_Destroy(bitmap)
        return True

    @cached_property
    def _facts(self):
        facts = raw.FPDF_IMAGEOBJ_METADATA()
        raw.FPDFImageObj_GetImageMetadata(self._obj, self._page, facts)
        return facts


class _Part:
    """What of an image is on the page as displayed; false if nothing is."""

    def __init__(self, image, display, size):
        self.image = image
        a, b, c, d, e, f = image.matrix
        corners = [
            display.point(x, y)
            for x, y in ((e, f), (a + e, b + f), (c + e, d + f), (a + c + e, b + d + f))
        ]
        (left, right), (top, bottom) = (
            (min(side), max(side)) for side in zip(*corners, strict=True)
        )
        self.box = max(0, left), max(0, top), min(1, right), min(1, bottom)
        self.share = max(0, self.box[2] - self.box[0]) * max(
            0, self.box[3] - self.box[1]
        )
        if not self:
            return
        # Corner to corner, so that an image laid askew keeps its resolution.
        rows, columns = (
            math.hypot(
                (end[0] - corners[0][0]) * size.width,
                (end[1] - corners[0][1]) * size.height,
            )
            for end in (corners[1], corners[2])
        )
        width, height = image.size
        # Its rows run down the page where it lies on its side.
        (x, y), (end_x, end_y) = corners[:2]
        if abs(end_y - y) * size.height > abs(end_x - x) * size.width:
            width, height, rows, columns = height, width, columns, rows
        self.across, self.down = width, height
        self.dpi_across = width * POINTS_PER_INCH / rows
        self.dpi_down = height * POINTS_PER_INCH / columns
        self.dpi = min(self.dpi_across, self.dpi_down)

    def __bool__(self):
        return self.share > 0 and self.image.pixels > 0

    def overlap(self, other):
        """Return the share (0 to 1) of another one that this one covers."""
        left, top = (max(self.box[at], other.box[at]) for at in (0, 1))
        right, bottom = (min(self.box[at], other.box[at]) for at in (2, 3))
        return max(0, right - left) * max(0, bottom - top) / other.share

    def goes_with(self, other):
        """Tell whether both may be strips of one image."""
        return (
            abs(self.dpi_across - other.dpi_across) <= ALIKE * other.dpi_across
            or abs(self.dpi_down - other.dpi_down) <= ALIKE * other.dpi_down
        )


def _most_colourful(parts):
    return max((part.image.colour for part in parts), key=COLOURFUL.index)


def _matrix(obj):
    matrix = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(obj, matrix):
        return NO_MATRIX
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _times(first, then):
    """Return the matrix that does one after the other (ISO 32000-1:2008, 8.3.4)."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    )
