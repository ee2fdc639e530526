"""JPEG, PNG and TIFF as pages of a PDF: the compressed pixels go over as they are.

JPEG stays JPEG (``DCTDecode``), also within TIFF, PNG keeps its deflated rows
(``FlateDecode`` with PNG predictors), Group 4 fax stays what it is
(``CCITTFaxDecode``); each strip of a TIFF becomes an image of its own. What PDF does
not know (LZW rows, transparency, interlaced rows) is packed anew without loss.
"""

from contextlib import contextmanager
from dataclasses import dataclass
from dataclasses import field
from eakte.scanning.errors import Damaged
from eakte.scanning.errors import TooLarge
from eakte.scanning.model import Kind
from eakte.scanning.text_layer import numbers
from eakte.scanning.tools import colours
from eakte.scanning.tools import images
from pikepdf import Array
from pikepdf import Dictionary
from pikepdf import Name
from pikepdf import Stream
from PIL import ExifTags
from PIL import Image
from PIL import ImageFile
from PIL import ImageOps
from PIL import TiffTags
from PIL import UnidentifiedImageError

import io
import struct
import zlib


GROUP_4, JPEG = 4, 7
"""Compression, TIFF 6.0, 259."""

TAGS = {tag.name: number for number, tag in TiffTags.TAGS_V2.items()}

BLACK_IS_ZERO = 1
RGB = 2
"""Photometric interpretation, TIFF 6.0, 262."""

MIRRORED_BITS = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))

PNG_HEAD = struct.Struct(">IIBBBBB")

PLAIN = ("1", "L", "P", "RGB", "I;16", "CMYK")
"""Kinds of pixels that PDF has too."""

CHANNELS = {"1": 1, "P": None, "L": 1, "I;16": 1, "RGB": 3, "CMYK": 4}
DEVICE = {1: Name.DeviceGray, 3: Name.DeviceRGB, 4: Name.DeviceCMYK}
ICC_SPACE = {b"GRAY": 1, b"RGB ": 3, b"CMYK": 4}
ICC_CLASSES = (b"scnr", b"mntr", b"prtr", b"spac")
NEWEST_ICC = 4

# Where an image goes whose orientation tag is 1 to 8, as (a, b, c, d, e, f) of ``cm``
# for a page of 1 x 1.
ORIENTED = {
    1: (1, 0, 0, 1, 0, 0),
    2: (-1, 0, 0, 1, 1, 0),
    3: (-1, 0, 0, -1, 1, 1),
    4: (1, 0, 0, -1, 0, 1),
    5: (0, -1, -1, 0, 1, 1),
    6: (0, -1, 1, 0, 0, 1),
    7: (0, 1, 1, 0, 0, 0),
    8: (0, 1, -1, 0, 1, 0),
}


@dataclass(frozen=True, slots=True)
class _Piece:
    """A rectangle of the picture, compressed.

    :param box: ``(left, top, right, bottom)`` in fractions of the picture.
    :param entries: for the image's dictionary.
    """

    content: bytes
    width: int
    height: int
    box: tuple[float, float, float, float] = (0, 0, 1, 1)
    entries: dict = field(default_factory=dict)


def add_page(pdf, path, kind, number, size, pixels):
    """Append a page of an image file to a PDF.

    :param size: ``PageSize`` of the page as displayed.
    :param pixels: most that are decoded, where decoding is needed at all.
    """
    with _page(path, kind, number) as image:
        orientation = _orientation(image)
        profile = image.info.get("icc_profile")
        pieces, channels = None, CHANNELS.get(image.mode)
        if image.format in ("JPEG", "MPO"):
            pieces = _jpeg(path)
        elif kind is Kind.PNG:
            with open(path, "rb") as file:  # noqa: PTH123
                pieces = _png(file.read())
        elif kind is Kind.TIFF:
            pieces = _tiff(image, path)
        if pieces is None:
            # Then it stands as it is displayed.
            picture = _decoded(image, path, kind, number, pixels)
            orientation = 1
            pieces, channels = _packed(picture), CHANNELS.get(picture.mode)
    space = _space(pdf, channels, profile)
    _lay(pdf, pieces, space, ORIENTED[orientation], size)


@contextmanager
def _page(path, kind, number):
    try:
        with Image.open(path, formats=[kind.value]) as image:
            if number > 1:
                image.seek(number - 1)
            yield image
    except (EOFError, UnidentifiedImageError) as error:
        raise Damaged(
            f"The image of page {number} cannot be read. Scan it again."
        ) from error


