"""Long lists of numbers that only grow, kept in the ZODB without growing slow."""

from array import array
from bisect import bisect_left
from persistent import Persistent


CHUNK = 4096
"""Numbers that are stored as one object."""


class Chunk(Persistent):
    """A part of a list that nothing is added to any more."""

    def __init__(self, stored):
        self.stored = stored


class Postings(Persistent):
    """The positions of the entries that have something in common, ascending.

    A position is an entry's place in the order in which the index took it in, from 0.
    """

    _chunks = ()
    _firsts = ()
    """The first position of each chunk."""
    _tail = b""

    def __len__(self):
        return sum(self._lengths()) + len(self._tail) // 4

    def add(self, positions):
        """Add positions, ascending and behind all that are there."""
        tail = _numbers(self._tail)
        tail.extend(positions)
        chunks, firsts = list(self._chunks), list(self._firsts)
        while len(tail) >= CHUNK:
            full, tail = tail[:CHUNK], tail[CHUNK:]
            firsts.append((full[0], CHUNK))
            chunks.append(Chunk(full.tobytes()))
        if len(chunks) != len(self._chunks):
            self._chunks, self._firsts = tuple(chunks), tuple(firsts)
        self._tail = tail.tobytes()

    def remove(self, positions):
        """Take positions out; those that are not there do not matter."""
        gone = set(positions)
        firsts = list(self._firsts)
        for place, chunk in enumerate(self._chunks):
            numbers = _numbers(chunk.stored)
            kept = array("I", [number for number in numbers if number not in gone])
            if len(kept) != len(numbers):
                chunk.stored = kept.tobytes()
                firsts[place] = (firsts[place][0], len(kept))
        if tuple(firsts) != self._firsts:
            self._firsts = tuple(firsts)
        tail = _numbers(self._tail)
        kept = array("I", [number for number in tail if number not in gone])
        if len(kept) != len(tail):
            self._tail = kept.tobytes()

    def all(self):
        """Return the positions as an array."""
        numbers = array("I")
        for chunk in self._chunks:
            numbers.frombytes(chunk.stored)
        numbers.frombytes(self._tail)
        return numbers

    def newest(self):
        """Yield the positions, the last first."""
        yield from reversed(_numbers(self._tail))
        for chunk in reversed(self._chunks):
            yield from reversed(_numbers(chunk.stored))

    def __contains__(self, position):
        place = bisect_left(self._firsts, (position + 1,)) - 1
        tail = _numbers(self._tail)
        if tail and tail[0] <= position:
            return _has(tail, position)
        return place >= 0 and _has(_numbers(self._chunks[place].stored), position)

    def _lengths(self):
        return (length for _, length in self._firsts)


class Order(Persistent):
    """Where each position's entry lies, and when it happened.

    Three numbers a position: the lane, by its place in the index's list; the number in
    the lane; the seconds since 1970 UTC.
    """

    count = 0
    _chunks = ()
    _tail = b""

    def add(self, places):
        """Add ``(lane, number, seconds)`` for the next positions."""
        tail = _numbers(self._tail)
        for place in places:
            tail.extend(place)
            self.count += 1
        chunks = list(self._chunks)
        while len(tail) >= 3 * CHUNK:
            full, tail = tail[: 3 * CHUNK], tail[3 * CHUNK :]
            chunks.append(Chunk(full.tobytes()))
        if len(chunks) != len(self._chunks):
            self._chunks = tuple(chunks)
        self._tail = tail.tobytes()

    def reader(self):
        """Return a function: position → ``(lane, number, seconds)``.

        It unpacks each part of the list once.
        """
        unpacked = {}

        def place_of(position):
            chunk, offset = divmod(position, CHUNK)
            if chunk not in unpacked:
                is_tail = chunk == len(self._chunks)
                stored = self._tail if is_tail else self._chunks[chunk].stored
                unpacked[chunk] = _numbers(stored)
            at = 3 * offset
            return tuple(unpacked[chunk][at : at + 3])

        return place_of


def _numbers(stored):
    numbers = array("I")
    numbers.frombytes(stored)
    return numbers


def _has(numbers, wanted):
    at = bisect_left(numbers, wanted)
    return at < len(numbers) and numbers[at] == wanted
