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

    assert len(measured) == 9
    assert len({figure.what for figure in measured}) == 9
    assert all(figure.ratio > 0 for figure in measured)
    assert all("8 letters" in figure.what for figure in measured)
    assert {(each.bound.sign, each.bound.value) for each in measured} == {("≤", 1.5)}


@pytest.mark.parametrize("page", ['{"counts": {"": 7}}', "<td>7</td>", "<p>8", "{}"])
def test_a_page_or_answer_that_counts_too_few_stops_the_bench(page):
    screen = boxes.Looked("a box", "/@@team-box", "anna")
    with pytest.raises(RuntimeError, match="8 letters are not counted"):
        boxes.refuse_if_wrong(page, screen, 8)
    boxes.refuse_if_wrong('{"counts": {"": 8}}', screen, 8)
    boxes.refuse_if_wrong("<td> 8 </td>", screen, 8)


def test_a_filter_lets_through_a_part_that_is_counted():
    assert list(filter(boxes.unhurried, range(8))) == [2, 3, 4, 5, 6, 7]
    assert list(filter(boxes.of_senders, range(8))) == [4]


def test_letters_that_are_not_counted_stop_the_bench(figures, monkeypatch):
    monkeypatch.setattr(boxes, "add_letters", lambda site, numbers: None)
    with pytest.raises(RuntimeError, match="are not counted"):
        list(figures())
