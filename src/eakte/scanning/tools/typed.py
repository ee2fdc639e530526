"""Typed text over a scan, as an image of its own: the scan's pixels stay as they are.

A scanner stamps its pages in a font that is not in the file, which PDF/A forbids. Such
text is drawn on clear ground and laid over the page in its place.
"""

from eakte.scanning.raster import POINTS_PER_INCH
from eakte.scanning.raster import READING_DPI
from eakte.scanning.text_layer import numbers
from eakte.scanning.text_layer import turning
from eakte.scanning.tools import operators
from eakte.scanning.tools import qpdf
from pikepdf import Array
from pikepdf import ContentStreamInstruction
from pikepdf import Dictionary
from pikepdf import Name
from pikepdf import Operator
from pikepdf import Stream
from pypdfium2 import PdfBitmap
from pypdfium2 import PdfDocument
from pypdfium2 import raw

import io
import pikepdf
import zlib


RESOURCE = "EakteTyped"
"""Name of the image on a page; nobody else's."""

PAINTS = {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*"}
DRAWS = {"Do", "sh", "INLINE IMAGE"}
"""Operators that draw, beside text, ISO 32000-1:2008, table 51."""

LAST_PLAIN_MODE = 3
"""Render modes of text beyond it cut out what follows, ISO 32000-1:2008, 9.3.6."""

PLAIN_BLENDS = (Name.Normal, Name.Compatible)


def taken_off(pdf, page):
    """Take the typed text off a page; return it as a PDF of one page, or None.

    None where the page has no image or no such text, or where the text is not drawn
    last: something may hide it, and must go on doing so.

    :param pdf: to which the page belongs.
    :returns: bytes.
    """
    if not _has_image(page) or _blends(page):
        return None
    own = pikepdf.parse_content_stream(page)
    if not _ends_with_text(own) or _forms_have_text(page):
        return None
    rest = [
        each for each in own if str(each.operator) not in {"Tf", *operators.SHOWING}
    ]
    depth = 0
    for each in rest:
        depth += {"q": 1, "Q": -1}.get(str(each.operator), 0)
        if depth < 0:
            return None
    rest += [_instruction("Q")] * depth
    alone = pikepdf.new()
    alone.pages.append(page)
    text = [_unpainted(each) for each in own if str(each.operator) not in DRAWS]
    alone.pages[0].obj.Contents = Stream(alone, pikepdf.unparse_content_stream(text))
    out = io.BytesIO()
    alone.save(out)
    page.obj.Contents = Stream(pdf, pikepdf.unparse_content_stream(rest))
    page.remove_unreferenced_resources()
    return out.getvalue()


def drawn(content, most):
    """Draw a PDF of one page on clear ground.

    :param content: bytes.
    :param most: pixels of the image.
    :returns: an image in RGBA, of 300 dpi unless it would be too large.
    """
    document = PdfDocument(content)
    try:
        page = document[0]
        across, down = page.get_size()
        scale = READING_DPI / POINTS_PER_INCH
        scale = min(scale, (most / (across * down)) ** 0.5)
        width, height = max(1, int(across * scale)), max(1, int(down * scale))
        bitmap = PdfBitmap.new_native(
            width, height, raw.FPDFBitmap_BGRA, rev_byteorder=True
        )
        if not bitmap.raw:
            raise MemoryError
        bitmap.fill_rect((0, 0, 0, 0), 0, 0, width, height)
        raw.FPDF_RenderPageBitmap(
            bitmap, page, 0, 0, width, height, 0, raw.FPDF_REVERSE_BYTE_ORDER
        )
        return bitmap.to_pil()
    finally:
        document.close()


def lay_over(pdf, page, picture):
    """Lay an image in RGBA over the whole of a page whose states are balanced.

    :param pdf: to which the page belongs.
    """
    edges = picture.getchannel("A").getbbox()
    if edges is None:
        return
    left, top, right, bottom = edges
    part = picture.crop(edges)
    image = _image(pdf, part.convert("RGB"), Name.DeviceRGB)
    image.SMask = pdf.make_indirect(_image(pdf, part.getchannel("A"), Name.DeviceGray))
    box, rotation = qpdf.box_of(page), qpdf.rotation_of(page)
    width, height = box[2] - box[0], box[3] - box[1]
    if rotation in (90, 270):
        width, height = height, width
    across, down = width / picture.width, height / picture.height
    place = numbers(
        (right - left) * across,
        0,
        0,
        (bottom - top) * down,
        left * across,
        (picture.height - bottom) * down,
    )
    content = f"\nQ q {numbers(*turning(box, rotation))} cm {place} cm /{RESOURCE} Do Q"
    page.obj.Contents = Array(
        [
            pdf.make_indirect(Stream(pdf, b"q\n")),
            page.obj.Contents,
            pdf.make_indirect(Stream(pdf, content.encode())),
        ]
    )
    # Copies: pages may share their resources.
    resources = Dictionary(page.obj.get("/Resources", Dictionary()))
    named = Dictionary(resources.get("/XObject", Dictionary()))
    named["/" + RESOURCE] = pdf.make_indirect(image)
    resources.XObject = named
    page.obj.Resources = resources


def _image(pdf, picture, space):
    return Stream(
        pdf,
        zlib.compress(picture.tobytes()),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=picture.width,
        Height=picture.height,
        ColorSpace=space,
        BitsPerComponent=8,
        Filter=Name.FlateDecode,
    )


def _has_image(page):
    return any(
        each.get("/Subtype") == Name.Image
        for resources, _stream in operators.contents(page)
        for each in resources.get("/XObject", {}).values()
    )


def _blends(page):
    """Say whether something on the page mixes with what lies below it."""
    for resources, _stream in operators.contents(page):
        for state in resources.get("/ExtGState", {}).values():
            if state.get("/BM", Name.Normal) not in PLAIN_BLENDS:
                return True
            if isinstance(state.get("/SMask"), Dictionary):
                return True
    return False


def _ends_with_text(instructions):
    """Say whether there is text that one sees, and nothing is drawn after it."""
    found = False
    for _each, operator, mode in operators.with_text_mode(instructions):
        if mode > LAST_PLAIN_MODE:
            return False
        if operator in operators.SHOWING:
            found = found or mode != operators.INVISIBLE
        elif found and operator in PAINTS | DRAWS:
            return False
    return found


def _forms_have_text(page):
    return any(
        str(each.operator) in operators.SHOWING
        for _resources, stream in operators.contents(page)
        if stream is not None
        for each in pikepdf.parse_content_stream(stream)
    )


def _unpainted(instruction):
    """Return it; in place of one that paints a path, one that only ends it."""
    return _instruction("n") if str(instruction.operator) in PAINTS else instruction


def _instruction(operator):
    return ContentStreamInstruction([], Operator(operator))
