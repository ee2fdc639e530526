"""Files that were damaged on their way: no worker goes down, no memory is lost."""

from eakte.scanning.assembling import archive_copy
from eakte.scanning.copies import WritingLimits
from eakte.scanning.engine import Engine
from eakte.scanning.errors import ScanError
from eakte.scanning.model import Limits
from pathlib import Path
from PIL import Image

import contextlib
import io
import psutil
import pytest
import random
import re


FAKES = Path(__file__).parent / "fakes"

MUTATIONS = 200

CHUNKS = 8
"""Tests that share them."""

LIMITS = Limits(
    seconds_inspect=20,
    seconds_render=20,
    seconds_recognise=20,
    memory_bytes=1024**3,
    pixels=40_000_000,
)

WIDTHS = (16, 90, 180)
"""Pixels."""

READ_EVERY = 8
"""One mutation in so many is recognised too: that takes a second, the rest a tenth."""

COPIED_EVERY = 7
"""One mutation in so many is made an archive copy too; no originals are left out."""

WRITING = WritingLimits(
    seconds_page=20,
    seconds_end=20,
    memory_bytes=1024**3,
    output_bytes=64 * 1024**2,
    pixels=40_000_000,
)

READABLE = 120_000
"""Bytes. Of larger files the first page takes long to recognise."""

GROWTH = 48 * 1024**2
"""Bytes by which the engine's own process may grow; it only passes messages on."""

DAMAGED_ALIKE = 40
"""Files that one child reads again and again."""

ROUNDS = 6

LEAK = 24 * 1024
"""Bytes a file by which a child may grow after the first rounds. Measured: none; the
image of a page that is never freed takes three times as many, see the test of that."""

LENGTH = re.compile(rb"/(?:Length|Size|Count|Width|Height|W|N|First) (\d+)")
"""A number in a PDF that others believe."""


def truncated(content, chance):
    return content[: chance.randrange(len(content))]


def flipped(content, chance):
    """Change up to forty bytes, wherever they are."""
    content = bytearray(content)
    for _ in range(chance.randint(1, 40)):
        content[chance.randrange(len(content))] = chance.randrange(256)
    return bytes(content)


def lied(content, chance):
    """Let a number promise more than there is, or less."""
    found = list(LENGTH.finditer(content))
    number = str(chance.choice((0, 1, 7, 65_535, 2**31 - 1, 2**32, 10**18))).encode()
    if found:
        start, end = chance.choice(found).span(1)
        return content[:start] + number + content[end:]
    # Image files say their sizes in their first bytes.
    content = bytearray(content)
    at = chance.randrange(4, min(len(content) - 4, 200))
    content[at : at + 4] = chance.choice(
        (b"\xff" * 4, b"\x00" * 4, b"\x7f\xff\xff\xff")
    )
    return bytes(content)


def dropped(content, chance):
    """Leave out a piece: a disk's or a line's fault."""
    start = chance.randrange(len(content))
    return content[:start] + content[start + chance.choice((1, 16, 512, 4096)) :]


WAYS = (truncated, flipped, lied, dropped)


@pytest.fixture(scope="module")
def office():
    with Engine(1, LIMITS) as engine:
        yield engine


def outcome(engine, path, chance, is_read):
    """Return what became of a file: each step succeeded or named its error."""
    width = chance.choice(WIDTHS)
    steps = [
        lambda: engine.inspect(path).page_count,
        lambda: Image.open(io.BytesIO(engine.render(path, 1, width))).format,
    ]
    if is_read:
        steps.append(lambda: engine.read_page(path, 1, "deu").number)
    results = []
    for step in steps:
        try:
            results.append(step())
        except ScanError as error:
            results.append(error.code)
    return results


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_no_damaged_file_brings_a_worker_down(office, material, tmp_path, chunk):
    files = [path for path in sorted(material.glob("*/*")) if path.suffix != ".txt"]
    good = material / "separators" / "double-sided-odd.pdf"
    office.inspect(good)
    before = psutil.Process().memory_info().rss
    for number in range(chunk, MUTATIONS, CHUNKS):
        chance = random.Random(number)  # noqa: S311
        original = files[number % len(files)]
        way = chance.choice(WAYS)
        path = tmp_path / "mutation"
        path.write_bytes(way(original.read_bytes(), chance))
        is_read = number // CHUNKS % READ_EVERY == 0
        is_read = is_read and original.stat().st_size < READABLE
        inspected, shown, *read = outcome(office, path, chance, is_read)

        said = f"{number}: {original.name} {way.__name__}"
        assert isinstance(inspected, int) or inspected in KNOWN, said
        assert shown == "JPEG" or shown in KNOWN, said
        assert read in ([], [1]) or read[0] in KNOWN, said
        for child in psutil.Process().children():
            if "eakte.scanning.child" in " ".join(child.cmdline()):
                assert child.memory_info().rss < LIMITS.memory_bytes, said
        assert office.inspect(good).page_count == 3, said
    assert psutil.Process().memory_info().rss - before < GROWTH
    assert office.render(good, 1, 60).startswith(b"\xff\xd8\xff")


