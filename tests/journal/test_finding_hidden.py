"""Who is barred from a case file finds nothing of it; that costs what the page costs."""

from eakte.journal.finding import exported
from eakte.journal.finding import find
from eakte.journal.indexing import index_some
from eakte.journal.interfaces import Entry
from eakte.journal.interfaces import Kind
from eakte.journal.interfaces import Query
from eakte.journal.lanes import Lane
from tests.journal.writing import MONDAY

import datetime
import pytest
import transaction


CLOSED = frozenset({"f1"})


@pytest.fixture
def told(store, bare_site):
    """A hundred entries that tell a person of some of seven case files."""
    for hour in range(100):
        said = {"case_files": [f"f{hour % 7}", f"f{(hour + 3) % 7}"]}
        kind = Kind.EXPORTED if hour % 2 else Kind.CHANGED
        details = said if kind == Kind.EXPORTED else {}
        moment = MONDAY + datetime.timedelta(hours=hour)
        store.append("ab"[hour % 2], Entry(kind, moment, who="dora", details=details))
    index_some(bare_site)
    transaction.commit()
    return store


@pytest.fixture
def as_of_before(told):
    """The same with an index that does not know of whom somebody was told."""
    del told.index.by_told
    transaction.commit()
    assert told.index.by_told is None
    return told


def not_closed(entry):
    return not CLOSED.intersection(entry.details.get("case_files", ()))


def of(store, query):
    return [entry.when for entry in find(store, query, size=1000).entries]


QUERIES = [
    Query(hidden=CLOSED),
    Query(person="dora", hidden=CLOSED),
    Query(kinds=(Kind.EXPORTED,), hidden=CLOSED),
]


@pytest.mark.parametrize("query", QUERIES)
def test_what_tells_of_a_closed_case_file_is_not_found(told, query):
    every = find(told, Query(kinds=query.kinds), size=1000).entries
    wanted = [entry.when for entry in every if not_closed(entry)]
    assert 0 < len(wanted) < len(every)
    assert of(told, query) == wanted


@pytest.mark.parametrize("query", QUERIES)
def test_an_index_of_before_finds_the_same_and_takes_it_in_once(as_of_before, query):
    store = as_of_before
    before = of(store, query)
    found = list(exported(store))
    store.index.take_in_told([p for p, _ in found], [e for _, e in found])
    assert of(store, query) == before
    assert len(store.index.positions_telling(CLOSED)) == len(
        [entry for _position, entry in found if not not_closed(entry)]
    )


def test_what_is_noted_later_is_taken_in_too(as_of_before, bare_site):
    store = as_of_before
    store.index.take_in_told([], [])
    when = MONDAY + datetime.timedelta(hours=200)
    said = {"case_files": ["f1"]}
    store.append("a", Entry(Kind.EXPORTED, when, who="dora", details=said))
    for _ in range(2):
        assert when not in of(store, Query(hidden=CLOSED))
        assert when in of(store, Query())
        index_some(bare_site)


def test_a_page_unpacks_its_own_entries_and_no_others(told, monkeypatch):
    unpacked, stored = [], Lane.stored

    def counted(lane, number):
        unpacked.append((lane.name, number))
        return stored(lane, number)

    monkeypatch.setattr(Lane, "stored", counted)
    assert len(find(told, Query(hidden=CLOSED), size=10).entries) == 10
    assert len(unpacked) == 10
