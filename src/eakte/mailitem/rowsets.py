"""Sets of the catalog's rows as bitmaps.

What two sets have in common costs a bitmap nearly nothing, however large they are: a
box with a hundred thousand letters is counted as fast as one with a thousand. The
catalog's own sets are large trees; one is read once, and after a change only the
leaves that have changed.
"""

from array import array
from collections import OrderedDict
from dataclasses import dataclass
from Products.PluginIndexes.KeywordIndex.KeywordIndex import KeywordIndex
from pyroaring import BitMap
from threading import Lock
from weakref import WeakKeyDictionary


LARGE = 1000
"""Rows from which on a set's bitmap is kept; a smaller one is made as fast."""

ONE_BY_ONE = 2000
"""Rows up to which each is asked for its value, in place of reading a large set."""

KEPT = 16_000_000
"""Rows of the sets that are kept at most, each 4 bytes and some."""


def bitmap_of(rows):
    """Return the bitmap of some rows.

    The catalog's numbers are signed and a bitmap's are not: they go by their 32 bits.
    """
    return BitMap(array("I", array("i", rows).tobytes()))


def number_of(entry):
    """Return the catalog's number for an entry of a bitmap.

    >>> [number_of(each) for each in bitmap_of([-7, 7])]
    [7, -7]
    """
    return entry - 2**32 if entry >= 2**31 else entry


def entry_of(number):
    """Return what stands for the catalog's number in a bitmap."""
    return number % 2**32


@dataclass(frozen=True)
class Kept:
    """A tree as it was when it was read."""

    version: tuple
    """Tells the state of the index that the tree belongs to."""
    leaves: "Leaves"
    rows: BitMap


@dataclass(frozen=True)
class Leaves:
    """A tree's leaves from the first to the last, as three lists of one length."""

    ids: list
    editions: list
    """The transaction that stored each, or None of what is not stored as it is."""
    rows: list


NO_LEAVES = Leaves([], [], [])


class Memory:
    """The large sets of one database, for all its connections.

    Two connections may see two states of a tree at a time. What is kept says by the
    editions of the leaves which state it is, so neither is given the other's.
    """

    def __init__(self):
        self._lock = Lock()
        self._kept = OrderedDict()
        self._rows = 0

    def get(self, key):
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def keep(self, key, kept):
        with self._lock:
            if before := self._kept.pop(key, None):
                self._rows -= len(before.rows)
            self._kept[key] = kept
            self._rows += len(kept.rows)
            while self._rows > KEPT and len(self._kept) > 1:
                _key, oldest = self._kept.popitem(last=False)
                self._rows -= len(oldest.rows)


MEMORIES = WeakKeyDictionary()
MEMORIES_LOCK = Lock()


class RowSets:
    """The sets of a catalog's indexes, as the current transaction sees them.

    A bitmap that it returns may be kept: nobody changes it.

    :param catalog: Plone's catalog tool.
    """

    def __init__(self, catalog):
        self.indexes = catalog._catalog.indexes

    def of(self, index_id, value):
        """Return the rows that have the value."""
        index = self.indexes[index_id]
        return self.rows(index, index._index.get(value))

    def of_any(self, index_id, values):
        """Return the rows that have one of the values."""
        return self.union(self.of(index_id, value) for value in values)

    def having(self, rows, index_id, values):
        """Return those of the rows that have one of the values.

        Of an index that keeps several values for a row, one is enough.
        """
        if len(rows) > ONE_BY_ONE:
            return rows & self.of_any(index_id, values)
        wanted = frozenset(values)
        found = self._asked(rows, index_id)
        if isinstance(self.indexes[index_id], KeywordIndex):
            return BitMap([e for e, each in found if each and wanted & set(each)])
        return BitMap([entry for entry, value in found if value in wanted])

    def parted(self, rows, index_id, values):
        """Return ``{value: those of the rows that have it}``."""
        if len(rows) > ONE_BY_ONE:
            return {each: rows & self.of(index_id, each) for each in values}
        parts = {each: [] for each in values}
        for entry, value in self._asked(rows, index_id):
            if value in parts:
                parts[value].append(entry)
        return {value: BitMap(entries) for value, entries in parts.items()}

    def _asked(self, rows, index_id):
        """Return each row's entry with what the index has for it, or None."""
        value_of = self.indexes[index_id].documentToKeyMap().get
        return [(each, value_of(number_of(each))) for each in rows]

    def union(self, sets):
        """Return the rows that are in one of the sets."""
        found = list(sets)
        return BitMap.union(*found) if found else BitMap()

    def rows(self, index, posting):
        """Return the rows of one of the index's sets: a tree, a number, or None."""
        if posting is None:
            return BitMap()
        if isinstance(posting, int):
            return BitMap([entry_of(posting)])
        tree = _leaves_of(posting)
        return bitmap_of(posting) if tree is None else _large(index, posting, tree)


