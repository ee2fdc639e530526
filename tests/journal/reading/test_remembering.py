"""What was read is found, and forgotten when its time is over."""

from eakte.filingplan.plan import FilingPlan
from eakte.jobs.daily import put_due
from eakte.jobs.server import work_folder
from eakte.jobs.worker import run_pending
from eakte.journal.expiring import days_to_remember
from eakte.journal.indexing import Indexer
from eakte.journal.lanes import store_of
from eakte.journal.verifying import verify

import pytest
import threading
import time_machine
import transaction


@pytest.fixture
def served(site):
    """Return ``served()``: the indexer looks once, in a thread of its own."""
    db = site._p_jar.db()

    def index_all():
        thread = threading.Thread(target=Indexer(db).index_all)
        thread.start()
        thread.join()

    return index_all


def test_what_was_read_is_taken_into_the_index_and_is_found_there_too(
    site, browse, read, letter, served
):
    browse("anna", f"posteingang/{letter.getId()}")
    served()
    transaction.begin()
    store = store_of(site)
    assert store.index.order.count == sum(lane.count for lane in store.lanes())

    assert [entry.who for entry in read(letter)] == ["anna"]
    assert verify(store).is_right


@pytest.mark.parametrize(
    ("said", "days"), [(365, 365), (0, 5 * 365 - 1), (99_999, 5 * 365 - 1)]
)
def test_reading_is_remembered_for_less_time_than_any_case_file_is_kept(
    site, said, days
):
    """The shortest retention period in the plan of the small office is five years."""
    assert days_to_remember(said) == days


def test_without_a_retention_period_reading_is_remembered_as_long_as_is_set(
    site, monkeypatch
):
    monkeypatch.setattr(FilingPlan, "units", lambda self, department=None: ())
    assert days_to_remember(400) == 400
    assert days_to_remember(0) is None


def test_reading_expires_by_itself_on_the_day_after_its_time(
    site, browse, read, letter, served
):
    with time_machine.travel("2026-03-02T09:05:00Z", tick=False):
        browse("anna", f"posteingang/{letter.getId()}")
    served()
    for day, left in (("2027-03-01", 1), ("2027-03-04", 0)):
        with time_machine.travel(f"{day}T01:00:00Z", tick=False):
            transaction.begin()
            assert "eakte.journal.expire-reading" in put_due(site)
            transaction.commit()
            run_pending(site._p_jar.db(), work_folder())
        assert len(read(letter)) == left

    assert verify(store_of(site)).is_right
