from datetime import datetime
from datetime import timedelta
from eakte.capture import ledger
from eakte.capture import watcher as watching
from eakte.capture.folders import alone
from eakte.capture.folders import MAILROOM
from eakte.capture.interfaces import IIntakeSettings
from eakte.capture.ledger import ledger_of
from eakte.capture.staging import staging_folder
from eakte.clock import HOUSE
from eakte.scans.interfaces import IScanPages
from hashlib import sha256
from plone import api
from plone.registry.interfaces import IRegistry
from tests.capture.papers import image
from tests.capture.papers import pdf
from ZODB.POSException import ConflictError
from zoneinfo import ZoneInfo
from zope.component import getUtility

import logging
import os
import pytest
import time
import time_machine
import transaction


def test_there_is_a_folder_for_the_mailroom_and_each_team(intake):
    names = {path.name for path in intake.root.iterdir() if path.is_dir()}
    assert names == {MAILROOM, "a1", "a2", "b1"}


def test_each_file_becomes_one_captured_mail_item(intake):
    intake.drop("one.pdf", pdf("eins"))
    intake.drop("two.png", image("zwei"))
    assert intake.sweep() == 2
    items = intake.items()
    assert [api.content.get_state(item) for item in items] == ["captured", "captured"]
    assert {item.channel for item in items} == {"letter"}
    assert {item.scan.filename for item in items} == {"one.pdf", "two.png"}


def test_a_letter_of_the_folder_has_no_subject_and_goes_by_its_number(intake):
    intake.drop("one.pdf", pdf())
    intake.sweep()
    (item,) = intake.items()
    assert not item.title
    assert item.Title() == item.number


def test_the_original_is_kept_byte_by_byte(intake):
    content = pdf("unverändert")
    intake.drop("one.pdf", content)
    intake.sweep()
    (item,) = intake.items()
    assert item.scan.data == content
    assert IScanPages(item).sha256 == sha256(content).hexdigest()


def test_the_folder_names_the_team(intake):
    intake.drop("one.pdf", pdf(), folder="a2")
    intake.drop("two.pdf", image(), folder=MAILROOM)
    intake.sweep()
    assert {item.scan.filename: item.team for item in intake.items()} == {
        "one.pdf": "a2",
        "two.pdf": None,
    }


def test_the_older_file_gets_the_lower_number(intake):
    os.utime(intake.drop("first.png", image("1")), ns=(10**18, 10**18))
    os.utime(intake.drop("a-second.png", image("2")), ns=(2 * 10**18, 2 * 10**18))
    intake.sweep()
    assert [item.scan.filename for item in intake.items()] == [
        "first.png",
        "a-second.png",
    ]


def test_the_source_is_moved_aside_and_kept(intake):
    content = pdf()
    intake.drop("one.pdf", content)
    intake.sweep()
    assert intake.waiting() == []
    (kept,) = (intake.root / MAILROOM / ".taken").glob("*/one.pdf")
    assert kept.read_bytes() == content


def test_two_files_of_one_name_are_both_kept(intake):
    for text in ("eins", "zwei"):
        intake.drop("scan.pdf", pdf(text))
        intake.sweep()
    assert intake.taken() == ["2 scan.pdf", "scan.pdf"]
    assert len(intake.items()) == 2


def test_the_source_stays_until_the_commit(intake, monkeypatch):
    seen = []
    real = watching.ledger.note

    def note(*args):
        seen.append(intake.waiting())
        real(*args)

    monkeypatch.setattr(watching.ledger, "note", note)
    intake.drop("one.pdf", pdf())
    intake.sweep()
    assert seen == [["one.pdf"]]


def test_a_crash_between_commit_and_moving_makes_no_second_item(intake, monkeypatch):
    class Killed(BaseException):
        pass

    def killed(self, source):
        raise Killed

    intake.drop("one.pdf", pdf())
    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(watching.Folders, "move_aside", killed)
        intake.sweep()
    assert intake.waiting() == ["one.pdf"]

    assert intake.sweep() == 0
    assert len(intake.items()) == 1
    assert intake.taken() == ["one.pdf"]
    assert len(ledger_of(intake.portal)) == 0


