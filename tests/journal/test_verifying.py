from eakte.journal.anchoring import anchor
from eakte.journal.expiring import expire_some
from eakte.journal.indexing import index_some
from eakte.journal.interfaces import Kind
from eakte.journal.lanes import SEGMENT
from eakte.journal.packing import unpack
from eakte.journal.verifying import verify
from tests.journal.writing import MONDAY

import datetime
import pytest
import transaction


ENTRIES = 2 * SEGMENT + 3


@pytest.fixture
def written(note, store):
    """A journal of one lane; the entries are named after their numbers."""
    for number in range(1, ENTRIES + 1):
        note(Kind.CHANGED, title=f"Nr. {number}", uid=f"u{number}")
    anchor(store, store.lanes())
    transaction.commit()
    return store


def replace(store, number, stored):
    """Write the bytes of an entry as somebody would who has the database."""
    lane = store.lane("a")
    place, offset = divmod(number - 1, SEGMENT)
    if place in lane.segments:
        segment = lane.segments[place]
        segment.packed = (
            *segment.packed[:offset],
            stored,
            *segment.packed[offset + 1 :],
        )
    else:
        lane.tail = (*lane.tail[:offset], stored, *lane.tail[offset + 1 :])


def named(verdict):
    return [(damage.lane, damage.number) for damage in verdict.damages]


def test_a_journal_that_nobody_touched_is_right(written):
    verdict = verify(written)

    assert verdict.is_right
    assert (verdict.lanes, verdict.entries) == (1, ENTRIES)
    assert verdict.anchors[0] == 1


@pytest.mark.parametrize("number", [1, 7, SEGMENT, SEGMENT + 1, ENTRIES - 1, ENTRIES])
@pytest.mark.parametrize("at", [0, 31, 35, 39, 45, -10])
def test_one_changed_byte_names_the_entry_and_no_other(written, number, at):
    stored = bytearray(written.lane("a").stored(number))
    stored[at] ^= 1
    replace(written, number, bytes(stored))

    assert named(verify(written)) == [("a", number)]


def test_the_message_says_what_the_entry_is_about(written):
    stored = written.lane("a").stored(7).replace(b"Nr. 7", b"Nr. 8")
    replace(written, 7, stored)

    (damage,) = verify(written).damages
    assert "Nr. 8" in str(damage)
    assert MONDAY.isoformat() in str(damage)
    assert "u7" in str(damage)


def test_an_entry_that_was_taken_out_of_the_middle_is_noticed(written):
    segment = written.lane("a").segments[0]
    segment.packed = segment.packed[:4] + segment.packed[5:]

    assert ("a", 5) in named(verify(written))


def test_a_segment_that_is_gone_is_named(written):
    del written.lane("a").segments[1]

    assert named(verify(written)) == [("a", SEGMENT + 1)]


def test_an_entry_that_was_put_in_is_noticed(written):
    lane = written.lane("a")
    lane.tail = (*lane.tail[:1], lane.tail[0], *lane.tail[1:])
    lane.count += 1

    assert named(verify(written))[0] == ("a", 2 * SEGMENT + 2)


def test_the_last_entries_are_missed_even_when_the_lane_was_made_to_fit(written):
    lane = written.lane("a")
    lane.tail = lane.tail[:1]
    lane.count = 2 * SEGMENT + 1
    lane.head = unpack(lane.tail[-1]).link

    assert named(verify(written)) == [("a", 2 * SEGMENT + 2)]


def test_a_lane_that_was_written_anew_contradicts_its_anchor(written, note):
    del written._lanes["a"]
    for number in range(1, ENTRIES + 1):
        note(Kind.CHANGED, title=f"Forged {number}")

    assert named(verify(written)) == [("a", ENTRIES)]


def test_a_lane_that_is_gone_is_missed(written):
    del written._lanes["a"]

    assert named(verify(written)) == [("a", 1)]


def test_an_anchor_that_was_changed_is_named(written, note):
    note(Kind.CHANGED)
    anchor(written, written.lanes())
    written.anchors[1] = written.anchors[1].replace(b'"when":"2', b'"when":"1')

    assert named(verify(written)) == [("office", 1)]


def test_an_anchor_that_is_gone_is_missed(written, note):
    note(Kind.CHANGED)
    anchor(written, written.lanes())
    del written.anchors[1]

    assert ("office", 1) in named(verify(written))


def test_who_writes_everything_anew_contradicts_the_link_on_paper(written, note):
    paper = verify(written).anchors
    del written._lanes["a"]
    written.anchors.clear()
    for number in range(1, ENTRIES + 1):
        note(Kind.CHANGED, title=f"Forged {number}")
    anchor(written, written.lanes())

    assert verify(written).is_right
    assert named(verify(written, known=[paper])) == [("office", 1)]


def test_a_link_on_paper_that_still_holds_is_no_damage(written, note):
    paper = verify(written).anchors
    note(Kind.CHANGED)
    anchor(written, written.lanes())

    assert verify(written, known=[paper]).is_right


def test_an_entry_that_somebody_cut_down_is_named(written):
    written.lane("a").cut([7])

    assert named(verify(written)) == [("a", 7)]


def test_reading_that_expired_is_right_and_reading_cut_before_its_time_is_not(
    bare_site, store, note
):
    for hours in range(6):
        note(Kind.READ, hours=hours, who="anna", uid=f"u{hours}")
    index_some(bare_site)
    expire_some(bare_site, MONDAY + datetime.timedelta(hours=3), 0)
    transaction.commit()
    assert verify(store).is_right

    store.lane("a").cut([5])
    assert named(verify(store)) == [("a", 5)]
