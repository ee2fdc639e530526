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
    leaves: dict
    """``{id: (edition, rows)}`` of the tree's leaves."""
    rows: BitMap


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
    read = _read(first, kept.leaves if kept else {})
    rows = _brought_up_to_date(kept, read)
    if version and read.clean and len(rows) >= LARGE:
        memory.keep(posting._p_oid, Kept(version, read.leaves, rows))
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


@dataclass(frozen=True)
class Read:
    """What was found when a tree was looked through."""

    leaves: dict
    new: list
    """Ids of the leaves that have changed or come."""
    clean: bool
    """Whether all leaves are stored as they are."""


def _read(leaf, known):
    """Look through the tree; only what is not known as it is now is read."""
    leaves, new, clean = {}, [], True
    while leaf is not None:
        leaf._p_activate()
        key, edition = leaf._p_oid, leaf._p_serial
        before = known.get(key)
        if before is not None and before[0] == edition and not leaf._p_changed:
            leaves[key] = before
        else:
            if key is None or leaf._p_changed:
                key, edition, clean = key or id(leaf), None, False
            leaves[key] = edition, array("i", leaf)
            new.append(key)
        leaf = leaf._next
    return Read(leaves, new, clean)


def _brought_up_to_date(kept, read):
    if kept is None or len(read.new) * 2 > len(read.leaves):
        return _together(read.leaves.values())
    known = kept.leaves
    gone = [known[key] for key in read.new if key in known]
    if len(known) + len(read.new) - len(gone) != len(read.leaves):
        gone += [each for key, each in known.items() if key not in read.leaves]
    # First all that left a leaf: it may have gone to another one.
    new = _together(read.leaves[key] for key in read.new)
    return (kept.rows - _together(gone)) | new


def _together(leaves):
    rows = array("i")
    for _edition, each in leaves:
        rows.extend(each)
    return BitMap(array("I", rows.tobytes()))


def _memory(db):
    with MEMORIES_LOCK:
        return MEMORIES.setdefault(db, Memory())
