"""How many characters were read wrong."""

from rapidfuzz.distance import Levenshtein
from rapidfuzz.fuzz import partial_ratio_alignment


def error_rate(true, read):
    """Return the character error rate of a text: edits a character of the true one.

    Line ends and repeated spaces count as one space.
    """
    true, read = plain(true), plain(read)
    return Levenshtein.distance(true, read) / len(true)


def errors_in_lines(lines, read):
    """Return ``(edits, characters)`` of printed lines, wherever they stand in the text.

    In which order columns are read is no matter of characters, nor are stamps and
    signatures, of which the lines say nothing: each line is compared with that part
    of the text that is most like it.
    """
    read = plain(read)
    edits = characters = 0
    for line in map(plain, lines):
        if not line:
            continue
        characters += len(line)
        edits += _edits(line, read)
    return edits, characters


def plain(text):
    """Return the text with single spaces."""
    return " ".join(text.split())


def _edits(line, read):
    if len(read) <= len(line):
        return min(Levenshtein.distance(line, read), len(line))
    place = partial_ratio_alignment(line, read)
    room = range(-2, 3)
    return min(
        len(line),
        *(
            Levenshtein.distance(
                line,
                read[max(0, place.dest_start + first) : max(0, place.dest_end + last)],
            )
            for first in room
            for last in room
        ),
    )
