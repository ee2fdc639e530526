from eakte.jobs.interfaces import JobState
from eakte.jobs.interfaces import Rank
from eakte.jobs.outbox import BACK_OFF
from eakte.jobs.outbox import FAILURES
from eakte.jobs.outbox import LEASE
from eakte.jobs.outbox import LOSSES
from eakte.jobs.outbox import make_outbox
from eakte.jobs.outbox import Outbox

import pytest
import transaction
import ZODB.POSException


def put(outbox, uid, now=0.0, rank=Rank.LATER, kind="read"):
    outbox.put(kind, uid, rank, now)


def test_asking_again_for_a_job_that_waits_changes_nothing():
    outbox = Outbox()
    put(outbox, "a", now=1.0)
    put(outbox, "b", now=2.0)
    put(outbox, "a", now=3.0)

    assert [r.uid for r in outbox.records(JobState.WAITING)] == ["a", "b"]
    assert outbox.find("read", "a").asked == 1.0


def test_the_first_that_came_is_claimed_first():
    outbox = Outbox()
    for now, uid in enumerate("abc"):
        put(outbox, uid, now=float(now))

    assert [outbox.claim(c, 10.0).uid for c in ("1", "2", "3")] == ["a", "b", "c"]
    assert outbox.claim("4", 10.0) is None


def test_a_short_job_goes_before_long_ones_that_came_earlier():
    outbox = Outbox()
    put(outbox, "long", now=1.0)
    put(outbox, "short", now=2.0, rank=Rank.SOON)

    assert outbox.claim("1", 10.0).uid == "short"


def test_a_short_job_that_is_not_due_does_not_hold_up_the_others():
    outbox = Outbox()
    put(outbox, "short", now=5.0, rank=Rank.SOON)
    put(outbox, "long", now=1.0)

    assert outbox.next_due() == 1.0
    assert outbox.claim("1", 2.0).uid == "long"
    assert outbox.claim("2", 2.0) is None
    assert outbox.next_due() == 5.0


def test_a_job_asked_for_while_it_runs_is_done_once_more():
    outbox = Outbox()
    put(outbox, "a")
    record = outbox.claim("1", 1.0)
    put(outbox, "a")
    outbox.finish(record, 2.0)

    assert outbox.claim("2", 3.0) is record
    outbox.finish(record, 4.0)
    assert outbox.find("read", "a") is None


def test_each_failure_waits_longer_and_the_last_is_a_dead_letter():
    outbox = Outbox()
    put(outbox, "a")
    now, waits = 0.0, []
    for _ in range(FAILURES - 1):
        record = outbox.claim("1", now)
        assert outbox.fail(record, "no toner", now) is False
        waits.append(outbox.next_due() - now)
        now = outbox.next_due()
    assert waits == [BACK_OFF, BACK_OFF * 4, BACK_OFF * 16, BACK_OFF * 64]

    assert outbox.fail(outbox.claim("1", now), "no toner", now) is True
    assert outbox.counts() == {
        JobState.WAITING: 0,
        JobState.RUNNING: 0,
        JobState.FAILED: 1,
    }
    assert [r.error for r in outbox.records(JobState.FAILED)] == ["no toner"]


def given_up():
    outbox = Outbox()
    put(outbox, "a")
    now = 0.0
    while not outbox.fail(outbox.claim("1", now), "no toner", now):
        now = outbox.next_due()
    return outbox


def test_a_dead_letter_is_asked_for_again_and_starts_anew():
    outbox = given_up()
    put(outbox, "a", now=5000.0)

    record = outbox.claim("2", 5000.0)
    assert (record.uid, record.attempts, record.error) == ("a", 0, "")


def test_a_discarded_dead_letter_is_forgotten():
    outbox = given_up()
    outbox.discard(outbox.find("read", "a"))

    assert outbox.find("read", "a") is None
    assert sum(outbox.counts().values()) == 0


def test_a_job_of_a_killed_worker_waits_again_and_the_living_keep_theirs():
    outbox = Outbox()
    for uid in "ab":
        put(outbox, uid)
    lost, kept = outbox.claim("dead", 1.0), outbox.claim("alive", 1.0)

    assert outbox.take_back(lambda claim, lease: claim == "dead", 2.0) == []
    assert (lost.state, kept.state) == (JobState.WAITING, JobState.RUNNING)
    assert lost.attempts == 0


def test_a_job_that_kills_every_worker_is_given_up():
    outbox = Outbox()
    put(outbox, "poison")
    given_up = []
    for n in range(LOSSES):
        assert given_up == []
        outbox.claim(str(n), float(n))
        given_up = outbox.take_back(lambda claim, lease: True, float(n))

    assert [record.uid for record in given_up] == ["poison"]
    assert given_up[0].state is JobState.FAILED


def test_progress_forgives_the_losses_before_it():
    outbox = Outbox()
    put(outbox, "long")
    for n in range(LOSSES * 2):
        record = outbox.claim(str(n), float(n))
        outbox.renew(record, float(n), (n, 300))
        assert outbox.take_back(lambda claim, lease: True, float(n)) == []


def test_a_claim_says_until_when_it_holds_without_a_sign_of_life():
    outbox = Outbox()
    put(outbox, "a")
    record = outbox.claim("1", 10.0)
    assert record.lease == 10.0 + LEASE

    outbox.renew(record, 100.0, (1, 2))
    assert record.lease == 100.0 + LEASE


def two_writers(db):
    for manager in (transaction.TransactionManager(), transaction.TransactionManager()):
        connection = db.open(manager)
        yield manager, make_outbox(connection.root()["Application"].site)


def test_a_request_and_a_worker_at_an_almost_empty_queue_do_not_meet(db, outbox):
    with outbox() as box:
        put(box, "old")
    (request, asking), (worker, working) = two_writers(db)

    put(asking, "new")
    record = working.claim("1", 10.0)
    worker.commit()
    request.commit()  # ConflictError would be raised here

    worker.begin()
    working.finish(record, 11.0)
    put(asking, "newer", now=1.0)
    worker.commit()
    request.commit()
    assert [r.uid for r in asking.records(JobState.WAITING)] == ["new", "newer"]


def test_two_requests_at_once_put_two_jobs(db, outbox):
    with outbox() as box:
        put(box, "old")
    (one, here), (two, there) = two_writers(db)

    put(here, "a")
    put(there, "b")
    one.commit()
    two.commit()

    one.begin()
    assert here.counts()[JobState.WAITING] == 3


def test_two_workers_never_both_claim_a_job(db, outbox):
    with outbox() as box:
        put(box, "a")
    (one, here), (two, there) = two_writers(db)

    assert here.claim("1", 10.0).uid == there.claim("2", 10.0).uid == "a"
    one.commit()
    with pytest.raises(ZODB.POSException.ConflictError):
        two.commit()
