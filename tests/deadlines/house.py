"""A server that sends the mail of the day and can be killed while it does.

``python -m tests.deadlines.house FOLDER PORT`` founds the small office in the folder,
with something to do for anna; its mail server listens at the port. It reads commands
from standard input, one a line, and answers each with a line of JSON:

``die M``   send in a process of its own that kills itself at the moment ``M``, see
            ``MOMENTS``; ``{"signal": …}``
``finish``  send until no job is left; ``{"jobs": …}``
"""

from eakte.clock import today
from eakte.deadlines import digest
from eakte.deadlines.digest import KIND
from eakte.deadlines.resubmitting import resubmit
from eakte.deadlines.settings import IDeadlineSettings
from eakte.jobs.daily import put_due
from eakte.jobs.interfaces import IJobs
from eakte.jobs.server import work_folder
from eakte.jobs.transactions import transact
from eakte.jobs.worker import Worker
from pathlib import Path
from plone import api
from plone.registry.interfaces import IRegistry
from tests.builders import a_case_file
from tests.crash.house import die
from tests.crash.house import forked
from tests.crash.house import found
from tests.crash.house import load
from tests.crash.house import open_database
from tests.crash.house import SITE
from zope.component import getUtility

import json
import os
import sys


MOMENTS = {
    "before-delivery": "deliver",
    "after-delivery": "note_delivered",
}
"""Moment -> the function of the digest in whose place the process dies."""


def put_something_to_do(site, port):
    """Something is due today, at whatever hour the test runs."""
    api.portal.set_registry_record("plone.smtp_host", "127.0.0.1")
    api.portal.set_registry_record("plone.smtp_port", port)
    api.portal.set_registry_record("plone.email_from_address", "eakte@amt.example")
    getUtility(IRegistry).forInterface(IDeadlineSettings).digest_hour = 0
    case_file = a_case_file(team="a1", desk="a1-1")
    with api.env.adopt_user(username="anna"):
        resubmit(case_file, today(), "Antwort da?")
    # What the day asks for first; the jobs of the mails are their own.
    put_due(site)


def jobs(site):
    """Return the people whose mail is still to be sent."""
    known = getUtility(IJobs)
    some = [*known.waiting(), *known.running(), *known.failed()]
    return sorted(each.uid for each in some if each.kind == KIND)


def send_all(folder):
    """Do the day's jobs, as the worker of the server does."""
    database = open_database(folder)
    worker = Worker(database, work_folder(), threads=0)
    worker.sweep()
    while worker.work_once()[0]:
        pass
    worker.stop()
    database.close()


def send_until(folder, moment):
    setattr(digest, MOMENTS[moment], lambda *args, **named: die())
    send_all(folder)


def look(folder):
    """Write down which jobs are left."""
    database = open_database(folder)
    found = transact(database, jobs, site_id=SITE, commit=False)
    (folder / "jobs.json").write_text(json.dumps(found))
    database.close()


def main(folder, port):
    load()
    os.environ["EAKTE_VAR"] = str(folder / "var")
    (folder / "var").mkdir()
    found(folder)

    def prepare():
        database = open_database(folder)
        transact(database, lambda site: put_something_to_do(site, port), site_id=SITE)
        database.close()

    os.waitpid(forked(prepare), 0)
    print(json.dumps("ready"), flush=True)
    for line in sys.stdin:
        command, _space, moment = line.strip().partition(" ")
        if command == "die":
            pid = forked(lambda moment=moment: send_until(folder, moment))
            answer = {"signal": os.WTERMSIG(os.waitpid(pid, 0)[1])}
        else:
            os.waitpid(forked(lambda: send_all(folder)), 0)
            os.waitpid(forked(lambda: look(folder)), 0)
            answer = {"jobs": json.loads((folder / "jobs.json").read_text())}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
