from datetime import date
from eakte.journal import index
from eakte.journal import postings
from eakte.journal.finding import find
from eakte.journal.indexing import index_anew
from eakte.journal.indexing import index_some
from eakte.journal.interfaces import Entry
from eakte.journal.interfaces import Kind
from eakte.journal.interfaces import Query
from tests.journal.writing import MONDAY

import datetime
import pytest
import transaction


@pytest.fixture(params=["nothing", "half", "everything", "in small pieces"])
def busy(request, store, bare_site, monkeypatch):
    """Three days of three writers, indexed as far as the parameter says."""
    if request.param == "in small pieces":
        monkeypatch.setattr(postings, "CHUNK", 4)
        monkeypatch.setattr(index, "LOOKUP", 0)
    for hour in range(72):
        kind = (Kind.READ, Kind.CHANGED, Kind.READ, Kind.ROUTED)[hour % 4]
        entry = Entry(
            kind,
            MONDAY + datetime.timedelta(hours=hour),
            who=("anna", "bert")[hour % 2],
            for_whom="tom" if hour % 6 == 0 else "",
            uid=f"u{hour % 5}",
            file=f"f{hour % 2}",
            reference=f"10.1-{hour % 5}/2026",
            title=str(hour),
        )
        store.append("abc"[hour % 3], entry)
        if request.param == "half" and hour == 40:
            index_some(bare_site)
        if request.param == "in small pieces" and hour % 7 == 0:
            index_some(bare_site)
    if request.param == "everything":
        index_some(bare_site)
    transaction.commit()
    return store


def hours(found):
    return [int(entry.title) for entry in found.entries]


ASKED = {
    "everything": (Query(), lambda h: True),
    "a person": (Query(person="anna"), lambda h: h % 2 == 0),
    "a kind": (Query(kinds=(Kind.READ,)), lambda h: h % 2 == 0),
    "two kinds": (Query(kinds=(Kind.CHANGED, Kind.ROUTED)), lambda h: h % 2 == 1),
    "an object": (Query(objects=("u3",)), lambda h: h % 5 == 3),
    "a case file": (Query(objects=("f1",)), lambda h: h % 2 == 1),
    "objects": (Query(objects=("u3", "u4")), lambda h: h % 5 in (3, 4)),
    "a reference": (Query(reference="10.1-2/2026"), lambda h: h % 5 == 2),
    "deputies": (Query(deputies_only=True), lambda h: h % 6 == 0),
    "for somebody": (Query(for_whom="tom"), lambda h: h % 6 == 0),
    # The house is an hour ahead of UTC, and the first entry is of nine o'clock.
    "a day": (
        Query(first=date(2026, 3, 3), last=date(2026, 3, 3)),
        lambda h: 14 <= h < 38,
    ),
    "from a day on": (Query(first=date(2026, 3, 4)), lambda h: h >= 38),
    "until a day": (Query(last=date(2026, 3, 2)), lambda h: h < 14),
    "several things": (
        Query(
            person="anna", kinds=(Kind.READ,), objects=("f0",), first=date(2026, 3, 3)
        ),
        lambda h: h % 2 == 0 and h >= 14,
    ),
    "all but an object": (Query(hidden=frozenset({"u3"})), lambda h: h % 5 != 3),
    "a kind but a case file": (
        Query(kinds=(Kind.READ,), hidden=frozenset({"f1", "u2"})),
        lambda h: h % 2 == 0 and h % 5 != 2,
    ),
    "an object that is not to be found": (
        Query(objects=("u3",), hidden=frozenset({"u3"})),
        lambda h: False,
    ),
    "nobody": (Query(person="nobody"), lambda h: False),
    "no reference": (Query(reference="99"), lambda h: False),
}


@pytest.mark.parametrize("asked", ASKED)
def test_what_is_asked_for_is_found_the_newest_first(busy, asked):
    query, is_meant = ASKED[asked]
    wanted = [hour for hour in range(71, -1, -1) if is_meant(hour)]

    found = find(busy, query, size=100)
    assert (hours(found), found.total) == (wanted, len(wanted))


@pytest.mark.parametrize(
    "asked", ["everything", "a person", "several things", "all but an object"]
)
def test_pages_follow_each_other_without_gap_or_repetition(busy, asked):
    query, is_meant = ASKED[asked]
    wanted = [hour for hour in range(71, -1, -1) if is_meant(hour)]

    walked = []
    for start in range(0, len(wanted) + 7, 7):
        walked += hours(find(busy, query, start, 7))
    assert walked == wanted


def test_the_index_can_be_made_anew(busy, bare_site):
    index_anew(bare_site)
    assert hours(find(busy, Query(), size=100)) == list(range(71, -1, -1))

    assert index_some(bare_site) == 72
    assert hours(find(busy, Query(), size=100)) == list(range(71, -1, -1))
    assert index_some(bare_site) == 0
