"""What ``make bench`` prints: speed as ratios inside one run. Keeps nothing.

``python -m benchmarks.run [memory] [until_readable] [page_image] [opening]
[recognition] [moving] [boxes] [quality]`` measures some of the figures; without names all of them.
"""

from benchmarks import boxes
from benchmarks import memory
from benchmarks import moving
from benchmarks import opening
from benchmarks import page_image
from benchmarks import quality
from benchmarks import recognition
from benchmarks import until_readable
from benchmarks.figures import Figure
from benchmarks.figures import NotMeasured
from benchmarks.figures import show
from benchmarks.office import found_office
from benchmarks.office import start_zope
from pathlib import Path
from tempfile import TemporaryDirectory

import argparse
import os
import platform
import psutil
import subprocess
import sys
import time


PARTS = (
    "memory",
    "until_readable",
    "page_image",
    "opening",
    "recognition",
    "moving",
    "boxes",
    "quality",
)
"""The memory first: it forks, so nothing may have started a thread before."""


def main():
    """Print the ratios, whether they hold and what limits each.

    :returns: whether one does not hold or was not measured.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", choices=PARTS)
    wanted = parser.parse_args().parts or PARTS
    begin = time.monotonic()
    print(machine(), end="\n\n", flush=True)
    with TemporaryDirectory(prefix="eakte-bench-") as name:
        folder = Path(name)
        measured = []
        for figure in figures(folder, [part for part in PARTS if part in wanted]):
            show(figure)
            measured.append(figure)
    print(
        f"{len(measured)} figures in {time.monotonic() - begin:.0f} s. "
        f"{failed(measured) or 'All hold.'}"
    )
    return bool(failed(measured))


def figures(folder, parts):
    """Yield the figures of some of ``PARTS``; all in one office, founded for them."""
    office = application = None
    if set(parts) - {"quality"}:
        application = start_zope(folder / "office")
        office = found_office(folder / "office")
    for part in parts:
        place = folder / part
        place.mkdir()
        match part:
            case "memory":
                yield from memory.figures(office, place)
            case "until_readable":
                yield from until_readable.figures(office, place, application)
            case "page_image":
                yield from page_image.figures(office, place, application)
            case "opening":
                yield from opening.figures(office, place, application)
            case "recognition":
                yield from recognition.figures(office, place)
            case "moving":
                yield from moving.figures(office, place, application)
            case "boxes":
                yield from boxes.figures(office, place, application)
            case "quality":
                yield from quality.figures()


def machine():
    """Return what the figures were measured on."""
    memory = psutil.virtual_memory().total / 1024**3
    tesseract = subprocess.run(
        ["tesseract", "--version"], check=True, capture_output=True, text=True
    )
    return (
        f"{platform.node()}: {os.cpu_count()} cores ({_processor()}), {memory:.0f} GiB, "
        f"{platform.system()} {platform.release()}, Python "
        f"{platform.python_version()}, {tesseract.stdout.splitlines()[0]}; "
        f"load before: {os.getloadavg()[0]:.1f}"
    )


def failed(measured):
    """Return in words which ratios do not hold, or were not measured; else nothing."""
    missing = [each.what for each in measured if isinstance(each, NotMeasured)]
    wrong = [
        each.what
        for each in measured
        if isinstance(each, Figure) and each.bound and not each.bound.holds(each.ratio)
    ]
    said = {"Not held": wrong, "Not measured": missing}
    return " ".join(
        f"{what}: {'; '.join(names)}." for what, names in said.items() if names
    )


def _processor():
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


if __name__ == "__main__":
    sys.exit(main())
