from concurrent.futures import ProcessPoolExecutor
from concurrent.futures import ThreadPoolExecutor
from eakte.login.attempts import Attempts
from eakte.login.attempts import FORGOTTEN
from eakte.login.attempts import key_of
from eakte.login.attempts import REMEMBERED
from eakte.login.attempts import Rule

import multiprocessing
import pytest


RULE = Rule(free=2, first=4, longest=10)


@pytest.fixture
def book(tmp_path):
    return Attempts(tmp_path / "login" / "attempts.sqlite")


def fail(path, times):
    for _ in range(times):
        Attempts(path).note({"anna": RULE}, 1000.0)


def test_each_failure_waits_longer_up_to_the_longest(book):
    waits = [book.note({"anna": RULE}, 1000.0) for _ in range(5)]
    assert waits == [0.0, 1004.0, 1008.0, 1010.0, 1010.0]
    assert book.until(["anna"], 1009.0) == 1010.0
    assert book.until(["anna"], 1010.0) == 0.0


def test_failures_of_one_account_are_not_those_of_another(book):
    fail(book.path, 5)
    assert book.until(["bert"], 1000.0) == 0.0


def test_an_hour_without_failure_forgets(book):
    fail(book.path, 5)
    assert book.failures("anna", 1000.0 + FORGOTTEN + 1) == 0
    assert book.note({"anna": RULE}, 1000.0 + FORGOTTEN + 1) == 0.0


def test_a_clock_that_was_set_back_keeps_nobody_waiting(book):
    fail(book.path, 5)
    assert book.until(["anna"], 500.0) == 0.0


def test_the_right_password_takes_the_failures_back_and_the_place_is_known(book):
    fail(book.path, 5)
    assert not book.knows("anna here", 1000.0)
    book.forget(["anna"], "anna here", 1000.0)
    assert book.failures("anna", 1000.0) == 0
    assert book.knows("anna here", 1000.0)
    assert not book.knows("anna here", 1000.0 + REMEMBERED)


def test_no_failure_of_many_threads_is_lost(book):
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda _: fail(book.path, 5), range(8)))
    assert book.failures("anna", 1000.0) == 40


def test_no_failure_of_many_processes_is_lost(book):
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(3, mp_context=context) as processes:
        for each in [processes.submit(fail, book.path, 10) for _ in range(3)]:
            each.result()
    assert book.failures("anna", 1000.0) == 30


def test_the_book_holds_no_name(book):
    book.note({key_of("account", "Geheimes-Passwort"): RULE}, 1000.0)
    files = list(book.path.parent.iterdir())
    assert files
    assert all(b"Geheimes" not in file.read_bytes() for file in files)
