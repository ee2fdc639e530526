"""Many letters that are done in the background survive ``kill -9`` of the worker."""

from pathlib import Path
from tests.mailitem.manyhouse import LETTERS

import json
import pytest
import signal
import subprocess
import sys


ROOT = Path(__file__).parents[2]


@pytest.fixture
def tell(tmp_path):
    """Return ``tell(command)``: the answer of a house with letters that are to be done."""
    with (tmp_path / "errors").open("wb") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.mailitem.manyhouse", str(tmp_path)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
    # Zope says this and that before it is up.
    while process.stdout.readline().strip() != '"ready"':
        assert process.poll() is None, (tmp_path / "errors").read_text()

    def tell(command):
        process.stdin.write(f"{command}\n")
        process.stdin.flush()
        return json.loads(process.stdout.readline())

    yield tell
    process.kill()
    process.wait()


def test_killed_at_any_moment_each_letter_is_done_once(tell):
    known = tell("report")
    assert (known["done"], known["total"]) == (0, LETTERS)
    for moment, times in (
        ("in-a-letter", 3),
        ("after-commit", 1),
        ("before-commit", 2),
        ("in-a-letter", 30),
        ("after-commit", 2),
    ):
        assert tell(f"die {moment} {times}") == signal.SIGKILL, moment
        now = tell("report")
        # A letter is done and noted, or neither.
        assert sum(now["accepted"]) == now["done"] >= known["done"]
        known = now
    assert 0 < known["done"] < LETTERS

    assert tell("finish") == 0
    known = tell("report")
    assert known["accepted"] == [1] * LETTERS
    assert (known["done"], known["by"]) == (LETTERS, ["anna"])
