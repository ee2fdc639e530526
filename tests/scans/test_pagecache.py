from concurrent.futures import ProcessPoolExecutor
from eakte.scans.pagecache import PageCache
from eakte.scans.pagecache import STEP
from eakte.scans.pagecache import TOUCH

import contextlib
import hashlib
import multiprocessing
import os
import pytest
import random
import shutil
import threading
import time


IMAGE = b"x" * 1000
MOST = 100 * len(IMAGE)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "pages"


def size_of(folder):
    return sum(each.stat().st_size for each in folder.rglob("*") if each.is_file())


def test_an_image_that_was_kept_is_found_by_all_processes(folder):
    PageCache(folder, MOST).put("abc-1-700", IMAGE)

    assert PageCache(folder, MOST).get("abc-1-700") == IMAGE
    assert PageCache(folder, MOST).get("abc-2-700") is None


def test_the_cache_keeps_its_bound(folder):
    caches = [PageCache(folder, MOST) for _ in range(3)]
    for n in range(500):
        caches[n % 3].put(f"{n:04}-1-700", IMAGE)
        assert size_of(folder) <= MOST * (1 + 3 * STEP)


def test_what_was_not_used_for_longest_goes_first(folder):
    cache = PageCache(folder, MOST)
    for n in range(95):
        cache.put(f"{n:04}-1-700", IMAGE)
        os.utime(folder / f"{n:04}"[:2] / f"{n:04}-1-700", (n, n))
    cache.get("0000-1-700")
    for n in range(95, 105):
        cache.put(f"{n:04}-1-700", IMAGE)
    cache.cut()

    assert cache.get("0000-1-700") == IMAGE, "it was looked at again"
    assert cache.get("0001-1-700") is None
    assert cache.get("0104-1-700") == IMAGE


def test_looking_at_it_often_writes_to_the_disk_once(folder):
    cache = PageCache(folder, MOST)
    cache.put("abc-1-700", IMAGE)
    path = folder / "ab" / "abc-1-700"
    long_ago = time.time() - TOUCH - 60
    os.utime(path, (long_ago, long_ago))

    cache.get("abc-1-700")
    marked = path.stat().st_mtime_ns
    assert marked > long_ago * 1e9 + 1e9
    cache.get("abc-1-700")
    assert path.stat().st_mtime_ns == marked


def test_the_folder_may_be_deleted_at_any_moment(folder):
    cache = PageCache(folder, MOST)
    cache.put("abc-1-700", IMAGE)
    shutil.rmtree(folder)

    assert cache.get("abc-1-700") is None
    cache.cut()
    cache.put("abc-1-700", IMAGE)
    assert cache.get("abc-1-700") == IMAGE


def test_a_page_is_shown_even_if_the_disk_refuses(folder):
    folder.write_text("a file in the folder's place")

    cache = PageCache(folder, MOST)
    cache.put("abc-1-700", IMAGE)

    assert folder.read_text() == "a file in the folder's place"


def test_a_cache_without_room_keeps_nothing(folder):
    PageCache(folder, 0).put("abc-1-700", IMAGE)

    assert not folder.exists()


def test_nobody_reads_half_an_image(folder):
    cache, seen, done = PageCache(folder, 10**9), set(), threading.Event()

    def look():
        while not done.is_set():
            seen.add(cache.get("abc-1-700"))

    reader = threading.Thread(target=look)
    reader.start()
    for n in range(200):
        cache.put("abc-1-700", bytes([n]) * 100_000)
    done.set()
    reader.join()

    for image in seen - {None}:
        assert image == image[:1] * 100_000


def image_named(name):
    """Return what only this name has: 1 to 4 kB."""
    digest = hashlib.sha256(name.encode()).digest()
    return digest * (32 + digest[0] % 96)


def write_and_read(folder, seed):
    """What a server does all day; returns how often it found what it looked for."""
    chance = random.Random(seed)  # noqa: S311 - a dice
    cache, found = PageCache(folder, MOST), 0
    for _ in range(600):
        name = f"{chance.randrange(200):03}-1-700"
        kept = cache.get(name)
        if kept is None:
            cache.put(name, image_named(name))
        else:
            assert kept == image_named(name), "half an image, or another one"
            found += 1
        if chance.random() < 0.02:
            cache.cut()
    return found


def delete_at_random(folder, seed, done):
    """What somebody does who needs room on the disk; returns how often."""
    chance = random.Random(seed)  # noqa: S311 - a dice
    deleted = 0
    while not done.exists():
        time.sleep(0.005)
        files = [each for each in folder.rglob("*") if each.is_file()]
        for path in chance.sample(files, min(len(files), 5)):
            path.unlink(missing_ok=True)
        parts = list(folder.glob("*"))
        if parts and chance.random() < 0.3:
            shutil.rmtree(chance.choice(parts), ignore_errors=True)
        if chance.random() < 0.1:
            shutil.rmtree(folder, ignore_errors=True)
        deleted += bool(files)
    return deleted


def test_processes_share_a_folder_that_is_deleted_under_their_hands(folder, tmp_path):
    done, largest = tmp_path / "done", 0
    with ProcessPoolExecutor(4, multiprocessing.get_context("spawn")) as processes:
        deleting = processes.submit(delete_at_random, folder, 0, done)
        servers = [processes.submit(write_and_read, folder, n) for n in (1, 2, 3)]
        try:
            while not all(server.done() for server in servers):
                time.sleep(0.005)
                with contextlib.suppress(OSError):
                    largest = max(largest, size_of(folder))
            found = [server.result() for server in servers]
        finally:
            done.touch()
        deleted = deleting.result()

    assert all(found)
    assert deleted
    largest_image = 32 * 128
    assert 0 < largest <= MOST * (1 + 3 * STEP) + 3 * largest_image
    assert list(folder.rglob(".draft-*")) == []


def test_what_is_no_image_in_the_folder_stops_nothing(folder):
    (folder / "00" / "a folder").mkdir(parents=True)
    (folder / "00" / "a link").symlink_to("/nowhere")
    cache = PageCache(folder, MOST)
    for n in range(200):
        cache.put(f"{n:04}-1-700", IMAGE)

    assert size_of(folder) <= MOST * (1 + STEP)
    assert cache.get("0199-1-700") == IMAGE


def test_the_draft_of_a_killed_process_is_cleared_away(folder):
    (folder / "00").mkdir(parents=True)
    draft = folder / "00" / ".draft-of-a-dead-process"
    draft.write_bytes(IMAGE)
    os.utime(draft, (1, 1))
    cache = PageCache(folder, MOST)
    for n in range(200):
        cache.put(f"{n:04}-1-700", IMAGE)

    assert not draft.exists()
