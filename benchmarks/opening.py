"""Opening the viewer: a file of 1,000 pages beside one of 10."""

from benchmarks.figures import Bound
from benchmarks.figures import Figure
from benchmarks.office import served
from benchmarks.page_image import address_of
from benchmarks.page_image import asked
from contextlib import closing
from fpdf import FPDF
from functools import partial
from http.client import HTTPConnection
from statistics import median


LONG, SHORT = 1000, 10
WIDTH = 700

REQUESTS = 20
"""Openings a round; their median counts."""

MOST = 1.5
"""What is shown is the same: the viewer, its first page and how far reading is."""


def figures(office, folder, application, *, long=LONG, short=SHORT, rounds=5):
    """Yield the figure of opening a long file."""
    uids = {pages: received(office, folder, pages) for pages in (long, short)}
    addresses = {
        pages: office.read(partial(address_of, uid=uid)) for pages, uid in uids.items()
    }
    name, value = office.cookie()
    headers = {"Cookie": f"{name}={value}"}
    done = []
    with served(application) as host:
        for number in range(rounds + 1):
            seconds = {long: [], short: []}
            for _ in range(REQUESTS):
                for pages, address in addresses.items():
                    seconds[pages].append(opened(host, headers, address))
            # The first round fills the caches.
            if number:
                done.append((median(seconds[long]), median(seconds[short])))
        sizes = [
            length(host, headers, f"{addresses[pages]}/documentviewer") / 1024
            for pages in (long, short)
        ]
    ours, peer = (1000 * median(side) for side in zip(*done, strict=True))
    yield Figure(
        f"opening the viewer over HTTP: {long} pages ÷ {short} pages, no two of a size",
        tuple(ours / peer for ours, peer in done),
        Bound("≤", MOST),
        f"{ours:.0f} ÷ {peer:.0f} ms for the viewer, its first page and how far reading "
        f"is; {sizes[0]:.0f} ÷ {sizes[1]:.0f} KiB of HTML",
        "Plone's page around the viewer; the sizes of the pages where they differ",
    )


def received(office, folder, pages):
    """Take in a typed file and look into it; return its UID."""
    path = folder / f"{pages}.pdf"
    pdf = FPDF(unit="pt")
    pdf.set_font("helvetica", size=11)
    for number in range(pages):
        # A scanner's feed cuts no two pages alike.
        pdf.add_page(format=(595 + number % 9, 842 + number % 11))
        pdf.cell(text=f"Seite {number + 1}")
    pdf.output(path)
    uid = office.receive(path)
    office.worker(threads=0).work_once()
    return uid


def opened(host, headers, address):
    """Return the seconds until the viewer shows its first page."""
    names = ("documentviewer", f"@@page/1/{WIDTH}", "@@scan-status")
    return sum(asked(host, headers, [f"{address}/{name}" for name in names]))


def length(host, headers, address):
    """Return the bytes of an answer."""
    with closing(HTTPConnection(host, timeout=60)) as connection:
        connection.request("GET", address, headers=headers)
        return len(connection.getresponse().read())
