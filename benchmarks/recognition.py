"""From the file to words that are found: the whole path, beside bare tesseract."""

from benchmarks import bare
from benchmarks.characters import errors_in_lines
from benchmarks.figures import Bound
from benchmarks.figures import Figure
from benchmarks.letters import scanned_letters
from benchmarks.processes import cpu_seconds
from benchmarks.quality import compared
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from eakte.scans.engines import reading_engine
from eakte.scans.interfaces import IScanPages
from eakte.scans.interfaces import IScanSettings
from eakte.scans.interfaces import ScanStatus
from eakte.scans.settings import limits
from eakte.scans.settings import scan_settings
from eakte.search.searching import AT_MOST
from eakte.search.searching import search
from plone import api
from statistics import median

import time


PROCESSES = 2
LANGUAGES = IScanSettings["languages"].default


@dataclass(frozen=True)
class Round:
    """What all pages took, and the text of each.

    :param whole, engine, peer: seconds by the clock.
    :param whole_cpu, peer_cpu: seconds of processor time, all processes together.
    """

    whole: float
    engine: float
    peer: float
    whole_cpu: float
    peer_cpu: float
    ours: list
    theirs: list


def figures(office, folder, *, pages=24, rounds=3):
    """Yield the figures of recognition.

    Each round reads all pages three times: through the whole path (taken in, looked
    into, recognised, stored, indexed), by the engine alone, and by bare tesseract
    on images that were made before. All with ``PROCESSES`` at a time.
    """
    letters = scanned_letters(folder, pages)
    images = bare.page_images([letter.path for letter in letters], folder)
    office.store(set_processes)
    warm_up(office, letters, folder)
    done = [
        read_in_all_ways(office, letters, images, folder, number)
        for number in range(rounds)
    ]
    count = len(images)
    seconds = {
        name: median(getattr(each, name) for each in done)
        for name in ("whole", "engine", "peer", "whole_cpu", "peer_cpu")
    }
    per_second = {name: count / value for name, value in seconds.items()}
    wrong, characters = errors(letters, done[-1])
    ours, theirs = (each / characters for each in wrong)
    yield Figure(
        "recognition, whole path: pages a second, file → words found ÷ bare tesseract "
        "at 300 dpi",
        tuple(each.peer / each.whole for each in done),
        Bound(">", 1),
        f"{per_second['whole']:.2f} ÷ {per_second['peer']:.2f} pages/s, {count} letter "
        f"pages, {PROCESSES} processes; a page takes {seconds['whole_cpu'] / count:.2f}, "
        f"the peer's {seconds['peer_cpu'] / count:.2f} s of processor time",
        "tesseract, which takes nine tenths of it; the rest is taking in, storing and "
        "indexing, and the commits",
    )
    yield Figure(
        "recognition, engine alone: file → words in memory ÷ bare tesseract",
        tuple(each.peer / each.engine for each in done),
        None,
        f"{per_second['engine']:.2f} ÷ {per_second['peer']:.2f} pages/s",
        "tesseract's own network; it gets no more pixels than the type needs",
    )
    yield Figure(
        "recognition, character errors: ours ÷ bare tesseract at 300 dpi",
        (compared(ours, theirs),),
        Bound("≤", 1),
        f"{ours:.2%} ÷ {theirs:.2%} of the {characters} characters of all printed lines: "
        f"{wrong[0]} ÷ {wrong[1]} are wrong; {LANGUAGES}",
        "grey small type of letterheads and footers",
    )


def set_processes(site):
    """Have as many pages recognised at a time as the peer does."""
    for name, value in (("processes", PROCESSES), ("languages", LANGUAGES)):
        api.portal.set_registry_record(
            f"eakte.scans.interfaces.IScanSettings.{name}", value
        )


def warm_up(office, letters, folder):
    """Start the children and load the language, as in an office that is open."""
    for number in range(PROCESSES):
        office.receive(copied(letters[0].path, folder, f"warm-{number}"))
    with office.at_work(PROCESSES):
        office.wait_until_done()


def read_in_all_ways(office, letters, images, folder, number):
    """Return the ``Round``."""
    files = [copied(letter.path, folder, number) for letter in letters]
    begin, cpu = time.perf_counter(), cpu_seconds()
    with office.at_work(PROCESSES):
        uids = [office.receive(path) for path in files]
        office.wait_until_done()
        whole, whole_cpu = time.perf_counter() - begin, cpu_seconds() - cpu
    ours = office.read(lambda site: texts(uids, letters, office.person))
    begin = time.perf_counter()
    read_by_engine(office, letters)
    engine = time.perf_counter() - begin
    begin, cpu = time.perf_counter(), cpu_seconds()
    theirs = bare.read_all(images, LANGUAGES, PROCESSES)
    peer, peer_cpu = time.perf_counter() - begin, cpu_seconds() - cpu
    return Round(whole, engine, peer, whole_cpu, peer_cpu, ours, theirs)


def copied(path, folder, number):
    """Return a copy that is no duplicate: intake consumes it."""
    copy = folder / f"{number}-{path.name}"
    copy.write_bytes(path.read_bytes() + f"\n%% {number}\n".encode())
    return copy


def texts(uids, letters, person):
    """Return the text of every page as it is stored.

    :param person: who looks for the letters by a word of each.

    :raises RuntimeError: a letter was not read, or is not found by its words.
    """
    found = []
    for uid, letter in zip(uids, letters, strict=True):
        item = api.content.get(UID=uid)
        pages = IScanPages(item)
        if pages.status is not ScanStatus.DONE:
            raise RuntimeError(f"{letter.path.name}: {pages.status}, {pages.problem}")
        text = pages.text()
        word = max(text.split(), key=lambda word: word.isalpha() * len(word))
        with api.env.adopt_user(user=api.user.get(userid=person)):
            hits = {brain.UID for brain in search(word, size=AT_MOST)}
        if uid not in hits:
            raise RuntimeError(f"{letter.path.name} is not found by {word}.")
        found += [pages.page(number).text for number in range(1, letter.page_count + 1)]
    return found


def read_by_engine(office, letters):
    """Read all pages by the engine that the worker has."""
    engine = office.read(
        lambda site: reading_engine(PROCESSES, limits(scan_settings()))
    )
    numbers = [
        (letter.path, number)
        for letter in letters
        for number in range(1, letter.page_count + 1)
    ]
    with ThreadPoolExecutor(PROCESSES) as pool:
        list(pool.map(lambda each: engine.read_page(*each, LANGUAGES), numbers))


def errors(letters, done):
    """Return ``((ours, theirs), characters)``: how many of all printed lines are wrong."""
    printed = [lines for letter in letters for lines in letter.printed]
    wrong = []
    for read in (done.ours, done.theirs):
        counted = [
            errors_in_lines(lines, text)
            for lines, text in zip(printed, read, strict=True)
        ]
        edits, characters = map(sum, zip(*counted, strict=True))
        wrong.append(edits)
    return tuple(wrong), characters
