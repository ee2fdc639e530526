"""A process that works on a job of many steps until it is killed.

``python -m tests.jobs.steps DATA_FS WORK_FOLDER``: takes what is in the outbox, and
says on its output which step it begins.
"""

from eakte.jobs.interfaces import IJobHandler
from eakte.jobs.interfaces import Outcome
from eakte.jobs.interfaces import Rank
from eakte.jobs.worker import Worker
from pathlib import Path
from tests.jobs.bare import prepare_components
from zope.component import provideUtility

import sys
import time
import ZODB


STEPS = 300


class Stepping:
    """Counts, one transaction a step, and goes on where it was."""

    rank = Rank.LATER

    def do(self, workplace, uid):
        """Do the steps that nobody has done."""
        for step in range(workplace.read(first_step), STEPS):
            print(step, flush=True)
            time.sleep(0.005)
            workplace.store(lambda site, step=step: count(site, step))
        return Outcome.DONE

    def give_up(self, site, uid, reason):
        """Leave a mark that the test finds."""
        site.written["given up"] = str(reason)


def first_step(site):
    """Return the step that comes next."""
    return len(site.written)


def count(site, step):
    """Note that the step was done."""
    site.written[step] = site.written.get(step, 0) + 1


if __name__ == "__main__":
    prepare_components()
    provideUtility(Stepping(), IJobHandler, "step")
    worker = Worker(ZODB.DB(sys.argv[1]), Path(sys.argv[2]), threads=1)
    worker.start()
    while True:
        time.sleep(60)
