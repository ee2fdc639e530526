"""Every real file goes through the folder and ends in a state that has a name."""

from eakte.scanning.model import Limits
from eakte.scans.interfaces import IScanPages
from eakte.scans.interfaces import ScanStatus
from plone import api
from tests.capture.memory import MEBIBYTE
from tests.capture.memory import watched

import pytest


# Read it with the mailroom: what these files are called, and what is wrong with them.
# All others are read and have text.
NAMED = {
    "T01_006_header-invalid-syntax-no-pdf.pdf": "unsupported",
    "T02-01_001_document-catalog-No-document-catalog.pdf": "damaged",
    "T02-01_002_document-catalog-wrong-object-number.pdf": "damaged",
    "T02-03_011_page-object-wrong-contents-reference.pdf": "blank",
    "T04_013_trailer-root-invalid-indirect-reference.pdf": "damaged",
    "docinfo_latin1_key.pdf": "blank",
    "encryption_openpassword.pdf": "encrypted",
    "invalid.pdf": "damaged",
    "livecycle.pdf": "blank",
    "no_contents.pdf": "blank",
    "password-is-test.pdf": "encrypted",
    "blank.pdf": "blank",
    "eurotext.txt": "unsupported",
    "linn.txt": "unsupported",
    "phototest.gold.txt": "unsupported",
}

PROBLEMS = {"unsupported", "damaged", "encrypted"}
"""Those that keep a file from being read at all."""


@pytest.fixture
def files(material):
    return {
        path.name: path.read_bytes()
        for path in sorted(material.glob("*/*"))
        if path.is_file()
    }


def test_every_file_ends_in_a_named_state(intake, files, session):
    for name, content in files.items():
        intake.drop(name, content)
    with watched() as peak:
        assert intake.sweep() == len(files)
        intake.recognise()
    items = {item.scan.filename: item for item in intake.items()}
    assert set(items) == set(files)
    assert intake.waiting() == []

    found = {}
    for name, item in items.items():
        scan = IScanPages(item)
        assert item.scan.data == files[name], "the original is kept"
        assert api.content.get_state(item) == "captured"
        if scan.problem:
            assert (scan.status, scan.findings) == (ScanStatus.FAILED, ())
            found[name] = scan.problem
        else:
            assert scan.status == ScanStatus.DONE
            assert scan.pages_done == scan.page_count > 0
            # Success without a text is none.
            assert scan.findings or scan.text().strip(), name
            if scan.findings:
                (found[name],) = map(str, scan.findings)
    assert found == {name: NAMED[name] for name in files if name in NAMED}
    catalog = api.portal.get_tool("portal_catalog")
    for brain in catalog.unrestrictedSearchResults(portal_type="mail_item"):
        name = brain._unrestrictedGetObject().scan.filename
        assert brain.scan_problem == found.get(name)

    assert peak.own < 300 * MEBIBYTE
    assert peak.child <= Limits().memory_bytes

    # The instance is up, and every page is shown or refused by name.
    client = session("oskar")
    for name, item in items.items():
        answer = client.get(f"{item.absolute_url()}/@@page/1/700")
        if found.get(name) in PROBLEMS:
            assert answer.status_code in (404, 422), name
            assert answer.json()["code"]
        else:
            assert answer.status_code == 200, name
            assert answer.headers["Content-Type"] == "image/jpeg"
