"""What is looked after again and again goes on after a failure, and ends when told."""

from eakte.jobs.rounds import Rounds

import threading


class Counting(Rounds):
    """Fails at the looks that are named, and tells of each."""

    def __init__(self, *fails, **said):
        super().__init__("counting", **said)
        self.fails = fails
        self.looks = 0
        self.third = threading.Event()

    def look(self):
        self.looks += 1
        if self.looks == 3:
            self.third.set()
        if self.looks in self.fails:
            raise RuntimeError("A look failed.")
        return 0.0 if self.looks < 3 else 3600.0


def test_a_look_that_fails_is_not_the_last(caplog):
    rounds = Counting(1, 2, after_failure=0.0)
    rounds.start()
    assert rounds.third.wait(20)
    rounds.stop()

    assert rounds.looks == 3
    failures = [each.message for each in caplog.records if each.exc_info]
    assert failures == ["counting could not look; it tries again."] * 2


def test_it_ends_while_it_waits_and_looks_no_more():
    rounds = Counting(first=3600.0)
    rounds.start()
    rounds.stop(seconds=20)

    assert rounds.looks == 0
    assert "counting" not in {thread.name for thread in threading.enumerate()}


def test_what_fails_on_the_way_out_is_no_failure(caplog):
    class Leaving(Counting):
        def look(self):
            self._stopping.set()
            return super().look()

    rounds = Leaving(1, after_failure=0.0)
    rounds.start()
    rounds.stop(seconds=20)

    assert rounds.looks == 1
    assert caplog.records == []


def test_who_never_started_can_be_stopped():
    rounds = Counting()
    rounds.stop()

    assert rounds.stopping
    assert rounds.looks == 0
