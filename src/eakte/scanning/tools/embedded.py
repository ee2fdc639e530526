"""The image that a scanned page of a PDF consists of.

Scanners put one image on a page and, at most, text under it that nobody sees. Where
that is all and the image is a plain JPEG, the page need not be drawn: the JPEG is
decoded at a fraction of its size, which takes a third of the time.

A page may be anything, so every step asks for what it knows and gives up otherwise:
PDFium, which knows all, draws the page then.
"""

from dataclasses import dataclass
from eakte.scanning.raster import shrinking
from eakte.scanning.tools.images import UNDECODABLE
from eakte.scanning.tools.page_text import Display
from eakte.scanning.tools.page_text import INVISIBLE
from pikepdf import Name
from PIL import Image
from PIL import ImageFile
from pypdfium2 import raw

import ctypes
import io
import pikepdf


PLAIN_COLOURS = {"/DeviceRGB": "RGB", "/DeviceGray": "L"}
"""Colour spaces whose values are shown as they are, and Pillow's names."""

PLAIN_KEYS = {
    "/BitsPerComponent",
    "/ColorSpace",
    "/DecodeParms",
    "/Filter",
    "/Height",
    "/Interpolate",
    "/Length",
    "/Metadata",
    "/Name",
    "/Subtype",
    "/Type",
    "/Width",
}
"""What an image's dictionary may say (ISO 32000-1:2008, 8.9.5). A mask, a decode
array or an optional content group would need PDFium."""

YCBCR = 1
"""Transform that an Adobe marker names: what Pillow undoes, like PDFium."""

SLANT = 1e-4
"""Share of the page by which an upright image may lean: 1/30 mm."""

PIXEL = 1.5
"""How many pixels an image may fall short of the edge of the page."""

MOST_DEPTH = 32
"""Levels of a page tree that are gone down."""

SLIVER = 0.02
"""Most of the page that it may fall short, however few pixels are asked for."""


@dataclass(frozen=True, slots=True)
class Embedded:
    """A JPEG that covers its page.

    :param jpeg: the bytes of the file that is embedded.
    :param box: ``(left, top, right, bottom)``: what of the image is on the page as
        displayed, in fractions of the image as stored.
    :param swapped: its rows run down the page.
    :param mirrored: whether it is mirrored across and down the page, after that.
    """

    jpeg: bytes
    box: tuple[float, float, float, float]
    swapped: bool
    mirrored: tuple[bool, bool]

    def picture(self, size, pixels, grey=False):
        """Return an image of the page as displayed, in YCbCr or grey; None if unsure.

        :param size: ``(width, height)`` in pixels.
        :param pixels: most pixels to decode.
        :param grey: in grey, whatever it is.
        """
        left, top, right, bottom = self.box
        across, down = size[::-1] if self.swapped else size
        enough = across / (right - left), down / (bottom - top)
        # A scan that is cut off is shown as far as it goes, as PDFium does, yet not
        # read: what is missing must not count as blank.
        ImageFile.LOAD_TRUNCATED_IMAGES = not grey
        try:
            with Image.open(io.BytesIO(self.jpeg), formats=["JPEG"]) as image:
                # As it is stored, and as it is packed again.
                image.draft("L" if grey else "YCbCr", tuple(map(int, enough)))
                if image.width * image.height > pixels:
                    return None
                image.load()
                width, height = image.size
                box = left * width, top * height, right * width, bottom * height
                # Colours are coarse in a JPEG, before as after: nobody sees more.
                picture = image.resize(
                    (across, down), Image.Resampling.NEAREST, box=box
                )
                brightness = image.getchannel(0).resize(
                    (across, down), shrinking(width / enough[0]), box=box
                )
                picture = Image.merge(image.mode, [brightness, *picture.split()[1:]])
        except UNDECODABLE:
            return None
        turn = TURNS[self.swapped, *self.mirrored]
        return picture if turn is None else picture.transpose(turn)


TURNS = {
    (False, False, False): None,
    (False, True, False): Image.Transpose.FLIP_LEFT_RIGHT,
    (False, False, True): Image.Transpose.FLIP_TOP_BOTTOM,
    (False, True, True): Image.Transpose.ROTATE_180,
    (True, False, False): Image.Transpose.TRANSPOSE,
    (True, True, False): Image.Transpose.ROTATE_270,
    (True, False, True): Image.Transpose.ROTATE_90,
    (True, True, True): Image.Transpose.TRANSVERSE,
}
"""What Pillow does to an image of which the rows run down, that is mirrored then."""


def embedded_jpeg(path, number, page, size):
    """Return the ``Embedded`` that all of the page is, or None.

    :param page: PDFium's page.
    :param size: ``(width, height)`` in pixels at which it will be shown.
    """
    obj = _only_image(page)
    if obj is None:
        return None
    placed = _placed(page, obj, size)
    if placed is None:
        return None
    jpeg = _plain_jpeg(path, number, obj)
    return None if jpeg is None else Embedded(jpeg, *placed)


def _only_image(page):
    """Return the image on a page on which nothing else is seen, or None."""
    image = None
    for index in range(raw.FPDFPage_CountObjects(page)):
        obj = raw.FPDFPage_GetObject(page, index)
        kind = raw.FPDFPageObj_GetType(obj)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            if raw.FPDFTextObj_GetTextRenderMode(obj) not in INVISIBLE:
                return None
        elif kind == raw.FPDF_PAGEOBJ_IMAGE and image is None:
            image = obj
        else:
            return None
    if image is None or raw.FPDFPageObj_HasTransparency(image):
        return None
    if raw.FPDFClipPath_CountPaths(raw.FPDFPageObj_GetClipPath(image)) > 0:
        return None
    # A marked part of the content may be an optional one.
    return None if raw.FPDFPageObj_CountMarks(image) > 0 else image


