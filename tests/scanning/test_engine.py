"""Whatever happens to a child, the parent goes on and the next request works."""

from concurrent.futures import ThreadPoolExecutor
from eakte.scanning.engine import Engine
from eakte.scanning.errors import Busy
from eakte.scanning.errors import Damaged
from eakte.scanning.errors import ERRORS
from eakte.scanning.errors import TimedOut
from eakte.scanning.errors import TooLarge
from eakte.scanning.errors import ToolFailed
from eakte.scanning.errors import ToolMissing
from eakte.scanning.model import Limits
from pathlib import Path
from PIL import Image

import os
import psutil
import pytest
import signal
import subprocess
import sys
import threading
import time


FAKES = Path(__file__).parent / "fakes"


@pytest.fixture
def page(stationer):
    return stationer.typed(("Eine Seite",)).saved("page.pdf")


@pytest.fixture
def office():
    """An engine with one child, whose program a test can exchange."""
    with Engine(1, Limits(seconds_inspect=20)) as engine:
        yield engine


def wait_for_work(engine):
    """Wait until a child has been asked for something."""
    end = time.monotonic() + 20
    while not engine._busy and time.monotonic() < end:
        time.sleep(0.01)


def fake(name):
    return (str(FAKES / name),)


@pytest.mark.parametrize(
    ("name", "error", "said"),
    [
        ("crash.py", ToolFailed, "SIGSEGV"),
        ("unborn.py", ToolMissing, "No library to read scans with"),
        ("nobody.py", ToolFailed, "exit status 2"),
        ("babble.py", ToolFailed, "nonsense"),
        ("boast.py", ToolFailed, "nonsense"),
        ("invent.py", ToolFailed, "nonsense"),
        ("forget.py", TooLarge, "memory"),
        ("hang.py", TimedOut, "longer than 2 seconds"),
        ("dribble.py", TimedOut, "longer than 2 seconds"),
    ],
)
def test_a_child_that_fails_is_named_and_replaced(page, name, error, said):
    # Only those that never answer are waited for in vain.
    seconds = 2 if error is TimedOut else 60
    with Engine(1, Limits(seconds_inspect=seconds)) as engine:
        engine.child = fake(name)
        with pytest.raises(error, match=said) as caught:
            engine.inspect(page)
        engine.child = Engine.child
        engine.limits = Limits()
        engine._idle = [child for child in engine._idle if child.kill()]

        assert type(caught.value) is error
        assert engine.inspect(page).page_count == 1
        assert [child.asked for child in engine._idle] == [1]


def test_a_program_that_is_missing_is_named_and_found_again(page, monkeypatch):
    with Engine(1) as engine:
        with monkeypatch.context() as moved:
            moved.setattr(sys, "executable", "/nowhere/python")
            with pytest.raises(ToolMissing, match="/nowhere/python"):
                engine.inspect(page)

        assert engine.inspect(page).page_count == 1


def test_who_waits_too_long_for_a_free_child_is_told(page):
    with Engine(1, Limits(seconds_inspect=2), patience=0.1) as engine:
        real, engine.child = engine.child, fake("hang.py")
        with ThreadPoolExecutor(1) as other:
            waiting = other.submit(engine.inspect, page)
            wait_for_work(engine)
            with pytest.raises(Busy):
                engine.inspect(page)
            assert isinstance(waiting.exception(), TimedOut)

        engine.child = real
        assert engine.inspect(page).page_count == 1


def test_no_fake_program_outlives_its_failure(page):
    before = set(psutil.Process().children())
    with Engine(1, Limits(seconds_inspect=1)) as engine:
        engine.child = fake("hang.py")
        with pytest.raises(TimedOut):
            engine.inspect(page)

        assert set(psutil.Process().children()) <= before


def test_a_real_page_that_takes_too_long_is_stopped(material):
    with Engine(1, Limits(seconds_recognise=0.5)) as engine:
        path = material / "scans" / "linn.pdf"
        with pytest.raises(TimedOut):
            engine.read_page(path, 1)

        assert engine.inspect(path).page_count == 1


def test_an_image_that_needs_more_memory_than_allowed_is_too_large(tmp_path, page):
    poster = tmp_path / "poster.png"
    Image.new("RGB", (8000, 8000), "white").save(poster)
    with Engine(1, Limits(memory_bytes=220 * 1024**2)) as engine:
        with pytest.raises(TooLarge, match="memory"):
            engine.render(poster, 1, 700)

        assert engine.inspect(poster).page_count == 1
        assert engine.render(page, 1, 200)


def test_an_image_with_more_pixels_than_allowed_is_not_decoded(tmp_path):
    poster = tmp_path / "poster.png"
    Image.new("1", (3000, 3000)).save(poster)
    with Engine(1, Limits(pixels=5_000_000)) as engine:
        assert engine.inspect(poster).page_count == 1
        with pytest.raises(TooLarge, match="3000 x 3000"):
            engine.render(poster, 1, 100)


