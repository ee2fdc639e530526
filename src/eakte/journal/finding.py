"""Reading the journal: what the index has, and before it what happened since then."""

from eakte.clock import in_house_time
from eakte.journal.index import case_files_told
from eakte.journal.interfaces import Found
from eakte.journal.interfaces import Kind
from heapq import merge


def find(store, query, start=0, size=50):
    """Return a ``Found``; see ``IJournal.find``."""
    fresh = list(not_taken_in(store))
    objects = _objects(store.index, query, fresh)
    newest = [each for each in fresh if _fits(each, query, objects)]
    newest.sort(key=lambda entry: entry.when, reverse=True)
    page = newest[start : start + size]
    places, indexed = store.index.find(
        query,
        objects,
        max(0, start - len(newest)),
        size - len(page),
        _hidden(store, query.hidden),
    )
    older = [store.entry(lane, number) for lane, number in places]
    older = [entry for entry in older if entry is not None]
    older.sort(key=lambda entry: entry.when, reverse=True)
    return Found((*page, *older), len(newest) + indexed)


def not_taken_in(store):
    """Yield the entries that the index does not have yet, as they happened.

    Those of each lane come in the lane's order.
    """
    lanes = [
        _rest_of(lane, store.index.taken.get(lane.name, 0)) for lane in store.lanes()
    ]
    return merge(*lanes, key=lambda entry: entry.when)


def _rest_of(lane, taken):
    return (lane.entry(number) for number in range(taken + 1, lane.count + 1))


def _objects(index, query, fresh):
    """Return the UUIDs the query asks for, or None when it asks for none."""
    if not query.reference:
        return set(query.objects) or None
    named = set(index.references.get(query.reference, ()))
    named.update(e.uid for e in fresh if e.reference == query.reference and e.uid)
    return named & set(query.objects) if query.objects else named


def _hidden(store, uids):
    """Return the positions of what is not to be found: what is about the objects, and
    what was told of them to somebody who asked, see ``consulting.everything_about``.
    """
    if not uids:
        return frozenset()
    told = store.index.positions_telling(uids)
    if told is None:
        told = [
            position
            for position, entry in exported(store)
            if entry is not None and _tells_of(entry, uids)
        ]
    return store.index.positions_about(uids).union(told)


def exported(store):
    """Yield ``(position, entry)`` of all that was told or taken along and is indexed."""
    for position, lane, number in store.index.places_of_kind(Kind.EXPORTED):
        yield position, store.entry(lane, number)


def _tells_of(entry, uids):
    return not uids.isdisjoint((entry.uid, entry.file, *case_files_told(entry)))


def _fits(entry, query, objects):
    day = in_house_time(entry.when).date()
    return (
        not _tells_of(entry, query.hidden)
        and (objects is None or bool(objects & {entry.uid, entry.file}))
        and (not query.person or entry.who == query.person)
        and (not query.for_whom or entry.for_whom == query.for_whom)
        and (not query.deputies_only or bool(entry.for_whom))
        and (not query.kinds or entry.kind in query.kinds)
        and (query.first is None or query.first <= day)
        and (query.last is None or day <= query.last)
    )
