from eakte.jobs.interfaces import Rank
from eakte.jobs.outbox import make_outbox
from eakte.jobs.worker import run_pending
from pathlib import Path
from tests.jobs.bare import prepare_components
from tests.jobs.bare import put_up_site
from tests.jobs.steps import Stepping
from tests.jobs.steps import STEPS

import pytest
import subprocess
import sys
import transaction
import ZODB


ROOT = Path(__file__).parents[2]


@pytest.fixture
def data(tmp_path):
    """The database file of a site with one job of many steps."""
    prepare_components()
    data = tmp_path / "Data.fs"
    db = ZODB.DB(str(data))
    put_up_site(db)
    connection = db.open()
    site = connection.root()["Application"].site
    make_outbox(site).put("step", "a", Rank.LATER, 0.0)
    transaction.commit()
    connection.close()
    db.close()
    return data


def work_until_killed(data, work, steps):
    """Return the steps that a worker began before it was killed."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.jobs.steps", data, work],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        begun = [int(process.stdout.readline()) for _ in range(steps)]
        process.kill()
    return begun


def test_a_killed_worker_s_job_goes_on_at_the_step_where_it_was(data, work, handler):
    at = 0
    for steps in (40, 1, 75):
        begun = work_until_killed(data, work, steps)
        # The step in hand may have been stored, or not, when the kill came.
        assert begun[0] in (at, at + 1)
        assert begun == list(range(begun[0], begun[0] + steps))
        at = begun[-1]

    handler("step", Stepping())
    db = ZODB.DB(str(data))
    assert run_pending(db, work) == 1

    connection = db.open()
    site = connection.root()["Application"].site
    assert dict(site.written) == dict.fromkeys(range(STEPS), 1)
    assert sum(make_outbox(site).counts().values()) == 0
    connection.close()
    db.close()
