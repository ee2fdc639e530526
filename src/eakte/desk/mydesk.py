"""My desk: what I have taken and not yet settled, and what is new in my teams."""

from dataclasses import replace
from eakte import _
from eakte import clock
from eakte.desk.away import as_count
from eakte.desk.away import notice_of_return
from eakte.desk.box import BoxScreen
from eakte.desk.boxes import BoxAddress
from eakte.desk.notices import notices_of_user
from eakte.desk.places import WAITING_AT_DESK
from eakte.desk.rows import mail_row
from eakte.mailitem.boxes import team_box
from eakte.mailitem.states import State
from eakte.mailitem.states import TITLES
from eakte.mailitem.states import Transition
from eakte.org.membership import seats_of
from eakte.org.membership import teams_of
from eakte.org.places import name_of
from functools import cached_property
from plone import api


NEW_AT_MOST = 8
"""Letters of the teams that the desk shows; the team box has them all."""


class MyDesk(BoxScreen):
    """The user's own desks."""

    screen = "my-desk"
    title = _("My desk")
    empty = _("Nothing lies on your desk.")
    empty_hint = _("Take a letter from your team's box, and it lies here.")
    tab_titles = {
        State.ROUTED: _("Meant for me"),
        State.ACCEPTED: _("To be filed"),
        State.FILED: _("To be settled"),
    }

    @property
    def all_states(self):
        return WAITING_AT_DESK

    @cached_property
    def seats(self):
        return seats_of()

    @property
    def desk_titles(self):
        return ", ".join(self._said(seat) for seat in self.seats)

    @cached_property
    def notices(self):
        """What there is to know before the letters: ``(text, address)``."""
        told = notices_of_user()
        count = notice_of_return(api.user.get_current().getId())
        if not count:
            return told
        text = _(
            "While you were away: ${count} done for you",
            mapping={"count": as_count(count)},
        )
        return [*told, (text, f"{self.portal_url}/@@while-away")]

    @property
    def choices(self):
        """The own desks and those of the people represented; one needs no choice."""
        if len(self.seats) < 2:
            return []
        offered = [("", _("All desks"))]
        offered += [(seat.desk.id, self._said(seat)) for seat in self.seats]
        here = {seat.desk.id for seat in self.seats} & {self.address.team}
        return [
            {
                "title": title,
                "url": self.url_of(replace(self.address, team=desk)),
                "current": desk == (self.address.team if here else ""),
            }
            for desk, title in offered
        ]

    def _said(self, seat):
        if not seat.represented:
            return seat.desk.title
        name = name_of(seat.represented)
        text = _(
            "${desk} (for ${name})", mapping={"desk": seat.desk.title, "name": name}
        )
        return self.say(text)

    @cached_property
    def new_in_teams(self):
        """The letters that nobody in the user's teams has taken yet, oldest first."""
        address = BoxAddress("team-box", "", State.ROUTED)
        box = team_box([team.id for team in teams_of()])
        brains = box.items(State.ROUTED, size=NEW_AT_MOST)
        today = clock.today()
        return {
            "rows": [mail_row(brain, address, today) for brain in brains],
            "count": brains.actual_result_count,
            "url": address.url,
        }

    def quick_step(self, row):
        if row.state == State.ROUTED:
            return {"id": Transition.ACCEPT, "title": TITLES[Transition.ACCEPT]}
        if row.state == State.FILED:
            return {"id": Transition.SETTLE, "title": TITLES[Transition.SETTLE]}
        return None
