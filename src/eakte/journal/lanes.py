"""Where the entries lie: each writer appends to a lane of its own.

So writers never meet: no entry is lost, no request is repeated because of the journal.
Reading follows all lanes; what makes that fast is derived from them, see ``index``.
"""

from BTrees.IOBTree import IOBTree
from BTrees.OOBTree import OOBTree
from eakte.journal.index import Index
from eakte.journal.packing import first_link
from eakte.journal.packing import pack
from eakte.journal.packing import unpack
from persistent import Persistent
from zope.annotation.interfaces import IAnnotations


KEY = "eakte.journal"

SEGMENT = 16
"""Entries that are stored as one object. A lane's last ones are written anew with each
entry, so it is small; a million of them are read one by one, so it is not one."""


class Segment(Persistent):
    """Entries of a lane that nothing is added to any more."""

    def __init__(self, packed):
        self.packed = tuple(packed)


class Lane(Persistent):
    """What one writer noted, each entry bound to the one before.

    ``head`` is the link of the last entry, ``count`` its number; numbers are from 1.
    """

    count = 0
    tail = ()
    """The last entries, as they are stored; fewer than ``SEGMENT``."""

    def __init__(self, name):
        self.name = name
        self.head = first_link(name)
        self.segments = IOBTree()

    def append(self, entry):
        """Add an entry and return its number."""
        packed = pack(entry, self.head)
        tail = (*self.tail, packed.to_bytes())
        if len(tail) == SEGMENT:
            self.segments[self.count // SEGMENT] = Segment(tail)
            tail = ()
        self.tail = tail
        self.head = packed.link
        self.count += 1
        return self.count

    def stored(self, number):
        """Return the bytes of an entry.

        :raises KeyError: there is none.
        """
        if number < 1:
            raise KeyError(number)
        place, offset = divmod(number - 1, SEGMENT)
        segment = self.segments.get(place)
        packed = self.tail if segment is None else segment.packed
        if segment is None and place * SEGMENT + len(packed) != self.count:
            raise KeyError(number)
        if offset >= len(packed):
            raise KeyError(number)
        return packed[offset]

    def entry(self, number):
        """Return an ``Entry``.

        :raises KeyError: there is none.
        """
        return unpack(self.stored(number)).entry(self.name, number)

    def cut(self, numbers):
        """Cut down these entries; the chain stays as it is."""
        for place in sorted({(number - 1) // SEGMENT for number in numbers}):
            offsets = {
                (n - 1) % SEGMENT for n in numbers if (n - 1) // SEGMENT == place
            }
            segment = self.segments.get(place)
            packed = self.tail if segment is None else segment.packed
            packed = tuple(
                unpack(each).cut().to_bytes() if offset in offsets else each
                for offset, each in enumerate(packed)
            )
            if segment is None:
                self.tail = packed
            else:
                segment.packed = packed


class Store(Persistent):
    """All lanes of a site, their anchors, and the index made of them.

    The anchors bind the heads of the lanes into one chain of the office, see
    ``anchoring``. No address leads here.
    """

    LOWEST = ""
    """Never taken out: BTrees merge what two writers add, but not to an empty tree."""

    def __init__(self):
        self._lanes = OOBTree({self.LOWEST: None})
        self.anchors = IOBTree()
        self.index = Index()

    def lane(self, name):
        """Return the lane, or None."""
        return self._lanes.get(name)

    def lanes(self):
        """Return all lanes, by name."""
        return list(self._lanes.values(min=" "))

    def append(self, name, entry):
        """Add an entry to the lane of this name and return its number."""
        lane = self._lanes.get(name)
        if lane is None:
            lane = self._lanes[name] = Lane(name)
        return lane.append(entry)

    def entry(self, lane, number):
        """Return the ``Entry``, or None."""
        lane = self._lanes.get(lane) if lane else None
        try:
            return None if lane is None else lane.entry(number)
        except KeyError:
            return None


def store_of(site):
    """Return the site's store, or None as long as nothing happened."""
    return IAnnotations(site).get(KEY)


def make_store(site):
    """Return the site's store; make it when there is none yet."""
    annotations = IAnnotations(site)
    if KEY not in annotations:
        annotations[KEY] = Store()
    return annotations[KEY]
