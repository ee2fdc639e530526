"""What stands above the letters of a box: filters, orders, views, and what is new."""

from dataclasses import dataclass
from dataclasses import replace
from eakte import _
from eakte.desk import savedviews
from eakte.desk.boxes import BoxAddress
from eakte.desk.boxes import USUAL
from eakte.desk.counts import look_at
from eakte.desk.narrowing import AGES
from eakte.desk.narrowing import CLASSES
from eakte.desk.narrowing import DEADLINES
from eakte.desk.narrowing import LONGEST_SENDER
from eakte.desk.narrowing import Narrowing
from functools import cached_property
from typing import Any
from urllib.parse import urlencode


ORDERS = {
    USUAL: _("Urgency"),
    "received": _("Date of receipt"),
    "number": _("Mail number"),
    "title": _("Subject"),
    "sender": _("Sender"),
    "class": _("Class"),
    "state": _("State"),
    "team": _("Team"),
    "desk": _("Desk"),
}

EVERYTHING = "all"
"""Says in an address that no view is meant, also not the one to begin with."""


@dataclass(frozen=True)
class Order:
    """An order to choose; choosing it once more turns it round."""

    title: Any
    url: str
    current: bool
    descending: bool


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


class BoxTools:
    """The part of a box's screen that says which letters are shown, and how."""

    longest_sender = LONGEST_SENDER
    longest_name = savedviews.LONGEST_NAME
    people_offered = ()
    """``[(id, name)]`` of the people at whose desks letters of the box may lie."""

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
        bare = BoxAddress(self.screen).url
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
        kept = replace(self.address, narrowing=Narrowing()).query
        return kept or [("view", EVERYTHING)]

    def _choices(self, nothing, offered, chosen):
        return [
            Choice(value, title, value == chosen)
            for value, title in [("", nothing), *offered]
        ]

    # Orders

    @property
    def orders(self):
        sort = self.address.sort or USUAL
        current, descending = sort.removeprefix("-"), sort.startswith("-")
        return [
            Order(
                title=title,
                url=self._sorted_by(name, name == current and not descending),
                current=name == current,
                descending=name == current and descending,
            )
            for name, title in ORDERS.items()
        ]

    def _sorted_by(self, name, turned):
        sort = f"-{name}" if turned else name
        return self.url_of(replace(self.address, sort="" if sort == USUAL else sort))

    # Views

    @cached_property
    def views(self):
        return savedviews.views(self.screen)

    def is_open(self, view):
        """Whether the box is shown as the view says."""
        return view.place == self.address

    def answer(self, form):
        """Keep, rename or delete a view, or begin with it from now on."""
        here = BoxAddress.parse(form.get("box")) or self.address
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
                self.tell(_("The box begins with this view from now on."))
            case "begin-with-all":
                savedviews.begin_with(view, False)
                self.tell(_("The box begins with all letters from now on."))
            case _:
                return super().answer(form)
        return self.url_of(here)

    # What is new, and the files

    @cached_property
    def look(self):
        return look_at(self.address)

    @property
    def changes_url(self):
        """Where the page asks whether something has come in since."""
        asked = {"box": str(self.address), "since": self.look.edition}
        asked["count"] = len(self.look.rows)
        return f"{self.portal_url}/@@box-changes?{urlencode(asked)}"

    @property
    def here_url(self):
        """The open box, as it is now."""
        return self.url_of(self.address)
