from eakte.jobs.bell import BELL
from eakte.jobs.interfaces import JobState
from eakte.jobs.interfaces import Outcome
from eakte.jobs.interfaces import Rank
from eakte.jobs.outbox import BACK_OFF
from eakte.jobs.outbox import FAILURES
from eakte.jobs.outbox import LEASE
from eakte.jobs.presence import Presence
from eakte.jobs.worker import run_pending
from eakte.jobs.worker import Worker

import pytest
import threading
import ZODB.POSException


class Writer:
    """Leaves its mark on the site; ``do_first`` happens before."""

    rank = Rank.LATER

    def __init__(self, do_first=None, outcomes=()):
        self.do_first = do_first
        self.outcomes = list(outcomes)
        self.given_up = []

    def do(self, workplace, uid):
        assert list(workplace.folder.iterdir()) == []
        (workplace.folder / "left behind").write_text("scrap")
        if self.do_first:
            self.do_first(uid)
        workplace.store(lambda site: self.mark(site, uid), progress=(1, 2))
        return self.outcomes.pop(0) if self.outcomes else Outcome.DONE

    def mark(self, site, uid):
        site.written[uid] = site.written.get(uid, 0) + 1

    def give_up(self, site, uid, reason):
        self.given_up.append((uid, str(reason)))


@pytest.fixture
def put(outbox, clock):
    def put(*uids):
        with outbox() as box:
            for uid in uids:
                box.put("write", uid, Rank.LATER, clock())

    return put


@pytest.fixture
def written(opened):
    def written():
        with opened() as site:
            return dict(site.written)

    return written


def test_every_job_is_done_once(db, work, put, handler, written, outbox):
    handler("write", Writer())
    put("a", "b", "c")

    assert run_pending(db, work) == 3
    assert written() == {"a": 1, "b": 1, "c": 1}
    with outbox() as box:
        assert sum(box.counts().values()) == 0


def test_a_long_job_lets_the_others_in_between(db, work, put, handler, clock):
    order = []

    def note(uid):
        order.append(uid)
        clock.now += 1

    handler("write", Writer(note, [Outcome.GO_ON]))
    put("long")
    clock.now += 1
    put("letter")
    run_pending(db, work, clock)

    assert order == ["long", "letter", "long"]


def test_a_failing_job_stops_no_other_and_ends_as_a_dead_letter(
    db, work, put, handler, written, clock, outbox
):
    def refuse(uid):
        if uid == "bad":
            raise OSError("no toner")

    writer = Writer(refuse)
    handler("write", writer)
    put("bad", "good")
    for _ in range(FAILURES):
        run_pending(db, work, clock)
        clock.now += BACK_OFF * 1000

    assert written() == {"good": 1}
    assert writer.given_up == [("bad", "no toner")]
    with outbox() as box:
        [record] = box.records(JobState.FAILED)
        assert record.error == "OSError: no toner"


def test_a_failed_job_waits_before_it_is_tried_again(
    db, work, put, handler, clock, written
):
    troubles = [OSError("no toner")]

    def refuse_once(uid):
        if troubles:
            raise troubles.pop()

    handler("write", Writer(refuse_once))
    put("a")
    assert run_pending(db, work, clock) == 1
    assert run_pending(db, work, clock) == 0

    clock.now += BACK_OFF
    assert run_pending(db, work, clock) == 1
    assert written() == {"a": 1}


def test_a_job_without_anybody_who_does_it_is_a_dead_letter(
    db, work, put, clock, outbox
):
    put("a")
    for _ in range(FAILURES):
        run_pending(db, work, clock)
        clock.now += BACK_OFF * 1000

    with outbox() as box:
        assert box.counts()[JobState.FAILED] == 1


def test_work_is_done_again_in_the_transaction_after_a_conflict(
    db, work, put, handler, written
):
    class Unlucky(Writer):
        conflicts = 2

        def mark(self, site, uid):
            super().mark(site, uid)
            if self.conflicts:
                self.conflicts -= 1
                raise ZODB.POSException.ConflictError("another was faster")

    handler("write", Unlucky())
    put("a")
    assert run_pending(db, work) == 1
    assert written() == {"a": 1}


def test_what_a_robbed_worker_brings_is_not_stored(
    db, work, put, handler, written, outbox, clock
):
    def rob(uid):
        with outbox() as box:
            box.take_back(lambda claim, lease: True, clock())
            box.claim("the robber", clock())

    handler("write", Writer(rob))
    put("a")
    run_pending(db, work, clock)

    assert written() == {}
    with outbox() as box:
        assert box.find("write", "a").claim == "the robber"


def test_the_folder_of_a_job_is_gone_after_it(db, work, put, handler):
    handler("write", Writer())
    put("a")
    run_pending(db, work)

    assert not list(work.rglob("left behind"))


def test_many_workers_do_every_job_once(db, work, put, handler, written):
    handler("write", Writer())
    uids = [f"{n:02}" for n in range(20)]
    put(*uids)
    workers = [Worker(db, work, threads=2) for _ in range(2)]
    done = threading.Event()

    def all_done():
        return len(written()) == len(uids)

    for worker in workers:
        worker.start()
    for _ in range(200):
        if all_done():
            break
        done.wait(0.1)
    for worker in workers:
        worker.stop()

    assert written() == dict.fromkeys(uids, 1)


def test_the_bell_wakes_a_worker_that_sleeps(db, work, put, handler):
    began = threading.Event()
    handler("write", Writer(lambda uid: began.set()))
    worker = Worker(db, work, threads=1)
    worker.start()
    put("a")
    BELL.ring()

    assert began.wait(10), "SWEEP is 30 seconds: without the bell it would sleep on"
    worker.stop()


def test_a_worker_that_is_told_to_stop_hands_back_what_it_has(
    db, work, put, handler, outbox
):
    begun, stopping = threading.Event(), threading.Event()

    def wait(uid):
        begun.set()
        assert stopping.wait(10)

    handler("write", Writer(wait, [Outcome.GO_ON]))
    put("a")
    worker = Worker(db, work, threads=1)
    worker.start()
    assert begun.wait(10)
    threading.Timer(0.1, stopping.set).start()
    worker.stop()

    with outbox() as box:
        assert box.find("write", "a").state is JobState.WAITING


def test_the_living_are_told_from_the_dead(work):
    one, other = Presence(work), Presence(work)
    assert not one.knows_dead(other.name)

    other.leave()
    assert one.knows_dead(other.name)
    assert one.knows(other.name)
    assert not one.knows_dead("a stranger")

    one.clear_up()
    assert [each.name for each in work.iterdir()] == [one.name]


def test_a_stranger_keeps_its_claim_until_the_lease_ends(
    db, work, put, handler, clock, outbox
):
    handler("write", Writer())
    put("a")
    with outbox() as box:
        box.claim("elsewhere.1", clock())

    assert run_pending(db, work, clock) == 0
    clock.now += LEASE + 1
    assert run_pending(db, work, clock) == 1
