from eakte.scans.interfaces import IScanPages
from eakte.scans.interfaces import ScanStatus
from eakte.scans.storing import store_scan
from hashlib import sha256
from plone import api
from plone.namedfile.file import NamedBlobFile
from tests.builders import a_case_file
from tests.builders import a_mail_item
from tests.builders import as_system
from tests.builders import put_in_state
from zope.event import notify
from zope.lifecycleevent import ObjectModifiedEvent

import os
import pytest
import tracemalloc
import transaction


@pytest.fixture
def a_file(functional_portal):
    """Returns a File of Plone's own."""

    def a_file(content, name, content_type):
        with as_system():
            return api.content.create(
                functional_portal,
                "File",
                title="Ablage",
                file=NamedBlobFile(content, content_type, name),
            )

    return a_file


def found_by(text):
    catalog = api.portal.get_tool("portal_catalog")
    return [b.UID for b in catalog.unrestrictedSearchResults(SearchableText=text)]


def test_a_scan_in_plone_s_file_is_read_like_ours(a_file, typed, read_all, as_user):
    file = a_file(typed("Merkblatt"), "merkblatt.pdf", "application/pdf")
    assert found_by("Merkblatt") == []
    read_all()

    assert IScanPages(file).status is ScanStatus.DONE
    assert found_by("Merkblatt") == [file.UID()]
    file.manage_permission("View", ["Manager"], acquire=0)
    anna = as_user("anna")
    assert anna.get(f"{file.absolute_url()}/@@page/1/180").status_code == 401
    file.manage_permission("View", ["Member"], acquire=0)
    transaction.commit()
    assert anna.get(f"{file.absolute_url()}/@@page/1/180").status_code == 200


def test_a_file_of_another_kind_is_no_failed_scan(a_file, read_all):
    file = a_file(b"Nur Text, Bindestrich", "notiz.txt", "text/plain")
    read_all()

    pages = IScanPages(file)
    assert (pages.status, pages.problem) == (ScanStatus.NONE, None)
    assert found_by("Bindestrich") == [file.UID()]


def test_a_copy_has_its_pages_and_needs_no_second_reading(
    functional_portal, a_file, typed, read_all
):
    file = a_file(typed("Merkblatt"), "merkblatt.pdf", "application/pdf")
    read_all()
    with as_system():
        copy = api.content.copy(file, functional_portal, safe_id=True)
    transaction.commit()

    assert IScanPages(copy).text().strip() == "Merkblatt"
    assert set(found_by("Merkblatt")) == {file.UID(), copy.UID()}


def test_a_copy_of_what_waits_is_read_too(functional_portal, a_file, typed, read_all):
    file = a_file(typed("Merkblatt"), "merkblatt.pdf", "application/pdf")
    transaction.commit()
    with as_system():
        copy = api.content.copy(file, functional_portal, safe_id=True)
    read_all()

    assert IScanPages(copy).status is ScanStatus.DONE
    assert IScanPages(file).status is ScanStatus.DONE


def test_a_big_file_is_moved_into_place_and_never_read_into_memory(
    functional_portal, tmp_path
):
    path = tmp_path / "stack.pdf"
    with path.open("wb") as writer:
        for _ in range(64):
            writer.write(os.urandom(1024 * 1024))
    expected = sha256(path.read_bytes()).hexdigest()
    with as_system():
        item = a_mail_item()
        tracemalloc.start()
        store_scan(item, path, "stack.pdf", "application/pdf")
        notify(ObjectModifiedEvent(item))
        _now, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    transaction.commit()

    assert not path.exists()
    assert IScanPages(item).sha256 == expected
    assert IScanPages(item).byte_size == 64 * 1024 * 1024
    assert peak < 8 * 1024 * 1024


def test_a_cancelled_document_is_not_found_by_its_text(
    functional_portal, typed, read_all
):
    with as_system():
        case_file = a_case_file()
        document = api.content.create(
            case_file,
            "case_document",
            title="Vermerk",
            scan=NamedBlobFile(typed("Fehlbuchung"), "application/pdf", "v.pdf"),
        )
    read_all()
    assert found_by("Fehlbuchung") == [document.UID()]
    workflow = api.portal.get_tool("portal_workflow").getChainFor(document)[0]
    put_in_state(document, workflow, "cancelled")
    transaction.commit()

    assert found_by("Fehlbuchung") == []
