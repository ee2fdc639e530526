from eakte.errors import NotAllowed
from eakte.jobs.outbox import BACK_OFF
from eakte.jobs.outbox import FAILURES
from eakte.jobs.transactions import transact
from eakte.mailitem.states import State
from eakte.scanning.errors import Damaged
from eakte.scanning.errors import ERRORS
from eakte.scanning.errors import ToolFailed
from eakte.scanning.errors import ToolMissing
from eakte.scans import recognising
from eakte.scans.interfaces import Finding
from eakte.scans.interfaces import IScanPages
from eakte.scans.interfaces import ScanStatus
from eakte.scans.problems import PROBLEMS
from eakte.scans.recognising import SLICE
from eakte.scans.retrying import NoSuchPage
from eakte.scans.retrying import retry
from eakte.scans.unlocking import NotUnlocked
from eakte.scans.unlocking import unlock
from plone import api
from plone.app.uuid.utils import uuidToObject
from tests.builders import as_system

import gc
import pytest
import time


class FaultyEngine:
    """The real engine, with some pages that it cannot read."""

    def __init__(self, engine, faults):
        self.engine = engine
        self.faults = faults
        self.read = []

    def read_page(self, path, number, **options):
        self.read.append(number)
        fault = self.faults.get(number)
        if callable(fault):
            fault = fault()
        if fault is not None:
            raise fault
        return self.engine.read_page(path, number, **options)


@pytest.fixture
def faulty(monkeypatch):
    """Returns ``faulty({page: error})``; the engine that recognition has from then."""
    real = recognising.reading_engine

    def faulty(faults):
        engines = []

        def reading_engine(processes, limits):
            if not engines:
                engines.append(FaultyEngine(real(processes, limits), faults))
            return engines[0]

        monkeypatch.setattr(recognising, "reading_engine", reading_engine)
        return engines

    return faulty


def test_a_broken_page_is_named_and_stops_no_other(a_scan, typed, read_all, faulty):
    faulty({2: Damaged("torn")})
    item = a_scan(typed("Eins", "Zwei", "Drei"))
    read_all()

    pages = IScanPages(item)
    assert (pages.status, pages.findings) == (ScanStatus.DONE, (Finding.BROKEN_PAGES,))
    assert pages.broken_pages == {2: "damaged"}
    assert pages.text().split() == ["Eins", "Drei"]


def test_a_scan_whose_pages_are_all_broken_failed(a_scan, typed, read_all, faulty):
    faulty({1: Damaged("torn"), 2: Damaged("torn")})
    item = a_scan(typed("Eins", "Zwei"))
    read_all()

    pages = IScanPages(item)
    assert (pages.status, pages.problem) == (ScanStatus.FAILED, "damaged")


def test_a_tool_that_fails_once_is_asked_again(a_scan, typed, read_all, faulty):
    faults = [ToolFailed("it died")]
    faulty({1: lambda: faults.pop() if faults else None})
    item = a_scan(typed("Eins"))
    read_all()

    assert IScanPages(item).broken_pages == {}


def test_a_retry_reads_only_what_is_missing(a_scan, typed, read_all, faulty):
    faulty({2: Damaged("torn")})
    item = a_scan(typed("Eins", "Zwei", "Drei"))
    read_all()
    engines = faulty({})
    with as_system():
        retry(item)
    assert IScanPages(item).status is ScanStatus.WAITING
    read_all()

    assert engines[0].read == [2]
    pages = IScanPages(item)
    assert (pages.status, pages.findings) == (ScanStatus.DONE, ())


def test_a_page_is_read_anew_when_somebody_asks_for_it(a_scan, typed, read_all, faulty):
    item = a_scan(typed("Eins", "Zwei", "Drei"))
    read_all()
    engines = faulty({})
    with as_system():
        retry(item, [2])
    pages = IScanPages(item)
    assert (pages.status, pages.pages_done) == (ScanStatus.WAITING, 2)
    assert pages.page(1).text.strip() == "Eins", "the others stay"
    read_all()

    assert engines[0].read == [2]
    pages = IScanPages(item)
    assert (pages.status, pages.page(2).text.strip()) == (ScanStatus.DONE, "Zwei")


@pytest.mark.parametrize("wrong", [[0], [4], [1, -1], ["2"], [True], [2.0], [None]])
def test_a_page_that_is_not_there_is_not_read_anew(a_scan, typed, read_all, wrong):
    item = a_scan(typed("Eins", "Zwei", "Drei"))
    read_all()
    with as_system(), pytest.raises(NoSuchPage):
        retry(item, wrong)
    assert IScanPages(item).status is ScanStatus.DONE


