"""Pages from one PDF into another, through QPDF: streams go over as they are.

What comes along is the page alone: no scripts, actions, attachments, outlines or
structure of the file, and nothing that leads to its other pages. What annotations and
form fields show becomes part of the page.
"""

from eakte.scanning.errors import Damaged
from eakte.scanning.errors import Encrypted
from eakte.scanning.errors import TooLarge
from eakte.scanning.errors import WrongPassword
from pikepdf import AccessMode
from pikepdf import Array
from pikepdf import Dictionary
from pikepdf import Name
from pikepdf import ObjectStreamMode
from pikepdf import PasswordError
from pikepdf import PdfError
from pikepdf import Stream
from pikepdf import StreamDecodeLevel
from pikepdf.models import PdfParsingError

import pikepdf
import re


UNREADABLE = (
    PdfParsingError,
    AttributeError,
    IndexError,
    KeyError,
    PdfError,
    RuntimeError,
    TypeError,
    ValueError,
)
"""What comes of objects that are not what they should be."""

INHERITED = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")

KEPT = {
    *INHERITED,
    "/Contents",
    "/Group",
    "/Parent",
    "/Type",
    "/UserUnit",
}
"""Entries of a page that make what one sees."""

NOT_KEPT = (
    "/Alternates",
    "/LastModified",
    "/Metadata",
    "/OPI",
    "/PieceInfo",
    "/PS",
    "/Ref",
    "/StructParent",
    "/StructParents",
    "/Subtype2",
)
"""Entries of images and forms that lead elsewhere, or change what is printed."""

LETTER = (0, 0, 612, 792)
"""For a page without a size."""

DEPTH = 6
"""How deep forms lie in forms before the rest is left as it is."""

HIDING = re.compile(rb"(?<![\d.])3\s+Tr\b")
SHOWING = {"Tj", "TJ", "'", '"'}
INVISIBLE = 3
"""Render mode of text, ISO 32000-1:2008, 9.3.6."""


class Source:
    """A PDF from which pages are taken. It must live until these were saved.

    :param most: pages; more raise ``TooLarge``.
    :raises Damaged: and the other errors of a file that cannot be opened.
    """

    def __init__(self, path, password, most):
        try:
            # Not mapped into memory: that counts as address space.
            self.pdf = pikepdf.open(
                path, password=password or "", access_mode=AccessMode.stream
            )
            count = len(self.pdf.pages)
        except PasswordError as error:
            if password is None:
                raise Encrypted("The file opens only with a password.") from error
            raise WrongPassword("The password does not open the file.") from error
        except UNREADABLE as error:
            raise Damaged("The PDF cannot be read. Scan or send it again.") from error
        if count > most:
            raise TooLarge(f"The file has {count} pages, more than {most}.")
        self.page_count = count
        self._flat = True
        self._flatten()
        self.hides_layers = self._hides_layers()
        self.inks = self._inks()

    def close(self):
        """Close the file."""
        self.pdf.close()

    def page(self, number):
        """Return the page, reduced to what one sees; None if that cannot be done.

        :param number: from 1.
        :raises ValueError: there is no such page.
        """
        if not 1 <= number <= self.page_count:
            raise ValueError(f"No page {number}, there are {self.page_count}")
        try:
            page = self.pdf.pages[number - 1]
            if not self._flat and page.obj.get("/Annots"):
                return None
            _reduce(page.obj)
            page.remove_unreferenced_resources()
            for resources, _stream in contents(page):
                for each in resources.get("/XObject", {}).values():
                    _clean(each)
        except UNREADABLE:
            return None
        return page

    def _flatten(self):
        """Make what annotations and fields show part of the pages."""
        try:
            form = self.pdf.Root.get("/AcroForm")
            if form is None and not any("/Annots" in each for each in self.pdf.pages):
                return
            if form is not None and form.get("/NeedAppearances", False):
                self.pdf.generate_appearance_streams()
            self.pdf.flatten_annotations("screen")
        except UNREADABLE:
            self._flat = False

    def _hides_layers(self):
        try:
            layers = self.pdf.Root.get("/OCProperties", {}).get("/D", {})
            return bool(layers.get("/OFF")) or layers.get("/BaseState") == Name.OFF
        except UNREADABLE:
            return True

    def _inks(self):
        """Return the profile that the file itself names for the four inks, or None."""
        try:
            for intent in self.pdf.Root.get("/OutputIntents", ()):
                profile = intent.get("/DestOutputProfile")
                if profile is not None and profile.get("/N") == 4:
                    return profile.read_bytes()
        except UNREADABLE:
            return None
        return None


def contents(page):
    """Yield ``(resources, stream)`` of a page and of every form that it draws.

    For the page itself the stream is None.
    """
    seen = set()

    def walk(resources, depth):
        for each in resources.get("/XObject", {}).values():
            is_form = isinstance(each, Stream) and each.get("/Subtype") == Name.Form
            if not is_form or each.objgen in seen or depth == DEPTH:
                continue
            seen.add(each.objgen)
            inner = each.get("/Resources", resources)
            yield inner, each
            yield from walk(inner, depth + 1)

    resources = page.obj.get("/Resources", Dictionary())
    yield resources, None
    yield from walk(resources, 0)


