"""A team's box: what was routed to it, what its desks have taken, what is unclear."""

from dataclasses import replace
from eakte import _
from eakte.desk.box import BoxScreen
from eakte.desk.places import teams_with_box
from eakte.mailitem.states import State
from eakte.mailitem.states import TITLES
from eakte.mailitem.states import Transition
from eakte.org.membership import teams_of
from eakte.org.places import name_of
from eakte.org.places import people_of_team
from functools import cached_property


class TeamBox(BoxScreen):
    """The box of one of the user's teams, or of all of them."""

    screen = "team-box"
    empty = _("Nothing waits in this box.")
    empty_hint = _("What the mailroom routes to the team appears here by itself.")
    tab_titles = {State.ROUTED: _("New")}

    @property
    def title(self):
        chosen = self.chosen
        if chosen is None and len(self.teams) == 1:
            chosen = self.teams[0]
        if chosen is None:
            return _("Team boxes")
        return _("Team box ${team}", mapping={"team": chosen.title})

    @cached_property
    def teams(self):
        return teams_with_box()

    @property
    def chosen(self):
        return next((team for team in self.teams if team.id == self.address.team), None)

    @property
    def choices(self):
        """The boxes to choose from; with one team there is nothing to choose."""
        if len(self.teams) < 2:
            return []
        current = self.chosen and self.chosen.id
        offered = [("", _("All teams"))] + [
            (team.id, team.title) for team in self.teams
        ]
        return [
            {
                "title": title,
                "url": self.url_of(replace(self.address, team=team)),
                "current": team == (current or ""),
            }
            for team, title in offered
        ]

    @property
    def people_offered(self):
        """The people at the desks of the boxes that are open."""
        teams = [self.chosen] if self.chosen else self.teams
        people = dict.fromkeys(
            person for team in teams for person in people_of_team(team.id)
        )
        return [(person, name_of(person)) for person in people]

    @cached_property
    def own_teams(self):
        return {team.id for team in teams_of()}

    def quick_step(self, row):
        if row.state == State.ROUTED and row.team in self.own_teams:
            return {"id": Transition.ACCEPT, "title": TITLES[Transition.ACCEPT]}
        return None
