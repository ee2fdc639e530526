"""What the screens' scripts ask for in between: short answers in JSON."""

from eakte import _
from eakte.casefile.finding import find_case_files
from eakte.casefile.states import State as CaseFileState
from eakte.casefile.states import TITLES
from eakte.desk.days import as_day
from eakte.desk.places import places
from eakte.desk.rows import NOT_READ
from eakte.desk.rows import scan_badge
from eakte.desk.rows import team_title
from eakte.scans.interfaces import IScanPages
from hashlib import sha256
from plone import api
from Products.Five.browser import BrowserView
from zope.i18n import translate

import json


LONGEST_TEXT = 200
"""Characters; what is longer is no name but a pasted text."""

MOST_ROWS = 10
"""Rows of a list that are asked about at once. The worker reads few at a time."""


class Answer(BrowserView):
    """An answer for the user at hand, and for nobody else: it is not kept."""

    def __call__(self):
        response = self.request.response
        response.setHeader("Content-Type", "application/json")
        response.setHeader("Cache-Control", "private, no-store")
        return json.dumps(self.answer())

    def say(self, message):
        return translate(message, context=self.request)


class WatchedAnswer(Answer):
    """An answer that is asked for again and again: 304 as long as it stays the same."""

    def __call__(self):
        body = super().__call__()
        response = self.request.response
        tag = f'"{sha256(body.encode()).hexdigest()[:32]}"'
        response.setHeader("ETag", tag)
        if self.request.get_header("If-None-Match") == tag:
            response.setStatus(304)
            return ""
        return body


class CaseFileSuggestions(Answer):
    """The case files that typed words may mean; only such as the user may see."""

    def answer(self):
        text = self.request.form.get("text", "")[:LONGEST_TEXT]
        return {"items": [self._shown(each) for each in find_case_files(text)]}

    def _shown(self, found):
        return {
            "uid": found.uid,
            "reference": found.reference,
            "title": found.title,
            "person": found.person,
            "born": found.birth_date and self.say(as_day(found.birth_date)),
            "team": team_title(found.team),
            "state": self.say(TITLES.get(found.state, found.state)),
            "closed": found.state == CaseFileState.CLOSED,
            "via": found.via
            and self.say(
                _("found by the other name ${name}", mapping={"name": found.via})
            ),
        }


class DeskCounts(WatchedAnswer):
    """How many letters wait where; for the figures in the navigation."""

    def answer(self):
        counts = {place.id: place.count for place in places()}
        return {name: count for name, count in counts.items() if count is not None}


class ReadingProgress(Answer):
    """How far recognition is with some letters of a list.

    The catalog learns of a recognition when it ends; in between the few scans
    that are asked about are looked at themselves.
    """

    def answer(self):
        uids = self.request.form.get("uid", [])
        uids = [uids] if isinstance(uids, str) else list(uids)
        brains = api.portal.get_tool("portal_catalog")(UID=uids[:MOST_ROWS] or [""])
        return {brain.UID: self._progress(brain) for brain in brains}

    def _progress(self, brain):
        # What holds no scan has no value here.
        status = brain.scan_status or None
        reading, badge = False, scan_badge(status, brain.scan_problem or None)
        if status in NOT_READ:
            pages = IScanPages(brain.getObject())
            reading = pages.status in NOT_READ
            badge = scan_badge(pages.status, pages.problem)
            if reading and pages.page_count and pages.pages_done:
                text = _(
                    "Text: page ${page} of ${count}",
                    mapping={
                        "page": str(pages.pages_done),
                        "count": str(pages.page_count),
                    },
                )
                return {"reading": True, "text": self.say(text), "tone": "quiet"}
        return {
            "reading": reading,
            "text": self.say(badge.text) if badge else "",
            "tone": badge.tone if badge else "",
        }
