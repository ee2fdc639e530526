"""The line of a page that a hit was found by."""

from eakte.journal.reading import note_found
from eakte.scans.interfaces import IScanPages
from eakte.search.interfaces import Snippet
from eakte.search.typed import folded
from eakte.search.typed import WORD
from eakte.search.typed import words_asked


LOOKED_AT = 40
"""Pages; a hit further back is shown without a snippet."""

AROUND = 80
"""Characters on each side of the hit."""


def snippet(content, text):
    """Return the ``Snippet`` of a hit for what was typed, which the journal notes.

    None: the user may not read the scan, or none of the words stands on the
    pages that are looked at.

    :param content: the object that was found.
    """
    pages = IScanPages(content, None)
    if pages is None or not pages.may_read():
        return None
    beginnings = tuple(set().union(*words_asked(text)))
    if not beginnings:
        return None
    for number in range(1, min(pages.page_count, LOOKED_AT) + 1):
        page = pages.page(number)
        if page is not None and (parts := _parts(page.text, beginnings)):
            note_found(content)
            return Snippet(number, parts)
    return None


def _parts(text, beginnings):
    text = " ".join(text.split())
    hits = [
        match.span()
        for match in WORD.finditer(text)
        if folded(match.group()).startswith(beginnings)
    ]
    if not hits:
        return ()
    begin = _word_border(text, max(0, hits[0][0] - AROUND))
    end = min(len(text), hits[0][1] + AROUND)
    parts, at = [], begin
    for left, right in hits:
        if right > end:
            break
        parts += [(text[at:left], False), (text[left:right], True)]
        at = right
    parts.append((text[at:end], False))
    return tuple((part, hit) for part, hit in parts if part)


def _word_border(text, at):
    return text.find(" ", at) + 1 if at else 0
