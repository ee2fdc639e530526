from collections import Counter
from hashlib import sha256
from io import BytesIO
from PIL import Image
from tests.capture.papers import image
from tests.capture.papers import pdf

import json
import os
import psutil
import pytest
import random
import signal
import subprocess
import sys
import time


LETTERS = 50
KILLS = 20


class House:
    """The server of ``house.py``, told what to do.

    :param errors: the file for what it says on its way.
    """

    def __init__(self, errors):
        self.errors = errors
        with errors.open("wb") as file:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.crash.house"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=file,
                text=True,
            )
        # Zope says this and that before it is up.
        while self.process.stdout.readline().strip() != '"ready"':
            assert self.process.poll() is None, errors.read_text()

    def found(self, folder):
        """Begin with a new office."""
        self.folder = folder
        self.tell(f"found {folder}")

    def tell(self, command):
        self.process.stdin.write(f"{command}\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def close(self):
        for child in psutil.Process(self.process.pid).children(recursive=True):
            child.kill()
        self.process.kill()
        self.process.wait()


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """Zope, loaded once for all tests."""
    server = House(tmp_path_factory.mktemp("server") / "errors")
    yield server
    server.close()


@pytest.fixture
def house(server, tmp_path):
    """The server with an office of this test's own."""
    server.found(tmp_path)
    return server


def pages(number):
    """Return a TIFF of three small pages."""
    first, *others = [
        Image.open(BytesIO(image(f"Seite {page} {number}"))) for page in (1, 2, 3)
    ]
    target = BytesIO()
    first.save(target, "TIFF", save_all=True, append_images=others)
    return target.getvalue()


def letters():
    """Yield ``(name, content)``: mostly small scans, some of several pages, some bad."""
    for number in range(LETTERS):
        match number % 10:
            case 3:
                yield f"{number}.tif", pages(number)
            case 6:
                yield f"{number}.pdf", b"no scan at all " + str(number).encode()
            case 8:
                yield f"{number}.pdf", pdf("immer dasselbe")
            case _:
                yield f"{number}.png", image(f"Brief {number}")


def drop(folder, name, content):
    """Write a file in two pieces, as a scanner does that knows no better."""
    with (folder / name).open("wb") as file:
        file.write(content[: len(content) // 2])
        file.flush()
        time.sleep(0.01)
        file.write(content[len(content) // 2 :])


def mailroom_folder(house):
    box = house.folder / "var" / "intake" / "poststelle"
    box.mkdir(parents=True)
    return box


def test_kill_9_at_the_worst_moments_neither_loses_nor_doubles_a_letter(house):
    box = mailroom_folder(house)
    moments = ["while-copying", "before-commit", "after-commit", "after-move"]
    for number, moment in enumerate(moments):
        drop(box, f"{number}.png", image(moment))
        house.tell(f"die {moment}")
        assert house.tell("wait") == {"signal": signal.SIGKILL}
    assert house.tell("finish") == {"status": 0}, house.errors.read_text()
    found = house.tell("report")["letters"]
    assert {letter["sha256"] for letter in found} == {
        sha256(image(moment)).hexdigest() for moment in moments
    }
    assert [(each["duplicate_of"], each["endings"]) for each in found] == [
        (None, 1)
    ] * 4
    taken = sorted(path.name for path in box.glob(".taken/*/*"))
    assert taken == ["0.png", "1.png", "2.png", "3.png"]


def test_kill_9_at_any_moment_neither_loses_nor_doubles_a_letter(house):
    seed = int(os.environ.get("CRASH_SEED", time.time_ns() % 10**6))
    print(f"CRASH_SEED={seed}")
    chance = random.Random(seed)  # noqa: S311
    box = mailroom_folder(house)
    to_come = list(letters())
    shas = Counter(sha256(content).hexdigest() for _, content in to_come)

    for left in range(KILLS, 0, -1):
        pid = house.tell("start")["pid"]
        moment = time.monotonic() + chance.uniform(0.05, 2.5)
        for _ in range(-(-len(to_come) // left)):
            drop(box, *to_come.pop(0))
        time.sleep(max(0.0, moment - time.monotonic()))
        os.kill(pid, signal.SIGKILL)
        assert house.tell("wait") == {"signal": signal.SIGKILL}
    assert to_come == []

    assert house.tell("finish") == {"status": 0}, house.errors.read_text()
    report = house.tell("report")

    found = report["letters"]
    assert len(found) == LETTERS
    assert Counter(letter["sha256"] for letter in found) == shas
    assert len({letter["number"] for letter in found}) == LETTERS
    copies = shas[sha256(pdf("immer dasselbe")).hexdigest()]
    assert sum(bool(letter["duplicate_of"]) for letter in found) == copies - 1

    assert report["jobs"] == {"waiting": 0, "running": 0, "failed": 0}
    for letter in found:
        assert letter["endings"] == 1, letter
        if letter["problem"]:
            assert (letter["status"], letter["problem"]) == ("failed", "unsupported")
        else:
            assert letter["status"] == "done"
            assert letter["pages_done"] == letter["page_count"] > 0

    assert [path.name for path in box.iterdir() if path.is_file()] == []
    taken = list(box.glob(".taken/*/*"))
    assert len(taken) == LETTERS
    assert Counter(sha256(path.read_bytes()).hexdigest() for path in taken) == shas