def _placed(page, obj, size):
    """Return ``(box, swapped, mirrored)``; None unless it covers the page upright."""
    matrix = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(obj, matrix):
        return None
    display = Display(page)
    # Where the top left of the image is shown, and where its sides go from there.
    x, y = display.point(matrix.c + matrix.e, matrix.d + matrix.f)
    right = display.point(
        matrix.a + matrix.c + matrix.e, matrix.b + matrix.d + matrix.f
    )
    bottom = display.point(matrix.e, matrix.f)
    row, column = (right[0] - x, right[1] - y), (bottom[0] - x, bottom[1] - y)
    swapped = abs(row[1]) > abs(row[0])
    if max(abs(row[not swapped]), abs(column[swapped])) > SLANT:
        return None
    across, down = (column[0], row[1]) if swapped else (row[0], column[1])
    spans = []
    for start, extent, pixels in ((x, across, size[0]), (y, down, size[1])):
        edge = min(SLIVER, PIXEL / pixels)
        near, far = sorted((start, start + extent))
        if near > edge or far < 1 - edge:
            return None
        # What of the image lies on the page, from its own first row or column on.
        ends = sorted(((0 - start) / extent, (1 - start) / extent))
        spans.append((max(0.0, ends[0]), min(1.0, ends[1])))
    (left, right), (top, bottom) = spans[::-1] if swapped else spans
    return (left, top, right, bottom), swapped, (across < 0, down < 0)


def _plain_jpeg(path, number, obj):
    """Return the bytes of an image that is shown as its JPEG is, or None."""
    if raw.FPDFImageObj_GetImageFilterCount(obj) != 1 or _filter(obj) != "DCTDecode":
        return None
    across, down = ctypes.c_uint(), ctypes.c_uint()
    raw.FPDFImageObj_GetImagePixelSize(obj, across, down)
    jpeg = _bytes(obj)
    mode = _mode(path, number, (across.value, down.value), len(jpeg))
    if mode is None:
        return None
    try:
        with Image.open(io.BytesIO(jpeg), formats=["JPEG"]) as image:
            shown_as_is = (
                image.mode == mode
                and image.size == (across.value, down.value)
                and (mode == "L" or _in_ycbcr(image))
            )
    except UNDECODABLE:
        return None
    return jpeg if shown_as_is else None


def _in_ycbcr(image):
    transform = image.info.get("adobe_transform")
    return transform == YCBCR if transform is not None else "jfif" in image.info


def _mode(path, number, size, length):
    """Return what Pillow calls the colours of the page's image of this size, or None.

    PDFium does not tell what is written in an image's dictionary.
    """
    try:
        with pikepdf.open(
            path,
            attempt_recovery=False,
            inherit_page_attributes=False,
            access_mode=pikepdf.AccessMode.stream,
        ) as pdf:
            # Encrypted bytes are longer; hidden layers hide images.
            if pdf.is_encrypted or "/OCProperties" in pdf.Root:
                return None
            resources = _resources(pdf.Root.Pages, number - 1)
            spaces = resources.get("/ColorSpace", {})
            if not {"/DefaultRGB", "/DefaultGray"}.isdisjoint(spaces.keys()):
                return None
            found = [
                image
                for image in resources.get("/XObject", {}).values()
                if (image.get("/Width"), image.get("/Height")) == size
            ]
            if len(found) != 1:
                return None
            return _plain_mode(found[0], length)
    except (pikepdf.PasswordError, pikepdf.PdfError, RuntimeError, *UNDECODABLE):
        return None


def _resources(node, index):
    """Return the resources of a page, without touching the others of a thousand.

    A page tree that is not what it says leads to an image of other sizes, or none.
    """
    resources = {}
    for _ in range(MOST_DEPTH):
        resources = node.get("/Resources", resources)
        if "/Kids" not in node:
            return resources
        kids = node.Kids
        if int(node.Count) == len(kids):
            node, index = kids[index], 0
            continue
        for kid in kids:
            count = int(kid.get("/Count", 1))
            if index < count:
                node = kid
                break
            index -= count
    return {}


def _plain_mode(image, length):
    if (
        not PLAIN_KEYS.issuperset(image.keys())
        or image.get("/Subtype") != Name.Image
        or image.get("/BitsPerComponent") != 8
        or image.get("/Length") != length
    ):
        return None
    parameters = image.get("/DecodeParms", {})
    if not isinstance(parameters, (dict, pikepdf.Dictionary)):
        return None
    if "/ColorTransform" in parameters:
        # All that a JPEG's filter has parameters for (ISO 32000-1:2008, 7.4.8).
        return None
    return PLAIN_COLOURS.get(str(image.get("/ColorSpace")))


def _filter(obj):
    length = raw.FPDFImageObj_GetImageFilter(obj, 0, None, 0)
    name = ctypes.create_string_buffer(max(1, length))
    raw.FPDFImageObj_GetImageFilter(obj, 0, name, length)
    return name.value.decode("ascii", "replace")


def _bytes(obj):
    length = raw.FPDFImageObj_GetImageDataRaw(obj, None, 0)
    content = ctypes.create_string_buffer(max(1, length))
    raw.FPDFImageObj_GetImageDataRaw(obj, content, length)
    return content.raw[:length]
