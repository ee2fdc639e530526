"""Until a scan can be read in the viewer, beside collective.documentviewer itself."""

from benchmarks.figures import Bound
from benchmarks.figures import Figure
from benchmarks.figures import NotMeasured
from benchmarks.letters import scanned_letters
from benchmarks.office import served
from benchmarks.page_image import address_of
from benchmarks.page_image import asked
from benchmarks.processes import cpu_seconds
from dataclasses import dataclass
from eakte.jobs.server import work_folder
from eakte.jobs.worker import run_pending
from functools import partial
from pikepdf import Pdf
from plone import api
from plone.namedfile.file import NamedBlobFile
from statistics import median

import shutil
import time


PAGES = 6
WIDTH = 700

PROGRAMS = {
    "gm": "graphicsmagick",
    "gs": "ghostscript",
    "pdffonts": "poppler-utils",
    "pdftotext": "poppler-utils",
    "qpdf": "qpdf",
}
"""What documentviewer's converter calls, and the Debian package it comes with."""

MOST_CPU = 1 / 30
MOST_BYTES = 1.15


@dataclass(frozen=True)
class Round:
    """Processor seconds, seconds and bytes of one file."""

    cpu: float
    wall: float
    stored: int


def figures(office, folder, application, *, pages=PAGES, rounds=3):
    """Yield the figures of the way of one scan into the viewer.

    Ours is readable when it was taken in, looked into, and the viewer and its first
    page have come over HTTP; bytes count when its words are stored too. The peer is
    readable when its conversion is committed.
    """
    with served(application) as host:
        yield from _figures(office, folder, host, pages, rounds)


def _figures(office, folder, host, pages, rounds):
    scan = one_file(folder, pages)
    size = scan.stat().st_size
    missing = missing_packages()
    ours_readable(office, scan, host, "warm")
    ours, peer = [], []
    for number in range(rounds):
        ours.append(ours_readable(office, scan, host, number))
        if not missing:
            peer.append(peer_readable(office, scan))
    what = "processor seconds until a scan is readable: ours ÷ documentviewer's own"
    if missing:
        reason = f"not installed: apt-get install {' '.join(missing)}"
        yield NotMeasured(what, reason)
    else:
        yield cpu_figure(f"{what}, {pages} pages", ours, peer)
    yield Figure(
        f"bytes stored in database and blobs ÷ original file, {pages} pages, words and "
        "full text included",
        tuple(each.stored / size for each in ours),
        Bound("≤", MOST_BYTES),
        f"{_kib(median(each.stored for each in ours))} ÷ {_kib(size)}",
        "the file itself, kept as it came; the catalog's full text after it",
    )
    if peer:
        yield Figure(
            "bytes stored by documentviewer ÷ original file",
            tuple(each.stored / size for each in peer),
            None,
            f"{_kib(median(each.stored for each in peer))} ÷ {_kib(size)}",
            "three GIFs and a text a page, and the PDF once more",
        )


def cpu_figure(what, ours, peer):
    """Return the figure of the processor seconds."""
    cpu, wall = (
        [median(getattr(each, name) for each in side) for side in (ours, peer)]
        for name in ("cpu", "wall")
    )
    return Figure(
        what,
        tuple(mine.cpu / theirs.cpu for mine, theirs in zip(ours, peer, strict=True)),
        Bound("≤", MOST_CPU),
        f"{cpu[0]:.2f} ÷ {cpu[1]:.2f} s of processor time; {wall[0]:.2f} ÷ "
        f"{wall[1]:.2f} s by the clock",
        "Plone's own creation of an object and its two indexings",
    )


def one_file(folder, pages):
    """Return a PDF with so many scanned letter pages."""
    path = folder / "stack.pdf"
    with Pdf.new() as stack:
        for letter in scanned_letters(folder, pages):
            with Pdf.open(letter.path) as part:
                stack.pages.extend(part.pages)
        del stack.pages[pages:]
        stack.save(path)
    return path


def missing_packages():
    """Return the Debian packages without which the peer cannot convert."""
    return sorted(
        {package for name, package in PROGRAMS.items() if not shutil.which(name)}
    )


def ours_readable(office, scan, host, number):
    """Take in the file, look into it, open it in the viewer; then read the rest."""
    copy = scan.with_name(f"ours-{number}.pdf")
    copy.write_bytes(scan.read_bytes() + f"\n%% {number}\n".encode())
    before = office.stored_bytes()
    cpu, begin = cpu_seconds(), time.perf_counter()
    uid = office.receive(copy)
    office.worker(threads=0).work_once()
    open_viewer(office, host, uid)
    cpu, wall = cpu_seconds() - cpu, time.perf_counter() - begin
    run_pending(office.db, work_folder())
    return Round(cpu, wall, office.stored_bytes() - before)


def open_viewer(office, host, uid):
    """Ask for the viewer and the page that somebody sees first."""
    address = office.read(partial(address_of, uid=uid))
    name, value = office.cookie()
    viewer = [f"{address}/documentviewer", f"{address}/@@page/1/{WIDTH}"]
    asked(host, {"Cookie": f"{name}={value}"}, viewer)


def peer_readable(office, scan):
    """Store the file and have documentviewer convert it, as it does in a request."""
    before = office.stored_bytes()
    uid = office.store(partial(stored_file, path=scan))
    cpu, begin = cpu_seconds(), time.perf_counter()
    office.store(partial(converted, uid=uid))
    cpu, wall = cpu_seconds() - cpu, time.perf_counter() - begin
    stored = office.stored_bytes() - before
    office.store(partial(forgotten, uid=uid))
    run_pending(office.db, work_folder())
    return Round(cpu, wall, stored)


def stored_file(site, path):
    """Return the UID of a Plone File that nobody has converted."""
    file = NamedBlobFile(path.read_bytes(), "application/pdf", path.name)
    return api.content.create(site, "File", "peer", file=file).UID()


def forgotten(site, uid):
    """Remove the File, so that no worker reads it in the next round."""
    api.content.delete(api.content.get(UID=uid), check_linkintegrity=False)


def converted(site, uid):
    """Convert the File by documentviewer's converter, with its own settings."""
    # Its module looks for its programs when it is imported.
    from collective.documentviewer.convert import Converter

    content = api.content.get(UID=uid)
    result = Converter(content)(asynchronous=False)
    if result != "success":
        raise RuntimeError(f"documentviewer's conversion ended in {result}.")


def _kib(size):
    return f"{size / 1024:.0f} KiB"
