"""What has changed in a box since a page of it was shown: asked for in between."""

from collections import OrderedDict
from dataclasses import dataclass
from dataclasses import replace
from eakte import _
from eakte.desk.answers import WatchedAnswer
from eakte.desk.boxes import BoxAddress
from hashlib import sha256
from plone import api
from threading import Lock
from typing import Any

import json


MOST_ROWS = 4_000_000
"""Rows of all boxes that are remembered; a person's box has some hundred."""


@dataclass(frozen=True)
class Look:
    """What lay in an open box at a moment."""

    edition: str
    """Another one follows when letters come or go."""
    rows: Any
    """A bitmap."""


class Looks:
    """What persons were shown last, in this process.

    Another process does not know it; it can say that something has changed, and by how
    much there is more, not how much of it is new.
    """

    def __init__(self):
        self._lock = Lock()
        self._kept = OrderedDict()
        self._rows = 0

    def keep(self, person, look):
        with self._lock:
            if (person, look.edition) in self._kept:
                self._kept.move_to_end((person, look.edition))
                return
            self._kept[person, look.edition] = look
            self._rows += len(look.rows)
            while self._rows > MOST_ROWS and len(self._kept) > 1:
                _key, oldest = self._kept.popitem(last=False)
                self._rows -= len(oldest.rows)

    def get(self, person, edition):
        with self._lock:
            return self._kept.get((person, edition))


LOOKS = Looks()


def look_at(address):
    """Return what lies in the open box now, and remember it for the user."""
    rows = address.box.rows(address.states)
    look = Look(sha256(rows.serialize()).hexdigest()[:32], rows)
    LOOKS.keep(api.user.get_current().getId(), look)
    return look


class BoxChanges(WatchedAnswer):
    """How many letters lie in a box by now, and how many have come in.

    ``box`` is the address of the open box, ``since`` the edition that the page shows
    and ``count`` how many letters it had. With ``If-None-Match`` the answer is 304 as
    long as nothing has changed.
    """

    def __call__(self):
        self.address = BoxAddress.parse(self.request.form.get("box"))
        if self.address is None:
            self.request.response.setStatus(404)
            return json.dumps({})
        return super().__call__()

    def answer(self):
        counts, now = self.address.box.counts(), look_at(self.address)
        all_of_them = replace(self.address, state="").states or counts
        return {
            "edition": now.edition,
            "count": len(now.rows),
            "counts": {str(state): number for state, number in counts.items()}
            | {"": sum(counts[state] for state in all_of_them)},
        } | self._said(now)

    def _said(self, now):
        """Say what has changed since the page was shown."""
        new = self._new(now)
        if new == 1:
            text = self.say(_("1 new letter"))
        elif new:
            text = self.say(_("${count} new letters", mapping={"count": str(new)}))
        else:
            changed = now.edition != self.request.form.get("since", "")
            text = self.say(_("The list has changed")) if changed else ""
        return {"new": new, "text": text}

    def _new(self, now):
        form = self.request.form
        shown = LOOKS.get(api.user.get_current().getId(), form.get("since", ""))
        if shown is not None:
            return len(now.rows - shown.rows)
        count = form.get("count", "")
        return max(0, len(now.rows) - int(count)) if _is_number(count) else 0


def _is_number(text):
    return isinstance(text, str) and text.isascii() and text.isdigit()
