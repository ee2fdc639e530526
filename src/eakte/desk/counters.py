"""How much waits in the teams: numbers for those who lead, and nothing of any letter."""

from dataclasses import dataclass
from eakte import _
from eakte.desk.leading import teams_counted
from eakte.desk.screen import Screen
from eakte.mailitem.counting import AGES
from eakte.mailitem.counting import count_of
from eakte.mailitem.counting import COUNTED
from eakte.mailitem.states import TITLES
from functools import cached_property
from typing import Any


AGE_TITLES = (
    _("today"),
    _("1 to 2 days"),
    _("3 to 6 days"),
    _("7 to 13 days"),
    _("14 to 29 days"),
    _("30 days and more"),
)
"""What ``AGES`` are called, in their order."""


@dataclass(frozen=True)
class Line:
    """The numbers of one team."""

    title: Any
    states: tuple
    """Letters in each of ``COUNTED``."""
    ages: tuple
    """Letters of each of ``AGES``."""
    oldest: bool
    """Whether letters of the last age wait."""

    @property
    def total(self):
        return sum(self.states)


def lines_of(teams):
    """Return a ``Line`` for each team."""
    counted = count_of([team.id for team in teams])
    return [
        Line(
            team.title,
            tuple(counted[team.id].states),
            tuple(counted[team.id].ages),
            counted[team.id].ages[-1] > 0,
        )
        for team in teams
    ]


class Counters(Screen):
    """The numbers of the departments and teams that the user leads."""

    title = _("Letters in the teams")

    @property
    def state_titles(self):
        return [TITLES[state] for state in COUNTED]

    age_titles = AGE_TITLES

    @cached_property
    def departments(self):
        """``[(title, lines, sums)]``."""
        found = []
        for department, teams in teams_counted():
            lines = lines_of(teams)
            sums = Line(
                _("Together"),
                tuple(map(sum, zip(*(line.states for line in lines), strict=True))),
                tuple(map(sum, zip(*(line.ages for line in lines), strict=True))),
                any(line.oldest for line in lines),
            )
            found.append((department.title, lines, sums))
        return found


if len(AGE_TITLES) != len(AGES):
    raise ValueError("Each age has a title.")
