"""What makes reading the journal fast; made of the lanes, and can be made anew."""

from BTrees.IOBTree import IOBTree
from BTrees.OOBTree import OOBTree
from collections import defaultdict
from eakte.clock import in_house_time
from eakte.journal.interfaces import READING
from eakte.journal.postings import Order
from eakte.journal.postings import Postings
from itertools import islice
from persistent import Persistent


LOOKUP = 50
"""Looking one position up takes as long as putting so many into a set."""

DISORDER = 86_400
"""Seconds. Entries are taken in shortly after they happened, in the order in which they
happened but for long transactions; nothing is out of its order by more."""

ANYBODY = "*"
"""Stands among the represented for all of them."""


class Index(Persistent):
    """The entries that were taken in, by what people ask for.

    ``taken`` says how many entries of each lane that are; what came since then is
    read from the lanes themselves, see ``finding``.
    """

    by_told = None
    """In an index of before, as long as ``take_in_told`` has not been called."""

    def __init__(self):
        self.taken = {}
        self.lanes = ()
        self.order = Order()
        self.by_object = OOBTree()
        self.by_person = OOBTree()
        self.by_represented = OOBTree()
        self.by_told = OOBTree()
        """By the case files that somebody was told about: an entry of everything that
        is known of a person names them."""
        self.by_kind = OOBTree()
        self.by_day = IOBTree()
        """By the day in the time of the house, as an ordinal."""
        self.references = OOBTree()
        """Reference → UUIDs of the objects that had it."""
        self.expired = 0
        """Entries before this position are looked at by no expiry any more."""

    def take_in(self, entries):
        """Take in entries, in the order in which lists show them.

        Of each lane they must be the next ones.
        """
        first = self.order.count
        groups = defaultdict(lambda: defaultdict(list))
        places, taken, lanes = [], dict(self.taken), list(self.lanes)
        known = {name: place for place, name in enumerate(lanes)}
        for position, entry in enumerate(entries, first):
            if entry.lane not in known:
                known[entry.lane] = len(lanes)
                lanes.append(entry.lane)
            seconds = int(entry.when.timestamp())
            places.append((known[entry.lane], entry.number, seconds))
            taken[entry.lane] = max(taken.get(entry.lane, 0), entry.number)
            for tree, key in self._keys(entry):
                groups[tree][key].append(position)
            if entry.reference and entry.uid:
                self._note_reference(entry)
        for tree, postings in groups.items():
            for key, positions in postings.items():
                self._postings(tree, key).add(positions)
        self.order.add(places)
        self.lanes = tuple(lanes)
        self.taken = taken

    def forget(self, positions, entries):
        """Forget who and what the entries at these positions were about.

        :param entries: as they were before they were cut down.
        """
        groups = defaultdict(lambda: defaultdict(list))
        for position, entry in zip(positions, entries, strict=True):
            for tree, key in self._keys(entry):
                if tree not in ("by_kind", "by_day"):
                    groups[tree][key].append(position)
        for tree, postings in groups.items():
            for key, gone in postings.items():
                kept = getattr(self, tree).get(key)
                if kept is None:
                    continue
                kept.remove(gone)
                if not len(kept):
                    del getattr(self, tree)[key]

    def find(self, query, objects, start, size, hidden=frozenset()):
        """Return ``(places, total)``: lane and number of what was found, newest first.

        :param objects: UUIDs the query asks for, or None for any.
        :param hidden: positions that are not found, whatever is asked for.
        """
        groups = self._asked(query, objects)
        if groups is None:
            return [], 0
        place_of = self.order.reader()
        if not groups:
            total = self.order.count - len(hidden)
            newest = range(self.order.count - 1, -1, -1)
            if hidden:
                shown = (each for each in newest if each not in hidden)
                page = islice(shown, start, start + size)
            else:
                page = newest[start : start + size]
        else:
            page, total = _page_of(groups, start, size, hidden)
        places = [place_of(position) for position in page]
        return [(self.lanes[lane], number) for lane, number, _ in places], total

    def positions_about(self, uids):
        """Return the positions of the entries about the objects, as a set."""
        return _positions(self.by_object, uids)

    def positions_telling(self, uids):
        """Return the positions of the entries that tell of the case files, as a set.

        None in an index of before.
        """
        return None if self.by_told is None else _positions(self.by_told, uids)

    def take_in_told(self, positions, entries):
        """Take in, in an index of before, of which case files the entries tell.

        :param positions: of all the entries that may tell of some, ascending.
        """
        self.by_told = OOBTree()
        told = defaultdict(list)
        for position, entry in zip(positions, entries, strict=True):
            for uid in case_files_told(entry):
                told[uid].append(position)
        for uid, found in told.items():
            self._postings("by_told", uid).add(found)

    def places_of_kind(self, kind):
        """Yield ``(position, lane, number)`` of the entries of a kind."""
        place_of = self.order.reader()
        found = self.by_kind.get(str(kind))
        for position in found.all() if found is not None else ():
            lane, number, _ = place_of(position)
            yield position, self.lanes[lane], number

    def places_until(self, moment, start):
        """Yield ``(position, lane, number)`` of what happened before the moment.

        Ends at the first that happened ``DISORDER`` or more after it.

        :param start: position to begin at.
        """
        place_of = self.order.reader()
        limit = moment.timestamp()
        for position in range(start, self.order.count):
            lane, number, seconds = place_of(position)
            if seconds >= limit + DISORDER:
                return
            if seconds < limit:
                yield position, self.lanes[lane], number

    def note_expiry(self, moment):
        """Keep up to where no later expiry need look again."""
        place_of = self.order.reader()
        safe = moment.timestamp() - DISORDER
        expired = self.expired
        while expired < self.order.count and place_of(expired)[2] < safe:
            expired += 1
        if expired != self.expired:
            self.expired = expired

    def _keys(self, entry):
        yield "by_kind", str(entry.kind)
        yield "by_day", in_house_time(entry.when).toordinal()
        for uid in {entry.uid, entry.file} - {""}:
            yield "by_object", uid
        for uid in case_files_told(entry) if self.by_told is not None else ():
            yield "by_told", uid
        if entry.who:
            yield "by_person", entry.who
        if entry.for_whom:
            yield "by_represented", entry.for_whom
            yield "by_represented", ANYBODY

    def _postings(self, tree, key):
        kept = getattr(self, tree)
        found = kept.get(key)
        if found is None:
            found = kept[key] = Postings()
        return found

    def _note_reference(self, entry):
        known = self.references.get(entry.reference, ())
        if entry.uid not in known:
            self.references[entry.reference] = (*known, entry.uid)

    def _asked(self, query, objects):
        """Return a list of lists of ``Postings``; None when one of them is empty.

        What is found is in one of each list.
        """
        wanted = []
        if objects is not None:
            wanted.append((self.by_object, objects))
        if query.person:
            wanted.append((self.by_person, (query.person,)))
        if query.for_whom:
            wanted.append((self.by_represented, (query.for_whom,)))
        if query.deputies_only:
            wanted.append((self.by_represented, (ANYBODY,)))
        if query.kinds:
            wanted.append((self.by_kind, [str(kind) for kind in query.kinds]))
        groups = [
            [found for key in set(keys) if (found := tree.get(key)) is not None]
            for tree, keys in wanted
        ]
        if query.first or query.last:
            first = query.first.toordinal() if query.first else None
            last = query.last.toordinal() if query.last else None
            groups.append(list(self.by_day.values(first, last)))
        return groups if all(groups) else None


def case_files_told(entry):
    """Return the UUIDs of the case files that the entry names in its details."""
    return frozenset(entry.details.get("case_files", ()))


def is_reading(entry):
    """Whether the entry is forgotten earlier than others."""
    return entry.kind in READING


def _positions(tree, keys):
    found = (tree.get(key) for key in keys)
    return frozenset().union(*(each.all() for each in found if each is not None))


def _page_of(groups, start, size, hidden):
    """Return ``(positions, total)`` of what is in one of each group, newest first."""
    groups = sorted(groups, key=lambda group: sum(map(len, group)))
    smallest, *others = groups
    count = sum(map(len, smallest))
    if not others and len(smallest) == 1 and not hidden:
        return list(islice(smallest[0].newest(), start, start + size)), count
    found = set().union(*(each.all() for each in smallest)) - hidden
    for group in others:
        if len(found) * len(group) * LOOKUP < sum(map(len, group)):
            found = {p for p in found if any(p in each for each in group)}
        else:
            found &= set().union(*(each.all() for each in group))
    newest = sorted(found, reverse=True)
    return newest[start : start + size], len(newest)
