"""The archive copy of a scan: asked for, made by a job, saved by those who may read."""

from eakte.desk.failedjobs import start_anew
from eakte.jobs.interfaces import IJobs
from eakte.jobs.var import var_folder
from eakte.mailitem.states import State
from eakte.scanning.errors import TooLarge
from eakte.scans import exporting
from eakte.scans.facts import facts_of
from eakte.scans.interfaces import IScanPages
from eakte.scans.interfaces import ScanStatus
from eakte.scans.kinds import ARCHIVE_COPY
from eakte.scans.retrying import retry
from plone import api
from plone.app.testing import SITE_OWNER_NAME
from plone.app.testing import SITE_OWNER_PASSWORD
from plone.protect.authenticator import createToken
from tests.builders import as_system
from tests.builders import put_in_state
from zope.component import getUtility

import io
import pikepdf
import pytest
import shutil
import time
import transaction
import zlib


DELIVERED = "@@archive-copy/file"
"""Where nothing can be put."""

DOORS = ("@@archive-copy", DELIVERED, "@archive-copy")


@pytest.fixture(autouse=True)
def empty_cache(functional_portal):
    shutil.rmtree(var_folder() / "cache", ignore_errors=True)


@pytest.fixture
def letter(a_scan, typed, read_all):
    """A letter of two pages that was routed to team a1, and read."""
    content = typed("Antrag auf Erlaubnis", "Anlage")
    item = a_scan(content, name="Brief Yılmaz.pdf", state=State.ROUTED, team="a1")
    read_all()
    return item


@pytest.fixture
def asked(letter, as_user):
    """Returns the answer to someone who asks for an address below the letter."""
    sessions = {}

    def asked(path, user="anna", method="GET", **headers):
        if user not in sessions:
            sessions[user] = as_user(user)
        return sessions[user].request(
            method,
            f"{letter.absolute_url()}/{path}",
            headers=headers,
            allow_redirects=False,
        )

    return asked


@pytest.fixture
def ready(asked, read_all):
    """Have the copy made; returns the address under which it lies."""

    def ready():
        assert asked("@archive-copy", method="POST").json()["status"] == "waiting"
        transaction.begin()
        read_all()
        answer = asked("@@archive-copy").json()
        assert answer["status"] == "ready"
        return answer["address"]

    return ready


def copies():
    return list((var_folder() / "cache" / "archive-copies").glob("*.pdf"))


def test_nobody_asked_for_a_copy_yet(asked):
    answer = asked("@@archive-copy")

    assert answer.status_code == 200
    assert answer.json() == {
        "status": "none",
        "pages_done": 0,
        "page_count": 2,
        "address": None,
        "problem": None,
        "findings": [],
    }
    assert asked("@archive-copy").json()["status"] == "none"


def test_while_there_is_no_copy_its_address_says_how_far_it_is(asked):
    answer = asked("@@archive-copy/file")

    assert answer.status_code == 409
    assert answer.json()["status"] == "none"


def test_a_copy_that_was_asked_for_is_made_and_saved(asked, ready, letter):
    address = ready()
    assert address == f"{letter.absolute_url()}/@@archive-copy/file"
    answer = asked("@@archive-copy/file")

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"] == (
        "attachment; filename*=UTF-8''Brief%20Y%C4%B1lmaz-PDFA.pdf"
    )
    assert "private" in answer.headers["Cache-Control"]
    with pikepdf.open(io.BytesIO(answer.content)) as pdf:
        assert len(pdf.pages) == 2
        assert pdf.docinfo["/Title"] == letter.title
    assert asked("@@archive-copy").json()["pages_done"] == 2


@pytest.mark.parametrize("door", ["@@archive-copy", "@archive-copy"])
def test_who_asks_is_told_which_pages_were_drawn_anew(asked, ready, door):
    ready()
    [finding] = asked(door).json()["findings"]

    assert finding["code"] == "archive-copy-drawn"
    assert finding["pages"] == [1, 2]


def test_nothing_is_told_of_a_copy_whose_pages_are_as_they_were(
    a_scan, scanned, read_all, as_user
):
    item = a_scan(scanned(), name="leer.png", state=State.ROUTED, team="a1")
    read_all()
    anna = as_user("anna")
    anna.post(f"{item.absolute_url()}/@archive-copy")
    transaction.begin()
    read_all()
    answer = anna.get(f"{item.absolute_url()}/@@archive-copy").json()

    assert (answer["status"], answer["findings"]) == ("ready", [])


