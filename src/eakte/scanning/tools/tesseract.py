"""Recognition of characters, through Tesseract's library.

The library is kept loaded, a language at a time, and takes raw pixels: no process and
no image file for a page.
"""

from dataclasses import dataclass
from eakte.scanning.cleaning import clean
from eakte.scanning.errors import ToolFailed
from eakte.scanning.errors import ToolMissing
from eakte.scanning.model import CERTAIN_FROM
from eakte.scanning.model import Word
from eakte.scanning.raster import shrinking
from eakte.scanning.raster import turned
from eakte.scanning.raster import turned_box
from pathlib import Path
from tesserocr import OEM
from tesserocr import PSM
from tesserocr import PyTessBaseAPI
from tesserocr import RIL

import functools
import math
import os
import re


LANGUAGE = re.compile(r"[a-z]{3,}(_[a-z]+)*", re.IGNORECASE)

CONFIDENT = 65
"""Mean confidence (0 to 100) of a page read the right way up. Below, it may stand on
its head: those have 30 to 40, bad typescript 70."""

LEGIBLE = 60
"""Confidence (0 to 100) from which on the letters of a word speak for a direction."""

DOUBTFUL = 30
"""Confidence (0 to 100) below which a word must have a letter or digit to be kept.
What has none is a fold, a table's rule or a stain; with letters it is a word that was
hard to read, and better found with one letter wrong than not at all."""

TYPE_DPI = 200
"""Resolution at which print of 6 points and more is read. Measured on letters in three
typefaces of 5 to 14 points, scanned with grain at 300 dpi: as many errors as at 300,
in two thirds of the time."""

MORE_DPI = 240
"""An image that has less is taken as it is: the gain is not worth the blur."""

SMALL_LINE = 16
"""Pixels. Lines that are lower at that resolution are of less than 5.5 points: they had
up to five times as many errors as at 300 dpi, which they are read at then."""

SMALL_SHARE = 4
"""One line in so many is enough to read all of the page at the higher resolution."""

LINE_SHAPE = 4
"""A line is so many times as long as high: shorter ones may be of capitals only."""

LOOK_SCALE = 2
"""The direction is looked for at half of the resolution for reading."""

POSTER_SCALE = 3
"""Where nothing was found, letters are looked for that are as much larger."""

LANGUAGES_KEPT = 2
"""Some 60 MiB each."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read.

    :param words: boxes refer to the image that was given, however it was turned.
    :param confidence: 0 to 100, weighted by the words' length; None without words.
    :param rotation: degrees clockwise that turn the image so that it can be read.
    """

    text: str
    words: tuple[Word, ...]
    confidence: float | None
    rotation: int

    @property
    def letters(self):
        """How many characters were read with some certainty."""
        return sum(len(word.text) for word in self.words if word.confidence >= LEGIBLE)


def read(image, dpi, languages):
    """Recognise the characters of a page; it may lie on its side or on its head.

    :param image: grey.
    :param languages: names joined by ``+``.
    :raises ToolMissing: a language is not installed.
    """
    check(languages)
    straight = _read_level(image, dpi, languages)
    if straight.confidence is None:
        # Letters an inch high are taken for pictures.
        smaller = image.reduce(POSTER_SCALE)
        straight = _read_level(smaller, dpi / POSTER_SCALE, languages)
    if straight.confidence is None and dpi >= MORE_DPI:
        # Letters too small to be seen as such.
        straight = _read_level(image, dpi, languages, finest=True)
    if straight.confidence is None or straight.confidence >= CERTAIN_FROM:
        return straight
    rotation, best = 0, straight
    if straight.confidence < CONFIDENT:
        rotation = _direction(image, dpi, languages)
    if rotation:
        upright = _read_turned(image, dpi, languages, rotation)
        if upright.letters > straight.letters:
            best = upright
        else:
            rotation = 0
    doubtful = best.confidence is not None and best.confidence < CERTAIN_FROM
    if doubtful and dpi >= MORE_DPI:
        # Handwriting and faint type: every pixel there is.
        finest = _read_turned(image, dpi, languages, rotation, finest=True)
        best = max(best, finest, key=lambda reading: reading.letters)
    return best


def check(languages):
    """Raise ``ToolMissing`` if a language is not installed."""
    folder = _data_folder()
    for language in languages.split("+"):
        package = "tesseract-ocr-" + language.lower().replace("_", "-")
        if (
            not LANGUAGE.fullmatch(language)
            or not (folder / f"{language}.traineddata").is_file()
        ):
            raise ToolMissing(
                f"Tesseract does not know the language “{language}”. Install the "
                f"Debian package {package}, or correct the setting."
            )


def _data_folder():
    """Return where the languages are; the newest, if Debian has several."""
    named = os.environ.get("TESSDATA_PREFIX")
    folders = [Path(named), Path(named, "tessdata")] if named else []
    folders += sorted(Path("/usr/share/tesseract-ocr").glob("*/tessdata"), reverse=True)
    folders.append(Path("/usr/share/tessdata"))
    for folder in folders:
        if any(folder.glob("*.traineddata")):
            return folder
    raise ToolMissing(
        "Tesseract's languages are not installed. Install the Debian package "
        "tesseract-ocr-deu."
    )


