"""Several processes share the archive copies, and anybody may delete them."""

from concurrent.futures import ProcessPoolExecutor
from eakte.scans.copycache import CopyCache

import contextlib
import hashlib
import multiprocessing
import os
import pytest
import random
import shutil
import time


LARGEST = 4 * 1024
MOST = 20 * LARGEST


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "copies"


def copy_named(name):
    """Return what only this name has: 1 to 4 kB."""
    digest = hashlib.sha256(name.encode()).digest()
    return digest * (32 + digest[0] % 96)


def size_of(folder):
    return sum(each.stat().st_size for each in folder.glob("*"))


def make_and_hand_out(folder, work, seed):
    """What a worker and a server do all day; returns how often there was a copy."""
    chance = random.Random(seed)  # noqa: S311 - a dice
    cache, found = CopyCache(folder, MOST), 0
    for _ in range(500):
        name = f"{chance.randrange(40):02}abc-{chance.randrange(3)}-edition"
        file = cache.opened(name)
        if file is not None:
            with file:
                time.sleep(chance.random() / 2000)
                assert file.read() == copy_named(name), "half a copy, or another one"
            found += 1
        elif chance.random() < 0.1:
            cache.note_failure(name, "too-large")
        else:
            assert cache.failure(name) in (None, "too-large", "")
            path = work / f"{seed}.pdf"
            path.write_bytes(copy_named(name))
            cache.keep(name, path)
            assert not path.exists()
    return found


def delete_at_random(folder, done):
    """What somebody does who needs room on the disk; returns how often."""
    chance = random.Random(0)  # noqa: S311 - a dice
    deleted = 0
    while not done.exists():
        time.sleep(0.002)
        files = list(folder.glob("*"))
        for path in chance.sample(files, min(len(files), 5)):
            path.unlink(missing_ok=True)
        if chance.random() < 0.3:
            shutil.rmtree(folder, ignore_errors=True)
        deleted += bool(files)
    return deleted


@pytest.mark.parametrize("is_deleted", [True, False])
def test_processes_share_copies_that_are_deleted_under_their_hands(
    folder, tmp_path, is_deleted
):
    done, largest = tmp_path / "done", 0
    folder.mkdir()
    with ProcessPoolExecutor(4, multiprocessing.get_context("spawn")) as processes:
        if is_deleted:
            deleting = processes.submit(delete_at_random, folder, done)
        working = [
            processes.submit(make_and_hand_out, folder, tmp_path, seed)
            for seed in (1, 2, 3)
        ]
        try:
            while not all(each.done() for each in working):
                time.sleep(0.005)
                with contextlib.suppress(OSError):
                    largest = max(largest, size_of(folder))
            found = [each.result() for each in working]
        finally:
            done.touch()
        if is_deleted:
            assert deleting.result()

    assert all(found)
    # Each may hold one that is newest, and one that is on its way.
    assert 0 < largest <= MOST + 6 * LARGEST
    assert list(folder.glob(".draft-*")) == []


def test_one_object_has_one_copy(folder, tmp_path):
    cache = CopyCache(folder, MOST)
    for name in ("a1-old-1", "a1-new-2", "b2-old-1"):
        (tmp_path / "made").write_bytes(copy_named(name))
        cache.keep(name, tmp_path / "made")

    assert cache.opened("a1-old-1") is None
    assert cache.has("a1-new-2")
    assert cache.has("b2-old-1")


def test_a_copy_whose_folder_is_gone_is_made_anew(folder, tmp_path):
    cache = CopyCache(folder, MOST)
    for _ in range(2):
        (tmp_path / "made").write_bytes(copy_named("a1-x-1"))
        cache.keep("a1-x-1", tmp_path / "made")
        assert cache.has("a1-x-1")
        cache.note_failure("b1-x-1", "damaged")
        shutil.rmtree(folder)
        assert not cache.has("a1-x-1")
        assert cache.opened("a1-x-1") is None
        assert cache.failure("b1-x-1") is None
        cache.cut("a1-x-1")
        cache.forget_failures("a1-x-1")


def test_a_disk_that_refuses_is_told(folder, tmp_path):
    folder.write_text("a file in the folder's place")
    (tmp_path / "made").write_bytes(b"copy")

    with pytest.raises(OSError, match=r"exists|[Nn]ot a directory"):
        CopyCache(folder, MOST).keep("a1-x-1", tmp_path / "made")
    assert folder.read_text() == "a file in the folder's place"


def test_notes_of_a_copy_go_with_it_and_not_before(tmp_path):
    cache = CopyCache(tmp_path / "copies", most=2500)
    for name in ("a-1", "b-1", "c-1"):
        (tmp_path / "new.pdf").write_bytes(bytes(1000))
        cache.keep(name, tmp_path / "new.pdf", {"drawn": [1, 2]})
        os.utime(cache.path(name), (ord(name[0]),) * 2)
        os.utime(cache.path(name).with_suffix(".notes"), (1, 1))

    assert [cache.has(name) for name in ("a-1", "b-1", "c-1")] == [False, True, True]
    assert [cache.notes(name) for name in ("a-1", "b-1", "c-1")] == [
        {},
        {"drawn": [1, 2]},
        {"drawn": [1, 2]},
    ]


def test_the_cache_throws_away_what_was_not_used_for_longest(tmp_path):
    cache = CopyCache(tmp_path / "copies", most=25)
    for age, name in enumerate(("a-1", "b-1", "c-1")):
        made = tmp_path / "made.pdf"
        made.write_bytes(b"0123456789")
        cache.keep(name, made)
        if name != "c-1":
            os.utime(cache.path(name), (age, age))
    assert [cache.has(name) for name in ("a-1", "b-1", "c-1")] == [False, True, True]

    cache.opened("b-1").close()
    os.utime(cache.path("c-1"), (5, 5))
    made.write_bytes(b"x" * 100)
    cache.keep("d-1", made)
    assert [cache.has(name) for name in ("b-1", "c-1", "d-1")] == [False, False, True]


def test_an_open_copy_is_read_to_its_end_though_it_was_deleted(tmp_path):
    cache = CopyCache(tmp_path / "copies", most=100)
    made = tmp_path / "made.pdf"
    made.write_bytes(b"all of it")
    cache.keep("a-1", made)
    with cache.opened("a-1") as file:
        shutil.rmtree(tmp_path / "copies")
        assert file.read() == b"all of it"
    assert cache.opened("a-1") is None
