"""TIFF, JPEG and PNG, through Pillow; and images out, as JPEG."""

from contextlib import contextmanager
from eakte.scanning.errors import Damaged
from eakte.scanning.errors import Empty
from eakte.scanning.errors import TooLarge
from eakte.scanning.model import Colour
from eakte.scanning.model import Kind
from eakte.scanning.model import PageImage
from eakte.scanning.model import PageSize
from eakte.scanning.raster import A4
from eakte.scanning.raster import POINTS_PER_INCH
from eakte.scanning.raster import READING_DPI
from eakte.scanning.raster import READING_PIXELS
from eakte.scanning.raster import shrinking
from eakte.scanning.raster import size_for_width
from eakte.scanning.raster import turned
from PIL import ExifTags
from PIL import Image
from PIL import ImageFile
from PIL import ImageOps

import io
import struct


# We check the pixels ourselves, before anything is decoded.
Image.MAX_IMAGE_PIXELS = None

UNDECODABLE = (
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    OverflowError,
    SyntaxError,
    TypeError,
    ValueError,
    ZeroDivisionError,
    struct.error,
)
"""What Pillow's decoders raise on bytes that are not what they claim to be."""

ASSUMED_DPI = 300
"""For an image that names no resolution: what the office's scanners are set to."""

SENSIBLE_DPI = range(10, 10_000)

QUARTER_TURN = {5, 6, 7, 8}
"""Values of the orientation tag (TIFF 6.0, 274) that swap the sides."""

JPEG_QUALITY = 82

LEAST_UPSCALED = 2_400
"""Pixels of the longer side. An image that has more holds a whole letter, whatever
resolution it claims; blowing it up would bring nothing."""


def page_sizes(path, kind, most):
    """Return the sizes of all pages, from the headers alone.

    :param most: pages; more raise ``TooLarge``.
    """
    sizes = []
    with _opened(path, kind) as image:
        while _sought(image, len(sizes), kind):
            if len(sizes) == most:
                raise TooLarge(
                    f"The file has more than {most} pages. Split it into parts."
                )
            try:
                sizes.append(_displayed(image))
            except UNDECODABLE:
                sizes.append(A4)
    if not sizes:
        raise Empty("The image file has no pages. Scan or send it again.")
    return sizes


def render(path, kind, number, width, rotation, pixels):
    """Return an image of a page as Pillow has it, in RGB or grey."""
    with _page(path, kind, number) as image:
        page = _displayed(image)
        across, down = size_for_width(width, page, pixels, rotation)
        level = (across, down) if rotation in (0, 180) else (down, across)
        picture = _decoded(image, number, pixels, level, cut_off=True)
        picture = picture.resize(
            level, shrinking(picture.width / level[0]), reducing_gap=2
        )
        return turned(picture, rotation)


def for_reading(path, kind, number, pixels):
    """Return a grey image of a page for recognition, its dpi and its ``PageImage``."""
    with _page(path, kind, number) as image:
        page = _displayed(image)
        facts = _facts(image, page)
        wanted = page.width / POINTS_PER_INCH * READING_DPI
        scale = min(2, wanted / facts.width)
        if max(facts.width, facts.height) >= LEAST_UPSCALED:
            scale = min(1, scale)
        if 0.75 < scale < 1.2:
            # Not worth the blur.
            scale = 1
        width = max(1, round(facts.width * scale))
        size = size_for_width(width, page, min(READING_PIXELS, pixels))
        picture = _decoded(image, number, pixels, size, grey=True)
    if size != picture.size:
        picture = picture.resize(size, shrinking(picture.width / size[0]))
    return picture, size[0] / page.width * POINTS_PER_INCH, facts


def _facts(image, page):
    """Return the ``PageImage``, from the header alone.

    :param page: ``PageSize`` as displayed.
    """
    width, height = image.size
    if _orientation(image) in QUARTER_TURN and image.format != "TIFF":
        width, height = height, width
    return PageImage(
        width,
        height,
        POINTS_PER_INCH * min(width / page.width, height / page.height),
        _colour(image),
    )


def _colour(image):
    if image.mode == "1":
        return Colour.BITONAL
    if image.mode == "P":
        return _colour_of(image.palette)
    # L, LA, I;16, F: one value and, at most, how transparent it is.
    return (
        Colour.GREY if image.mode[0] in "LIF" and image.mode != "LAB" else Colour.COLOUR
    )


