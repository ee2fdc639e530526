"""Who reads leaves an entry, through the screens, the pages and the REST interface."""

from eakte.clock import now
from eakte.clock import today
from eakte.journal.interfaces import IJournal
from eakte.journal.interfaces import Kind
from eakte.journal.interfaces import Query
from eakte.mailitem.filing import file_into
from eakte.mailitem.states import State
from fpdf import FPDF
from tests.builders import a_case_file
from tests.builders import a_mail_item
from tests.builders import as_system
from tests.guests import shared
from zope.component import getUtility

import pytest
import time_machine
import transaction


def test_reading_a_case_file_on_the_screen_is_noted(site, browse, read):
    case_file = a_case_file(title="Duldung")
    assert browse("anna", f"akten/{case_file.getId()}").status_code == 200

    (entry,) = read(case_file)
    assert (entry.kind, entry.who, entry.door) == (Kind.READ, "anna", "web")
    assert entry.title == "Duldung"
    assert entry.address == "127.0.0.1"


def test_reading_by_rest_is_another_door(site, ask, browse, read, letter):
    path = f"posteingang/{letter.getId()}"
    assert ask("anna", path).status_code == 200
    assert browse("anna", path).status_code == 200

    assert [entry.door for entry in read(letter)] == ["rest", "web"]


def test_a_record_that_a_records_manager_opens_is_noted_and_shown(
    site, ask, browse, read
):
    case_file = a_case_file(team="a1", title="Duldung")
    uid = case_file.UID()
    with time_machine.travel("2026-03-02T09:05:00Z", tick=False):
        for _ in range(2):
            record = ask("rita", f"@records/{uid}").json()
            assert record["reference"] == case_file.reference
            assert case_file.reference in browse("rita", f"@@record?uid={uid}").text
    # The clock stood still: the order is that of the doors' names.
    entries = sorted(read(case_file), key=lambda entry: entry.door)
    assert [(e.kind, e.who, e.door, e.address, e.details) for e in entries] == [
        (Kind.READ, "rita", "rest", "127.0.0.1", {"page": "@records"}),
        (Kind.READ, "rita", "web", "127.0.0.1", {"page": "@@record"}),
    ]
    for person in ("tom", "hanna"):
        shown = browse(person, f"akten/{case_file.getId()}/@@journal").text
        assert "Rita Records (rita)" in shown
        assert "@@record" in shown
        assert "@records" in shown


def test_a_list_of_records_opens_none_and_who_is_refused_has_opened_none(
    site, ask, browse, read
):
    case_file = a_case_file(team="a1")
    assert ask("rita", "@records").json()["items_total"] == 1
    assert browse("rita", "@@records").status_code == 200
    assert ask("rita", f"@records/{'0' * 32}").status_code == 404
    for person in ("anna", "bert"):
        assert ask(person, f"@records/{case_file.UID()}").status_code == 403
        page = browse(person, f"@@record?uid={case_file.UID()}")
        assert case_file.reference not in page.text
    assert read(case_file) == ()


def test_whoever_reads_record_and_case_file_has_read_both(site, ask, read):
    """The one does not hide the other, within the same hour either."""
    case_file = a_case_file(team="a1")
    shared(case_file, "rita", until=today(), moment=now())
    assert ask("rita", f"@records/{case_file.UID()}").status_code == 200
    assert ask("rita", f"akten/{case_file.getId()}").status_code == 200
    assert [e.details for e in read(case_file)] == [{"page": "@records"}, {}]


@pytest.mark.parametrize(
    "below",
    ["/@@page/1/180", "/@@page-text/1", "/dv_data", "/@@documentviewer", "/@@item"],
)
def test_looking_into_the_scan_is_reading(site, browse, read, letter, below):
    answer = browse("anna", f"posteingang/{letter.getId()}{below}")

    assert answer.status_code == 200
    assert [entry.kind for entry in read(letter)] == [Kind.READ]


def test_what_scripts_of_our_pages_ask_for_comes_by_the_browser(
    site, ask, read, letter
):
    """They ask for JSON, as other systems do; but of pages, not of services."""
    for below in ("/@@page-text/1", "/dv_data"):
        assert ask("anna", f"posteingang/{letter.getId()}{below}").status_code == 200

    assert [entry.door for entry in read(letter)] == ["web"]


@pytest.mark.parametrize("below", ["", "/@scan", "/@pages", "/@routing-history"])
def test_every_service_of_the_object_is_reading(site, ask, read, letter, below):
    assert ask("anna", f"posteingang/{letter.getId()}{below}").status_code == 200

    assert [(e.kind, e.door) for e in read(letter)] == [(Kind.READ, "rest")]


