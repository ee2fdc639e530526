"""The memory of the worker for a long file, beside that for a short one."""

from benchmarks.figures import Bound
from benchmarks.figures import Figure
from benchmarks.letters import scanned_letters
from benchmarks.office import copy_of
from benchmarks.processes import MEBIBYTE
from benchmarks.processes import peak_memory
from contextlib import ExitStack
from fpdf import FPDF
from io import BytesIO
from multiprocessing import get_context
from pikepdf import Pdf
from statistics import median

import os


LONG, SHORT = 1000, 10

SCANNED_EVERY = 25
"""One page of so many is a scan to be recognised, the first one too; the others were
typed, so that the bench ends on the same day."""

MOST = 1.5


def figures(office, folder, *, long=LONG, short=SHORT, rounds=3):
    """Yield the figure of the memory.

    Each file is taken in and read in a process that was forked from this one and has
    children of its own; so this is measured before any thread is started here.
    """
    peaks = {short: [], long: []}
    for number in range(rounds):
        for pages, found in peaks.items():
            own = folder / f"{number}-of-{pages}"
            own.mkdir()
            path = mixed_file(own, pages)
            found.append(in_a_process_of_its_own(office, own, path))
    pairs = zip(peaks[long], peaks[short], strict=True)
    together, alone = (
        [median(each[side] for each in peaks[pages]) for pages in (long, short)]
        for side in (0, 1)
    )
    yield Figure(
        f"memory of the worker and its children: {long} pages ÷ {short} pages",
        tuple(of_long[0] / of_short[0] for of_long, of_short in pairs),
        Bound("≤", MOST),
        f"{_mib(together[0])} ÷ {_mib(together[1])} together at the highest moment; the "
        f"process of the worker alone {_mib(alone[0])} ÷ {_mib(alone[1])}; one page of "
        f"{SCANNED_EVERY} is a scan, the others were typed",
        "Plone itself, and in each child the language of recognition",
    )


def mixed_file(folder, pages):
    """Return a PDF of so many pages, typed and scanned ones."""
    path = folder / f"{pages}-pages.pdf"
    [letter] = scanned_letters(folder, 1)
    with ExitStack() as opened:
        mixed = opened.enter_context(Pdf.open(BytesIO(typed_pages(pages))))
        for number in range(0, pages, SCANNED_EVERY):
            # Opened anew, so that each page has an image of its own.
            scan = opened.enter_context(Pdf.open(letter.path))
            mixed.pages[number] = scan.pages[0]
        mixed.save(path)
    return path


def typed_pages(count):
    """Return a PDF with so many pages of text."""
    pdf = FPDF()
    pdf.set_font("helvetica", size=11)
    for number in range(1, count + 1):
        pdf.add_page()
        line = f"Seite {number}: Der Bescheid ist dem Betroffenen zugestellt worden. "
        pdf.multi_cell(0, 6, line * 20)
    return bytes(pdf.output())


def in_a_process_of_its_own(office, folder, path):
    """Return the peaks ``(together, worker alone)`` in bytes while the file is read."""
    context = get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=read_file, args=(office, folder, path, theirs))
    process.start()
    theirs.close()
    try:
        return ours.recv()
    except EOFError:
        raise RuntimeError(f"Reading {path.name} failed; see above.") from None
    finally:
        process.join()


def read_file(office, folder, path, answer):
    """Read the file in a copy of the office and send the peaks."""
    os.environ["EAKTE_VAR"] = str(folder / "var")
    own = copy_of(office, folder)
    with peak_memory() as peak:
        own.receive(path)
        with own.at_work():
            own.wait_until_done()
    answer.send((peak.together, peak.parent))


def _mib(size):
    return f"{size / MEBIBYTE:.0f} MiB"
