"""What stands above the letters of a box: orders, and what is new; see ``FilterTools``."""

from dataclasses import dataclass
from dataclasses import replace
from eakte import _
from eakte.desk.boxes import BoxAddress
from eakte.desk.boxes import USUAL
from eakte.desk.counts import look_at
from eakte.desk.filtertools import FilterTools
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


@dataclass(frozen=True)
class Order:
    """An order to choose; choosing it once more turns it round."""

    title: Any
    url: str
    current: bool
    descending: bool


class BoxTools(FilterTools):
    """The part of a box's screen that says which letters are shown, and how."""

    filters = ("class", "age", "deadline", "person", "sender")

    def read_address(self, form):
        return BoxAddress.read(self.screen, form)

    def parse_address(self, text):
        sent = BoxAddress.parse(text)
        return sent if sent is not None and sent.screen == self.screen else None

    @property
    def export_url(self):
        return f"{self.portal_url}/@@export-letters"

    @property
    def export_title(self):
        """What stands before the buttons; None where there is nothing to take along."""
        count = self.batch.count
        if not count:
            return None
        return _("Take along ${count}:", mapping={"count": str(count)})

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

    # What is new

    @cached_property
    def look(self):
        return look_at(self.address)

    @property
    def changes_url(self):
        """Where the page asks whether something has come in since."""
        asked = {"box": str(self.address), "since": self.look.edition}
        asked["count"] = len(self.look.rows)
        return f"{self.portal_url}/@@box-changes?{urlencode(asked)}"
