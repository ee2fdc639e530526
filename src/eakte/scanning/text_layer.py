"""The invisible text over a page: what makes an archive copy searchable.

Words are laid where they stand, in render mode 3 (ISO 32000-1:2008, 9.3.6), so that
marking, copying and searching work in every reader. The glyphs are blank: all that
counts is the place, the width and which character it is, and that is said by
``ToUnicode`` for every character that a word may hold, those of DIN 91379 with their
combining marks included.
"""

from eakte.scanning.model import Origin
from eakte.scanning.raster import turned_box
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from pikepdf import Array
from pikepdf import Dictionary
from pikepdf import Name
from pikepdf import Stream
from statistics import median

import functools
import io
import unicodedata


RESOURCE = "EakteText"
"""Name of the font on a page; nobody else's."""

ADVANCE = 500
ASCENT = 800
DESCENT = -200
"""Thousandths of the font size: the box of each glyph."""

ASTRAL = range(0xD800, 0xE000)
"""Codes for characters beyond the basic plane: surrogates are no characters, so that
no character of the basic plane has them."""

BLOCK = 100
"""Most entries of a ``bfchar`` section, Adobe Technical Note 5014."""

TALL = 0.72
LOW = 0.52
MARKED = 0.93
BELOW = 0.21
"""How far letters reach up and down, in parts of the font size: capitals, small
letters, capitals with a mark, descenders. The mean of usual book types."""

DESCENDING = set("gjpqy,;()[]{}|§Qµçşţ")
ASCENDING = set("bdfhijkltßþðłđħ'\"“”„‘’!?&%/\\()[]{}|§$€")


class Layer:
    """Text for a number of pages, and the one font that they share."""

    def __init__(self):
        self._astral = {}
        self._used = set()

    def content(self, text, width, height):
        """Return the operators that lay the words on a page as displayed.

        The origin is the lower left corner of the page as displayed.

        :param text: ``PageText``.
        :param width: of the page as displayed, in any unit, likewise the height.
        """
        if not text.words:
            return b""
        matrix = turning((0, 0, width, height), text.rotation)
        if text.rotation in (90, 270):
            width, height = height, width
        parts = [f"q {numbers(*matrix)} cm BT 3 Tr"]
        for line in lines_of(text):
            parts += self._line(line, text, width, height)
        parts.append("ET Q\n")
        return "\n".join(parts).encode("ascii")

    def font(self, pdf):
        """Return the font, an indirect object of ``pdf``, for all content so far."""
        name = Name("/EAKTEA+EakteText")
        codes = sorted(self._used) or [0x20]
        glyphs = b"\0\0" + b"\0\1" * codes[-1]
        descriptor = Dictionary(
            Type=Name.FontDescriptor,
            FontName=name,
            Flags=4,
            FontBBox=Array([0, DESCENT, ADVANCE, ASCENT]),
            ItalicAngle=0,
            Ascent=ASCENT,
            Descent=DESCENT,
            CapHeight=ASCENT,
            StemV=80,
            FontFile2=Stream(pdf, blank_font()),
        )
        descendant = Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=name,
            CIDSystemInfo=Dictionary(
                Registry="Adobe", Ordering="Identity", Supplement=0
            ),
            FontDescriptor=pdf.make_indirect(descriptor),
            DW=ADVANCE,
            CIDToGIDMap=Stream(pdf, glyphs),
        )
        return pdf.make_indirect(
            Dictionary(
                Type=Name.Font,
                Subtype=Name.Type0,
                BaseFont=name,
                Encoding=Name("/Identity-H"),
                DescendantFonts=Array([pdf.make_indirect(descendant)]),
                ToUnicode=Stream(pdf, self._to_unicode(codes)),
            )
        )

    def _line(self, line, text, width, height):
        boxes = [_placed(word, text.rotation, width, height) for word in line]
        exact = text.origin is Origin.DIGITAL
        size = None if exact else _font_size(line, boxes)
        for index, (word, box) in enumerate(zip(line, boxes, strict=True)):
            left, bottom, right, top = box
            if exact:
                # Their boxes are those of the font, from ascent to descent.
                size = max(top - bottom, 0.5)
                base = bottom - DESCENT / 1000 * size
            else:
                base = bottom + _reach(word.text)[1] * size
            codes = self._codes(_as_seen(word.text))
            if not codes:
                continue
            yield f"/{RESOURCE} {numbers(size)} Tf 1 0 0 1 {numbers(left, base)} Tm"
            yield self._shown(codes, right - left, size)
            if index + 1 < len(line):
                gap = max(boxes[index + 1][0] - right, size / 20)
                yield self._shown(self._codes(" "), gap, size)

    def _shown(self, codes, width, size):
        natural = len(codes) * ADVANCE / 1000 * size
        scale = max(width, 0.05) / natural * 100
        shown = "".join(f"{code:04X}" for code in codes)
        return f"{numbers(scale)} Tz <{shown}> Tj"

    def _codes(self, text):
        codes = []
        for character in text:
            code = ord(character)
            if code > 0xFFFF:
                code = self._astral.get(character)
                if code is None and len(self._astral) < len(ASTRAL):
                    code = ASTRAL[len(self._astral)]
                    self._astral[character] = code
            elif code in ASTRAL or not code:
                code = None
            if code is not None:
                self._used.add(code)
                codes.append(code)
        return codes

    def _to_unicode(self, codes):
        astral = {code: character for character, code in self._astral.items()}
        rows = []
        for code in codes:
            character = astral.get(code) or chr(code)
            rows.append(f"<{code:04X}> <{character.encode('utf-16-be').hex().upper()}>")
        blocks = [rows[at : at + BLOCK] for at in range(0, len(rows), BLOCK)]
        sections = [
            "\n".join([f"{len(block)} beginbfchar", *block, "endbfchar"])
            for block in blocks
        ]
        return CMAP.format(sections="\n".join(sections)).encode("ascii")