def _colour_of(palette):
    order, entries = palette.getdata()
    if order == "RGB;L":
        # TIFF: all red ones, then all green ones, then all blue ones.
        third = len(entries) // 3
        colours = set(
            zip(
                entries[:third],
                entries[third : 2 * third],
                entries[2 * third :],
                strict=False,
            )
        )
    else:
        channels = len(palette.mode)
        colours = {
            tuple(entries[at : at + 3]) for at in range(0, len(entries), channels)
        }
    if any(len(set(colour)) > 1 for colour in colours):
        return Colour.COLOUR
    return Colour.BITONAL if len(colours) <= 2 else Colour.GREY


def packed(picture):
    """Return the bytes of a JPEG."""
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=JPEG_QUALITY)
    return out.getvalue()


@contextmanager
def _opened(path, kind):
    try:
        image = Image.open(path, formats=[kind.value])
    except UNDECODABLE as error:
        raise Damaged("The image cannot be read. Scan or send it again.") from error
    with image:
        yield image


@contextmanager
def _page(path, kind, number):
    with _opened(path, kind) as image:
        if number < 1 or not _sought(image, number - 1, kind):
            raise ValueError(f"No page {number}")
        yield image


def _sought(image, index, kind):
    """Go to a page; tell whether there is one."""
    if index == 0:
        return True
    if kind is not Kind.TIFF:
        # A second picture in a JPEG or PNG is a preview or an animation.
        return False
    try:
        image.seek(index)
    except UNDECODABLE:
        # The chain of pages ends here, properly or not.
        return False
    return True


def _displayed(image):
    width, height = image.size
    across, down = _dpi(image)
    if _orientation(image) in QUARTER_TURN:
        if image.format == "TIFF":
            # Pillow gives the size as displayed, the resolution as stored.
            across, down = down, across
        else:
            width, height = height, width
            across, down = down, across
    return PageSize(width / across * POINTS_PER_INCH, height / down * POINTS_PER_INCH)


def _dpi(image):
    try:
        across, down = (float(dpi) for dpi in image.info["dpi"])
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return ASSUMED_DPI, ASSUMED_DPI
    if int(across) in SENSIBLE_DPI and int(down) in SENSIBLE_DPI:
        return across, down
    return ASSUMED_DPI, ASSUMED_DPI


def _orientation(image):
    if image.format == "PNG" and "exif" not in image.info:
        # Pillow would decode all of it to look behind the pixels.
        return None
    try:
        return image.getexif().get(ExifTags.Base.Orientation)
    except UNDECODABLE:
        return None


def _decoded(image, number, pixels, enough, cut_off=False, grey=False):
    """Decode the page, as displayed; never more than ``pixels``.

    :param enough: (width, height) that will do: a JPEG is decoded smaller then.
    :param cut_off: whether the upper part will do where the rest is missing. People
        see what there is; recognition must not take the rest for blank.
    """
    ImageFile.LOAD_TRUNCATED_IMAGES = cut_off
    if image.format in ("JPEG", "MPO"):
        if _orientation(image) in QUARTER_TURN:
            enough = enough[::-1]
        image.draft("L" if grey else None, enough)
    if image.width * image.height > pixels:
        raise TooLarge(
            f"Page {number} has {image.width} x {image.height} pixels, more than can "
            "be shown. Scan it again with a lower resolution."
        )
    tagged = _orientation(image) is not None
    try:
        image.load()
        if tagged:
            # In place: a copy of a large image is all the memory there is.
            ImageOps.exif_transpose(image, in_place=True)
    except UNDECODABLE as error:
        raise Damaged(
            f"The image of page {number} cannot be read. Scan it again."
        ) from error
    picture = _plain(image)
    return picture.convert("L") if grey else picture


def _plain(picture):
    """Return it in RGB or grey, on white where it is transparent."""
    if picture.mode in ("RGB", "L"):
        return picture
    if picture.mode == "1":
        return picture.convert("L")
    if picture.mode.startswith("I"):
        # 16 bits of grey; Pillow alone would cut off all that is not black.
        return picture.convert("I").point(lambda value: value / 256).convert("L")
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        paper = Image.new("RGBA", picture.size, "white")
        return Image.alpha_composite(paper, picture).convert("RGB")
    return picture.convert("RGB")
