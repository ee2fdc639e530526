"""A real office: the start script in a folder of its own, with the demo's letters."""

from contextlib import closing
from pathlib import Path

import pytest
import shutil
import signal
import socket
import subprocess
import threading
import time


ROOT = Path(__file__).parents[2]


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
        self.process = subprocess.Popen(
            [self.folder / "instance" / "start.sh", str(self.port)],
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
def office(tmp_path_factory):
    """The demo office, freshly founded and running."""
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
    yield office
    if office.process.poll() is None:
        office.stop(signal.SIGKILL)


def _free_port():
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
