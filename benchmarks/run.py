"""What ``make bench`` prints: speed as ratios inside one run. Keeps nothing.

Each figure is the median of several runs on pages of the demo's letters, beside
a peer that does the same work on the same machine.
"""

from concurrent.futures import ThreadPoolExecutor
from eakte.demo.letters import letters
from eakte.demo.letters import write_letter
from eakte.scanning.engine import Engine
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import io
import os
import platform
import pypdfium2
import subprocess
import time


PROCESSES = 2
RUNS = 3
PAGES = 16
WIDTH = 700
"""Pixels; the width at which the viewer shows a page."""


def main():
    """Print the ratios and what limits each."""
    print(
        f"{platform.node()}: {os.cpu_count()} cores, Python {platform.python_version()}"
    )
    with TemporaryDirectory(prefix="eakte-bench-") as folder:
        pages = scanned_pages(Path(folder))
        with Engine(PROCESSES) as engine:
            engine.read_page(*pages[0])
            recognition(engine, pages, Path(folder))
            page_images(engine, pages)


def scanned_pages(folder):
    """Return ``(path, page number)`` of scanned letter pages."""
    pages = []
    for letter in letters():
        if letter.file_name.endswith(".pdf") and letter.script.get("form") is None:
            path = write_letter(letter, folder)
            pages += [(path, page + 1) for page in range(letter.pages)]
        if len(pages) >= PAGES:
            return pages[:PAGES]
    return pages


def recognition(engine, pages, folder):
    """Words of a page: the engine, from the file, beside bare tesseract on images."""
    images = []
    for number, (path, page) in enumerate(pages):
        image = folder / f"{number}.png"
        with pypdfium2.PdfDocument(path) as document:
            document[page - 1].render(scale=300 / 72).to_pil().save(
                image, dpi=(300, 300)
            )
        images.append(image)
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}

    def bare(image):
        subprocess.run(
            ["tesseract", image, "stdout", "-l", "deu", "tsv"],
            check=True,
            capture_output=True,
            env=environment,
        )

    ours, peer = [], []
    for _ in range(RUNS):
        ours.append(seconds(lambda each: engine.read_page(*each, "deu"), pages))
        peer.append(seconds(bare, images))
    report(
        "recognition, pages a second: eakte ÷ bare tesseract, same pages and processes",
        median(peer) / median(ours),
        f"{len(pages) / median(ours):.2f} ÷ {len(pages) / median(peer):.2f}",
        "tesseract itself; the pixels that it is given",
    )


def page_images(engine, pages):
    """One page as a picture for the viewer, beside pdfium and JPEG alone."""

    def alone(each):
        path, page = each
        with pypdfium2.PdfDocument(path) as document:
            sheet = document[page - 1]
            scale = WIDTH / sheet.get_width()
            sheet.render(scale=scale).to_pil().convert("RGB").save(
                io.BytesIO(), "JPEG", quality=85
            )

    ours, peer = [], []
    for _ in range(RUNS):
        ours.append(seconds(lambda each: engine.render(*each, WIDTH), pages, workers=1))
        peer.append(seconds(alone, pages, workers=1))
    report(
        f"page image of {WIDTH} px, cold: eakte ÷ pdfium and JPEG alone",
        median(ours) / median(peer),
        f"{1000 * median(ours) / len(pages):.0f} ms ÷ "
        f"{1000 * median(peer) / len(pages):.0f} ms a page",
        "decoding the page's full image",
    )


def seconds(work, things, workers=PROCESSES):
    """Return how long it takes to do the work for all things."""
    begin = time.perf_counter()
    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(work, things))
    return time.perf_counter() - begin


def report(what, ratio, figures, limit):
    """Print one line a figure."""
    print(f"{ratio:6.2f}  {what}\n        {figures}; limited by {limit}")


if __name__ == "__main__":
    main()