def test_a_page_that_is_asked_for_while_others_are_read_is_not_forgotten(
    a_scan, typed, read_all, faulty, monkeypatch
):
    monkeypatch.setattr(recognising, "SLICE", 0.0)
    item = a_scan(typed("Eins", "Zwei", "Drei"))
    db, site_id, uid = item._p_jar.db(), api.portal.get().getId(), item.UID()
    asked = []

    def ask_again(site):
        with as_system():
            retry(uuidToObject(uid, unrestricted=True), [1])

    def somebody_asks():
        # The first two pages are kept by now.
        if not asked:
            asked.append(True)
            transact(db, ask_again, site_id=site_id)

    engines = faulty({3: somebody_asks})
    read_all()

    assert sorted(engines[0].read) == [1, 1, 2, 3]
    pages = IScanPages(item)
    assert (pages.status, pages.pages_done) == (ScanStatus.DONE, 3)


def test_a_missing_language_is_tried_again_and_then_named(
    a_scan, typed, read_all, faulty
):
    faulty({1: ToolMissing("no deu")})
    item = a_scan(typed("Eins"))
    now = time.time() + 60
    for _ in range(FAILURES):
        assert IScanPages(item).status is not ScanStatus.FAILED
        read_all(clock=lambda at=now: at)
        now += BACK_OFF * 1000

    assert IScanPages(item).problem == "tool-missing"
    engines = faulty({})
    with as_system():
        retry(item)
    read_all()
    assert IScanPages(item).status is ScanStatus.DONE
    assert engines[0].read == [1]


def test_a_killed_recognition_goes_on_with_the_page_where_it_was(
    a_scan, typed, read_all, faulty, monkeypatch
):
    class Killed(BaseException):
        """What ends a thread as a kill ends a process: nobody catches it."""

    monkeypatch.setattr(recognising, "COMMIT", 0.0)
    monkeypatch.setattr("threading.excepthook", lambda arguments: None)
    engines = faulty({20: Killed})
    item = a_scan(typed(*[f"Seite {n}" for n in range(1, 41)]))
    read_all()
    gc.collect()  # the dead thread's lock goes with its memory
    assert len(engines[0].read) < 40
    known = IScanPages(item).pages_done
    assert 17 <= known < 40
    assert IScanPages(item).status is ScanStatus.RUNNING

    engines = faulty({})
    read_all()
    assert len(engines[0].read) == 40 - known
    assert min(engines[0].read) >= 18
    pages = IScanPages(item)
    assert pages.status is ScanStatus.DONE
    assert [pages.page(n).text.strip() for n in (1, 19, 20, 40)] == [
        "Seite 1",
        "Seite 19",
        "Seite 20",
        "Seite 40",
    ]


def test_a_long_scan_lets_a_letter_in_between(
    a_scan, typed, read_all, faulty, monkeypatch
):
    assert SLICE > recognising.COMMIT
    monkeypatch.setattr(recognising, "SLICE", 0.0)
    engines = faulty({})
    a_scan(typed(*["Stapel"] * 7))
    read_all()

    assert sorted(engines[0].read) == list(range(1, 8)), "each page once, in turns"


def test_a_locked_letter_is_unlocked_and_read(a_scan, typed, read_all):
    content = typed("Mein Geheimnis", password="Sesam")
    item = a_scan(content)
    read_all()
    with as_system(), pytest.raises(NotUnlocked):
        unlock(item, "Bohne")
    assert IScanPages(item).problem == "encrypted"

    with as_system():
        unlock(item, "Sesam")
    read_all()
    pages = IScanPages(item)
    assert (pages.status, pages.problem) == (ScanStatus.DONE, None)
    assert "Geheimnis" in pages.text()
    assert item.scan.data == content, "the original stays as it came"


def test_whoever_only_reads_may_neither_retry_nor_unlock(a_scan, typed):
    item = a_scan(typed("Eins"), state=State.DONE, team="a1")
    with api.env.adopt_user(username="bert"):
        with pytest.raises(NotAllowed):
            retry(item)
        with pytest.raises(NotAllowed):
            unlock(item, "Sesam")


def test_every_error_of_the_engine_has_a_name_and_a_way_on():
    assert set(ERRORS) <= set(PROBLEMS)
    assert set(Finding) <= set(PROBLEMS)
    assert all(problem.ways for problem in PROBLEMS.values())
