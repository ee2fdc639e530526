"""Recognition of characters, through Tesseract's library.

The library is kept loaded, a language at a time, and takes raw pixels: no process and
no image file for a page.
"""

from dataclasses import replace
from eakte.scanning.errors import ToolFailed
from eakte.scanning.errors import ToolMissing
from eakte.scanning.model import CERTAIN_FROM
from eakte.scanning.raster import shrinking
from eakte.scanning.raster import turned
from eakte.scanning.raster import turned_box
from eakte.scanning.tools.found import LEGIBLE
from eakte.scanning.tools.found import letters
from eakte.scanning.tools.found import lines_found
from eakte.scanning.tools.found import reading_of
from itertools import groupby
from pathlib import Path
from tesserocr import OEM
from tesserocr import PSM
from tesserocr import PyTessBaseAPI
from tesserocr import RIL

import functools
import os
import re


LANGUAGE = re.compile(r"[a-z]{3,}(_[a-z]+)*", re.IGNORECASE)

CONFIDENT = 65
"""Mean confidence (0 to 100) of a page read the right way up. Below, it may stand on
its head: those have 30 to 40, bad typescript 70."""

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

MARGIN = 0.004
"""Of a side of the page, around words that are read once more: half a line."""


def read(image, dpi, languages):
    """Recognise the characters of a page; it may lie on its side or on its head.

    Returns a ``found.Reading``.

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
        lines = lines_found(library.GetIterator(), given.size)
    finally:
        # The page's bitmap and results, not the language.
        library.Clear()
    reading = reading_of(lines)
    certain = reading.confidence is not None and reading.confidence >= CERTAIN_FROM
    if given is image or not certain:
        return reading
    return reading_of(_read_doubtful_again(lines, image, dpi, languages))


def _read_doubtful_again(lines, image, dpi, languages):
    """Return the lines with what was hard to read taken from all pixels there are.

    On a page that is legible but for a word here and there: small grey type, or print
    under a stamp. A second reading counts where it is no mere scrap of the first.
    """
    sure = [w for line in lines for w in line.words if w.confidence >= LEGIBLE]
    mended = []
    for line in lines:
        words = []
        for legible, run in groupby(line.words, lambda w: w.confidence >= LEGIBLE):
            run = list(run)
            if not legible and not line.rotation:
                run = _read_again(run, sure, image, dpi, languages)
            words += run
        mended.append(replace(line, words=words))
    return mended


def _read_again(words, sure, image, dpi, languages):
    left = max(0, min(word.left for word in words) - MARGIN)
    top = max(0, min(word.top for word in words) - MARGIN)
    right = min(1, max(word.right for word in words) + MARGIN)
    bottom = min(1, max(word.bottom for word in words) + MARGIN)
    width, height = image.size
    box = round(left * width), round(top * height)
    box += round(right * width), round(bottom * height)
    part = image.crop(box)
    library = _library(languages, PSM.AUTO, OEM.LSTM_ONLY)
    library.SetPageSegMode(PSM.SINGLE_BLOCK)
    _give(library, part, dpi)
    try:
        library.Recognize()
        lines = lines_found(library.GetIterator(), part.size)
    finally:
        library.Clear()
        library.SetPageSegMode(PSM.AUTO)
    again = [
        replace(
            word,
            left=(box[0] + word.left * part.width) / width,
            top=(box[1] + word.top * part.height) / height,
            right=(box[0] + word.right * part.width) / width,
            bottom=(box[1] + word.bottom * part.height) / height,
        )
        for line in lines
        for word in line.words
        if word.confidence >= LEGIBLE
    ]
    again = [word for word in again if not any(_lies_on(word, each) for each in sure)]
    seen = sum(len(word.text) for word in words)
    return again if letters(again) > seen / 2 else words


def _lies_on(word, other):
    """Whether the middle of the word is in the other's box."""
    across, down = (word.left + word.right) / 2, (word.top + word.bottom) / 2
    return other.left <= across <= other.right and other.top <= down <= other.bottom


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
        left, top, right, bottom = back
        words.append(replace(word, left=left, top=top, right=right, bottom=bottom))
    return replace(
        reading,
        words=tuple(words),
        rotation=(rotation + reading.rotation) % 360,
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
