"""A worker that can be killed while it does many letters; each start is a fork.

Reads commands from standard input, one a line, and answers each with a line of JSON:

``die M N``  work, and be killed at the moment ``M`` for the ``N``-th time it comes
``finish``   work until nothing is left to do
``report``   tell what is in the database, see ``report``
"""

from eakte.jobs.server import work_folder
from eakte.jobs.transactions import transact
from eakte.jobs.worker import run_pending
from eakte.jobs.workplace import Workplace
from eakte.mailitem import many
from eakte.mailitem import manyjob
from eakte.mailitem.interfaces import IRoutingHistory
from eakte.mailitem.many import begin
from eakte.mailitem.many import preview
from eakte.mailitem.manybook import batches
from eakte.mailitem.manybook import Chosen
from eakte.mailitem.states import State
from eakte.mailitem.store import mail_store
from pathlib import Path
from plone import api
from tests.builders import a_mail_item
from tests.crash.house import die
from tests.crash.house import forked
from tests.crash.house import found
from tests.crash.house import load
from tests.crash.house import open_database
from tests.crash.house import SITE

import json
import os
import sys


LETTERS = 60

MOMENTS = {
    "in-a-letter": (many, "mark_of"),
    "before-commit": (manyjob, "go_on"),
    "after-commit": (Workplace, "store"),
}
"""Moment -> the function after which the process dies."""


def ask_for_many(site):
    """Anna asks for more letters than a request does."""
    letters = [a_mail_item(State.ROUTED, team="a1") for _ in range(LETTERS)]
    uids = [each.UID() for each in letters]
    with api.env.adopt_user(username="anna"):
        verdicts = preview("accept", {}, uids)
        begin("accept", {}, [Chosen(each.uid, each.mark) for each in verdicts])


def work_until(folder, moment, times):
    """Work, and be killed at the moment."""
    place, name = MOMENTS[moment]
    real, left = getattr(place, name), [times]

    def dying(*args, **options):
        result = real(*args, **options)
        left[0] -= 1
        if not left[0]:
            die()
        return result

    setattr(place, name, dying)
    work(folder)


def work(folder):
    """Do all jobs that wait."""
    database = open_database(folder)
    run_pending(database, work_folder())
    database.close()


def report(folder):
    """Return how often each letter was accepted, by whom, and what the batch says."""
    database = open_database(folder)

    def look(site):
        ways = [IRoutingHistory(each).entries() for each in mail_store().objectValues()]
        (batch,) = filter(None, batches().values())
        return {
            "accepted": [sum(e.step == "accept" for e in way) for way in ways],
            "by": sorted({e.who for way in ways for e in way if e.step == "accept"}),
            "done": batch.counts["done"],
            "total": len(batch.chosen),
        }

    found_there = transact(database, look, site_id=SITE, commit=False)
    database.close()
    return found_there


def reported(folder):
    """Leave the report in a file: it is made by a process of its own."""
    (folder / "report").write_text(json.dumps(report(folder)))


def main(folder):
    load()
    os.environ["EAKTE_VAR"] = str(folder / "var")
    (folder / "var").mkdir()
    found(folder)
    database = open_database(folder)
    transact(database, ask_for_many, site_id=SITE)
    database.close()
    print(json.dumps("ready"), flush=True)
    for line in sys.stdin:
        match line.split():
            case ["die", moment, times]:
                asked = (work_until, folder, moment, int(times))
            case ["finish"]:
                asked = (work, folder)
            case ["report"]:
                asked = (reported, folder)
        do, *args = asked
        _pid, status = os.waitpid(forked(lambda do=do, args=args: do(*args)), 0)
        ended = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
        is_report = do is reported
        answer = (folder / "report").read_text() if is_report else json.dumps(ended)
        print(answer, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
