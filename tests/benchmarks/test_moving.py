"""The bench of a moved case file at its smallest; it looks itself for what is wrong."""

from benchmarks import moving
from benchmarks.office import Office
from eakte.access import moving as access
from eakte.jobs.interfaces import Outcome
from ZPublisher.WSGIPublisher import publish_module

import pytest


@pytest.fixture
def figures(functional_portal, tmp_path, monkeypatch):
    """Return ``figures()``: what the bench finds with a case file of eight documents."""
    monkeypatch.setattr(access, "AT_ONCE", 3)
    db = functional_portal._p_jar.db()
    office = Office(db, tmp_path, functional_portal.getId(), "rolf")
    return lambda: list(
        moving.figures(office, tmp_path, publish_module, documents=8, rounds=2)
    )


def test_the_move_of_a_case_file_is_measured(figures):
    (figure,) = figures()

    assert figure.ratio > 0
    assert "the job that lets the new team's lists show them" in figure.made_of


def test_rights_that_are_wrong_afterwards_stop_the_bench(figures, monkeypatch):
    handler = "eakte.access.following.FollowCaseFile.do"
    monkeypatch.setattr(handler, lambda self, workplace, uid: Outcome.DONE)
    with pytest.raises(RuntimeError, match="rows that are not right"):
        figures()


def test_rights_that_the_old_team_keeps_stop_the_bench(figures, monkeypatch):
    monkeypatch.setattr(access, "take_away", lambda rows, roles: None)
    with pytest.raises(RuntimeError, match="old team still finds"):
        figures()
