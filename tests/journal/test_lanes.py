from eakte.journal.interfaces import Entry
from eakte.journal.interfaces import Kind
from eakte.journal.lanes import SEGMENT
from eakte.journal.verifying import verify
from eakte.journal.writers import own_lane
from eakte.journal.writers import Writer
from tests.journal.writing import MONDAY

import pytest
import threading


def test_an_entry_comes_back_as_it_was_noted(note, store):
    said = {
        "who": "anna",
        "for_whom": "arno",
        "uid": "u1",
        "type": "case_file",
        "title": "Aufenthaltserlaubnis – Größe",
        "reference": "10.1-1/2026",
        "path": "akten/10-1-1-2026",
        "file": "u1",
        "address": "10.0.0.7",
        "door": "web",
        "why": "Auskunft",
        "details": {"fields": {"title": ["alt", "neu"]}},
    }
    number = note(Kind.CHANGED, **said)

    entry = store.entry("a", number)
    assert entry == Entry(Kind.CHANGED, MONDAY, lane="a", number=1, **said)


def test_entries_stay_in_order_over_many_segments(note, store):
    for number in range(3 * SEGMENT + 5):
        assert note(Kind.READ, title=str(number)) == number + 1

    lane = store.lane("a")
    titles = [lane.entry(n).title for n in range(1, lane.count + 1)]
    assert titles == [str(n) for n in range(3 * SEGMENT + 5)]
    assert verify(store).is_right


@pytest.mark.parametrize("number", [0, -1, SEGMENT + 1, 500])
def test_an_entry_that_never_was_is_not_found(note, store, number):
    for _ in range(SEGMENT):
        note(Kind.READ)

    assert store.entry("a", number) is None
    assert store.entry("nobody's", 1) is None


def test_two_threads_have_two_lanes_and_the_next_one_takes_a_free_one(db):
    lanes, done, go = [], threading.Event(), threading.Event()

    def other():
        lanes.append(own_lane())
        done.set()
        go.wait(10)

    thread = threading.Thread(target=other)
    thread.start()
    done.wait(10)
    mine = own_lane()
    assert mine == own_lane()
    assert mine != lanes[0]
    go.set()
    thread.join()

    late = threading.Thread(target=lambda: lanes.append(own_lane()))
    late.start()
    late.join()
    assert lanes[1] == lanes[0]


def test_machines_that_share_no_folder_share_no_lane(tmp_path):
    one, other = Writer(tmp_path / "one"), Writer(tmp_path / "other")

    assert one.lane != other.lane
    assert one.lane.rpartition("-")[2] == other.lane.rpartition("-")[2] == "1"
