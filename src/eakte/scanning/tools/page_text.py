"""The text that a page of a PDF brings along, through PDFium's text page."""

from collections import Counter
from eakte.scanning.cleaning import clean
from eakte.scanning.model import Word
from pypdfium2 import raw

import ctypes
import math


HYPHEN = 0x02
"""What PDFium makes of a hyphen at the end of a line."""

FINE = 1_000_000
"""Pixels of the imagined device: boxes are exact to a millionth of the page."""

INVISIBLE = {raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP}

CERTAIN = 100.0


def read_own_text(page):
    """Return ``(text, words, visible, unknown, rotation)``; see ``OwnText``."""
    handle = raw.FPDFText_LoadPage(page)
    if not handle:
        return "", (), 0, 0.0, 0
    try:
        return _Reader(page, handle).read()
    finally:
        raw.FPDFText_ClosePage(handle)


class _Reader:
    """Goes through the characters of a page once and joins them to words."""

    def __init__(self, page, handle):
        self.handle = handle
        self.place = Display(page)
        self.modes = {}
        self.text = []
        self.words = []
        self.visible = 0
        self.directions = Counter()
        self.start_word()

    def start_word(self):
        self.letters = []
        self.boxes = []
        self.seen = False

    def read(self):
        known = unknown = 0
        for index in range(max(0, raw.FPDFText_CountChars(self.handle))):
            code = raw.FPDFText_GetUnicode(self.handle, index)
            if code == HYPHEN:
                code = ord("-")
            character = chr(code) if code < 0x110000 else "\ufffd"
            if character.isspace():
                self.end_word()
                self.text.append("\n" if character in "\r\n" else " ")
                continue
            if raw.FPDFText_IsGenerated(self.handle, index):
                continue
            box = self.box(index)
            if box is None:
                # Beyond the edge of the page: nobody sees it.
                continue
            if _unreadable(code) or raw.FPDFText_HasUnicodeMapError(self.handle, index):
                unknown += 1
            else:
                known += 1
            self.add(index, character, box)
        self.end_word()
        total = known + unknown
        return (
            _joined(self.text),
            tuple(self.words),
            self.visible,
            unknown / total if total else 0.0,
            self.directions.most_common(1)[0][0] if self.directions else 0,
        )

    def add(self, index, character, box):
        self.letters.append(character)
        self.boxes.append(box)
        self.seen = self.seen or self.mode(index) not in INVISIBLE
        angle = raw.FPDFText_GetCharAngle(self.handle, index)
        self.directions[self.place.rotation(angle)] += 1

    def end_word(self):
        # Characters beyond the basic plane may come as two halves.
        halves = "".join(self.letters).encode("utf-16", "surrogatepass")
        text = clean(halves.decode("utf-16", "replace"))
        if text:
            left, top, right, bottom = zip(*self.boxes, strict=True)
            self.words.append(
                Word(text, min(left), min(top), max(right), max(bottom), CERTAIN)
            )
            self.text.append(text)
            self.visible += self.seen
        self.start_word()

    def mode(self, index):
        obj = raw.FPDFText_GetTextObject(self.handle, index)
        address = ctypes.cast(obj, ctypes.c_void_p).value
        if address is None:
            return raw.FPDF_TEXTRENDERMODE_FILL
        if address not in self.modes:
            self.modes[address] = raw.FPDFTextObj_GetTextRenderMode(obj)
        return self.modes[address]

    def box(self, index):
        """Return the box on the page as displayed, None when it lies beyond."""
        rect = raw.FS_RECTF()
        if not raw.FPDFText_GetLooseCharBox(self.handle, index, rect):
            return None
        return self.place.box(rect.left, rect.top, rect.right, rect.bottom)


class Display:
    """Turns page coordinates into fractions of the page as displayed.

    PDFium knows the crop box and ``/Rotate``; three points tell it all.
    """

    def __init__(self, page):
        width, height = page.get_size()
        # In the page's own points; any length does that is not tiny.
        span = max(width, height) or 1
        self.x0, self.y0 = self._device(page, 0, 0)
        x1, y1 = self._device(page, span, 0)
        x2, y2 = self._device(page, 0, span)
        self.xx, self.yx = (x1 - self.x0) / span, (y1 - self.y0) / span
        self.xy, self.yy = (x2 - self.x0) / span, (y2 - self.y0) / span
        self.aspect = height / width if width else 1

    @staticmethod
    def _device(page, x, y):
        across, down = ctypes.c_int(), ctypes.c_int()
        raw.FPDF_PageToDevice(page, 0, 0, FINE, FINE, 0, x, y, across, down)
        return across.value / FINE, down.value / FINE

    def point(self, x, y):
        return self.x0 + self.xx * x + self.xy * y, self.y0 + self.yx * x + self.yy * y

    def box(self, left, top, right, bottom):
        (x1, y1), (x2, y2) = self.point(left, top), self.point(right, bottom)
        left, right = sorted((x1, x2))
        top, bottom = sorted((y1, y2))
        if not (right >= 0 and left <= 1 and bottom >= 0 and top <= 1):
            return None
        return max(0.0, left), max(0.0, top), min(1.0, right), min(1.0, bottom)

    def rotation(self, angle):
        """Return the degrees clockwise that make text of this angle level.

        :param angle: of the baseline on the page without its own rotation, radians.
        """
        if angle < 0:
            return 0
        # PDFium counts it clockwise.
        x, y = math.cos(angle), -math.sin(angle)
        across = self.xx * x + self.xy * y
        down = (self.yx * x + self.yy * y) * self.aspect
        turned = math.degrees(math.atan2(down, across))
        return round(-turned / 90) % 4 * 90


def _unreadable(code):
    """Private use, surrogate of nothing, control: the font does not say."""
    return code < 0x20 or 0xE000 <= code <= 0xF8FF or code in (0xFFFD, 0xFFFE, 0xFFFF)


def _joined(parts):
    lines = "".join(parts).replace("\n\n", "\n").split("\n")
    return "\n".join(" ".join(line.split()) for line in lines).strip()
