"""The bench of the boxes at its smallest; it looks itself whether the letters are there."""

from benchmarks import boxes
from benchmarks.office import Office
from functools import partial
from ZPublisher.WSGIPublisher import publish_module

import pytest


@pytest.fixture
def figures(functional_portal, tmp_path):
    """Return ``figures()``: what the bench finds with three and with eight letters."""
    db = functional_portal._p_jar.db()
    office = Office(db, tmp_path, functional_portal.getId(), "lotte")
    return partial(
        boxes.figures, office, tmp_path, publish_module, few=3, many=8, rounds=2
    )


def test_every_box_is_measured(figures):
    measured = list(figures())

    assert len(measured) == 4
    assert all(figure.ratio > 0 for figure in measured)
    assert all("8 letters" in figure.what for figure in measured)


def test_letters_that_are_not_counted_stop_the_bench(figures, monkeypatch):
    monkeypatch.setattr(boxes, "add_letters", lambda site, numbers: None)
    with pytest.raises(RuntimeError, match="are not counted"):
        list(figures())
