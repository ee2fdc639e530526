"""Files that were damaged on their way go through folder and worker; others go on."""

from eakte.scans.interfaces import IScanPages
from eakte.scans.interfaces import ScanStatus
from hashlib import sha256
from tests.capture.papers import pdf
from tests.scanning.test_mutations import KNOWN
from tests.scanning.test_mutations import READABLE
from tests.scanning.test_mutations import WAYS

import random


FILES = 20

ENDED = {ScanStatus.DONE, ScanStatus.FAILED}


def test_no_damaged_file_keeps_the_worker_from_the_next_one(intake, material):
    originals = [
        path
        for path in sorted(material.glob("*/*"))
        if path.suffix != ".txt" and path.stat().st_size < READABLE
    ]
    dropped = {}
    for number in range(FILES):
        chance = random.Random(number)  # noqa: S311
        original = originals[number % len(originals)].read_bytes()
        content = chance.choice(WAYS)(original, chance)
        intake.drop(f"{number:02}.pdf", content)
        dropped[f"{number:02}.pdf"] = sha256(content).hexdigest()
    intake.drop("good.pdf", pdf("Zebrawolle"))
    assert intake.sweep() == FILES + 1
    intake.recognise()

    scans = {item.scan.filename: IScanPages(item) for item in intake.items()}
    good = scans.pop("good.pdf")
    assert (good.status, good.problem) == (ScanStatus.DONE, None)
    assert "Zebrawolle" in good.text()
    assert {name: scan.sha256 for name, scan in scans.items()} == dropped
    for name, scan in scans.items():
        assert scan.status in ENDED, name
        assert scan.problem is None or scan.problem in KNOWN | TOLD, (
            name,
            scan.problem,
        )


TOLD = {"uncertain", "blank", "low_resolution", "colour_lost", "pages-unreadable"}
"""What the quality checker is told of pages that could be read, or not."""