def test_a_file_that_comes_again_after_the_crash_is_a_letter_of_its_own(
    intake, monkeypatch
):
    def stays(self, source):
        raise PermissionError

    intake.drop("one.pdf", pdf("eins"))
    with monkeypatch.context() as patch:
        patch.setattr(watching.Folders, "move_aside", stays)
        intake.sweep()
    intake.drop("new", pdf("zwei")).rename(intake.root / MAILROOM / "one.pdf")
    intake.sweep()
    assert len(intake.items()) == 2


def test_a_file_that_took_the_place_meanwhile_is_not_moved_aside(intake, monkeypatch):
    real = watching.transact

    def slow(*args, **options):
        result = real(*args, **options)
        if options.get("commit", True):
            path.unlink()
            path.write_bytes(pdf("zwei"))
        return result

    path = intake.drop("one.pdf", pdf("eins"))
    with monkeypatch.context() as patch:
        patch.setattr(watching, "transact", slow)
        intake.sweep()
    assert intake.waiting() == ["one.pdf"]
    intake.sweep()
    assert len(intake.items()) == 2


def test_the_ledger_forgets_what_was_moved_aside(intake):
    intake.drop("one.pdf", pdf())
    intake.sweep()
    assert len(ledger_of(intake.portal)) == 0


def test_the_same_bytes_again_are_kept_and_flagged(intake):
    intake.drop("one.pdf", pdf())
    intake.sweep()
    intake.drop("again.pdf", pdf())
    intake.drop("third.pdf", pdf())
    intake.sweep()
    first, *others = intake.items()
    assert len(others) == 2
    assert IScanPages(first).duplicate_of is None
    assert {IScanPages(item).duplicate_of for item in others} == {
        api.content.get_uuid(first)
    }
    catalog = api.portal.get_tool("portal_catalog")
    brains = catalog.unrestrictedSearchResults(portal_type="mail_item")
    assert {brain.number: brain.duplicate_of for brain in brains} == {
        item.number: IScanPages(item).duplicate_of for item in intake.items()
    }


@pytest.mark.parametrize(
    "name", ["one.pdf.part", "one.TMP", ".one.pdf", "~one.pdf", "Thumbs.db"]
)
def test_a_file_with_the_name_of_an_unfinished_one_is_left_alone(intake, name):
    intake.drop(name, pdf())
    assert intake.sweep() == 0
    assert intake.waiting() == [name]


def settle_after(seconds, empty=0.0):
    settings = getUtility(IRegistry).forInterface(IIntakeSettings)
    settings.settle_seconds = seconds
    settings.settle_empty_seconds = empty
    transaction.commit()


def test_a_file_that_still_grows_is_left_alone(intake, clock):
    settle_after(5.0)
    path = intake.drop("one.pdf", b"%PDF-")
    assert intake.sweep() == 0
    clock.now += 4
    with path.open("ab") as file:
        file.write(b"more")
    assert intake.sweep() == 0
    clock.now += 4
    assert intake.sweep() == 0
    clock.now += 1
    assert intake.sweep() == 1


def test_an_empty_file_rests_longer(intake, clock):
    settle_after(5.0, empty=60.0)
    intake.drop("one.pdf", b"")
    intake.sweep()
    clock.now += 59
    assert intake.sweep() == 0
    clock.now += 1
    assert intake.sweep() == 1


def test_a_file_that_a_process_is_writing_is_left_alone(intake):
    with intake.drop("one.pdf", pdf()).open("ab"):
        assert intake.sweep() == 0
    assert intake.sweep() == 1


def test_a_file_that_a_process_is_reading_is_taken_in(intake):
    with intake.drop("one.pdf", pdf()).open("rb"):
        assert intake.sweep() == 1


def test_a_file_that_changes_while_it_is_read_is_left_alone(intake, monkeypatch):
    path = intake.drop("one.pdf", pdf())
    real = watching.staged

    def slow(file):
        with path.open("ab") as other:
            other.write(b"more")
        return real(file)

    with monkeypatch.context() as patch:
        patch.setattr(watching, "staged", slow)
        assert intake.sweep() == 0
    assert intake.items() == []
    assert intake.sweep() == 1


def test_links_folders_and_pipes_are_not_followed(intake, tmp_path):
    secret = tmp_path / "secret.pdf"
    secret.write_bytes(pdf())
    box = intake.root / MAILROOM
    (box / "link.pdf").symlink_to(secret)
    (box / "folder").mkdir()
    (box / "folder" / "inside.pdf").write_bytes(pdf())
    os.mkfifo(box / "pipe.pdf")
    (intake.root / "a1").rmdir()
    (intake.root / "a1").symlink_to(tmp_path)
    with pytest.raises(FileExistsError):
        (intake.root / "a1").mkdir()
    assert intake.sweep() == 0
    assert secret.exists()
    assert (box / "folder" / "inside.pdf").exists()


