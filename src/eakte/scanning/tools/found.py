"""What Tesseract found on a page: lines of words, taken from its iterator."""

from collections import Counter
from dataclasses import dataclass
from dataclasses import field
from eakte.scanning.cleaning import clean
from eakte.scanning.model import Word
from tesserocr import RIL

import math
import re


LEGIBLE = 60
"""Confidence (0 to 100) from which on the letters of a word can be relied on."""

DOUBTFUL = 30
"""Confidence (0 to 100) below which a word must have a letter or digit to be kept.
What has none is a fold, a table's rule or a stain; with letters it is a word that was
hard to read, and better found with one letter wrong than not at all."""


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
        return letters(self.words)


def letters(words):
    """Return how many characters of the words can be relied on."""
    return sum(len(word.text) for word in words if word.confidence >= LEGIBLE)


@dataclass(slots=True)
class Line:
    """A line of text.

    :param break_before: the line ends between the line before and this one.
    :param rotation: degrees clockwise that make it level.
    """

    break_before: str
    words: list[Word] = field(default_factory=list)
    rotation: int = 0


def lines_found(iterator, size):
    """Return the ``Line``s of a page, in the order of reading.

    :param iterator: the library's; None when it found nothing.
    :param size: of the image that was read, in pixels.
    """
    if iterator is None:
        return []
    width, height = size
    lines = [Line("")]
    iterator.Begin()
    while True:
        if iterator.IsAtBeginningOf(RIL.PARA):
            lines.append(Line("\n\n"))
        elif iterator.IsAtBeginningOf(RIL.TEXTLINE):
            lines.append(Line("\n"))
        word = _word(iterator, width, height)
        if word is not None:
            lines[-1].words.append(word)
            lines[-1].rotation = _rotation(iterator)
        if not iterator.Next(RIL.WORD):
            return lines


def reading_of(lines):
    """Return the ``Reading`` that the lines are."""
    words = tuple(word for line in lines for word in line.words)
    length = sum(len(word.text) for word in words)
    turned = Counter()
    for line in lines:
        turned[line.rotation] += sum(len(word.text) for word in line.words)
    return Reading(
        text=_text(lines),
        words=words,
        confidence=sum(len(word.text) * word.confidence for word in words) / length
        if length
        else None,
        rotation=max(sorted(turned), key=turned.get, default=0),
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


def _text(lines):
    parts = []
    for line in lines:
        words = " ".join(word.text for word in line.words)
        parts.append(line.break_before + words)
    return re.sub(r"\n{3,}", "\n\n", "".join(parts)).strip()
