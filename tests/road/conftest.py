"""A real office: the start script in a folder of its own, with the demo's letters."""

from contextlib import closing
from eakte.demo.founding import KEY
from eakte.demo.founding import SITE_ID
from eakte.demo.letters import letters
from eakte.jobs.interfaces import JobState
from eakte.jobs.outbox import KEY as OUTBOX
from pathlib import Path
from tests.browser.conftest import picture  # noqa: F401
from ZODB.DB import DB
from ZODB.FileStorage import FileStorage

import pytest
import shutil
import signal
import socket
import subprocess
import threading
import time


ROOT = Path(__file__).parents[2]

DEMO = "Schulbescheinigung"
"""The subject of a letter that the demo made; it waits in the mailroom."""


class Office:
    """An instance that ``instance/start.sh`` has started."""

    password = "Auental-2026"

    def __init__(self, folder):
        self.folder = folder
        self.port = _free_port()
        self.url = f"http://localhost:{self.port}/eakte"
        self.said = []

    def start(self, seconds):
        """Start and return when the accounts are printed."""
        ready = threading.Event()
        # Ctrl-C ends it also where the tests themselves run in the background.
        begin = ("env", "--default-signal=INT", self.folder / "instance" / "start.sh")
        self.process = subprocess.Popen(
            [*begin, str(self.port)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

        def listen():
            for line in self.process.stdout:
                self.said.append(line)
                if "Ctrl-C" in line:
                    ready.set()
            ready.set()

        threading.Thread(target=listen, daemon=True).start()
        end = time.monotonic() + seconds
        while not ready.wait(1) and time.monotonic() < end:
            if self.process.poll() is not None:
                break
        assert self.process.poll() is None and ready.is_set(), "".join(self.said[-40:])

    def stop(self, how=signal.SIGTERM):
        """Stop it: as Ctrl-C, as a service manager or as a power cut does."""
        self.process.send_signal(how)
        self.process.wait(60)


@pytest.fixture(scope="session")
def office(tmp_path_factory, pytestconfig):
    """The demo office, freshly founded and running.

    Of the demo's letters only the one that goes the road is read: the others' ninety
    pages would only keep the letters of these tests waiting.
    """
    folder = tmp_path_factory.mktemp("office")
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    for name in listed.stdout.splitlines():
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    (folder / ".venv").symlink_to(ROOT / ".venv")
    subprocess.run([".venv/bin/buildout", "-q", "-N"], cwd=folder, check=True)
    office = Office(folder)
    office.start(600)
    if not pytestconfig.getoption("--pictures"):
        office.stop()
        _let_lie(folder / "var" / "filestorage" / "Data.fs", but=DEMO)
        office.start(240)
    yield office
    if office.process.poll() is None:
        office.stop(signal.SIGKILL)


def _let_lie(data, but):
    """Forget what waits to be done with the demo's letters.

    :param data: the file of the office's database; the office is not running.
    :param but: the subject of the letter that is read all the same.
    """
    with closing(DB(FileStorage(str(data)))) as db, db.transaction() as connection:
        notes = connection.root()["Application"][SITE_ID].__annotations__
        outbox, known = notes[OUTBOX], notes[KEY]
        uids = {known[each.id] for each in letters() if each.subject != but}
        waiting = [
            each for each in outbox.records(JobState.WAITING) if each.uid in uids
        ]
        assert len(waiting) > 20
        for record in waiting:
            outbox.discard(record)


def _free_port():
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
