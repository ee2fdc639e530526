from eakte.mailitem.store import mail_store
from eakte.scans.interfaces import IScanPages
from hashlib import file_digest
from tests.capture.memory import MEBIBYTE
from tests.capture.memory import watched

import pytest
import transaction


SIZE = 300 * MEBIBYTE

BOUND = SIZE // 3
"""What a door may take beyond what the process had; reading the file whole takes all."""


@pytest.fixture
def big(tmp_path):
    """A file of 300 MB that begins like a PDF."""
    path = tmp_path / "big.pdf"
    with path.open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(SIZE)
    return path


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
