"""How well pages that nobody here wrote are recognised, beside bare tesseract."""

from benchmarks import bare
from benchmarks.characters import error_rate
from benchmarks.figures import Bound
from benchmarks.figures import Figure
from benchmarks.figures import NotMeasured
from eakte.scanning.engine import Engine
from pathlib import Path


MATERIAL = Path(__file__).parents[2] / "shared" / "material" / "scans"

PAGES = {"eurotext.tif": "eurotext.txt", "phototest.tif": "phototest.gold.txt"}
"""Scans of which the true text is known, from Tesseract's own tests."""

LANGUAGES = "deu+eng"


def figures():
    """Yield the figure of each page; both read the image at its full resolution."""
    with Engine(1) as engine:
        for scan, truth in PAGES.items():
            what = f"character errors in {scan}: eakte ÷ bare tesseract"
            if not (MATERIAL / truth).is_file():
                yield NotMeasured(what, "the real inputs are not beside the checkout")
                continue
            true = (MATERIAL / truth).read_text(encoding="utf-8")
            read = engine.read_page(MATERIAL / scan, 1, LANGUAGES).text
            ours = error_rate(true, read)
            theirs = error_rate(true, bare.read(MATERIAL / scan, LANGUAGES))
            yield Figure(
                what,
                (compared(ours, theirs),),
                Bound("≤", 1),
                f"{ours:.2%} ÷ {theirs:.2%}, {LANGUAGES}",
                "the languages: Spanish, French, Italian and Portuguese are not asked for"
                if scan.startswith("euro")
                else "print that is as large and clear as both sides need",
            )


def compared(ours, theirs):
    """Return the ratio of two error rates; two that are nothing are alike."""
    if theirs:
        return ours / theirs
    return 1.0 if not ours else float("inf")
