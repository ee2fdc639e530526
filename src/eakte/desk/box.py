"""A box on the screen: tabs by state, the letters oldest first, some at a time."""

from dataclasses import dataclass
from dataclasses import replace
from eakte import _
from eakte.clock import today
from eakte.desk.boxtools import BoxTools
from eakte.desk.rows import deadline_badge
from eakte.desk.rows import mail_row
from eakte.desk.screen import Screen
from eakte.mailitem.states import TITLES
from functools import cached_property
from typing import Any
from zope.component import queryMultiAdapter


BATCH = 30
"""Letters on one screen."""


@dataclass(frozen=True)
class Tab:
    """One state of the box, or all of them."""

    title: Any
    url: str
    count: int
    current: bool
    state: str = ""
    """Id of the state; empty for all."""


@dataclass(frozen=True)
class Batch:
    """Which letters of the box are shown."""

    start: int
    """1 for the first; 0 when there is none."""
    end: int
    count: int
    before: str | None
    """Address of the letters before, or None."""
    after: str | None


class BoxScreen(BoxTools, Screen):
    """What the boxes have in common."""

    tab_titles = {}
    """What a tab is called, where it is not called like the state."""

    choices = ()
    """Other boxes to go to from here."""

    desk_titles = ""
    """Whose box it is, where its title does not say it."""

    upload_url = None
    """Where the user can take in files by hand, or None."""

    new_in_teams = None
    """The letters that wait one step before the box, or None."""

    @cached_property
    def box(self):
        return self.address.box

    @cached_property
    def counts(self):
        return self.box.counts()

    @property
    def all_states(self):
        """The states of the tab that shows them all."""
        return self.box.states

    @property
    def tabs(self):
        everything = Tab(
            title=_("All"),
            url=self._url(""),
            count=sum(self.counts[state] for state in self.all_states),
            current=self.address.state not in self.box.states,
        )
        shown = [state for state in self.box.states if self._is_shown(state)]
        return [everything] + [self._tab(state) for state in shown]

    def _is_shown(self, state):
        """A tab that stays empty for this person is not offered."""
        return (
            self.counts[state] > 0
            or state == self.address.state
            or self.may_be_filled(state)
        )

    def may_be_filled(self, state):
        """Whether the person could ever see a letter in this state here."""
        return True

    def _tab(self, state):
        return Tab(
            title=self.tab_titles.get(state, TITLES[state]),
            url=self._url(state),
            count=self.counts[state],
            current=self.address.state == state,
            state=str(state),
        )

    def _url(self, state, start=0):
        address = replace(self.address, state=str(state))
        return self.url_of(address, start=start)

    @cached_property
    def start(self):
        start = self.request.form.get("start", "0")
        return int(start) if isinstance(start, str) and start.isdigit() else 0

    @cached_property
    def brains(self):
        return self.address.brains(start=self.start, size=BATCH)

    @cached_property
    def rows(self):
        day = today()
        rows = [mail_row(brain, self.address, day) for brain in self.brains]
        return [replace(row, deadline=deadline_badge(row.uid, day)) for row in rows]

    @property
    def pressing(self):
        """What cannot wait; in another order than the usual one nothing is above."""
        if self.address.sort:
            return []
        return [row for row in self.rows if row.pressing]

    @property
    def others(self):
        """The letters that do not stand above as pressing."""
        if self.address.sort:
            return self.rows
        return [row for row in self.rows if not row.pressing]

    @cached_property
    def batch(self):
        count = self.brains.actual_result_count
        end = min(self.start + BATCH, count)
        state = self.address.state
        return Batch(
            start=self.start + 1 if count else 0,
            end=end,
            count=count,
            before=self._url(state, max(self.start - BATCH, 0)) if self.start else None,
            after=self._url(state, end) if end < count else None,
        )

    @cached_property
    def many(self):
        """What can be done with many letters of the box at once, or None.

        An adapter named ``eakte-many`` says it; the macro ``bar`` of the page of the
        same name shows it in a form with the id ``many``. The rows have its fields.
        """
        return queryMultiAdapter((self, self.request), name="eakte-many")

    def choose_title(self, row):
        """Return what the field says that chooses the row."""
        return self.say(
            _("Choose letter ${number}", mapping={"number": row.number or row.title})
        )

    def quick_step(self, row):
        """Return the id and title of the step that a row offers, or None."""
        return None