CMAP = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
{sections}
endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


def turning(box, rotation):
    """Return the matrix from a turned sheet to the sheet itself.

    :param box: ``(left, bottom, right, top)`` of the sheet.
    :param rotation: degrees clockwise by which it was turned. The turned sheet has
        its origin in its own lower left corner.
    :returns: the six numbers of ``cm``, ISO 32000-1:2008, 8.3.4.
    """
    left, bottom, right, top = box
    return {
        0: (1, 0, 0, 1, left, bottom),
        90: (0, 1, -1, 0, right, bottom),
        180: (-1, 0, 0, -1, right, top),
        270: (0, -1, 1, 0, left, top),
    }[rotation]


def numbers(*values):
    """Return numbers as PDF writes them.

    >>> numbers(1, 0.5, 12.3456789)
    '1 0.5 12.34568'
    """
    return " ".join(
        f"{value:.5f}".rstrip("0").rstrip(".") if value else "0" for value in values
    )


def lines_of(text):
    """Yield the words of a ``PageText`` line by line, as its text breaks them."""
    line, end = [], 0
    for word in text.words:
        start = text.text.find(word.text, end)
        if line and (start < 0 or "\n" in text.text[end:start]):
            yield line
            line = []
        line.append(word)
        if start >= 0:
            end = start + len(word.text)
    if line:
        yield line


@functools.cache
def blank_font():
    """Return a TrueType font with one blank glyph that is not ``.notdef``."""
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "blank"])
    builder.setupCharacterMap({0x20: "blank"})
    empty = TTGlyphPen(None).glyph()
    builder.setupGlyf({".notdef": empty, "blank": empty})
    builder.setupHorizontalMetrics({".notdef": (ADVANCE, 0), "blank": (ADVANCE, 0)})
    builder.setupHorizontalHeader(ascent=ASCENT, descent=DESCENT)
    builder.setupNameTable({"familyName": "EakteText", "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=ASCENT, sTypoDescender=DESCENT)
    builder.setupPost()
    out = io.BytesIO()
    builder.save(out)
    return out.getvalue()


def _placed(word, rotation, width, height):
    """Return ``(left, bottom, right, top)`` on the page as read."""
    box = (word.left, word.top, word.right, word.bottom)
    left, top, right, bottom = turned_box(box, rotation)
    return left * width, (1 - bottom) * height, right * width, (1 - top) * height


def _font_size(line, boxes):
    """Return the size that the letters of a line suggest.

    One for the line: with a size of its own for each word, readers would take the
    words for parts of different lines.
    """
    sizes = []
    for word, (_left, bottom, _right, top) in zip(line, boxes, strict=True):
        above, below = _reach(word.text)
        sizes.append((top - bottom) / (above + below))
    return max(median(sizes), 0.5)


def _reach(text):
    """Return how far a word reaches above and below its baseline, in font sizes."""
    above, below = 0, 0
    for character in unicodedata.normalize("NFD", text):
        if character in DESCENDING:
            below = BELOW
        if unicodedata.combining(character):
            above = MARKED if above == TALL else max(above, TALL)
        elif character.isupper() or character.isdigit() or character in ASCENDING:
            above = max(above, TALL)
        elif character.isalpha():
            above = max(above, LOW)
    return above or TALL, below


def _as_seen(text):
    """Return the characters from left to right, as readers expect them."""
    if any(unicodedata.bidirectional(each) in ("R", "AL") for each in text):
        return text[::-1]
    return text
