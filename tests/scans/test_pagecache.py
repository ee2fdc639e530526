from eakte.scans.pagecache import PageCache
from eakte.scans.pagecache import STEP
from eakte.scans.pagecache import TOUCH

import os
import pytest
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
