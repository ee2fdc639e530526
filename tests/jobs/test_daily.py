from datetime import date
from eakte.jobs.daily import DailyWork
from eakte.jobs.daily import KIND
from eakte.jobs.daily import put_due
from eakte.jobs.interfaces import IDailyTask
from eakte.jobs.interfaces import IJobHandler
from eakte.jobs.interfaces import JobState
from eakte.jobs.interfaces import Outcome
from eakte.jobs.worker import run_pending
from eakte.jobs.worker import Worker
from zope.component import getGlobalSiteManager

import pytest


MONDAY, TUESDAY, FRIDAY = date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 6)


class Sweeping:
    """A task that leaves its mark; it fails as often as it is told."""

    failures = 0

    def do(self, workplace):
        if self.failures:
            self.failures -= 1
            raise OSError("the broom is broken")
        workplace.store(mark)
        return Outcome.DONE


def mark(site):
    site.written["swept"] = site.written.get("swept", 0) + 1


@pytest.fixture
def alone():
    """Nothing else is done daily, whatever ran before in this process."""
    components = getGlobalSiteManager()
    others = [
        (each.component, each.provided, each.name)
        for each in components.registeredUtilities()
        if each.provided is IDailyTask
        or (each.provided is IJobHandler and each.name == KIND)
    ]
    for other in others:
        components.unregisterUtility(*other)
    yield
    for other in others:
        components.registerUtility(*other)


@pytest.fixture
def daily(alone, handler):
    handler(KIND, DailyWork())


@pytest.fixture
def task(daily):
    task = Sweeping()
    getGlobalSiteManager().registerUtility(task, IDailyTask, "sweep")
    yield task
    getGlobalSiteManager().unregisterUtility(task, IDailyTask, "sweep")


@pytest.fixture
def begin(opened):
    """Return ``begin(day)``: a worker looks on that day; says what it asked for."""

    def begin(day):
        with opened() as site:
            return put_due(site, day)

    return begin


@pytest.fixture
def swept(opened):
    def swept():
        with opened() as site:
            return site.written.get("swept", 0)

    return swept


def test_a_daily_task_is_done_once_a_day_however_often_a_worker_looks(
    task, begin, swept, db, work
):
    for _ in range(3):
        begin(MONDAY)
        run_pending(db, work)
    assert swept() == 1

    begin(TUESDAY)
    run_pending(db, work)
    assert swept() == 2


def test_days_on_which_nothing_ran_are_made_up_once(task, begin, swept, db, work):
    begin(MONDAY)
    run_pending(db, work)

    assert begin(FRIDAY) == ["sweep"]
    run_pending(db, work)
    assert begin(FRIDAY) == []
    assert swept() == 2


def test_a_clock_that_was_set_back_repeats_no_day(task, begin):
    begin(TUESDAY)

    assert begin(MONDAY) == []


def test_a_task_that_fails_is_tried_again_the_same_day(
    task, begin, swept, db, work, clock, outbox
):
    task.failures = 1
    begin(MONDAY)
    clock.now = 4_000_000_000.0
    run_pending(db, work, clock)
    with outbox() as box:
        record = box.find(KIND, "sweep")
        assert record.state is JobState.WAITING
        assert "broom" in record.error

    clock.now += 60
    run_pending(db, work, clock)
    assert swept() == 1


def test_a_task_that_is_no_more_is_forgotten(daily, outbox, clock, db, work):
    with outbox() as box:
        box.put(KIND, "gone", 2, clock())

    run_pending(db, work, clock)

    with outbox() as box:
        assert box.find(KIND, "gone") is None


def test_a_worker_asks_by_itself_when_it_starts(task, db, work, swept):
    worker = Worker(db, work, threads=0)
    worker.sweep_if_time()
    while worker.work_once()[0]:
        pass
    worker.stop()

    assert swept() == 1


def test_jobs_that_are_done_by_hand_bring_no_daily_work(task, db, work, swept):
    run_pending(db, work)

    assert swept() == 0
