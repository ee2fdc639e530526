"""Pages from one PDF into another, through QPDF: streams go over as they are.

What comes along is the page alone: no scripts, actions, attachments, outlines or
structure of the file, and nothing that leads to its other pages. What annotations and
form fields show becomes part of the page.
"""

from eakte.scanning.errors import Damaged
from eakte.scanning.errors import Encrypted
from eakte.scanning.errors import TooLarge
from eakte.scanning.errors import WrongPassword
from eakte.scanning.tools.operators import bytes_of
from eakte.scanning.tools.operators import contents
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

import contextlib
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

LZW = {Name.LZWDecode, Name.LZW}


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
            _clean_all(page)
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


def bring_out_inline_images(page):
    """Make objects of the images that stand in the page's own operators.

    Then they are cleaned like all others. Return whether there were any.
    """
    if not re.search(rb"\bBI\s", bytes_of(page)):
        return False
    page.externalize_inline_images(0)
    _clean_all(page)
    return True


def empty_images(page):
    """Take the pixels out of a page's images; what is said of them stays.

    Those of JPEG 2000 are left, since they say themselves what they are.
    """
    for resources, _stream in contents(page):
        for each in resources.get("/XObject", {}).values():
            for image in (each, each.get("/SMask"), each.get("/Mask")):
                if isinstance(image, Stream) and image.get("/Subtype") == Name.Image:
                    _empty(image)


def _empty(image):
    if Name.JPXDecode not in _filters(image):
        parameters = image.get("/DecodeParms")
        image.write(b"", filter=image.get("/Filter"), decode_parms=parameters)


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
    """Write a PDF 1.7; what is compressed goes over as it is.

    But for LZW, which PDF/A forbids: that is packed as Flate.
    """
    for each in pdf.objects:
        if isinstance(each, Stream):
            _name_filter(each)
            if not LZW.isdisjoint(_filters(each)):
                with contextlib.suppress(PdfError):
                    # Where a second filter stands in the way, it is left.
                    each.write(each.read_bytes())
    pdf.save(
        target,
        force_version="1.7",
        object_stream_mode=ObjectStreamMode.generate,
        compress_streams=True,
        stream_decode_level=StreamDecodeLevel.none,
    )


def _name_filter(stream):
    """Write the one filter of a list as a name: QPDF packs the others anew."""
    filters = stream.get("/Filter")
    if isinstance(filters, Array) and len(filters) == 1:
        stream.Filter = filters[0]
        parameters = stream.get("/DecodeParms")
        if isinstance(parameters, Array) and len(parameters):
            del stream.DecodeParms
            if isinstance(parameters[0], Dictionary):
                stream.DecodeParms = parameters[0]


def _filters(stream):
    filters = stream.get("/Filter")
    return {filters} if isinstance(filters, Name) else set(filters or ())


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


def _clean_all(page):
    for resources, _stream in contents(page):
        for each in resources.get("/XObject", {}).values():
            _clean(each)


def _clean(xobject):
    mask = xobject.get("/SMask") if xobject.get("/Subtype") == Name.Image else None
    if isinstance(mask, Stream):
        _clean(mask)
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
