"""One page as an image: made now, beside PDFium alone; and from the cache, over HTTP."""

from benchmarks import bare
from benchmarks.empty import EMPTY
from benchmarks.empty import register_empty
from benchmarks.figures import Bound
from benchmarks.figures import Figure
from benchmarks.letters import scanned_letters
from benchmarks.office import served
from benchmarks.processes import Clocks
from contextlib import closing
from eakte.demo.letters import letters
from eakte.demo.letters import write_letter
from eakte.scanning.engine import Engine
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from PIL import Image
from pypdfium2 import PdfDocument
from statistics import median
from urllib.parse import urlsplit

import sys
import time


WIDTH = 700
THUMBNAIL = 180

MOST_ANY = 1.3
MOST_SCANNED = 0.5
MOST_WARM = 3

REQUESTS = 60
"""Requests a round; their median counts."""

MATERIAL = Path(__file__).parents[2] / "shared" / "material" / "scans"
"""Scans that nobody here wrote; without them the demo's pages alone count."""


def figures(office, folder, application, *, pages=12, rounds=15):
    """Yield the figures of one page image."""
    scanned = [
        (letter.path, number)
        for letter in scanned_letters(folder, pages)
        for number in range(1, letter.page_count + 1)
    ]
    others = other_pages(folder)
    with a_child_that_stays() as engine:
        engine.render(*scanned[0], WIDTH)
        yield any_page(engine, [*scanned, *others], rounds)
    with a_child_that_stays() as engine:
        engine.render(*scanned[0], WIDTH)
        for width in (WIDTH, THUMBNAIL):
            yield scanned_pages(engine, scanned, width, rounds)
    yield warm(office, scanned[0][0], application, rounds)


def a_child_that_stays():
    """Return an engine; a child that is replaced takes its processor time along."""
    engine = Engine(1)
    engine.requests_a_child = sys.maxsize
    return engine


def other_pages(folder):
    """Return ``(path, page)`` of pages that are no JPEG in a PDF."""
    cover = next(each for each in letters() if each.script.get("form") == "cover")
    typed = write_letter(cover, folder)
    fax = next(each for each in letters() if each.script.get("form") == "fax")
    facsimile = folder / "fax.pdf"
    with Image.open(write_letter(fax, folder)) as image:
        image.save(facsimile, "PDF", resolution=200)
    material = []
    for path in sorted(MATERIAL.glob("*.pdf")):
        with closing(PdfDocument(path)) as document:
            material += [(path, number + 1) for number in range(len(document))]
    return [(typed, 1), (facsimile, 1), *material]


def any_page(engine, pages, rounds):
    """Return the figure of the page that is slowest beside PDFium."""
    both, clocks = {page: [] for page in pages}, Clocks()
    # One after the other, so that a bad moment of the machine is not one page's.
    for _ in range(rounds):
        for page in pages:
            both[page].append(in_both_ways(engine, clocks, page, WIDTH))
    ratios = {
        page: [ours / peer for ours, peer in sides] for page, sides in both.items()
    }
    worst = max(ratios, key=lambda page: median(ratios[page]))
    usual = median(median(each) for each in ratios.values())
    return Figure(
        f"page image of {WIDTH} px, cold: eakte ÷ PDFium and JPEG alone, processor time,"
        f" the worst of {len(pages)} pages",
        tuple(ratios[worst]),
        Bound("≤", MOST_ANY),
        f"{_milliseconds(both[worst])}, page {worst[1]} of {worst[0].name}; median of all pages {usual:.2f}",
        "PDFium itself, and the way to the child process that it is locked in",
    )


def scanned_pages(engine, pages, width, rounds):
    """Return the figure of pages that are one JPEG in a PDF."""
    done, clocks = [], Clocks()
    for _ in range(rounds):
        both = [in_both_ways(engine, clocks, page, width) for page in pages]
        done.append([sum(side) / len(pages) for side in zip(*both, strict=True)])
    return Figure(
        f"page image of {width} px, cold, of a scanned page that is one JPEG: eakte ÷ "
        "PDFium and JPEG alone, processor time",
        tuple(ours / peer for ours, peer in done),
        Bound("≤", MOST_SCANNED),
        f"{_milliseconds(done)} a page, {len(pages)} pages",
        "reading the Huffman code of the full image, which no scale spares, and "
        "shrinking without loss of sharpness",
    )


def in_both_ways(engine, clocks, page, width):
    """Return the processor seconds ``(ours, peer's)`` of one page.

    Not those of the clock: two processes that take turns wait for each other on a
    busy machine, one does not.
    """
    begin = clocks.seconds()
    engine.render(*page, width)
    middle = clocks.seconds()
    bare.render(*page, width)
    return middle - begin, clocks.seconds() - middle


def _milliseconds(sides):
    ours, peer = (1000 * median(side) for side in zip(*sides, strict=True))
    return f"{ours:.0f} ÷ {peer:.0f} ms"


def warm(office, path, application, rounds):
    """Return the figure of a page image that was looked at before."""
    register_empty()
    uid = office.receive(_copy(path), path.name)
    office.worker(threads=0).work_once()
    address = office.read(partial(address_of, uid=uid))
    name, value = office.cookie()
    headers = {"Cookie": f"{name}={value}"}
    with served(application) as host:
        ask = partial(asked, host, headers)
        image = f"{address}/@@page/1/{WIDTH}"
        empty = f"{address}/@@{EMPTY}"
        for each in (image, empty):
            ask([each] * 5)
        done = []
        for _ in range(rounds):
            seconds = ask([image, empty] * REQUESTS)
            done.append((median(seconds[::2]), median(seconds[1::2])))
    ours, peer = (1000 * median(side) for side in zip(*done, strict=True))
    return Figure(
        f"page image of {WIDTH} px, from the cache over HTTP: eakte ÷ an empty Plone "
        "view of the same letter",
        tuple(ours / peer for ours, peer in done),
        Bound("≤", MOST_WARM),
        f"{ours:.1f} ÷ {peer:.1f} ms",
        "Plone's way to an object and to who asks: traversal and authentication",
    )


def address_of(site, uid):
    """Return the path of an object's address."""
    [brain] = site.portal_catalog.unrestrictedSearchResults(UID=uid)
    return urlsplit(brain.getURL()).path


def asked(host, headers, addresses):
    """Return the seconds until each address was answered, one after the other.

    :raises RuntimeError: an answer is no success.
    """
    seconds = []
    with closing(HTTPConnection(host, timeout=60)) as connection:
        for address in addresses:
            begin = time.perf_counter()
            connection.request("GET", address, headers=headers)
            answer = connection.getresponse()
            answer.read()
            seconds.append(time.perf_counter() - begin)
            if answer.status not in (200, 204):
                raise RuntimeError(f"{address}: {answer.status}")
    return seconds


def _copy(path):
    copy = path.with_name(f"warm-{path.name}")
    copy.write_bytes(path.read_bytes())
    return copy