def test_a_file_with_more_pages_than_allowed_is_too_large(stationer):
    path = stationer.typed(()).typed(()).typed(()).saved()
    with Engine(1, Limits(pages=2)) as engine, pytest.raises(TooLarge, match="3 pages"):
        engine.inspect(path)


def test_a_child_that_died_while_idle_is_replaced_unseen(office, page):
    office.inspect(page)
    first = office._idle[0].pid
    os.kill(first, signal.SIGKILL)
    psutil.Process(first).wait(10)

    assert office.inspect(page).page_count == 1
    assert office._idle[0].pid != first


def test_a_child_killed_from_outside_at_work_fails_only_its_request(office, material):
    path = material / "scans" / "linn.pdf"
    office.inspect(path)
    child = office._idle[0].pid

    def kill():
        wait_for_work(office)
        os.kill(child, signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    with pytest.raises(ToolFailed, match="SIGKILL"):
        office.read_page(path, 1)
    killer.join()

    assert office.inspect(path).page_count == 1


def test_a_child_is_replaced_after_its_share_of_requests(office, page):
    office.requests_a_child = 2
    pids = []
    for _ in range(4):
        office.inspect(page)
        pids.append(office._idle[0].pid)

    assert pids[0] == pids[1] != pids[2] == pids[3]


def test_a_page_that_is_damaged_keeps_its_child(office, tmp_path, page):
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7\nnothing follows")
    office.inspect(page)
    first = office._idle[0].pid
    with pytest.raises(Damaged):
        office.inspect(broken)

    assert office._idle[0].pid == first


def test_many_threads_share_two_children(page):
    with Engine(2) as engine, ThreadPoolExecutor(12) as threads:
        images = set(threads.map(lambda _: engine.render(page, 1, 300), range(60)))

        assert len(images) == 1
        assert 1 <= len(engine._idle) <= 2


def test_children_live_on_when_the_thread_that_asked_first_is_gone(office, page):
    thread = threading.Thread(target=office.inspect, args=(page,))
    thread.start()
    thread.join()
    first = office._idle[0].pid
    office.inspect(page)

    assert office._idle[0].pid == first


def test_a_closed_engine_has_no_children_and_refuses(page):
    before = set(psutil.Process().children())
    engine = Engine(1)
    engine.inspect(page)
    engine.close()

    assert set(psutil.Process().children()) <= before
    with pytest.raises(ToolFailed, match="closed"):
        engine.inspect(page)


def test_closing_ends_the_request_under_way(material):
    engine = Engine(1)
    with ThreadPoolExecutor(1) as threads:
        request = threads.submit(
            engine.read_page, material / "scans" / "linn.pdf", 1, "deu"
        )
        wait_for_work(engine)
        engine.close()

        assert isinstance(request.exception(30), ToolFailed)


def test_killing_the_parent_leaves_no_child(page):
    parent = subprocess.Popen(
        [sys.executable, FAKES / "office.py", page, page],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        stdout=subprocess.PIPE,
        text=True,
    )
    with parent:
        children = [
            psutil.Process(int(pid)) for pid in parent.stdout.readline().split()
        ]
        assert children
        parent.kill()
    _, alive = psutil.wait_procs(children, timeout=10)

    assert [child for child in alive if child.status() != psutil.STATUS_ZOMBIE] == []


def test_a_child_knows_nothing_of_the_secrets_around_it(office, page, monkeypatch):
    monkeypatch.setenv("DATABASE_PASSWORD", "geheim")
    office.inspect(page)
    child = psutil.Process(office._idle[0].pid)

    assert "DATABASE_PASSWORD" not in child.environ()
    assert "geheim" not in " ".join(child.cmdline())
    assert child.rlimit(psutil.RLIMIT_CORE) == (0, 0)
    assert child.rlimit(psutil.RLIMIT_AS)[1] == office.limits.memory_bytes


def test_a_file_that_is_not_there_is_the_callers_error(office, tmp_path):
    with pytest.raises(FileNotFoundError):
        office.inspect(tmp_path / "gone.pdf")
    with pytest.raises(OSError, match="Not a regular file"):
        office.inspect(tmp_path)


@pytest.mark.parametrize(
    ("page_number", "width", "rotation"),
    [(2, 100, 0), (0, 100, 0), (1, 0, 0), (1, 9, 5)],
)
def test_a_page_that_does_not_exist_is_the_callers_error(
    office, page, page_number, width, rotation
):
    with pytest.raises(ValueError):
        office.render(page, page_number, width, rotation=rotation)


def test_the_name_of_a_file_does_not_matter(office, page, tmp_path):
    path = tmp_path / os.fsdecode(b"Bescheid f\xfcr M\xc3\xbcller.doc")
    page.rename(path)

    assert office.inspect(path).media_type == "application/pdf"


def test_every_error_has_a_code_of_its_own_and_survives_being_raised_again():
    for code, error in ERRORS.items():
        assert error.code == code
        assert str(error(error("Why."))) == "Why."
