"""The mail of the day and ``kill -9``: a process of its own, a mail server of its own."""

from .sink import mail_server

import json
import psutil
import pytest
import signal
import subprocess
import sys


@pytest.fixture
def sink():
    with mail_server() as sink:
        yield sink


@pytest.fixture
def tell(tmp_path, sink):
    """Return ``tell(command)``: the answer of the process, see ``house``."""
    errors = tmp_path / "errors"
    with errors.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.deadlines.house", tmp_path, str(sink.port)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=file,
            text=True,
        )
    # Zope says this and that before it is up.
    while process.stdout.readline().strip() != '"ready"':
        assert process.poll() is None, errors.read_text()

    def tell(command):
        process.stdin.write(f"{command}\n")
        process.stdin.flush()
        return json.loads(process.stdout.readline())

    yield tell
    for child in psutil.Process(process.pid).children(recursive=True):
        child.kill()
    process.kill()
    process.wait()


def test_killed_before_the_delivery_the_mail_comes_once(tell, sink):
    for _ in range(2):
        assert tell("die before-delivery") == {"signal": signal.SIGKILL}
    assert sink.mails == []

    assert tell("finish") == {"jobs": []}
    assert sink.receivers == ["anna@amt.example"]


def test_killed_after_the_delivery_the_same_mail_comes_again_and_then_no_more(
    tell, sink
):
    assert tell("die after-delivery") == {"signal": signal.SIGKILL}
    assert sink.receivers == ["anna@amt.example"]

    for _ in range(2):
        assert tell("finish") == {"jobs": []}
    first, second = (mail for _, mail in sink.mails)
    assert first["Message-ID"] == second["Message-ID"]
    assert first.as_bytes() == second.as_bytes()
