from benchmarks.figures import Bound
from benchmarks.figures import Figure
from benchmarks.figures import NotMeasured
from benchmarks.figures import show
from benchmarks.run import failed

import pytest


def figure(*ratios, bound):
    return Figure("reading", ratios, bound, "2 ÷ 4 pages", "the paper")


@pytest.mark.parametrize(
    ("bound", "ratios", "verdict"),
    [
        (Bound("≥", 0.9), (0.8, 0.9, 3.0), "holds: ≥ 0.9"),
        (Bound("≥", 0.9), (0.8, 0.89, 3.0), "DOES NOT HOLD: ≥ 0.9"),
        (Bound("≤", 1.5), (1.5,), "holds: ≤ 1.5"),
        (Bound("≤", 1.5), (1.4, 1.6, 1.7), "DOES NOT HOLD: ≤ 1.5"),
        (Bound(">", 1), (1.0,), "DOES NOT HOLD: > 1"),
        (None, (7.0,), ""),
    ],
)
def test_the_median_of_the_rounds_is_held_against_the_bound(bound, ratios, verdict):
    assert figure(*ratios, bound=bound).verdict == verdict


def test_a_figure_is_printed_with_what_limits_it(capsys):
    show(figure(0.5, 0.25, 1.0, bound=Bound("≤", 0.5)))

    said = capsys.readouterr().out
    assert said.split()[:2] == ["0.50", "reading"]
    assert "holds: ≤ 0.5" in said
    assert "2 ÷ 4 pages (3 rounds, 0.25 to 1)" in said
    assert "limited by the paper" in said


def test_what_cannot_be_measured_says_what_to_do(capsys):
    show(NotMeasured("converting", "not installed: apt-get install qpdf"))

    assert "converting" in (said := capsys.readouterr().out)
    assert "apt-get install qpdf" in said


def test_the_last_line_names_what_does_not_hold():
    good = figure(0.5, bound=Bound("≤", 0.5))
    bad = figure(0.6, bound=Bound("≤", 0.5))

    peerless = NotMeasured("converting", "")

    assert failed([good]) == ""
    assert failed([good, bad]) == "Not held: reading."
    assert failed([good, peerless]) == "Not measured: converting."
    assert failed([bad, peerless]) == "Not held: reading. Not measured: converting."
