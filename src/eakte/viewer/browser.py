from eakte.scans.interfaces import IScanPages
from eakte.viewer.description import description
from eakte.viewer.description import file_address
from eakte.viewer.description import options
from eakte.viewer.description import recognition
from eakte.viewer.searching import find
from hashlib import sha256
from html import escape
from pathlib import Path
from plone import api
from Products.Five.browser import BrowserView

import json


LONGEST_QUERY = 200
"""Characters; what is longer is no search but a pasted text."""


def edition_of_scripts():
    """Return a name for the scripts and styles as they are now.

    It stands in their address, so that a browser may keep them for ever.
    """
    files = sorted(Path(__file__).with_name("static").iterdir())
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]


EDITION = edition_of_scripts()


class ViewerPane(BrowserView):
    """The viewer as a part of a page.

    Inside an element of the class ``eakte-viewer-filled`` it is as high as that.
    """

    @property
    def static(self):
        """The address of the scripts and styles."""
        portal_url = api.portal.get().absolute_url()
        return f"{portal_url}/++plone++eakte.viewer/++unique++{EDITION}"

    @property
    def pattern_options(self):
        return json.dumps(options(self.context, self.request))

    @property
    def file_address(self):
        return file_address(self.context)


class DocumentViewer(BrowserView):
    """The viewer as a page of its own, over the whole width."""

    def __call__(self):
        for column in ("plone.leftcolumn", "plone.rightcolumn"):
            self.request.set(f"disable_{column}", True)
        return self.index()


class Answer(BrowserView):
    """An answer in JSON about one document; it is nobody else's, so it is not kept."""

    def __call__(self):
        response = self.request.response
        response.setHeader("Content-Type", "application/json")
        response.setHeader("Cache-Control", "private, no-store")
        return json.dumps(self.answer())


class ViewerData(Answer):
    """What documentviewer's viewer asks for first."""

    def answer(self):
        return description(self.context)


class ViewerStatus(Answer):
    """How far recognition is: asked again and again, so as short as can be."""

    def answer(self):
        return recognition(IScanPages(self.context))


class ViewerSearch(Answer):
    """documentviewer's search answer, with the place of each hit."""

    def answer(self):
        query = self.request.form.get("q", "")[:LONGEST_QUERY]
        found = find(IScanPages(self.context), query)
        return {
            "query": escape(query),
            "matches": sum(len(boxes) for boxes in found.hits.values()),
            "results": sorted(found.hits),
            "hits": found.hits,
            "snippets": found.snippets,
            "truncated": found.truncated,
        }


class FileAddress(BrowserView):
    """documentviewer's ``pdf``: where the file is."""

    def __call__(self):
        return self.request.response.redirect(file_address(self.context))


class NoConversion(BrowserView):
    """In place of documentviewer's conversion: there is nothing to convert."""

    def __call__(self):
        return self.request.response.redirect(f"{self.context.absolute_url()}/view")
