from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor
from eakte.capture.staging import staging_folder
from eakte.mailitem.setting_aside import set_aside
from eakte.mailitem.store import mail_store
from eakte.scans.interfaces import IScanPages
from hashlib import sha256
from plone import api
from tests.builders import a_mail_item
from tests.builders import as_system
from tests.capture.papers import image
from tests.capture.papers import pdf

import pytest
import transaction


PDF = {"Content-Type": "application/pdf"}


def the_items():
    transaction.begin()
    return sorted(mail_store().objectValues(), key=lambda item: item.number)


def test_a_file_sent_becomes_a_captured_mail_item(session, address):
    content = pdf()
    answer = session("oskar").post(
        f"{address}/@intake?name=Brief.pdf", data=content, headers=PDF
    )
    assert answer.status_code == 201
    (item,) = the_items()
    told = answer.json()
    assert answer.headers["Location"] == told["@id"] == item.absolute_url()
    assert told["number"] == item.number
    assert told["review_state"] == "captured"
    assert told["channel"] == "interface"
    assert told["duplicate_of"] is None
    assert told["scan"] == {
        "status": "waiting",
        "problem": None,
        "filename": "Brief.pdf",
        "media_type": "application/pdf",
        "byte_size": len(content),
        "sha256": sha256(content).hexdigest(),
    }
    assert item.scan.data == content
    assert item.getOwner().getId() == "oskar"
    assert list(staging_folder().iterdir()) == []


def test_what_is_known_of_the_letter_comes_along(session, address):
    said = {
        "name": "a.pdf",
        "team": "a1",
        "received": "2026-01-05",
        "letter_date": "2026-01-02",
        "sender": "Amtsgericht Musterstadt",
        "title": "Ladung",
        "mail_class": "deadline",
        "channel": "fax",
        "envelope_id": "U-17",
    }
    answer = session("fachverfahren").post(
        f"{address}/@intake", params=said, data=pdf(), headers=PDF
    )
    assert answer.status_code == 201
    (item,) = the_items()
    del said["name"]
    assert {name: str(getattr(item, name)) for name in said} == said


def test_every_mistake_is_named_and_nothing_is_stored(session, address):
    said = {"received": "yesterday", "mail_class": "heavy"}
    answer = session("oskar").post(
        f"{address}/@intake", params=said, data=pdf(), headers=PDF
    )
    assert answer.status_code == 400
    assert len(answer.json()["reasons"]) == 2
    answer = session("oskar").post(
        f"{address}/@intake?team=a9", data=pdf(), headers=PDF
    )
    assert answer.status_code == 400
    assert the_items() == []
    assert list(staging_folder().iterdir()) == []


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ('attachment; filename="Brief 1.pdf"', "Brief 1.pdf"),
        ("attachment; filename*=UTF-8''Gr%C3%BC%C3%9Fe.pdf", "Grüße.pdf"),
        ('attachment; filename="../../etc/passwd"', "passwd"),
        ('attachment; filename="C:\\\\Scans\\\\Brief.pdf"', "Brief.pdf"),
        ("attachment", "scan"),
    ],
)
def test_the_name_may_stand_in_content_disposition(session, address, header, name):
    session("oskar").post(
        f"{address}/@intake", data=pdf(), headers={**PDF, "Content-Disposition": header}
    )
    (item,) = the_items()
    assert item.scan.filename == name


@pytest.mark.parametrize("content", [b"", b"no scan at all", b"%PDF-1.7 but no more"])
def test_no_file_is_refused_for_what_is_in_it(session, address, content):
    answer = session("oskar").post(
        f"{address}/@intake?name=x.pdf",
        data=content,
        headers={"Content-Type": "application/octet-stream"},
    )
    assert answer.status_code == 201
    (item,) = the_items()
    assert item.scan.data == content


@pytest.mark.parametrize(
    "media_type", ["text/plain", "application/x-www-form-urlencoded", "text/plain; a=b"]
)
def test_a_form_of_a_foreign_page_is_no_file(session, address, media_type):
    answer = session("oskar").post(
        f"{address}/@intake", data=b"x", headers={"Content-Type": media_type}
    )
    assert answer.status_code == 415
    assert the_items() == []


@pytest.mark.parametrize("person", ["anna", "rolf", "hanna", "dora"])
def test_only_who_takes_in_mail_may_send_a_file(session, address, person):
    answer = session(person).post(f"{address}/@intake", data=pdf(), headers=PDF)
    assert answer.status_code == 401
    assert the_items() == []


def test_an_unknown_door_is_refused(session, address):
    answer = session("oskar").post(
        f"{address}/@intake?door=folder", data=pdf(), headers=PDF
    )
    assert answer.status_code == 400


def test_the_same_file_again_names_the_first(session, address):
    client = session("oskar")
    first = client.post(f"{address}/@intake", data=pdf(), headers=PDF).json()
    second = client.post(f"{address}/@intake", data=pdf(), headers=PDF).json()
    assert second["duplicate_of"] == first["UID"]
    assert second["first"] == {"@id": first["@id"], "number": first["number"]}