@functools.lru_cache(maxsize=LANGUAGES_KEPT)
def _library(languages, mode, engine):
    try:
        return PyTessBaseAPI(
            path=str(_data_folder()), lang=languages, psm=mode, oem=engine
        )
    except RuntimeError as error:
        raise ToolFailed(
            f"Tesseract cannot load “{languages}”. Install its Debian packages anew."
        ) from error


def _give(library, image, dpi):
    library.SetImageBytes(image.tobytes(), image.width, image.height, 1, image.width)
    library.SetSourceResolution(max(70, min(2400, round(dpi))))


def _read_level(image, dpi, languages, finest=False):
    library = _library(languages, PSM.AUTO, OEM.LSTM_ONLY)
    given = image if finest else _enough(image, dpi)
    _give(library, given, dpi * given.width / image.width)
    try:
        if given is not image and _is_small(_line_heights(library)):
            given = image
            _give(library, given, dpi)
        # Goes on from the lines that were found.
        library.Recognize()
        return _collected(library.GetIterator(), given.size)
    finally:
        # The page's bitmap and results, not the language.
        library.Clear()


def _enough(image, dpi):
    """Return the image at no higher a resolution than print needs."""
    if dpi < MORE_DPI:
        return image
    factor = dpi / TYPE_DPI
    size = max(1, round(image.width / factor)), max(1, round(image.height / factor))
    return image.resize(size, shrinking(factor))


def _line_heights(library):
    """Return the heights of the lines of text in pixels, the lowest first."""
    heights = []
    iterator = library.AnalyseLayout()
    if iterator is None:
        return heights
    iterator.Begin()
    while True:
        if box := iterator.BoundingBox(RIL.TEXTLINE):
            left, top, right, bottom = box
            # Those of a page on its side run down.
            height, length = sorted((right - left, bottom - top))
            if length > LINE_SHAPE * height:
                heights.append(height)
        if not iterator.Next(RIL.TEXTLINE):
            return sorted(heights)


def _is_small(heights):
    return bool(heights) and heights[len(heights) // SMALL_SHARE] < SMALL_LINE


def _read_turned(image, dpi, languages, rotation, finest=False):
    reading = _read_level(turned(image, rotation), dpi, languages, finest)
    words = []
    for word in reading.words:
        box = (word.left, word.top, word.right, word.bottom)
        back = turned_box(box, -rotation % 360)
        words.append(Word(word.text, *back, word.confidence))
    return Reading(
        reading.text,
        tuple(words),
        reading.confidence,
        (rotation + reading.rotation) % 360,
    )


def _direction(image, dpi, languages):
    """Return the rotation (degrees clockwise) that may make the page legible."""
    small = image.reduce(LOOK_SCALE)
    if (_data_folder() / "osd.traineddata").is_file():
        library = _library("osd", PSM.OSD_ONLY, OEM.DEFAULT)
        _give(library, small, dpi / LOOK_SCALE)
        found = library.DetectOrientationScript()
        library.Clear()
        # None: too few characters to tell.
        return -found["orient_deg"] % 360 if found else 0
    return max(
        (0, 180, 90, 270),
        key=lambda rotation: (
            _read_level(
                small.rotate(-rotation, expand=True), dpi / LOOK_SCALE, languages
            ).letters
        ),
    )


def _collected(iterator, size):
    width, height = size
    text = []
    words = []
    turned = {0: 0, 90: 0, 180: 0, 270: 0}
    if iterator is None:
        return Reading("", (), None, 0)
    iterator.Begin()
    while True:
        word = _word(iterator, width, height)
        if word is not None:
            words.append(word)
            turned[_rotation(iterator)] += len(word.text)
        if iterator.IsAtBeginningOf(RIL.PARA):
            text.append("\n\n")
        elif iterator.IsAtBeginningOf(RIL.TEXTLINE):
            text.append("\n")
        if word is not None:
            text.append(word.text + " ")
        if not iterator.Next(RIL.WORD):
            break
    length = sum(len(word.text) for word in words)
    return Reading(
        text=_joined(text),
        words=tuple(words),
        confidence=sum(len(word.text) * word.confidence for word in words) / length
        if length
        else None,
        rotation=max(turned, key=turned.get),
    )


def _word(iterator, width, height):
    if iterator.Empty(RIL.WORD):
        return None
    try:
        text = clean(iterator.GetUTF8Text(RIL.WORD)).strip()
    except UnicodeDecodeError:
        # A language file may hold broken characters: this word is lost, not the page.
        return None
    confidence = iterator.Confidence(RIL.WORD)
    known = any(character.isalnum() for character in text)
    if not text or (confidence < DOUBTFUL and not known):
        return None
    left, top, right, bottom = iterator.BoundingBox(RIL.WORD)
    return Word(
        text, left / width, top / height, right / width, bottom / height, confidence
    )


def _rotation(iterator):
    """Return the degrees clockwise that make the word's line level.

    Tesseract reads lines that run down the page by itself, but names their
    orientation "up"; the baseline does not lie.
    """
    baseline = iterator.Baseline(RIL.WORD)
    if baseline is None:
        return 0
    (x1, y1), (x2, y2) = baseline
    return round(-math.degrees(math.atan2(y2 - y1, x2 - x1)) / 90) % 4 * 90


def _joined(parts):
    lines = [line.strip() for line in "".join(parts).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