def box_of(page):
    """Return ``(left, bottom, right, top)`` of what is displayed, before rotation."""
    media = _box(page.obj.get("/MediaBox")) or LETTER
    crop = _box(page.obj.get("/CropBox")) or media
    left, bottom = max(media[0], crop[0]), max(media[1], crop[1])
    right, top = min(media[2], crop[2]), min(media[3], crop[3])
    if left >= right or bottom >= top:
        return media
    return left, bottom, right, top


def rotation_of(page):
    """Return the degrees clockwise by which the page is turned: 0, 90, 180 or 270."""
    try:
        return round(int(page.obj.get("/Rotate", 0)) / 90) % 4 * 90
    except (TypeError, ValueError):
        return 0


def turn(page, rotation):
    """Turn a page as displayed, degrees clockwise."""
    page.obj.Rotate = (rotation_of(page) + rotation) % 360


def take_out_invisible_text(pdf, page):
    """Remove the text that nobody sees; return ``(removed, left)`` text operators.

    It is somebody else's recognition. Where visible text stands in the same text
    object, both are left, since one may be placed after the other.

    :param pdf: to which the page belongs.
    """
    removed = left = 0
    for _resources, stream in contents(page):
        target = page if stream is None else stream
        raw = _bytes(target)
        if HIDING.search(raw):
            kept, out, there = _without_invisible(pikepdf.parse_content_stream(target))
            removed += out
            left += there
            if out and stream is None:
                # A new stream: other pages may share the old one.
                page.obj.Contents = Stream(pdf, pikepdf.unparse_content_stream(kept))
            elif out:
                stream.write(pikepdf.unparse_content_stream(kept))
        else:
            left += len(re.findall(rb"T[jJ]\b", raw))
    return removed, left


def _bytes(target):
    if isinstance(target, Stream):
        return target.read_bytes()
    content = target.obj.get("/Contents")
    streams = [content] if isinstance(content, Stream) else content or ()
    return b"\n".join(each.read_bytes() for each in streams)


def _without_invisible(instructions):
    kept, block = [], None
    mode, modes, removed, left = 0, [], 0, 0
    for each in instructions:
        operator = str(each.operator)
        if operator == "q":
            modes.append(mode)
        elif operator == "Q":
            mode = modes.pop() if modes else mode
        elif operator == "Tr":
            mode = int(each.operands[0])
        elif operator == "BT":
            block, hidden, seen = [], 0, 0
        if operator in SHOWING and block is not None:
            hidden += mode == INVISIBLE
            seen += mode != INVISIBLE
        (kept if block is None else block).append(each)
        if operator == "ET" and block is not None:
            if not seen:
                block = [one for one in block if str(one.operator) not in SHOWING]
                removed += hidden
            else:
                left += seen
            kept += block
            block = None
    return kept + (block or []), removed, left


def give_inks(page, space):
    """Say what DeviceCMYK means, on the page and in its forms.

    :param space: a colour space of four channels, an object of the page's file.
    """
    for resources, _stream in contents(page):
        spaces = resources.get("/ColorSpace")
        if spaces is None:
            spaces = resources["/ColorSpace"] = Dictionary()
        spaces["/DefaultCMYK"] = space


def lay_under(pdf, page, content, **fonts):
    """Put operators before a page's own, where its unbalanced states do not reach."""
    own = page.obj.get("/Contents")
    streams = list(own) if isinstance(own, Array) else [own] if own is not None else []
    page.obj.Contents = Array([pdf.make_indirect(Stream(pdf, content)), *streams])
    # Copies: pages may share their resources.
    resources = Dictionary(page.obj.get("/Resources", Dictionary()))
    named = Dictionary(resources.get("/Font", Dictionary()))
    for name, font in fonts.items():
        named["/" + name] = font
    resources.Font = named
    page.obj.Resources = resources


def save(pdf, target):
    """Write a PDF 1.7; LZW, which PDF/A forbids, is packed as Flate."""
    pdf.save(
        target,
        force_version="1.7",
        object_stream_mode=ObjectStreamMode.generate,
        compress_streams=True,
        stream_decode_level=StreamDecodeLevel.generalized,
    )


def _reduce(page):
    for key in INHERITED:
        if key not in page:
            value = _inherited(page, key)
            if value is not None:
                page[key] = value
    for key in list(page.keys()):
        if key not in KEPT:
            del page[key]


def _inherited(page, key):
    node = page
    for _ in range(50):
        node = node.get("/Parent")
        if not isinstance(node, Dictionary):
            return None
        if key in node:
            return node[key]
    return None


def _clean(xobject):
    for key in NOT_KEPT:
        if key in xobject:
            del xobject[key]
    if xobject.get("/Subtype") == Name.Image and "/Interpolate" in xobject:
        # Smoothing is the reader's business; PDF/A forbids it.
        del xobject["/Interpolate"]


def _box(value):
    if value is None or len(value) != 4:
        return None
    x1, y1, x2, y2 = (float(each) for each in value)
    left, right = sorted((x1, x2))
    bottom, top = sorted((y1, y2))
    return (left, bottom, right, top) if left < right and bottom < top else None