def test_a_first_that_the_sender_may_not_see_is_not_named(session, address):
    client = session("oskar")
    first = client.post(f"{address}/@intake", data=pdf(), headers=PDF).json()
    (item,) = the_items()
    with as_system():
        set_aside(item, "blocked", "privat")
    transaction.commit()
    second = client.post(f"{address}/@intake", data=pdf(), headers=PDF).json()
    assert second["duplicate_of"] is None
    assert second["first"] is None
    assert first["UID"] not in second.values()


def test_the_same_file_twice_at_once_is_flagged_once(session, address):
    client = session("oskar")
    content = pdf("gleichzeitig")

    def send(number):
        return client.post(f"{address}/@intake", data=content, headers=PDF)

    with ThreadPoolExecutor(2) as two:
        answers = list(two.map(send, range(2)))
    assert [answer.status_code for answer in answers] == [201, 201], "".join(
        a.text for a in answers
    )
    first, second = sorted((a.json() for a in answers), key=lambda each: each["number"])
    flags = [IScanPages(item).duplicate_of for item in the_items()]
    assert sorted(flags, key=str) == sorted(
        [None, first["UID"] if flags[0] is None else second["UID"]], key=str
    )


def test_plones_own_way_to_create_ends_on_the_same_path(session, address):
    client = session("oskar")
    content = pdf()
    first = client.post(f"{address}/@intake", data=content, headers=PDF).json()
    answer = client.post(
        address,
        json={
            "@type": "mail_item",
            "scan": {
                "data": b64encode(content).decode(),
                "encoding": "base64",
                "filename": "a.pdf",
                "content-type": "application/pdf",
            },
        },
    )
    assert answer.status_code == 201
    _, item = the_items()
    scan = IScanPages(item)
    assert scan.sha256 == sha256(content).hexdigest()
    assert scan.status == "waiting"
    assert scan.duplicate_of == first["UID"]
    assert api.content.get_state(item) == "captured"
    assert "received" in item.__dict__


def a_letter_to_scan_again(content):
    item = a_mail_item(pdf=content)
    with as_system():
        set_aside(item, "rescan", "Seite 2 fehlt")
    transaction.commit()
    return item


def test_a_new_scan_takes_the_place_and_the_earlier_is_kept(session, address):
    old, new = pdf("alt"), image("neu")
    item = a_letter_to_scan_again(old)
    number, received = item.number, item.received
    client = session("oskar")
    answer = client.post(
        f"{item.absolute_url()}/@rescan?name=neu.png", data=new, headers=PDF
    )
    assert answer.status_code == 200
    assert answer.json()["review_state"] == "captured"
    assert answer.json()["scan"]["sha256"] == sha256(new).hexdigest()
    (item,) = the_items()
    assert item.scan.data == new
    assert item.scan.contentType == "image/png"
    assert (item.number, item.received) == (number, received)

    (earlier,) = client.get(f"{item.absolute_url()}/@rescan").json()["items"]
    assert earlier["sha256"] == sha256(old).hexdigest()
    assert earlier["who"] == "oskar"
    download = client.get(earlier["download"])
    assert download.content == old
    assert download.headers["X-Content-Type-Options"] == "nosniff"
    assert download.headers["Content-Disposition"].startswith("attachment")
    assert client.get(earlier["download"][:-1] + "2").status_code == 404


def test_a_new_scan_that_nobody_asked_for_is_refused(session, address):
    item = a_mail_item(pdf=pdf("alt"))
    transaction.commit()
    answer = session("oskar").post(
        f"{item.absolute_url()}/@rescan", data=pdf("neu"), headers=PDF
    )
    assert answer.status_code == 409
    (item,) = the_items()
    assert item.scan.data == pdf("alt")


def test_a_new_scan_may_be_a_duplicate_of_another_letter(session, address):
    other = a_mail_item(pdf=pdf("neu"))
    item = a_letter_to_scan_again(pdf("alt"))
    answer = session("oskar").post(
        f"{item.absolute_url()}/@rescan", data=pdf("neu"), headers=PDF
    )
    assert answer.json()["duplicate_of"] == api.content.get_uuid(other)


def test_a_case_worker_brings_no_new_scan(session, address):
    item = a_letter_to_scan_again(pdf())
    answer = session("anna").post(
        f"{item.absolute_url()}/@rescan", data=pdf("neu"), headers=PDF
    )
    assert answer.status_code == 401


def test_three_doors_end_alike(session, address, intake):
    content = pdf()
    intake.drop("a.pdf", content)
    intake.sweep()
    client = session("oskar")
    client.post(f"{address}/@intake?name=a.pdf&door=upload", data=content, headers=PDF)
    client.post(f"{address}/@intake?name=a.pdf", data=content, headers=PDF)

    def facts(item):
        scan = IScanPages(item)
        return (
            api.content.get_state(item),
            item.received,
            item.scan.filename,
            item.scan.contentType,
            scan.sha256,
            scan.status,
        )

    items = the_items()
    assert len({facts(item) for item in items}) == 1
    assert [item.channel for item in items] == ["letter", "upload", "interface"]
