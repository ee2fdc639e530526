from eakte.clock import in_house_time
from eakte.desk.days import as_day
from eakte.desk.happenings import lines_of
from eakte.journal.expiring import expire_some
from eakte.journal.finding import find
from eakte.journal.indexing import index_some
from eakte.journal.interfaces import Kind
from eakte.journal.interfaces import Query
from eakte.journal.verifying import verify
from tests.journal.writing import MONDAY

import datetime
import pytest
import transaction


DAY = 24
UNTIL = MONDAY + datetime.timedelta(days=10)


@pytest.fixture
def expire(bare_site):
    def expire(until=UNTIL):
        while index_some(bare_site):
            pass
        start = 0
        while start is not None:
            start = expire_some(bare_site, until, start)
        transaction.commit()

    return expire


def test_old_reading_is_forgotten_and_everything_else_stays(note, store, expire):
    note(Kind.READ, hours=1, who="anna", uid="u1", title="Haddad")
    note(Kind.CHANGED, hours=2, who="anna", uid="u1", title="Haddad")
    note(Kind.READ, hours=11 * DAY, who="anna", uid="u1", title="Haddad")
    expire()

    old, changed, young = (store.entry("a", number) for number in (1, 2, 3))
    assert (old.expired, old.who, old.uid, old.title) == (True, "", "", "")
    assert (old.kind, old.when) == (Kind.READ, MONDAY + datetime.timedelta(hours=1))
    assert changed.who == young.who == "anna"
    assert verify(store).is_right


def test_nobody_can_ask_any_more_who_read_it(note, store, expire):
    note(Kind.READ, who="anna", for_whom="arno", uid="u1", file="f1")
    expire()

    for query in (
        Query(person="anna"),
        Query(for_whom="arno"),
        Query(deputies_only=True),
        Query(objects=("u1",)),
        Query(objects=("f1",)),
    ):
        assert find(store, query).total == 0
    assert find(store, Query(kinds=(Kind.READ,))).total == 1


def test_the_expiry_is_noted_itself(note, store, expire):
    for _ in range(3):
        note(Kind.DOWNLOADED)
    expire()

    (entry,) = find(store, Query(kinds=(Kind.EXPIRED,))).entries
    day = in_house_time(UNTIL).date()
    assert entry.details == {"count": 3, "until": day.isoformat()}
    (line,) = lines_of([entry], lambda message: message)
    (_until, said), (_entries, count) = line.details
    assert (said.mapping, count) == (as_day(day).mapping, "3")


def test_an_expiry_that_finds_nothing_notes_nothing(note, store, expire):
    note(Kind.READ, hours=20 * DAY)
    expire()

    assert find(store, Query()).total == 1


def test_each_day_the_next_ones_expire(note, store, expire):
    for day in range(20):
        note(Kind.READ, hours=day * DAY, who="anna")
    for day in range(21):
        expire(MONDAY + datetime.timedelta(days=day))
        left = find(store, Query(person="anna")).total
        assert left == 20 - day


def test_what_is_cut_down_is_gone_from_the_database(note, store, expire, db, data):
    note(Kind.READ, who="anna", title="Geheimnis-4711")
    expire()
    db.pack()

    assert b"Geheimnis-4711" not in data.read_bytes()
