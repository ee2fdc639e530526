from eakte.jobs.interfaces import IJobs
from eakte.scans.interfaces import Finding
from eakte.scans.interfaces import IScanPages
from eakte.scans.interfaces import ScanStatus
from eakte.scans.kinds import INSPECT
from hashlib import sha256
from plone import api
from plone.namedfile.file import NamedBlobFile
from tests.builders import as_system
from zope.component import getUtility
from zope.event import notify
from zope.lifecycleevent import ObjectModifiedEvent

import pytest
import transaction


@pytest.fixture(autouse=True)
def office(functional_portal):
    """Every test has a site of its own."""


def found_by(text):
    catalog = api.portal.get_tool("portal_catalog")
    brains = catalog.unrestrictedSearchResults(SearchableText=text)
    return [brain.UID for brain in brains]


def brain_of(item):
    catalog = api.portal.get_tool("portal_catalog")
    [brain] = catalog.unrestrictedSearchResults(UID=item.UID())
    return brain


def test_a_letter_waits_until_it_is_read_and_is_found_by_its_words(
    a_scan, typed, read_all
):
    content = typed("Antrag auf Niederlassungserlaubnis", "Seite zwei")
    item = a_scan(content)
    pages = IScanPages(item)
    assert pages.status is ScanStatus.WAITING
    assert pages.sha256 == sha256(content).hexdigest()
    assert pages.byte_size == len(content)
    assert found_by("Niederlassungserlaubnis") == []

    read_all()

    pages = IScanPages(item)
    assert pages.status is ScanStatus.DONE
    assert (pages.page_count, pages.pages_done) == (2, 2)
    assert pages.page(2).text.strip() == "Seite zwei"
    assert pages.media_type == "application/pdf"
    assert [round(side) for side in pages.sizes[0]] == [595, 842]
    assert (pages.problem, pages.findings) == (None, ())
    assert found_by("Niederlassungserlaubnis") == [item.UID()]
    brain = brain_of(item)
    assert (brain.page_count, brain.scan_status, brain.scan_problem) == (
        2,
        "done",
        None,
    )


def test_the_request_only_asks_for_a_look_and_reads_nothing(a_scan, typed):
    item = a_scan(typed("Antrag"))

    [job] = getUtility(IJobs).waiting()
    assert (job.kind, job.uid) == (INSPECT, item.UID())
    assert IScanPages(item).page_count == 0


def test_a_scan_that_is_not_committed_leaves_no_job(a_scan, typed, read_all):
    read_all()
    a_scan(typed("Antrag"))
    transaction.abort()

    assert read_all() == 0


def test_characters_in_an_image_are_recognised(a_scan, scanned, read_all):
    item = a_scan(scanned("Aufenthaltserlaubnis"), "scan.png")
    read_all()

    pages = IScanPages(item)
    assert "Aufenthaltserlaubnis" in pages.text()
    [word] = [w for w in pages.page(1).words if "erlaubnis" in w.text]
    assert 0.05 < word.left < word.right < 0.9
    assert pages.media_type == "image/png"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"GIF89a is not for us", "unsupported"),
        (b"%PDF-1.7\ncut off", "damaged"),
    ],
)
def test_a_file_that_cannot_be_read_is_kept_and_named(a_scan, read_all, content, code):
    item = a_scan(content)
    read_all()

    pages = IScanPages(item)
    assert (pages.status, pages.problem) == (ScanStatus.FAILED, code)
    assert item.scan.data == content
    brain = brain_of(item)
    assert (brain.scan_status, brain.scan_problem) == ("failed", code)
    assert sum(getUtility(IJobs).counts().values()) == 0


def test_an_encrypted_file_is_named(a_scan, typed, read_all):
    item = a_scan(typed("geheim", password="geheim"))
    read_all()

    assert IScanPages(item).problem == "encrypted"


def test_a_blank_letter_is_no_plain_success(a_scan, scanned, read_all):
    item = a_scan(scanned(), "scan.png")
    read_all()

    pages = IScanPages(item)
    assert (pages.status, pages.findings) == (ScanStatus.DONE, (Finding.BLANK,))
    assert brain_of(item).scan_problem == "blank"


def test_a_new_scan_drops_the_pages_of_the_old(a_scan, typed, read_all):
    item = a_scan(typed("Erster", "Zweiter"))
    read_all()
    item.scan = NamedBlobFile(typed("Ersatz"), "application/pdf", "neu.pdf")
    notify(ObjectModifiedEvent(item))

    assert IScanPages(item).status is ScanStatus.WAITING
    assert IScanPages(item).page(1) is None
    read_all()
    assert IScanPages(item).text().strip() == "Ersatz"
    assert (found_by("Zweiter"), found_by("Ersatz")) == ([], [item.UID()])


def test_changing_the_subject_does_not_read_the_scan_again(a_scan, typed, read_all):
    item = a_scan(typed("Bescheid"))
    read_all()
    item.title = "Ein anderer Betreff"
    notify(ObjectModifiedEvent(item))

    assert read_all() == 0
    assert IScanPages(item).status is ScanStatus.DONE
    assert found_by("Betreff Bescheid") == [item.UID()]


def test_a_letter_that_was_deleted_ends_its_job(a_scan, typed, read_all):
    item = a_scan(typed("Bescheid"))
    transaction.commit()
    with as_system():
        item.aq_parent.manage_delObjects([item.getId()])

    assert read_all() == 1
    assert sum(getUtility(IJobs).counts().values()) == 0


def test_a_scan_that_is_taken_away_leaves_nothing(a_scan, typed, read_all):
    item = a_scan(typed("Bescheid"))
    read_all()
    item.scan = None
    notify(ObjectModifiedEvent(item))
    read_all()

    assert IScanPages(item).status is ScanStatus.NONE
    assert IScanPages(item).page_count == 0
    assert found_by("Bescheid") == []


def test_every_file_of_the_real_inputs_ends_in_a_named_state(
    a_scan, material, read_all
):
    small = [
        path
        for path in sorted((material / "broken").iterdir())
        if path.name not in ("enormous.pdf", "hugemono.pdf")
    ]
    items = {path.name: a_scan(path.read_bytes(), path.name) for path in small}
    read_all()

    for name, item in items.items():
        pages = IScanPages(item)
        assert pages.status in (ScanStatus.DONE, ScanStatus.FAILED), name
        if pages.status is ScanStatus.FAILED:
            assert pages.problem, name
        elif not pages.text().strip():
            assert pages.findings, name
    assert IScanPages(items["password-is-test.pdf"]).problem == "encrypted"
    assert sum(getUtility(IJobs).counts().values()) == 0
