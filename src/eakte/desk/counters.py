"""How much waits in the teams: numbers for those who lead, and nothing of any letter."""

from dataclasses import dataclass
from dataclasses import replace
from eakte import _
from eakte.desk.answers import WatchedAnswer
from eakte.desk.boxes import BoxAddress
from eakte.desk.countersaddress import CountersAddress
from eakte.desk.filtertools import FilterTools
from eakte.desk.filtertools import Removable
from eakte.desk.leading import teams_counted
from eakte.desk.narrowing import AGE_TITLES
from eakte.desk.places import teams_with_box
from eakte.desk.screen import Screen
from eakte.mailitem.counting import AGES
from eakte.mailitem.counting import count_of
from eakte.mailitem.counting import COUNTED
from eakte.mailitem.counting import EVERY_TEAM
from eakte.mailitem.states import TITLES
from functools import cached_property
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode


@dataclass(frozen=True)
class Cell:
    """One number of a line."""

    id: str
    """Stays the same as long as the team does: ``a1:routed``."""
    number: int
    title: Any
    """What the column is called."""
    state: str = ""
    """The state that is counted, or empty."""
    span: str = ""
    """The days since the receipt that are counted, a key of ``SPANS``; or empty."""

    @property
    def is_old(self):
        """Whether letters of the last age are counted."""
        return self.span == str(AGES[-1])


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
        states = zip(COUNTED, self.states, strict=True)
        ages = zip(AGES, AGE_TITLES, self.ages, strict=True)
        return [
            *(
                Cell(f"{self.id}:{state}", number, TITLES[state], state=str(state))
                for state, number in states
            ),
            *(
                Cell(f"{self.id}:{age}", number, title, span=str(age))
                for age, title, number in ages
            ),
            Cell(f"{self.id}:all", self.total, _("All")),
        ]


def lines_of(teams, box=EVERY_TEAM):
    """Return a ``Line`` for each team; see ``count_of``."""
    counted = count_of([team.id for team in teams], box)
    return [
        Line(
            team.id,
            team.title,
            tuple(counted[team.id].states),
            tuple(counted[team.id].ages),
        )
        for team in teams
    ]


def teams_shown(address):
    """Return ``[(department, teams)]``: what the user leads, or the team that is asked for.

    Asking for a team that the user does not lead leaves nothing.
    """
    found = [
        (department, [team for team in teams if address.team in ("", team.id)])
        for department, teams in teams_counted()
    ]
    return [(department, teams) for department, teams in found if teams]


def departments_counted(address):
    """Return ``[(title, lines, sums)]`` of what the user leads.

    :param address: a ``CountersAddress``.
    """
    found, box = [], address.box
    for department, teams in teams_shown(address):
        lines = lines_of(teams, box)
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


class Counters(FilterTools, Screen):
    """The numbers of the departments and teams that the user leads."""

    title = _("Letters in the teams")
    screen = CountersAddress.screen
    filters = ("team", "class", "age", "deadline")
    views_hint = _("A view keeps filters under a name. It is yours alone.")
    begins_title = _("the page begins with it")
    begins_told = _("The page begins with this view from now on.")
    begins_with_all_told = _("The page begins with all letters from now on.")

    def read_address(self, form):
        return CountersAddress.read(form)

    def parse_address(self, text):
        return CountersAddress.parse(text)

    @property
    def state_titles(self):
        return [TITLES[state] for state in COUNTED]

    age_titles = AGE_TITLES

    @cached_property
    def departments(self):
        """``[(title, lines, sums)]``."""
        return departments_counted(self.address)

    @cached_property
    def leads(self):
        """Whether the user leads a team at all."""
        return bool(teams_counted())

    @cached_property
    def teams_offered(self):
        return [
            (team.id, team.title)
            for _department, own in teams_counted()
            for team in own
        ]

    @property
    def chips(self):
        found = super().chips
        titles = dict(self.teams_offered)
        if team := self.address.team:
            title = _("Team: ${team}", mapping={"team": titles.get(team, team)})
            url = self.url_of(replace(self.address, team=""))
            found.insert(0, Removable(self.say(title), url))
        return found

    @property
    def unfiltered_url(self):
        return self.url_of(CountersAddress())

    @cached_property
    def _own_boxes(self):
        return {team.id for team in teams_with_box()}

    def letters_url(self, line, cell):
        """Return where the letters of the number lie; None where the user has no box."""
        if line.id not in self._own_boxes:
            return None
        narrowing = replace(self.address.narrowing, span=cell.span)
        return BoxAddress("team-box", line.id, cell.state, narrowing).url

    @property
    def has_boxes(self):
        """Whether some of the numbers lead to letters."""
        lines = [line for _title, lines, _sums in self.departments for line in lines]
        return any(line.id in self._own_boxes for line in lines)

    @property
    def export_url(self):
        return f"{self.portal_url}/@@export-counters"

    @property
    def export_title(self):
        return _("Take the table along:") if self.departments else None

    @property
    def changes_url(self):
        """Where the page asks for the numbers as they are by then."""
        asked = [*self.address.query, ("since", edition_of(self.departments))]
        return f"{self.portal_url}/@@counters-now?{urlencode(asked)}"


class CountersNow(WatchedAnswer):
    """The numbers of those who lead, while their page stands open.

    The filters are those of the page. ``since`` is what the page said of the teams;
    when others are counted by now, the answer says so.
    """

    def answer(self):
        departments = departments_counted(CountersAddress.read(self.request.form))
        figures = {
            cell.id: cell.number
            for _title, lines, sums in departments
            for line in (*lines, sums)
            for cell in line.cells
        }
        changed = edition_of(departments) != self.request.form.get("since")
        text = self.say(_("The list has changed")) if changed else ""
        return {"figures": figures, "text": text}
