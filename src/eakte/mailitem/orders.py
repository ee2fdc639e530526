"""The order of a box's letters, without looking at more of them than are shown.

An order has levels: letters that one level does not tell apart are ordered by the next
one. A level goes through its values one after the other and passes over all letters of
a value at once, by counting them.
"""

from dataclasses import dataclass
from eakte.mailitem.rowsets import entry_of
from eakte.mailitem.rowsets import number_of
from typing import Any


FEW = 1500
"""Letters that are sorted one by one faster than a level is walked through."""


@dataclass(frozen=True)
class By:
    """A level: the values of an index, the smallest first.

    What has no value comes last, in both directions.
    """

    index: str
    ranks: Any = None
    """``{value: rank}``: values in an order of their own. Others come after them."""

    def key(self, indexes, reverse):
        """Return ``key(number of a row)``, by which rows are sorted."""
        known = indexes[self.index].documentToKeyMap()
        # The last of all, whichever way round they are sorted.
        there, missing = (1, (0,)) if reverse else (0, (1,))
        if self.ranks is None:
            return lambda row: (there, known[row]) if row in known else missing
        ranks = self.ranks
        return lambda row: (
            (there, ranks[known[row]]) if known.get(row) in ranks else missing
        )

    def groups(self, sets, reverse):
        """Yield bitmaps of rows with the same value, in order."""
        index = sets.indexes[self.index]
        if self.ranks is not None:
            alike = {}
            for value, rank in self.ranks.items():
                alike.setdefault(rank, []).append(value)
            for rank in sorted(alike, reverse=reverse):
                yield sets.of_any(self.index, alike[rank])
            return
        values = index._index.keys()
        for value in reversed(values) if reverse else values:
            yield sets.rows(index, index._index[value])


def part(rows, levels, sets, *, start=0, size=None, reverse=False):
    """Return some of the rows in order: the catalog's numbers.

    :param rows: a bitmap.
    :param start: how many to leave out at the beginning.
    :param size: at most so many; all of them without.
    :param reverse: the whole order turned round.
    """
    size = len(rows) - start if size is None else size
    found = []
    if start < len(rows) and size > 0:
        _walk(rows, levels, sets, reverse, start, start + size, found)
    return found


def _walk(rows, levels, sets, reverse, start, end, found):
    """Add the rows from start up to end; places count within ``rows``."""
    if len(rows) <= FEW or not levels:
        ordered = _sorted([number_of(each) for each in rows], levels, sets, reverse)
        found += ordered[max(start, 0) : end]
        return
    level, *further = levels
    at = 0
    for group in _with_rest(rows, level.groups(sets, reverse)):
        number = len(group)
        if start < at + number and at < end:
            _walk(group, further, sets, reverse, start - at, end - at, found)
        at += number
        if at >= end:
            return


def _sorted(numbers, levels, sets, reverse):
    keys = [level.key(sets.indexes, reverse) for level in levels]
    return sorted(
        numbers, key=lambda row: tuple(key(row) for key in keys), reverse=reverse
    )


def _with_rest(rows, groups):
    """Yield what of the rows is in each group, and in the end what is in none."""
    rest = rows.copy()
    for group in groups:
        if common := rows & group:
            yield common
            rest -= common
        if not rest:
            return
    if rest:
        yield rest


def place(row, rows, levels, sets, *, reverse=False):
    """Return how many of the rows stand before the row, or None when it is not there.

    :param row: the catalog's number.
    :param rows: a bitmap.
    """
    entry = entry_of(row)
    if entry not in rows:
        return None
    before = 0
    levels = list(levels)
    while len(rows) > FEW and levels:
        for group in _with_rest(rows, levels[0].groups(sets, reverse)):
            if entry in group:
                rows = group
                break
            before += len(group)
        levels.pop(0)
    ordered = _sorted([number_of(each) for each in rows], levels, sets, reverse)
    return before + ordered.index(row)
