"""Finding words in the pages of one scan."""

from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise
from unicodedata import normalize

import re


SHORTEST_TERM = 2
"""Characters; a single one is on every page."""

MOST_HITS = 2000
"""Boxes in one answer. Who finds more than these looks for another word."""

WORDS_BEFORE = 5
WORDS_AFTER = 7
"""How much of the text around a hit is shown."""

ACCENTS = re.compile(r"[\u0300-\u036f]")
HYPHENS = re.compile(r"[-\u00ad\u2010\u2011]")
TERM = re.compile(r'"([^"]+)"|(\S+)')


@dataclass(frozen=True)
class Found:
    """What a search found.

    :param hits: page number -> boxes ``(left, top, right, bottom)`` as fractions of
        the page as it is displayed, in reading order.
    :param divided: page number -> indexes of the boxes with which the hit of the box
        before goes on in the next line; only pages that have some.
    :param snippets: page number -> for each hit the text around it, in parts
        ``(text, is_hit)``.
    :param truncated: there were more than ``MOST_HITS``; later pages are left out.
    """

    hits: dict
    divided: dict
    snippets: dict
    truncated: bool


def folded(text):
    """Return the text with case, accents and ß made alike, and without hyphens.

    >>> folded("Straßen-Übersicht")
    'strassenubersicht'
    """
    plain = ACCENTS.sub("", normalize("NFKD", text.casefold()))
    return HYPHENS.sub("", plain)


def terms(query):
    """Return the terms of a query; words in quotation marks stay together.

    >>> terms('Frist "Amt für Migration" b')
    ['frist', 'amt fur migration']
    """
    found = (folded(phrase or word) for phrase, word in TERM.findall(query))
    tidy = (" ".join(term.split()) for term in found)
    return [term for term in tidy if len(term) >= SHORTEST_TERM]


class Line:
    """The words of a page as one folded line, in which a term can be looked for."""

    def __init__(self, words):
        self.words = words
        # All words at once: folding them one by one takes ten times as long.
        plain = folded("\n".join(word.text for word in words)).split("\n")
        parts = []
        self.starts = []
        length = 0
        for number, text in enumerate(plain):
            self.starts.append(length)
            part = text if self.is_divided(number) else f"{text} "
            parts.append(part)
            length += len(part)
        self.text = "".join(parts)

    def is_divided(self, number):
        """Say whether a word goes on in the next line."""
        if number + 1 == len(self.words):
            return False
        word, after = self.words[number], self.words[number + 1]
        ends_in_hyphen = len(word.text) > 1 and HYPHENS.match(word.text[-1])
        return bool(ends_in_hyphen) and after.left < word.left

    def places(self, term):
        """Yield first and last index of the words that hold the term."""
        start = self.text.find(term)
        while start >= 0:
            end = start + len(term)
            first = bisect_right(self.starts, start) - 1
            yield first, bisect_right(self.starts, end - 1) - 1
            start = self.text.find(term, end)

    def boxes(self, first, last):
        """Return the boxes around the words, one for each line that they stand in."""
        run = self.words[first : last + 1]
        lines = [[run[0]]]
        for before, word in pairwise(run):
            if word.left < before.left:
                lines.append([])
            lines[-1].append(word)
        return [
            (
                min(word.left for word in line),
                min(word.top for word in line),
                max(word.right for word in line),
                max(word.bottom for word in line),
            )
            for line in lines
        ]

    def snippet(self, first, last):
        """Return the text around a hit, in parts ``(text, is_hit)``."""
        start = max(0, first - WORDS_BEFORE)
        end = last + 1 + WORDS_AFTER
        parts = (self.words[start:first], self.words[first : last + 1])
        before, hit = (" ".join(word.text for word in part) for part in parts)
        after = " ".join(word.text for word in self.words[last + 1 : end])
        return [
            ("… " * (start > 0) + before + " " * bool(before), False),
            (hit, True),
            (" " * bool(after) + after + " …" * (end < len(self.words)), False),
        ]


def find(pages, query):
    """Look for a query in the pages that are recognised so far.

    A page is found when its text holds every term, each also as a part of a word or
    divided over two lines; its words say where. Looking through the texts first takes
    a hundredth of the time of unpacking the words of every page.

    :param pages: ``IScanPages``.
    """
    wanted = terms(query)
    parts = {part for term in wanted for part in term.split()}
    hits, divided, snippets = {}, {}, {}
    if not wanted:
        return Found(hits, divided, snippets, truncated=False)
    room = MOST_HITS
    for number, text in pages.texts():
        plain = "".join(folded(text).split())
        if not all(part in plain for part in parts):
            continue
        line = Line(pages.page(number).words)
        places = [sorted(line.places(term)) for term in wanted]
        if not all(places):
            continue
        for place in sorted({place for some in places for place in some}):
            if room <= 0:
                return Found(hits, divided, snippets, truncated=True)
            boxes = line.boxes(*place)
            before = len(hits.setdefault(number, []))
            hits[number] += boxes
            if len(boxes) > 1:
                goes_on = range(before + 1, before + len(boxes))
                divided.setdefault(number, []).extend(goes_on)
            snippets.setdefault(number, []).append(line.snippet(*place))
            room -= len(boxes)
    return Found(hits, divided, snippets, truncated=False)