def test_saving_the_file_is_a_download(site, browse, read, letter):
    assert browse("anna", f"posteingang/{letter.getId()}/@@scan").status_code == 200

    assert [entry.kind for entry in read(letter)] == [Kind.DOWNLOADED]


def test_a_person_reads_an_object_once_an_hour_however_often_they_look(
    site, browse, read, letter
):
    path = f"posteingang/{letter.getId()}"
    with time_machine.travel("2026-03-02T09:05:00Z", tick=False):
        for below in ("", "/@@page/1/180", "/@@page/1/700", "", "/@@page-text/1"):
            assert browse("anna", path + below).status_code == 200
    with time_machine.travel("2026-03-02T09:58:00Z", tick=False):
        browse("anna", path)
        browse("arno", path)
    with time_machine.travel("2026-03-02T10:01:00Z", tick=False):
        browse("anna", path)

    assert [entry.who for entry in read(letter)] == ["anna", "arno", "anna"]


def test_who_sees_nothing_has_read_nothing(site, ask, browse, read, letter):
    path = f"posteingang/{letter.getId()}"
    assert ask("bert", path).status_code in (401, 403)
    assert browse("bert", f"{path}/@@page/1/180").status_code == 401
    assert browse("bert", path).status_code in (302, 401, 403)
    assert browse("anna", f"{path}/@@page/99/180").status_code == 404

    assert read(letter) == ()


@pytest.mark.parametrize("below", ["@@scan-status", "@@archive-copy"])
def test_asking_how_far_something_is_reads_nothing(site, browse, read, letter, below):
    path = f"posteingang/{letter.getId()}/{below}"
    assert browse("anna", path).status_code == 200

    assert read(letter) == ()


def test_an_address_that_ends_like_the_object_is_taken_for_no_other(
    site, browse, read, letter
):
    """What follows the last part that is the object's own id counts."""
    path = f"posteingang/{letter.getId()}/@@scan?name={letter.getId()}/journal"
    assert browse("anna", path).status_code == 200

    assert [entry.kind for entry in read(letter)] == [Kind.DOWNLOADED]


def test_unlocking_a_scan_is_noted_and_its_password_is_not(site, browse, ask):
    pdf = FPDF()
    pdf.add_page()
    pdf.set_encryption(owner_password="x", user_password="Sesam-4711")
    letter = a_mail_item(State.ROUTED, team="a1", pdf=bytes(pdf.output()))
    path = f"posteingang/{letter.getId()}/@scan-unlock"
    assert ask("anna", path, "POST", json={"password": "falsch"}).status_code == 400
    assert ask("anna", path, "POST", json={"password": "Sesam-4711"}).status_code == 200
    transaction.begin()

    query = Query(objects=(letter.UID(),))
    entries = getUtility(IJournal).find(query).entries
    assert [entry.kind for entry in entries] == [Kind.UNLOCKED, Kind.CREATED]
    assert entries[0].who == "anna"
    assert "Sesam" not in repr(entries)


def test_a_list_with_whole_objects_is_reading_each_of_them(site, ask, read):
    case_file = a_case_file(team="a1", title="Duldung")
    other = a_case_file(team="a1", title="Visum")
    with as_system():
        file_into(a_mail_item(State.ROUTED, team="a1"), case_file)
    assert ask("anna", "@search?portal_type=case_file").status_code == 200
    assert read(case_file) == ()

    found = ask("anna", "@search?portal_type=case_file&fullobjects=1").json()
    assert found["items_total"] == 2
    assert len(read(case_file)) == len(read(other)) == 1


def test_reading_writes_nothing_with_the_request_itself(site, browse, letter):
    """Neither does it stop another person's work: the letter was not touched."""
    path = f"posteingang/{letter.getId()}"
    transaction.commit()
    before = letter._p_serial
    assert browse("anna", path).status_code == 200
    transaction.begin()

    letter.title  # noqa: B018
    assert letter._p_serial == before


def test_no_answer_leaves_the_house_when_it_cannot_be_noted(
    site, browse, read, letter, monkeypatch
):
    letter.title = "Vertraulich-4711"

    def full(entries):
        raise OSError("No space left on device")

    monkeypatch.setattr("eakte.journal.reading._write", full)
    answer = browse("anna", f"posteingang/{letter.getId()}/@@item")
    assert answer.status_code == 500
    assert "Vertraulich-4711" not in answer.text