def _orientation(image):
    """Return the orientation tag, 1 to 8."""
    if image.format == "PNG" and "exif" not in image.info:
        # Pillow would decode all of it to look behind the pixels.
        return 1
    try:
        orientation = image.getexif().get(ExifTags.Base.Orientation)
    except images.UNDECODABLE:
        return 1
    return orientation if orientation in ORIENTED else 1


def add_picture(pdf, jpeg, size):
    """Append a page that is one JPEG of ours, in RGB or grey."""
    with Image.open(io.BytesIO(jpeg)) as image:
        width, height = image.size
        space = DEVICE[CHANNELS[image.mode]]
    piece = _Piece(jpeg, width, height, entries=_DCT)
    _lay(pdf, [piece], space, ORIENTED[1], size)


_DCT = {"/BitsPerComponent": 8, "/Filter": Name.DCTDecode}


def _lay(pdf, pieces, space, matrix, size):
    width, height = size.width, size.height
    a, b, c, d, e, f = matrix
    whole = (a * width, b * height, c * width, d * height, e * width, f * height)
    names, content = Dictionary(), []
    for index, piece in enumerate(pieces):
        entries = {"/ColorSpace": space} | piece.entries
        image = Stream(pdf, piece.content)
        image.Type, image.Subtype = Name.XObject, Name.Image
        image.Width, image.Height = piece.width, piece.height
        for key, value in entries.items():
            image[key] = value
        names[f"/Im{index}"] = image
        left, top, right, bottom = piece.box
        part = (right - left, 0, 0, bottom - top, left, 1 - bottom)
        content.append(
            f"q {numbers(*whole)} cm {numbers(*part)} cm /Im{index} Do Q".encode()
        )
    pdf.add_blank_page(page_size=(width, height))
    page = pdf.pages[-1]
    page.obj.Resources = Dictionary(XObject=names)
    page.obj.Contents = Stream(pdf, b"\n".join(content))


def _space(pdf, channels, profile):
    """Return the colour space: the picture's own profile if it is one."""
    if channels is None:
        # A palette brings its own.
        return DEVICE[3]
    if profile is None or not is_profile(profile, channels):
        if channels < 4:
            return DEVICE[channels]
        profile = colours.offset_printing()
    return icc_based(pdf, profile, channels)


def icc_based(pdf, profile, channels):
    """Return a colour space for an ICC profile."""
    return pdf.make_indirect(
        Array([Name.ICCBased, pdf.make_indirect(Stream(pdf, profile, N=channels))])
    )


def is_profile(profile, channels):
    """Say whether bytes are an ICC profile that PDF/A-2 allows for an image."""
    return (
        len(profile) > 128
        and profile[8] <= NEWEST_ICC
        and profile[12:16] in ICC_CLASSES
        and ICC_SPACE.get(profile[16:20]) == channels
        and profile[36:40] == b"acsp"
    )


def _jpeg(path):
    with open(path, "rb") as file:  # noqa: PTH123
        content = file.read()
    piece = _jpeg_piece(content)
    return piece and [piece]


def _jpeg_piece(content, **options):
    """Return a JPEG as it is; None when PDF does not know this kind of JPEG."""
    try:
        with Image.open(io.BytesIO(content), formats=["JPEG"]) as image:
            adobe = "adobe" in image.info
            mode, (width, height), bits = image.mode, image.size, image.bits
    except images.UNDECODABLE:
        return None
    if bits != 8 or mode not in CHANNELS or _is_arithmetic(content):
        return None
    entries = dict(_DCT)
    if mode == "CMYK" and adobe:
        # Photoshop's ink values are the wrong way round.
        entries["/Decode"] = Array([1, 0] * 4)
    if options:
        entries["/DecodeParms"] = Dictionary(**options)
    return _Piece(content, width, height, entries=entries)


def _is_arithmetic(content):
    """Say whether the frame is coded arithmetically or without loss (SOF3, SOF5-15)."""
    at = 2
    while at + 4 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            return marker > 0xC2
        at += 2 + int.from_bytes(content[at + 2 : at + 4])
    return True