def test_a_copy_comes_in_parts(asked, ready):
    ready()
    whole = asked("@@archive-copy/file")
    tag = whole.headers["ETag"]
    part = asked("@@archive-copy/file", Range="bytes=10-19")
    beyond = asked("@@archive-copy/file", Range="bytes=999999999-")
    other = asked("@@archive-copy/file", Range="bytes=0-9", **{"If-Range": '"x"'})
    known = asked("@@archive-copy/file", **{"If-None-Match": tag})

    assert (part.status_code, part.content) == (206, whole.content[10:20])
    assert part.headers["Content-Range"] == f"bytes 10-19/{len(whole.content)}"
    assert beyond.status_code == 416
    assert (other.status_code, other.content) == (200, whole.content)
    assert (known.status_code, known.content) == (304, b"")


def test_a_copy_that_was_thrown_away_is_made_anew(asked, ready):
    ready()
    shutil.rmtree(var_folder() / "cache")

    assert asked("@@archive-copy").json()["status"] == "none"
    assert asked("@@archive-copy/file").status_code == 409
    ready()
    assert asked("@@archive-copy/file").status_code == 200


def test_a_later_reading_makes_another_copy_and_the_older_one_goes(
    asked, ready, letter, read_all
):
    ready()
    [first] = copies()
    with as_system():
        retry(letter)
    read_all()

    assert asked("@@archive-copy").json()["status"] == "none"
    ready()
    [second] = copies()
    assert second != first


def test_asking_twice_makes_one_copy(asked, ready, monkeypatch, read_all):
    ready()
    assert asked("@archive-copy", method="POST").json()["status"] == "ready"
    transaction.begin()

    assert read_all() == 0


def test_a_copy_wanted_before_the_scan_was_read_is_made_afterwards(
    a_scan, typed, read_all, as_user
):
    item = a_scan(typed("Antrag"), state=State.ROUTED, team="a1")
    anna = as_user("anna")
    address = f"{item.absolute_url()}/@archive-copy"
    assert anna.get(address).json()["status"] == "none"
    assert anna.post(address).json()["status"] == "waiting"
    transaction.begin()
    assert getUtility(IJobs).find(ARCHIVE_COPY, item.UID()) is None
    read_all()

    assert anna.get(address).json()["status"] == "ready"
    assert not facts_of(item).copy_wanted


def test_a_scan_that_cannot_be_read_has_no_copy(a_scan, read_all, as_user):
    item = a_scan(b"no scan", state=State.ROUTED, team="a1")
    read_all()
    anna = as_user("anna")
    answer = anna.post(f"{item.absolute_url()}/@archive-copy").json()

    assert answer["status"] == "failed"
    assert answer["problem"]["code"] == "unsupported"
    transaction.begin()
    assert getUtility(IJobs).find(ARCHIVE_COPY, item.UID()) is None


def test_a_page_that_grows_beyond_all_memory_is_crossed_out_in_the_copy(
    a_scan, typed, read_all, as_user
):
    packer, lines = zlib.compressobj(6), b"0 0 m 5 8 l S " * 70_000
    packed = b"".join([packer.compress(lines) for _ in range(100)] + [packer.flush()])
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(typed("Antrag", "Anlage"))) as pdf:
        bomb = pdf.make_stream(b"")
        bomb.write(packed, filter=pikepdf.Name.FlateDecode)
        pdf.pages[1].Contents = bomb
        pdf.save(
            out,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
        )
    item = a_scan(out.getvalue(), state=State.ROUTED, team="a1")
    read_all()
    assert IScanPages(item).status is ScanStatus.DONE
    anna = as_user("anna")
    anna.post(f"{item.absolute_url()}/@archive-copy")
    transaction.begin()
    read_all()
    answer = anna.get(f"{item.absolute_url()}/@@archive-copy/file")
    found = anna.get(f"{item.absolute_url()}/@archive-copy").json()["findings"]

    assert {each["code"]: each["pages"] for each in found} == {
        "archive-copy-drawn": [1],
        "archive-copy-unreadable": [2],
    }
    assert item.scan.data == out.getvalue()
    with pikepdf.open(io.BytesIO(answer.content)) as pdf:
        assert len(pdf.pages) == 2
        assert b"l S 0 " in pdf.pages[1].Contents.read_bytes()
        assert b"l S 0 " not in pdf.pages[0].Contents[-1].read_bytes()


