"""What stands above a list: filters that hold, filters to choose, and views."""

from dataclasses import dataclass
from dataclasses import replace
from eakte import _
from eakte.desk import savedviews
from eakte.desk.narrowing import AGES
from eakte.desk.narrowing import CLASSES
from eakte.desk.narrowing import DEADLINES
from eakte.desk.narrowing import LONGEST_SENDER
from eakte.desk.narrowing import Narrowing
from functools import cached_property
from typing import Any
from urllib.parse import urlencode


EVERYTHING = "all"
"""Says in an address that no view is meant, also not the one to begin with."""


@dataclass(frozen=True)
class Removable:
    """A filter that holds, with the address of the box without it."""

    title: str
    url: str


@dataclass(frozen=True)
class Choice:
    """A value of a filter that can be chosen."""

    value: str
    title: Any
    chosen: bool


class FilterTools:
    """The part of a screen that says which letters are shown or counted."""

    screen = ""
    """Name of the view."""
    filters = ()
    """Names of the filters that can be chosen here."""

    views_hint = _(
        "A view keeps filters, tab and order under a name. It is yours alone."
    )
    begins_title = _("the box begins with it")
    begins_told = _("The box begins with this view from now on.")
    begins_with_all_told = _("The box begins with all letters from now on.")
    longest_sender = LONGEST_SENDER
    longest_name = savedviews.LONGEST_NAME
    people_offered = ()
    """``[(id, name)]`` of the people at whose desks letters of the box may lie."""

    teams_offered = ()
    """``[(id, title)]`` of the teams, one of which can be chosen."""

    def read_address(self, form):
        """Return what the screen was opened with: a box, or the counters."""
        raise NotImplementedError

    def parse_address(self, text):
        """Return the screen's address that the text is, or None."""
        raise NotImplementedError

    @cached_property
    def address(self):
        """What is shown: a ``BoxAddress`` or ``CountersAddress``."""
        form = self.request.form
        return self.parse_address(form.get("box")) or self.read_address(form)

    def __call__(self):
        is_bare = self.request.method == "GET" and not self.request.form
        if is_bare and self.begins_with:
            return self.request.response.redirect(self.url_of(self.begins_with.place))
        return super().__call__()

    @cached_property
    def begins_with(self):
        """The view with which the box begins, or None."""
        return savedviews.default_view(self.screen)

    def url_of(self, address, start=0):
        """Return where the box is opened like this, whatever it would begin with."""
        query = list(address.query)
        if start:
            query.append(("start", start))
        if not query and self.begins_with:
            query.append(("view", EVERYTHING))
        bare = f"{self.portal_url}/@@{self.screen}"
        return f"{bare}?{urlencode(query)}" if query else bare

    # Filters

    @property
    def narrowing(self):
        return self.address.narrowing

    @property
    def chips(self):
        return [
            Removable(
                self.say(chip.title),
                self.url_of(replace(self.address, narrowing=chip.without)),
            )
            for chip in self.narrowing.chips
        ]

    @property
    def unfiltered_url(self):
        return self.url_of(replace(self.address, narrowing=Narrowing()))

    @property
    def classes(self):
        chosen = self.narrowing.mail_class
        return [Choice(name, title, name in chosen) for name, title in CLASSES.items()]

    @property
    def ages(self):
        return self._choices(_("Any age"), AGES.items(), self.narrowing.age)

    @property
    def team_choices(self):
        if len(self.teams_offered) < 2:
            return []
        return self._choices(_("All teams"), self.teams_offered, self.address.team)

    @property
    def deadlines(self):
        title = _("With and without")
        return self._choices(title, DEADLINES.items(), self.narrowing.deadline)

    @property
    def people(self):
        if not self.people_offered:
            return []
        return self._choices(_("Everybody"), self.people_offered, self.narrowing.person)

    @property
    def kept_by_filters(self):
        """What the form of the filters carries along."""
        # A column of the counters is no filter to choose, but it holds.
        kept = replace(self.address, narrowing=Narrowing(span=self.narrowing.span))
        asked = [each for each in kept.query if each[0] not in self.filters]
        return asked or [("view", EVERYTHING)]

    def _choices(self, nothing, offered, chosen):
        return [
            Choice(value, title, value == chosen)
            for value, title in [("", nothing), *offered]
        ]

    # Views

    @cached_property
    def views(self):
        return savedviews.views(self.screen)

    def is_open(self, view):
        """Whether the box is shown as the view says."""
        return view.place == self.address

    def answer(self, form):
        """Keep, rename or delete a view, or begin with it from now on."""
        here = self.address
        view, name = form.get("id", ""), form.get("name", "")
        match form.get("do"):
            case "keep-view":
                here = savedviews.keep_view(name, here).place
                self.tell(_("The view is kept."))
            case "rename-view":
                savedviews.rename_view(view, name)
                self.tell(_("The view has its new name."))
            case "delete-view":
                savedviews.delete_view(view)
                self.tell(_("The view is deleted."))
            case "begin-with-view":
                savedviews.begin_with(view)
                self.tell(self.begins_told)
            case "begin-with-all":
                savedviews.begin_with(view, False)
                self.tell(self.begins_with_all_told)
            case _:
                return super().answer(form)
        return self.url_of(here)

    @property
    def here_url(self):
        """The open box, as it is now."""
        return self.url_of(self.address)
