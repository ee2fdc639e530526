"""Search: one field over case files, letters and documents."""

from dataclasses import dataclass
from eakte import _
from eakte.casefile.finding import find_case_files
from eakte.casefile.states import State as CaseFileState
from eakte.casefile.states import TITLES
from eakte.desk.days import as_day
from eakte.desk.rows import Badge
from eakte.desk.rows import row
from eakte.desk.rows import team_title
from eakte.desk.screen import Screen
from eakte.search.searching import counts
from eakte.search.searching import KINDS
from eakte.search.searching import search
from eakte.search.snippets import snippet
from functools import cached_property
from plone import api
from typing import Any
from urllib.parse import urlencode


BATCH = 20
"""Hits on one screen."""

LONGEST_TEXT = 200
"""Characters; what is longer is no search but a pasted text."""

ALIASES_OF = 50
"""Case files that are looked through for the name by which they were found."""

KIND_TITLES = {
    "case_file": _("Case files"),
    "mail_item": _("Letters"),
    "case_document": _("Documents"),
}


@dataclass(frozen=True)
class CaseFileHit:
    """A case file as the search shows it."""

    url: str
    reference: str
    title: str
    person: str
    born: Any
    team_title: str
    state_badge: Badge
    via: str | None
    """The alias by which it was found, or None."""


class Find(Screen):
    """The search."""

    def __call__(self):
        if self.text and not self.kind and (address := self.exactly()):
            return self.request.response.redirect(address)
        return super().__call__()

    @cached_property
    def text(self):
        form = self.request.form
        # Plone's own name for it stands in addresses that people have kept.
        text = form.get("text") or form.get("SearchableText", "")
        return text.strip()[:LONGEST_TEXT] if isinstance(text, str) else ""

    @cached_property
    def kind(self):
        kind = self.request.form.get("kind", "")
        return kind if kind in KINDS else ""

    @cached_property
    def start(self):
        start = self.request.form.get("start", "0")
        return int(start) if isinstance(start, str) and start.isdigit() else 0

    def exactly(self):
        """Return the address of the one thing whose number was typed, or None."""
        catalog = api.portal.get_tool("portal_catalog")
        for index in ("number", "reference"):
            brains = catalog({index: self.text.upper(), "portal_type": list(KINDS)})
            if len(brains) == 1:
                return brains[0].getURL()
        return None

    @cached_property
    def counts(self):
        return counts(self.text)

    @property
    def tabs(self):
        tabs = [
            {
                "title": _("All"),
                "url": self._url(""),
                "count": sum(self.counts.values()),
                "current": not self.kind,
            }
        ]
        for kind, title in KIND_TITLES.items():
            tabs.append(
                {
                    "title": title,
                    "url": self._url(kind),
                    "count": self.counts[kind],
                    "current": self.kind == kind,
                }
            )
        return tabs

    def _url(self, kind, start=0):
        asked = {"text": self.text, "kind": kind, "start": start or ""}
        query = urlencode({name: value for name, value in asked.items() if value})
        return f"{self.portal_url}/@@find?{query}"

    @cached_property
    def brains(self):
        kinds = (self.kind,) if self.kind else KINDS
        return search(self.text, kinds=kinds, start=self.start, size=BATCH)

    @cached_property
    def case_files(self):
        """Case files among the hits; found by another name, they say so."""
        found = {each.uid: each for each in find_case_files(self.text, ALIASES_OF)}
        return [
            self._case_file(brain, found.get(brain.UID))
            for brain in self.brains
            if brain.portal_type == "case_file"
        ]

    def _case_file(self, brain, suggestion):
        closed = brain.review_state == CaseFileState.CLOSED
        return CaseFileHit(
            url=brain.getURL(),
            reference=brain.reference,
            title=brain.Title,
            person=brain.person,
            born=brain.birth_date and as_day(brain.birth_date),
            team_title=team_title(brain.team),
            state_badge=Badge(
                TITLES[brain.review_state], "quiet" if closed else "plain"
            ),
            via=suggestion and suggestion.via,
        )

    @cached_property
    def letters(self):
        """Letters and documents among the hits, with the line that was meant.

        The line stands on the pages, so these few are looked at themselves.
        """
        return [
            {"row": row(brain), "snippet": snippet(brain.getObject(), self.text)}
            for brain in self.brains
            if brain.portal_type != "case_file"
        ]

    @property
    def batch(self):
        count = self.brains.actual_result_count
        end = min(self.start + BATCH, count)
        before = max(self.start - BATCH, 0)
        return {
            "start": self.start + 1,
            "end": end,
            "count": count,
            "before": self._url(self.kind, before) if self.start else None,
            "after": self._url(self.kind, end) if end < count else None,
        }
