from concurrent.futures import ThreadPoolExecutor
from eakte.jobs.server import work_folder
from eakte.jobs.worker import Worker
from eakte.mailitem.store import mail_store
from eakte.scans.images import WIDTHS
from eakte.scans.interfaces import IScanPages
from hashlib import file_digest
from hashlib import sha256
from PIL import Image
from tests.capture.memory import MEBIBYTE
from tests.capture.memory import watched

import io
import pytest
import transaction


SIZE = 300 * MEBIBYTE

BOUND = SIZE // 3
"""What a door may take beyond what the process had; reading the file whole takes all."""

PAGES = 3000
"""Sheets of the largest stack that is known from practice."""


@pytest.fixture
def big(tmp_path):
    """A file of 300 MB that begins like a PDF."""
    path = tmp_path / "big.pdf"
    with path.open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(SIZE)
    return path


@pytest.fixture
def stack(tmp_path):
    """A PDF of 300 MB that holds 3,000 pages; all but the last are blank."""
    path = tmp_path / "stack.pdf"
    with path.open("wb") as file:
        write_stack(file, PAGES, SIZE // PAGES)
    return path


def write_stack(file, count, size):
    """Write a PDF page by page; nothing but the places of the objects is kept.

    :param count: pages; the last has a black square in its middle.
    :param size: bytes of each page's content; a comment fills it.
    """
    places = []

    def write(content):
        places.append(file.tell())
        file.write(b"%d 0 obj\n%b\nendobj\n" % (len(places), content))

    file.write(b"%PDF-1.7\n")
    write(b"<< /Type /Catalog /Pages 2 0 R >>")
    kids = b" ".join(b"%d 0 R" % number for number in range(3, 3 + 2 * count, 2))
    box = b"/MediaBox [0 0 600 800]"
    write(b"<< /Type /Pages /Count %d /Kids [%b] %b >>" % (count, kids, box))
    for number in range(1, count + 1):
        drawn = b"200 300 200 200 re f\n" if number == count else b""
        content = (drawn + b"%").ljust(size, b"-")
        here = len(places) + 1
        write(b"<< /Type /Page /Parent 2 0 R /Contents %d 0 R >>" % (here + 1))
        write(b"<< /Length %d >>\nstream\n%b\nendstream" % (size, content))
    start = file.tell()
    file.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1))
    file.writelines(b"%010d 00000 n \n" % place for place in places)
    file.write(b"trailer\n<< /Size %d /Root 1 0 R >>\n" % (len(places) + 1))
    file.write(b"startxref\n%d\n%%%%EOF\n" % start)


def look_into_one(database):
    """Have the worker do one job: looking into a file comes before reading it."""

    def work():
        worker = Worker(database, work_folder(), threads=0)
        worker.sweep()
        found, _ = worker.work_once()
        worker.stop()
        return found

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(work).result()


def the_scan():
    transaction.begin()
    (item,) = mail_store().objectValues()
    return item.scan, IScanPages(item)


def test_the_folder_takes_in_300_mb_without_reading_them_whole(intake, big):
    with big.open("rb") as file:
        sha256 = file_digest(file, "sha256").hexdigest()
    big.rename(intake.root / "poststelle" / "big.pdf")
    with watched() as peak:
        assert intake.sweep() == 1
    scan, pages = the_scan()
    assert scan.getSize() == SIZE
    assert pages.sha256 == sha256
    assert peak.own < BOUND


def test_rest_takes_in_300_mb_without_reading_them_whole(session, address, big):
    client = session("oskar")
    with watched() as peak, big.open("rb") as file:
        answer = client.post(
            f"{address}/@intake", data=file, headers={"Content-Type": "application/pdf"}
        )
    assert answer.status_code == 201
    assert the_scan()[0].getSize() == SIZE
    assert peak.own < BOUND


def test_tus_takes_in_300_mb_without_reading_them_whole(session, address, big):
    client = session("oskar")
    version = {"Tus-Resumable": "1.0.0"}
    place = client.post(
        f"{address}/@tus-upload", headers={**version, "Upload-Length": str(SIZE)}
    ).headers["Location"]
    with watched() as peak, big.open("rb") as file:
        answer = client.patch(
            place,
            data=file,
            headers={
                **version,
                "Upload-Offset": "0",
                "Content-Type": "application/offset+octet-stream",
            },
        )
    assert answer.status_code == 204
    assert the_scan()[0].getSize() == SIZE
    assert peak.own < BOUND


def test_a_stack_of_3000_pages_is_looked_through_without_reading_it_whole(
    intake, session, stack
):
    size = stack.stat().st_size
    with stack.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    stack.rename(intake.root / "poststelle" / "stack.pdf")
    with watched() as peak:
        assert intake.sweep() == 1
        assert look_into_one(intake.database)
    _, pages = the_scan()
    assert (pages.page_count, pages.problem) == (PAGES, None)

    (letter,) = intake.items()
    client = session("oskar")
    with watched() as shown:
        answer = client.get(f"{letter.absolute_url()}/@@page/{PAGES}/{WIDTHS[0]}")
    page = Image.open(io.BytesIO(answer.content)).convert("L")
    middle = page.getpixel((page.width // 2, page.height // 2))
    assert (middle < 50, page.getpixel((3, 3)) > 200) == (True, True)
    beyond = client.get(f"{letter.absolute_url()}/@@page/{PAGES + 1}/{WIDTHS[0]}")
    assert beyond.status_code == 404

    received, length = sha256(), 0
    with (
        watched() as sent,
        client.get(f"{letter.absolute_url()}/@@scan", stream=True) as answer,
    ):
        for part in answer.iter_content(MEBIBYTE):
            received.update(part)
            length += len(part)
    assert (length, received.hexdigest()) == (size, digest)
    assert size > SIZE
    for each in (peak, shown, sent):
        assert each.own < BOUND
        assert each.child < BOUND
