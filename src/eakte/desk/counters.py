"""How much waits in the teams: numbers for those who lead, and nothing of any letter."""

from dataclasses import dataclass
from eakte import _
from eakte.desk.answers import WatchedAnswer
from eakte.desk.leading import teams_counted
from eakte.desk.screen import Screen
from eakte.mailitem.counting import AGES
from eakte.mailitem.counting import count_of
from eakte.mailitem.counting import COUNTED
from eakte.mailitem.states import TITLES
from functools import cached_property
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode


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
class Cell:
    """One number of a line."""

    id: str
    """Stays the same as long as the team does: ``a1:routed``."""
    number: int
    is_old: bool = False
    """Whether letters of the last age are counted."""


@dataclass(frozen=True)
class Line:
    """The numbers of one team, or of a department."""

    id: str
    title: Any
    states: tuple
    """Letters in each of ``COUNTED``."""
    ages: tuple
    """Letters of each of ``AGES``."""

    @property
    def total(self):
        return sum(self.states)

    @property
    def cells(self):
        """All numbers, in the order of the columns."""
        last = AGES[-1]
        states = zip(COUNTED, self.states, strict=True)
        ages = zip(AGES, self.ages, strict=True)
        return [
            *(Cell(f"{self.id}:{state}", number) for state, number in states),
            *(Cell(f"{self.id}:{age}", number, age == last) for age, number in ages),
            Cell(f"{self.id}:all", self.total),
        ]


def lines_of(teams):
    """Return a ``Line`` for each team."""
    counted = count_of([team.id for team in teams])
    return [
        Line(
            team.id,
            team.title,
            tuple(counted[team.id].states),
            tuple(counted[team.id].ages),
        )
        for team in teams
    ]


def departments_counted():
    """Return ``[(title, lines, sums)]`` of what the user leads."""
    found = []
    for department, teams in teams_counted():
        lines = lines_of(teams)
        sums = Line(
            f"{department.id}/",
            _("Together"),
            tuple(map(sum, zip(*(line.states for line in lines), strict=True))),
            tuple(map(sum, zip(*(line.ages for line in lines), strict=True))),
        )
        found.append((department.title, lines, sums))
    return found


def edition_of(departments):
    """Return what changes when other teams are counted, whatever their numbers."""
    names = [
        (title, [line.title for line in lines]) for title, lines, _s in departments
    ]
    return sha256(repr(names).encode()).hexdigest()[:16]


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
        return departments_counted()

    @property
    def changes_url(self):
        """Where the page asks for the numbers as they are by then."""
        asked = urlencode({"since": edition_of(self.departments)})
        return f"{self.portal_url}/@@counters-now?{asked}"

    @property
    def here_url(self):
        return f"{self.portal_url}/@@counters"


class CountersNow(WatchedAnswer):
    """The numbers of those who lead, while their page stands open.

    ``since`` is what the page said of the teams; when others are counted by now, the
    answer says so.
    """

    def answer(self):
        departments = departments_counted()
        figures = {
            cell.id: cell.number
            for _title, lines, sums in departments
            for line in (*lines, sums)
            for cell in line.cells
        }
        changed = edition_of(departments) != self.request.form.get("since")
        text = self.say(_("The list has changed")) if changed else ""
        return {"figures": figures, "text": text}


if len(AGE_TITLES) != len(AGES):
    raise ValueError("Each age has a title.")