def test_the_folder_of_no_team_is_spoken_of_once(intake, caplog):
    (intake.root / "a9").mkdir()
    (intake.root / "a9" / "one.pdf").write_bytes(pdf())
    with caplog.at_level(logging.WARNING, logger="eakte.capture"):
        intake.sweep()
        intake.sweep()
    assert [r.getMessage().count("a9") for r in caplog.records] == [1]
    assert intake.items() == []
    assert (intake.root / "a9" / "one.pdf").exists()


def test_a_name_that_is_no_text_is_taken_in(intake):
    intake.drop(os.fsdecode(b"Gr\xfc\xdfe.pdf"), pdf())
    assert intake.sweep() == 1
    (item,) = intake.items()
    assert item.scan.filename == "Gr��e.pdf"
    assert intake.waiting() == []


def test_a_full_disk_leaves_the_file_and_does_not_stop_the_others(
    intake, clock, monkeypatch, caplog
):
    real = watching.take_in

    def take_in(path, *, file_name, **options):
        if file_name == "big.pdf" and full:
            raise OSError(28, "No space left on device")
        return real(path, file_name=file_name, **options)

    full = True
    monkeypatch.setattr(watching, "take_in", take_in)
    intake.drop("big.pdf", pdf("groß"))
    intake.drop("small.pdf", pdf("klein"))
    assert intake.sweep() == 1
    assert intake.waiting() == ["big.pdf"]
    assert "big.pdf could not be taken in" in caplog.text
    assert list(staging_folder().iterdir()) == []

    full = False
    assert intake.sweep() == 0, "it is tried again after a while, not at once"
    clock.now += watching.BACK_OFF
    assert intake.sweep() == 1
    assert len(intake.items()) == 2


def test_a_conflict_is_tried_again(intake, monkeypatch):
    real = watching.take_in
    conflicts = [ConflictError(), ConflictError()]

    def take_in(path, **options):
        item = real(path, **options)
        if conflicts:
            raise conflicts.pop()
        return item

    monkeypatch.setattr(watching, "take_in", take_in)
    content = pdf()
    intake.drop("one.pdf", content)
    assert intake.sweep() == 1
    (item,) = intake.items()
    assert item.scan.data == content


def test_two_servers_do_not_look_at_the_same_time(intake):
    intake.drop("one.pdf", pdf())
    with alone(intake.root):
        assert intake.sweep() == 0
    assert intake.sweep() == 1


@pytest.mark.parametrize("hour", [0, 12, 23])
def test_the_day_in_the_folder_is_the_day_of_receipt(intake, hour):
    """In the house, whatever day it is where the server stands."""
    path = intake.drop("one.pdf", pdf())
    laid = datetime.fromtimestamp(path.stat().st_ctime, HOUSE)
    later = (laid + timedelta(days=3)).replace(hour=hour, minute=30)
    with time_machine.travel(later.astimezone(ZoneInfo("UTC"))):
        intake.sweep()
    (item,) = intake.items()
    assert item.received == laid.date()
    assert "received" in item.__dict__, "it is kept, not supposed anew every day"


def test_the_server_takes_in_by_itself(intake):
    watcher = watching.Watcher(intake.database, intake.root)
    watcher.start()
    try:
        intake.drop("one.pdf", pdf())
        until = time.monotonic() + 30
        while not intake.taken() and time.monotonic() < until:
            time.sleep(0.05)
    finally:
        watcher.stop(30)
    transaction.begin()
    assert len(intake.items()) == 1
    assert intake.taken() == ["one.pdf"]


def test_a_file_that_nobody_has_seen_for_long_is_forgotten(intake, monkeypatch):
    def killed(self, source):
        raise PermissionError

    path = intake.drop("one.pdf", pdf())
    with monkeypatch.context() as patch:
        patch.setattr(watching.Folders, "move_aside", killed)
        intake.sweep()
    path.unlink()
    intake.sweep()
    assert len(ledger_of(intake.portal)) == 1, "its disk may be away for a while"
    monkeypatch.setattr(ledger, "FORGOTTEN", -1.0)
    intake.sweep()
    assert len(ledger_of(intake.portal)) == 0