def _leaves_of(posting):
    """Return the first leaf of a large tree, or None for what is read at once."""
    posting._p_activate()
    first = getattr(posting, "_firstbucket", None)
    jar = posting._p_jar
    # A savepoint changes what is stored without a new edition.
    if first is None or jar is None or jar._savepoint_storage is not None:
        return None
    if first._p_jar is None or first._next is None:
        return None
    return first


def _large(index, posting, first):
    version = _version(index)
    memory = _memory(posting._p_jar.db())
    kept = memory.get(posting._p_oid)
    if kept and version and kept.version == version:
        return kept.rows
    leaves, rows = _read(first, kept, stored=version is not None)
    if version and len(rows) >= LARGE:
        memory.keep(posting._p_oid, Kept(version, leaves, rows))
    return rows


def _version(index):
    """Return what tells this state of the index from any other; None while it changes.

    Every change of an index counts; the count is stored with the change.
    """
    counter = index._counter
    if counter is None or counter._p_oid is None:
        return None
    counter._p_activate()
    return None if counter._p_changed else (counter._p_oid, counter._p_serial)


def _read(first, kept, stored):
    """Return the tree's leaves and rows; what is not known as it is now is read.

    :param stored: whether the index is as it is stored, and with it all its leaves.
    """
    found = _chain(first)
    if stored:
        editions = [leaf._p_serial for leaf in found]
    else:
        editions = [None if leaf._p_changed else leaf._p_serial for leaf in found]
    known = kept.leaves if kept else NO_LEAVES
    head, tail = _known_ends(known, first._p_oid, editions)
    end, known_end = len(found) - tail, len(known.ids) - tail
    before = {known.ids[at]: at for at in range(head, known_end)}
    ids, rows, new = [], [], []
    for leaf, edition in zip(found[head:end], editions[head:end], strict=True):
        ids.append(leaf._p_oid)
        at = before.get(leaf._p_oid)
        if at is not None and known.editions[at] == edition is not None:
            rows.append(known.rows[before.pop(leaf._p_oid)])
        else:
            rows.append(array("i", leaf))
            new.append(rows[-1])
    leaves = Leaves(
        known.ids[:head] + ids + known.ids[known_end:],
        editions,
        known.rows[:head] + rows + known.rows[known_end:],
    )
    if len(new) * 2 > len(found):
        return leaves, _together(leaves.rows)
    # First all that left a leaf: it may have gone to another one.
    gone = _together(known.rows[at] for at in before.values())
    return leaves, (kept.rows - gone) | _together(new)


def _known_ends(known, first, editions):
    """Return how many leaves at the beginning and at the end are as they are known.

    A leaf's edition covers which leaf comes next. So from the same first leaf on, and
    from the last one back, the same editions are the same leaves.
    """
    most = min(len(known.editions), len(editions))
    head = tail = 0
    if most and known.ids[0] == first:
        head = _alike(known.editions, editions, most)
    if most > head:
        tail = _alike(known.editions[::-1], editions[::-1], most - head)
    return head, tail


def _chain(leaf):
    """Return the leaves, awake."""
    found = []
    while leaf is not None:
        found.append(leaf)
        leaf = leaf._next
    return found


def _alike(some, others, most):
    """Return with how many members both lists begin alike, at most so many."""
    if some[:most] == others[:most]:
        return most
    pairs = zip(some, others, strict=False)
    return next(at for at, (one, other) in enumerate(pairs) if one != other)


def _together(leaves):
    rows = array("i")
    for each in leaves:
        rows.extend(each)
    return BitMap(array("I", rows.tobytes()))


def _memory(db):
    with MEMORIES_LOCK:
        return MEMORIES.setdefault(db, Memory())