def test_no_damaged_file_brings_the_writer_of_archive_copies_down(material, tmp_path):
    """A copy is made, or the file says by name why not; nothing half done is left."""
    files = [path for path in sorted(material.glob("*/*")) if path.suffix != ".txt"]
    copies = 0
    for number in range(0, MUTATIONS, COPIED_EVERY):
        chance = random.Random(number)  # noqa: S311
        original = files[number % len(files)]
        way = chance.choice(WAYS)
        path, target = tmp_path / "mutation", tmp_path / "copy.pdf"
        path.write_bytes(way(original.read_bytes(), chance))
        said = f"{number}: {original.name} {way.__name__}"
        try:
            archive_copy(path, target, (), title="Beschädigt", limits=WRITING)
        except ScanError as error:
            assert error.code in KNOWN, said
        else:
            copies += 1
            assert target.read_bytes().startswith(b"%PDF-"), said
            target.unlink()
        assert [each.name for each in tmp_path.iterdir()] == ["mutation"], said
    assert copies > 3


def test_no_damaged_file_leaves_memory_in_the_process_that_read_it(material, tmp_path):
    with Engine(1, LIMITS) as engine:
        assert growth_a_file(engine, harmless(engine, material, tmp_path)) < LEAK


def test_a_process_that_frees_nothing_would_be_found_out(material, tmp_path):
    with Engine(1, LIMITS) as engine:
        engine.child = (str(FAKES / "hoard.py"),)
        assert growth_a_file(engine, harmless(engine, material, tmp_path)) > LEAK


def harmless(engine, material, folder):
    """Return damaged files that do not end the process, one a way and original."""
    files = [path for path in sorted(material.glob("*/*")) if path.suffix != ".txt"]
    found, pid = [], None
    for number in range(MUTATIONS, 3 * MUTATIONS):
        chance = random.Random(number)  # noqa: S311
        path = folder / f"mutation-{number}"
        original = files[number % len(files)]
        path.write_bytes(chance.choice(WAYS)(original.read_bytes(), chance))
        before, pid = pid, looked_at(engine, path)
        if pid is not None and pid == before:
            found.append(path)
        if len(found) == DAMAGED_ALIKE:
            break
    return found


def looked_at(engine, path):
    """Look at a file; return the process that did, or None if that ended."""
    for step in (
        lambda: engine.inspect(path),
        lambda: engine.render(path, 1, 180),
    ):
        with contextlib.suppress(ScanError):
            step()
    return engine._idle[0].pid if engine._idle else None


def growth_a_file(engine, paths):
    """Return by how many bytes the one process grows with each file, in the end."""
    assert len(paths) == DAMAGED_ALIKE
    engine.requests_a_child = 10**6
    sizes, pids = [], set()
    for _ in range(ROUNDS):
        pids |= {looked_at(engine, path) for path in paths}
        [pid] = pids
        sizes.append(psutil.Process(pid).memory_info().rss)
    half = ROUNDS // 2
    # The least of each half: what the allocator holds back for a while is no leak.
    return (min(sizes[half:]) - min(sizes[:half])) / (half * len(paths))


KNOWN = {
    "damaged",
    "encrypted",
    "wrong-password",
    "unsupported",
    "empty",
    "too-large",
    "timed-out",
    "tool-failed",
}
"""``tool-failed`` is a child that died of the file: named, and another one goes on."""
