"""The same look is noted once an hour, however many ask at once; nobody waits for another's."""

from concurrent.futures import ThreadPoolExecutor
from eakte.journal.reading import Looks
from threading import Barrier
from threading import Event

import pytest


PATIENCE = 30
"""Seconds until a test gives up that must not wait at all."""


@pytest.fixture
def looks():
    return Looks()


@pytest.fixture
def people():
    with ThreadPoolExecutor(8) as people:
        yield people


class Slow:
    """A commit that lasts until it is told to end."""

    def __init__(self):
        self.begun, self.end, self.written = Event(), Event(), []

    def __call__(self, keys):
        self.begun.set()
        assert self.end.wait(PATIENCE)
        self.written.append(keys)


def test_a_look_is_noted_once_an_hour(looks):
    written = []
    for hour in (1, 1, 2):
        looks.note(
            ["anna reads a", "anna reads a", "anna reads b"], hour, written.append
        )
    assert written == [["anna reads a", "anna reads b"]] * 2
    looks.note(["anna reads a", "anna reads c"], 2, written.append)
    assert written[-1] == ["anna reads c"]


def test_another_look_does_not_wait_for_a_slow_one(looks, people):
    slow, written = Slow(), []
    waiting = people.submit(looks.note, ["a"], 1, slow)
    assert slow.begun.wait(PATIENCE)
    people.submit(looks.note, ["b"], 1, written.append).result(PATIENCE)
    assert (written, slow.written) == ([["b"]], [])
    slow.end.set()
    waiting.result(PATIENCE)
    assert slow.written == [["a"]]


def test_who_asks_for_the_same_waits_until_it_is_written_and_writes_no_second(
    looks, people
):
    slow, written = Slow(), []
    first = people.submit(looks.note, ["a"], 1, slow)
    assert slow.begun.wait(PATIENCE)
    second = people.submit(looks.note, ["a", "b"], 1, written.append)
    # What nobody writes yet is written at once; the answer goes out after both.
    while not written:
        assert not second.done()
    assert not second.done()
    slow.end.set()
    first.result(PATIENCE)
    second.result(PATIENCE)
    assert (slow.written, written) == ([["a"]], [["b"]])


def test_a_look_that_could_not_be_written_is_written_by_who_waits(looks, people):
    begun, end, written = Event(), Event(), []

    def fails(keys):
        begun.set()
        assert end.wait(PATIENCE)
        raise OSError("the disk is full")

    first = people.submit(looks.note, ["a"], 1, fails)
    assert begun.wait(PATIENCE)
    second = people.submit(looks.note, ["a"], 1, written.append)
    end.set()
    with pytest.raises(OSError):
        first.result(PATIENCE)
    second.result(PATIENCE)
    assert written == [["a"]]


def test_of_many_at_once_each_look_is_noted_exactly_once(looks, people):
    written, together = [], Barrier(8)

    def reads(number):
        together.wait(PATIENCE)
        for turn in range(200):
            keys = [f"{turn}", f"{turn + number % 3}"]
            looks.note(keys, 1, written.extend)

    for each in [people.submit(reads, number) for number in range(8)]:
        each.result(PATIENCE)
    assert sorted(written, key=int) == [str(each) for each in range(202)]
