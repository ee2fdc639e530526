from eakte.jobs.bell import BELL
from eakte.jobs.interfaces import IJobHandler
from eakte.jobs.interfaces import IJobQueue
from eakte.jobs.interfaces import IJobs
from eakte.jobs.interfaces import JobState
from eakte.jobs.interfaces import Rank
from eakte.jobs.outbox import FAILURES
from eakte.jobs.outbox import outbox_of
from eakte.jobs.queue import JobQueue
from eakte.jobs.queue import Jobs
from zope.component.hooks import setSite
from zope.interface import implementer
from zope.interface.interfaces import ComponentLookupError
from zope.interface.verify import verifyObject

import pytest
import transaction


@implementer(IJobHandler)
class Reader:
    rank = Rank.LATER

    def do(self, workplace, uid):
        raise AssertionError("nobody works here")

    def give_up(self, site, uid, reason):
        pass


@pytest.fixture
def site(db, handler):
    handler("read", Reader())
    connection = db.open()
    site = connection.root()["Application"].site
    setSite(site)
    yield site
    setSite(None)
    transaction.abort()
    connection.close()


def test_the_contracts_are_kept():
    assert verifyObject(IJobQueue, JobQueue())
    assert verifyObject(IJobs, Jobs())


def test_a_job_is_committed_with_its_content_or_not_at_all(site):
    site.title = "A letter"
    JobQueue().put("read", "a")
    transaction.abort()

    assert site.title == ""
    assert Jobs().find("read", "a") is None

    site.title = "A letter"
    JobQueue().put("read", "a")
    transaction.commit()
    transaction.begin()

    assert site.title == "A letter"
    assert Jobs().find("read", "a").state is JobState.WAITING


def test_the_bell_rings_after_the_commit_and_only_then(site):
    heard = BELL.rings
    JobQueue().put("read", "a")
    assert BELL.rings == heard
    transaction.abort()
    assert BELL.rings == heard

    JobQueue().put("read", "a")
    transaction.commit()
    assert BELL.rings == heard + 1


def test_nobody_asks_for_a_job_that_nobody_does(site):
    with pytest.raises(ComponentLookupError):
        JobQueue().put("bake", "a")


def test_looking_writes_nothing(site):
    jobs = Jobs()

    assert set(jobs.counts().values()) == {0}
    assert (jobs.waiting(), jobs.running(), jobs.failed()) == ([], [], [])
    assert outbox_of(site) is None


def test_a_person_sees_a_dead_letter_and_retries_or_discards_it(site):
    queue, jobs = JobQueue(), Jobs()
    queue.put("read", "a")
    outbox = outbox_of(site)
    for n in range(FAILURES):
        outbox.fail(outbox.claim("1", 9e9 + n * 10_000), "no toner", 9e9 + n * 10_000)
    [job] = jobs.failed()
    assert (job.uid, job.error, job.attempts) == ("a", "no toner", FAILURES)

    jobs.retry(job)
    assert jobs.find("read", "a").state is JobState.WAITING
    jobs.discard(job)
    assert jobs.find("read", "a") is not None, "only a dead letter is discarded"

    for n in range(FAILURES):
        outbox.fail(outbox.claim("1", 9e9 + n * 10_000), "no toner", 9e9 + n * 10_000)
    jobs.discard(job)
    assert jobs.find("read", "a") is None
