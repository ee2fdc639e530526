"""A figure of the bench, and how it is printed."""

from dataclasses import dataclass
from statistics import median

import operator
import textwrap


@dataclass(frozen=True)
class Bound:
    """What a ratio is to keep.

    :param sign: ``≥``, ``>`` or ``≤``.
    """

    sign: str
    value: float

    def holds(self, ratio):
        """Say whether the ratio keeps it."""
        compare = {"≥": operator.ge, ">": operator.gt, "≤": operator.le}[self.sign]
        return compare(ratio, self.value)

    def __str__(self):
        return f"{self.sign} {self.value:.3g}"


@dataclass(frozen=True)
class Figure:
    """One ratio with what it was made of.

    :param ratios: one a round; their median counts.
    :param bound: None where nothing is asked for.
    :param made_of: the two sides in their own units.
    :param limited_by: why it is not better.
    """

    what: str
    ratios: tuple[float, ...]
    bound: Bound | None
    made_of: str
    limited_by: str = ""

    @property
    def ratio(self):
        """The median of the rounds."""
        return median(self.ratios)

    @property
    def verdict(self):
        """Whether it holds, in words."""
        if self.bound is None:
            return ""
        verb = "holds" if self.bound.holds(self.ratio) else "DOES NOT HOLD"
        return f"{verb}: {self.bound}"


@dataclass(frozen=True)
class NotMeasured:
    """A figure whose peer is missing on this machine.

    :param reason: what to do about it.
    """

    what: str
    reason: str


def show(figure):
    """Print a figure, or why there is none."""
    if isinstance(figure, NotMeasured):
        print(
            f"     –  {figure.what}\n        not measured: {figure.reason}", flush=True
        )
        return
    ratio = f"{figure.ratio:.2f}" if figure.ratio >= 0.1 else f"{figure.ratio:.4f}"
    print(f"{ratio:>7} {figure.what}")
    spread = f"{min(figure.ratios):.3g} to {max(figure.ratios):.3g}"
    if len(figure.ratios) > 1:
        spread = f"{len(figure.ratios)} rounds, {spread}"
    lines = [figure.verdict, f"{figure.made_of} ({spread})"]
    if figure.limited_by:
        lines.append(f"limited by {figure.limited_by}")
    for line in filter(None, lines):
        print(textwrap.indent(textwrap.fill(line, 100), "        "))
    print(flush=True)
