"""Whether the journal is as it was written: every link of every chain, from the first."""

from dataclasses import dataclass
from eakte.journal.anchoring import anchor_from
from eakte.journal.anchoring import OFFICE
from eakte.journal.interfaces import Kind
from eakte.journal.interfaces import READING
from eakte.journal.lanes import SEGMENT
from eakte.journal.packing import first_link
from eakte.journal.packing import link_after
from eakte.journal.packing import NotAnEntry
from eakte.journal.packing import unpack
from pickle import UnpicklingError
from ZODB.POSException import POSKeyError

import json


CLEAR_UP = 500
"""Segments after which memory is freed; a journal is larger than a cache."""

UNREADABLE = (
    POSKeyError,
    UnpicklingError,
    ValueError,
    EOFError,
    AttributeError,
    ImportError,
    IndexError,
    KeyError,
    TypeError,
)
"""What reading a record of the database can end with when bytes of it are wrong."""


@dataclass(frozen=True, slots=True)
class Damage:
    """An entry, or some, that is not as it was written.

    :param lane: name of the lane; ``office`` for the chain of the anchors.
    :param number: of the entry, from 1; the first of several.
    :param what: one sentence in English.
    """

    lane: str
    number: int
    what: str

    def __str__(self):
        return f"{self.lane} {self.number}: {self.what}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the verification found.

    :param anchors: ``(number, link)`` of the office's chain, as far as it is right;
        kept on paper, the last one proves that nobody wrote the whole journal anew.
    """

    lanes: int
    entries: int
    damages: tuple
    anchors: tuple

    @property
    def is_right(self):
        return not self.damages


def verify(store, known=()):
    """Return a ``Verdict`` on the journal.

    :param known: ``(number, link)`` of anchors, as an earlier verification printed
        them.
    """
    damages = []
    anchored = _anchored(store, damages, known)
    expired_until = 0
    expired = []
    entries = lanes = 0
    for lane in store.lanes():
        lanes += 1
        walk = _Walk(lane, anchored.pop(lane.name, {}))
        for number, packed in walk.packed():
            entries += 1
            if packed.kind == Kind.EXPIRED and not packed.expired:
                expired_until = max(expired_until, _until(packed))
            if packed.expired:
                expired.append((lane.name, number, packed))
        damages.extend(walk.damages)
    for name, points in anchored.items():
        last = max(points)
        damages.append(Damage(name, 1, f"The lane is gone, with {last} entries."))
    for lane, number, packed in expired:
        if packed.kind not in READING or packed.moment >= expired_until:
            what = f"{_said(packed)} was cut down, and no expiry did it."
            damages.append(Damage(lane, number, what))
    return Verdict(lanes, entries, tuple(damages), _last(store))


class _Walk:
    """One lane, from its first entry to its last."""

    def __init__(self, lane, anchored):
        self.lane = lane
        self.anchored = anchored
        self.damages = []

    def packed(self):
        """Yield ``(number, Packed)`` of what can be read; note what is wrong."""
        links = (first_link(self.lane.name),)
        number = 0
        for first, segment in self.segments():
            if segment is None:
                last = min(first + SEGMENT - 1, self.lane.count)
                self.note(first, f"Entries {first} to {last} cannot be read.")
                number = last
                links = ()
                continue
            for stored in segment:
                number += 1
                try:
                    packed = unpack(stored)
                except NotAnEntry:
                    self.note(number, "The entry cannot be read.")
                    links = ()
                    continue
                links = self.check(number, packed, links)
                yield number, packed
        if number != self.lane.count:
            what = f"The lane should have {self.lane.count} entries and has {number}."
            self.note(number + 1, what)
        elif number and links and self.lane.head not in links:
            self.note(number, "The lane ends otherwise than its head says.")
        for missing in sorted(n for n in self.anchored if n > number):
            self.note(number + 1, f"Entries up to {missing} were there and are gone.")
            break

    def segments(self):
        """Yield ``(number, entries)`` of each part, None for what cannot be read."""
        sealed = self.lane.count // SEGMENT
        for place in range(sealed):
            try:
                segment = tuple(self.lane.segments[place].packed)
            except UNREADABLE:
                segment = None
            yield place * SEGMENT + 1, segment
            if place % CLEAR_UP == CLEAR_UP - 1:
                self.lane._p_jar.cacheMinimize()
        yield sealed * SEGMENT + 1, self.lane.tail

    def check(self, number, packed, links):
        """Note it when the entry does not follow; return what the next may follow."""
        follows = not links or any(packed.follows(link) for link in links)
        if not follows:
            what = "was changed, or an entry before it was removed or added."
            self.note(number, f"{_said(packed)} {what}")
        elif self.anchored.get(number, packed.link) != packed.link:
            self.note(number, f"{_said(packed)} is not the one that was anchored.")
        if follows:
            return (packed.link,)
        # Only one of the two is wrong, the link or the rest: name one entry, not two.
        computed = [link_after(link, packed.digest) for link in links]
        return (packed.link, *computed)

    def note(self, number, what):
        self.damages.append(Damage(self.lane.name, number, what))


def _anchored(store, damages, known):
    """Return ``{lane: {number: link}}`` as the anchors have it; note what is wrong."""
    points = {}
    link = first_link(OFFICE)
    wanted = 1
    known = dict(known)
    for number, stored in store.anchors.items():
        found = anchor_from(stored)
        if number != wanted:
            what = f"Anchors {wanted} to {number - 1} are gone."
            damages.append(Damage(OFFICE, wanted, what))
        if number == wanted and not found.follows(link):
            what = "The anchor was changed, or one before it was removed or added."
            damages.append(Damage(OFFICE, number, what))
        if known.pop(number, found.link) != found.link:
            what = "The anchor is not the one that was printed before."
            damages.append(Damage(OFFICE, number, what))
        link, wanted = found.link, number + 1
        try:
            lanes = found.lanes
        except (ValueError, KeyError, TypeError):
            continue
        for lane, (count, head) in lanes.items():
            points.setdefault(lane, {})[count] = head
    for number in sorted(known):
        what = "The anchor that was printed before is gone."
        damages.append(Damage(OFFICE, number, what))
    return points


def _until(packed):
    return json.loads(packed.rest).get("details", {}).get("until", 0)


def _last(store):
    number = store.anchors.maxKey() if len(store.anchors) else 0
    return (number, anchor_from(store.anchors[number]).link) if number else ()


def _said(packed):
    """Return what the entry is about, for the message."""
    try:
        entry = packed.entry("", 0)
    except (ValueError, TypeError, OverflowError):
        return "The entry"
    words = (str(entry.kind), entry.when.isoformat(), entry.reference, entry.title)
    return (
        f"The entry “{' · '.join(word for word in words if word)}” {entry.uid}".strip()
    )