def test_a_copy_that_cannot_be_made_is_named_and_may_be_tried_again(
    asked, ready, read_all, monkeypatch
):
    def fails(*_args, **_options):
        raise TooLarge("The file would become larger than allowed.")

    with monkeypatch.context() as patch:
        patch.setattr(exporting, "archive_copy", fails)
        asked("@archive-copy", method="POST")
        transaction.begin()
        read_all()
    answer = asked("@@archive-copy").json()

    assert answer["status"] == "failed"
    assert answer["problem"]["code"] == "archive-copy-failed"
    assert answer["problem"]["ways"] == ["retry"]
    ready()


def test_a_copy_interrupted_by_the_end_of_the_server_is_made_by_the_next_one(
    asked, ready, monkeypatch, read_all, letter
):
    class Ending:
        """A place of work whose server ends after the first page."""

        stopping = True

        def __init__(self, folder):
            self.folder = folder

        def read(self, verb):
            return verb(api.portal.get())

    asked("@archive-copy", method="POST")
    transaction.begin()
    folder = var_folder() / "work" / "ending"
    folder.mkdir(parents=True)
    outcome = exporting.MakeArchiveCopy().do(Ending(folder), letter.UID())
    shutil.rmtree(folder)

    assert outcome is exporting.Outcome.GO_ON
    assert copies() == []
    read_all()
    assert asked("@@archive-copy").json()["status"] == "ready"


def test_a_locked_scan_has_an_open_copy(a_scan, typed, read_all, as_user):
    item = a_scan(typed("Geheim", password="Sesam"), state=State.ROUTED, team="a1")
    read_all()
    anna = as_user("anna")
    anna.post(f"{item.absolute_url()}/@scan-unlock", json={"password": "Sesam"})
    anna.post(f"{item.absolute_url()}/@archive-copy")
    transaction.begin()
    read_all()
    content = anna.get(f"{item.absolute_url()}/@@archive-copy/file").content

    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert not pdf.is_encrypted


def test_a_form_needs_plones_authenticator(asked, letter):
    assert asked("@@archive-copy", method="POST").status_code == 403
    assert asked("@@archive-copy").json()["status"] == "none"

    with api.env.adopt_user(username="anna"):
        token = createToken()
    transaction.commit()
    answer = asked("@@archive-copy", method="POST", **{"X-CSRF-TOKEN": token})
    assert answer.json()["status"] == "waiting"


def test_nobody_but_the_team_gets_anything_of_a_copy(asked, ready, letter, as_user):
    ready()
    owner = as_user()
    owner.auth = (SITE_OWNER_NAME, SITE_OWNER_PASSWORD)
    others = [owner, as_user("alex"), as_user("bert"), as_user()]

    for path in DOORS:
        assert asked(path).status_code == 200
        for session in others:
            for ask in (session.get, session.post):
                answer = ask(f"{letter.absolute_url()}/{path}", allow_redirects=False)
                is_put_there = ask == session.post and path == DELIVERED
                assert answer.status_code == (405 if is_put_there else 401)
                assert b"%PDF" not in answer.content
                assert b"page_count" not in answer.content


def test_a_blocked_letter_gives_no_copy(asked, ready, letter):
    ready()
    tag = asked("@@archive-copy/file").headers["ETag"]
    put_in_state(letter, "mail_item_workflow", State.BLOCKED)
    transaction.commit()

    for path in DOORS:
        for method in ("GET", "POST"):
            answer = asked(path, method=method, **{"If-None-Match": tag})
            is_put_there = method == "POST" and path == DELIVERED
            assert answer.status_code in ((405,) if is_put_there else (401, 404))
            assert b"%PDF" not in answer.content
            assert b"page_count" not in answer.content


def test_a_failed_copy_that_gets_a_new_start_leaves_the_scan_as_it_was_read(
    asked, letter, monkeypatch, read_all
):
    def breaks(*_args, **_options):
        raise OSError("No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(exporting, "archive_copy", breaks)
        asked("@archive-copy", method="POST")
        transaction.begin()
        for day in range(1, 8):
            read_all(clock=lambda day=day: time.time() + day * 86400)
    assert asked("@@archive-copy").json()["problem"]["code"] == "archive-copy-failed"

    with as_system():
        start_anew(ARCHIVE_COPY, letter.UID())
    read_all()
    assert IScanPages(letter).status is ScanStatus.DONE
    assert asked("@@archive-copy").json()["status"] == "ready"