def _png(content):
    """Return a PNG's rows as they are; None when they are interlaced or transparent."""
    at, rows, head, palette = 8, [], None, None
    while at + 12 <= len(content):
        length = int.from_bytes(content[at : at + 4])
        name = content[at + 4 : at + 8]
        chunk = content[at + 8 : at + 8 + length]
        at += 12 + length
        if name == b"IHDR" and len(chunk) == PNG_HEAD.size:
            head = PNG_HEAD.unpack(chunk)
        elif name == b"PLTE":
            palette = chunk
        elif name == b"tRNS":
            return None
        elif name == b"IDAT":
            rows.append(chunk)
        elif name == b"IEND":
            break
    if head is None or not rows:
        return None
    width, height, bits, kind, _, _, interlaced = head
    if interlaced or kind not in (0, 2, 3) or (kind == 3 and not palette):
        return None
    entries = {
        "/BitsPerComponent": bits,
        "/Filter": Name.FlateDecode,
        "/DecodeParms": Dictionary(
            Predictor=15,
            Colors=3 if kind == 2 else 1,
            BitsPerComponent=bits,
            Columns=width,
        ),
    }
    if kind == 3:
        most = min(len(palette) // 3, 1 << bits) - 1
        entries["/ColorSpace"] = Array(
            [Name.Indexed, Name.DeviceRGB, most, palette[: 3 * most + 3]]
        )
    return [_Piece(b"".join(rows), width, height, entries=entries)]


def _tiff(image, path):
    """Return the strips or tiles of a TIFF as they are; None when PDF cannot."""
    tags = image.tag_v2
    compression = tags.get(TAGS["Compression"])
    if (
        compression not in (GROUP_4, JPEG)
        or tags.get(TAGS["PlanarConfiguration"], 1) != 1
    ):
        return None
    width, height = tags[TAGS["ImageWidth"]], tags[TAGS["ImageLength"]]
    across, down = tags.get(TAGS["TileWidth"]), tags.get(TAGS["TileLength"])
    where = ("TileOffsets", "TileByteCounts")
    if not across or not down:
        across, down = width, min(height, tags.get(TAGS["RowsPerStrip"], height))
        where = ("StripOffsets", "StripByteCounts")
    offsets, lengths = (tags.get(TAGS[name], ()) for name in where)
    pieces = []
    with open(path, "rb") as file:  # noqa: PTH123
        for index, (offset, length) in enumerate(zip(offsets, lengths, strict=False)):
            row, column = divmod(index, -(-width // across))
            left, top = column * across, row * down
            is_tile = where[0] == "TileOffsets"
            rows = down if is_tile else min(down, height - top)
            file.seek(offset)
            content = file.read(length)
            piece = (
                _fax(content, tags, across, rows)
                if compression == GROUP_4
                else _jpeg_strip(content, tags)
            )
            if piece is None or piece.width != across:
                return None
            box = (
                left / width,
                top / height,
                (left + across) / width,
                (top + piece.height) / height,
            )
            if box[2] > 1 or box[3] > 1:
                # The last tiles reach beyond the edge.
                return None
            pieces.append(
                _Piece(piece.content, piece.width, piece.height, box, piece.entries)
            )
    return pieces or None


def _fax(content, tags, width, rows):
    if tags.get(TAGS["FillOrder"], 1) == 2:
        content = content.translate(MIRRORED_BITS)
    entries = {
        "/BitsPerComponent": 1,
        "/ColorSpace": Name.DeviceGray,
        "/Filter": Name.CCITTFaxDecode,
        "/DecodeParms": Dictionary(
            K=-1,
            Columns=width,
            Rows=rows,
            BlackIs1=tags.get(TAGS["PhotometricInterpretation"], 0) == BLACK_IS_ZERO,
        ),
    }
    return _Piece(content, width, rows, entries=entries)


def _jpeg_strip(content, tags):
    tables = tags.get(TAGS["JPEGTables"])
    if tables:
        content = bytes(tables)[:-2] + content[2:]
    if tags.get(TAGS["PhotometricInterpretation"]) == RGB:
        return _jpeg_piece(content, ColorTransform=0)
    return _jpeg_piece(content)


def _decoded(image, path, kind, number, pixels):
    """Return the picture as displayed, in its own colours where PDF has them."""
    if image.width * image.height > pixels:
        raise TooLarge(
            f"Page {number} has {image.width} x {image.height} pixels, more than can "
            "be copied. Scan it again with a lower resolution."
        )
    if image.mode not in PLAIN or image.has_transparency_data:
        across = image.width
        if image.format != "TIFF" and _orientation(image) in images.QUARTER_TURN:
            across = image.height
        return images.render(path, kind, number, across, 0, pixels)
    ImageFile.LOAD_TRUNCATED_IMAGES = True
    try:
        image.load()
        return ImageOps.exif_transpose(image)
    except images.UNDECODABLE as error:
        raise Damaged(
            f"The image of page {number} cannot be read. Scan it again."
        ) from error


def _packed(picture):
    """Pack pixels without loss."""
    if picture.mode == "CMYK":
        entries = {"/BitsPerComponent": 8, "/Filter": Name.FlateDecode}
        rows = zlib.compress(picture.tobytes())
        return [_Piece(rows, *picture.size, entries=entries)]
    out = io.BytesIO()
    picture.save(out, "PNG")
    return _png(out.getvalue())
