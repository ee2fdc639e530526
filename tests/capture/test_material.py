"""Every real file goes through the folder and ends as the table says.

The work is done once for all tests of this module.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from eakte.capture.interfaces import IIntakeSettings
from eakte.jobs.server import work_folder
from eakte.jobs.worker import run_pending
from eakte.scanning.model import Limits
from eakte.scanning.model import Origin
from eakte.scans.interfaces import IScanPages
from eakte.scans.interfaces import ScanStatus
from eakte.scans.problems import in_short
from pathlib import Path
from plone import api
from plone.registry.interfaces import IRegistry
from tests.capture.conftest import Clock
from tests.capture.conftest import Intake
from tests.capture.conftest import PASSWORD
from tests.capture.memory import MEBIBYTE
from tests.capture.memory import Peak
from tests.capture.memory import watched
from zope.component import getUtility

import pytest
import requests
import shutil
import transaction


# Read it with the mailroom. Every file becomes a letter that is "captured". Then:
#   how reading it ended: done, or the code of the problem;
#   its pages, and those that cannot be read, if any;
#   whether its text came with it (own) or was recognised (seen), or both;
#   a word by which the letter must be found;
#   what the quality checker is told, with the pages where these are not all.
GOLDEN = """
broken/T01_006_header-invalid-syntax-no-pdf.pdf | unsupported | 0 |  |  |
broken/T02-01_001_document-catalog-No-document-catalog.pdf | damaged | 0 |  |  |
broken/T02-01_002_document-catalog-wrong-object-number.pdf | damaged | 0 |  |  |
broken/T02-02_008_page-tree-node-no-count.pdf | done | 1 | own | world |
broken/T02-03_011_page-object-wrong-contents-reference.pdf | done | 1 |  |  | blank
broken/T02-05-01_005_invalid-Font-name-operator.pdf | done | 1 | own | world |
broken/T02-05-01_017_bytes-between-endstream-endobj.pdf | done | 1 | own | world |
broken/T04_001_EOF-not-standalone.pdf | done | 1 | own | world |
broken/T04_013_trailer-root-invalid-indirect-reference.pdf | damaged | 0 |  |  |
broken/corruptionOneByteMissing.pdf | done | 1 | own | Knijff |
broken/docinfo_latin1_key.pdf | done | 1 |  |  | blank
broken/encryption_notextaccess.pdf | done | 1 | own | Knijff |
broken/encryption_openpassword.pdf | encrypted | 0 |  |  |
broken/enormous.pdf | done | 1 | seen | megapixels | uncertain
broken/fileAttachment.pdf | done | 1 | own | attachment |
broken/formxobject.pdf | done | 1 | seen | embedded | low_resolution, colour_lost
broken/hugemono.pdf | done | 1 | seen | tiny | colour_lost
broken/invalid.pdf | damaged | 0 |  |  |
broken/invalid_pdf.pdf | done | 2 | own | Invoice |
broken/javascript.pdf | done | 1 | own | example |
broken/livecycle.pdf | done | 1 |  |  | blank
broken/missing_docinfo.pdf | done | 1 | own | DocumentInfo |
broken/negzero.pdf | done | 1 | seen | XObject | low_resolution, colour_lost
broken/no_contents.pdf | done | 1 |  |  | blank
broken/password-is-test.pdf | encrypted | 0 |  |  |
scans/2400dpi.pdf | done | 1 | seen | laurier | colour_lost
scans/blank.pdf | done | 1 |  |  | blank
scans/c02-22.pdf | done | 1 | seen | kitchen | low_resolution
scans/cardinal.pdf | done | 4 | seen | LinnSequencer | colour_lost
scans/ccitt.pdf | done | 1 | seen | LinnSequencer | colour_lost
scans/cmyk.pdf | done | 1 | seen | Magenta |
scans/eurotext.tif | done | 1 | seen | schnelle | colour_lost
scans/eurotext.txt | unsupported | 0 |  |  |
scans/francais.pdf | done | 1 | seen | whisky | colour_lost
scans/jbig2.pdf | done | 1 | seen | LinnSequencer | colour_lost
scans/kcs.pdf | done | 1 | seen | Capture | colour_lost
scans/linn.pdf | done | 1 | seen | LinnSequencer | colour_lost
scans/linn.txt | unsupported | 0 |  |  |
scans/masks.pdf | done | 1 | seen | Enzyklopädie |
scans/multipage.pdf | done | 6 | seen | kitchen | low_resolution 1, 3–6, colour_lost 5, uncertain 2, 4
scans/phototest.gold.txt | unsupported | 0 |  |  |
scans/phototest.tif | done | 1 | seen | jumped | low_resolution, colour_lost
scans/rotated_skew.pdf | done | 1 | seen | LinnSequencer | colour_lost
scans/skew.pdf | done | 1 | seen | LinnSequencer | colour_lost
scans/typewriter.png | done | 1 | seen | laurier | colour_lost
separators/barcode-128-custom.pdf | done | 1 | own | content |
separators/barcode-qr-custom.pdf | done | 1 | own | content |
separators/double-sided-even.pdf | done | 2 | own | page |
separators/double-sided-odd.pdf | done | 3 | own | page |
separators/patch-code-t-middle-reverse.pdf | done | 3 | both | document | low_resolution 2, colour_lost 2, uncertain 2
separators/patch-code-t-middle-unreadable.pdf | done | 3 | own | document | low_resolution 2
separators/patch-code-t-middle.pdf | done | 3 | both | Kodak | low_resolution 2, colour_lost 2
separators/patch-code-t-qr.pdf | done | 1 | own | PATCHT |
separators/patch-code-t.pdf | done | 1 | seen | Kodak | low_resolution, colour_lost
separators/several-patcht-codes.pdf | done | 7 | both | Kodak | low_resolution 3, 6, colour_lost 3, 6
"""


@dataclass(frozen=True)
class Line:
    """What became of a file; compared as the table has it."""

    file: str
    outcome: str
    pages: str
    text: str
    word: str
    findings: str


def lines():
    return [
        Line(*(each.strip() for each in row.split("|")))
        for row in GOLDEN.strip().splitlines()
    ]


@dataclass(frozen=True)
class Found:
    """What became of a file, and what is looked into besides."""

    line: Line
    state: str
    address: str
    kept: bool
    """Whether the letter holds the very bytes that were dropped."""
    badge: str | None
    """What the catalog says is wrong; boxes show it."""
    has_text: bool


@dataclass
class Day:
    """All files, taken in and read."""

    found: dict
    peak: Peak
    left: list
    """Names that still lie in the folder."""
    session: requests.Session
    """Somebody of the mailroom at the server."""


@pytest.fixture(scope="class")
def folder():
    folder = Path(__file__).parents[3] / "shared" / "material"
    if not folder.is_dir():
        pytest.skip("the real inputs are not beside the checkout")
    return folder


@pytest.fixture(scope="class")
def day(folder, functional_portal_class, tmp_path_factory):
    """A day on which all of them come, read by two processes."""
    portal, var = functional_portal_class, tmp_path_factory.mktemp("var")
    files = {path.name: path for path in sorted(folder.glob("*/*")) if path.is_file()}
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("EAKTE_VAR", str(var))
        settings = getUtility(IRegistry).forInterface(IIntakeSettings)
        settings.settle_seconds = settings.settle_empty_seconds = 0.0
        api.user.get(username="oskar").setSecurityProfile(password=PASSWORD)
        transaction.commit()
        intake = Intake(portal, Clock())
        for name, path in files.items():
            intake.drop(name, path.read_bytes())
        with watched() as peak:
            intake.sweep()
            read_by_two(intake.database)
        transaction.begin()
        items = {item.scan.filename: item for item in intake.items()}
        session = requests.Session()
        session.auth = ("oskar", PASSWORD)
        yield Day(
            {
                f"{path.parent.name}/{name}": found(items[name], path)
                for name, path in files.items()
                if name in items
            },
            peak,
            intake.waiting(),
            session,
        )
        session.close()
    shutil.rmtree(var)


def read_by_two(database):
    """Do all jobs; two files at a time."""
    with ThreadPoolExecutor(2) as workers:
        for worker in [
            workers.submit(run_pending, database, work_folder()) for _ in range(2)
        ]:
            worker.result()
    run_pending(database, work_folder())


def found(item, path):
    """Return what became of the file as ``Found``; nothing persistent."""
    pages = IScanPages(item)
    read = [pages.page(n + 1) for n in range(pages.page_count) if pages.is_read(n + 1)]
    origins = {page.origin for page in read if page.text.strip()}
    broken = f" but {in_short(sorted(pages.broken_pages))}" * bool(pages.broken_pages)
    file = f"{path.parent.name}/{path.name}"
    [word] = [line.word for line in lines() if line.file == file] or [""]
    catalog = api.portal.get_tool("portal_catalog")
    hits = catalog.unrestrictedSearchResults(SearchableText=word) if word else ()
    [brain] = catalog.unrestrictedSearchResults(UID=item.UID())
    return Found(
        line=Line(
            file=file,
            outcome=str(pages.problem or pages.status),
            pages=f"{pages.page_count}{broken}",
            text=TEXTS[frozenset(origins)],
            word=word if item.UID() in {hit.UID for hit in hits} else "",
            findings=", ".join(_said(pages, each) for each in pages.findings),
        ),
        state=api.content.get_state(item),
        address=item.absolute_url(),
        kept=item.scan.data == path.read_bytes(),
        badge=brain.scan_problem,
        has_text=bool(pages.text().strip()),
    )


TEXTS = {
    frozenset(): "",
    frozenset({Origin.DIGITAL}): "own",
    frozenset({Origin.RECOGNISED}): "seen",
    frozenset(Origin): "both",
}


def _said(pages, finding):
    numbers = pages.pages_with(finding)
    some = f" {in_short(numbers)}" if 0 < len(numbers) < pages.page_count else ""
    return f"{finding}{some}"


GRAVE = {"blank", "no_text", "broken_pages"}
"""Findings that a box shows; the others are for the quality checker."""


class TestMaterial:
    def test_every_file_is_in_the_table_and_became_a_letter(self, day, folder):
        files = {f"{p.parent.name}/{p.name}" for p in folder.glob("*/*")}
        assert {line.file for line in lines()} == set(day.found) == files
        assert day.left == []

    @pytest.mark.parametrize("line", lines(), ids=lambda line: line.file)
    def test_it_ended_as_the_table_says(self, day, line):
        assert day.found[line.file].line == line
        assert day.found[line.file].state == "captured"

    def test_every_original_is_kept_unchanged(self, day):
        assert {name for name, found in day.found.items() if not found.kept} == set()

    def test_success_without_a_text_is_none(self, day):
        for found in day.found.values():
            done = found.line.outcome == ScanStatus.DONE
            assert not done or found.has_text or found.badge, found.line

    def test_boxes_show_what_keeps_a_letter_from_being_read(self, day):
        for found in day.found.values():
            done = found.line.outcome == ScanStatus.DONE
            first = found.line.findings.partition(",")[0] or None
            grave = first if first in GRAVE else None
            expected = grave if done else found.line.outcome
            assert found.badge == expected, found.line

    def test_every_first_page_is_shown_or_refused_by_name(self, day):
        for found in day.found.values():
            answer = day.session.get(f"{found.address}/@@page/1/700")
            if found.line.outcome == ScanStatus.DONE:
                assert answer.status_code == 200, found.line
                assert answer.headers["Content-Type"] == "image/jpeg"
            else:
                assert answer.status_code in (404, 422), found.line
                assert answer.json()["code"]

    def test_neither_the_server_nor_a_reading_process_grows_beyond_its_bounds(
        self, day
    ):
        assert day.peak.own < 300 * MEBIBYTE
        assert day.peak.child <= Limits().memory_bytes
