"""What a person types becomes a question that the text index understands."""

from itertools import islice
from plone.i18n.normalizer.base import baseNormalize

import re


MOST_WORDS = 20
"""More are ignored; each costs a look into the index."""

MOST_CHARACTERS = 500

SHORTEST_BEGINNING = 3
"""Letters from which on a word also finds those that begin with it."""

NOTHING = "nothing AND NOT nothing"
"""A question without an answer."""

PHRASE_OR_WORD = re.compile(r'"([^"]*)"|([^\s"]+)')

WORD = re.compile(r"\w+")

INDEXED = re.compile(r"[a-z0-9]+")

UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})

# Not behind a vowel or q: "neue" and "Bauer" hold no umlaut.
WRITTEN_OUT = re.compile(r"(?<![aeiouq])(a|o|u)e")


def question(text):
    """Return a question for the text index. Whatever was typed, it is a valid one.

    All words must be there, in any order; a word also finds longer ones that
    begin with it. Words in quotation marks, or joined by a sign as in
    ``33.21-12/2026``, must stand in this order. Diacritics do not matter, and
    an umlaut is found however it is written.

    >>> question("Duldung 12")
    'duldung* AND "12"'
    >>> question('Müller "in Not"')
    '(mueller* OR muller*) AND "in not"'
    >>> question('*")(') == NOTHING
    True
    """
    return " AND ".join(islice(_asked(text), MOST_WORDS)) or NOTHING


def words_asked(text):
    """Return the spellings of each word that was typed, as the index keeps them."""
    return [
        spellings
        for word in WORD.findall(text[:MOST_CHARACTERS])[:MOST_WORDS]
        if (spellings := _spellings(word))
    ]


def folded(word):
    """Return the word as the index keeps it; empty when it keeps nothing of it.

    >>> folded("Straße")
    'strasse'
    """
    return "".join(INDEXED.findall(baseNormalize(word).lower()))


def _asked(text):
    for quoted, single in PHRASE_OR_WORD.findall(text[:MOST_CHARACTERS]):
        words = [folded(word) for word in WORD.findall(quoted or single)]
        words = [word for word in words if word]
        if len(words) > 1 or (quoted and words):
            yield '"{}"'.format(" ".join(words))
        elif words:
            (spoken,) = (word for word in WORD.findall(single) if folded(word))
            yield _beginnings(spoken)


def _beginnings(word):
    # In quotation marks a short word cannot be one of the question's own: or.
    asked = [
        f"{each}*" if len(each) >= SHORTEST_BEGINNING else f'"{each}"'
        for each in sorted(_spellings(word))
    ]
    return asked[0] if len(asked) == 1 else f"({' OR '.join(asked)})"


def _spellings(word):
    word = word.lower()
    written = {word, word.translate(UMLAUTS), WRITTEN_OUT.sub(r"\1", word)}
    return {each for each in map(folded, written) if each}
