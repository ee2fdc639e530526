from eakte.scans.browser import PageImage
from eakte.scans.browser import PageWords
from eakte.scans.browser import ScanAnswer
from eakte.scans.delivery import seal
from eakte.scans.interfaces import IScanPages
from eakte.viewer.description import description
from eakte.viewer.description import file_address
from eakte.viewer.description import options
from eakte.viewer.interfaces import IPlainScreen
from eakte.viewer.searching import find
from hashlib import sha256
from html import escape
from pathlib import Path
from plone import api
from Products.Five.browser import BrowserView
from zope.interface import implementer

import json


SIZES = {"small": "180", "normal": "700", "large": "1000"}
"""documentviewer's names of sizes -> width in pixels."""

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

    def __call__(self):
        # In a page the page's own policy holds; what a script fetches has none yet.
        if not self.request.response.getHeader("Content-Security-Policy"):
            seal(self.request.response)
        return self.index()

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


@implementer(IPlainScreen)
class DocumentViewer(BrowserView):
    """The viewer as a page of its own, over the whole width."""

    def __call__(self):
        for column in ("plone.leftcolumn", "plone.rightcolumn"):
            self.request.set(f"disable_{column}", True)
        self.request.response.setHeader("Cache-Control", "private, no-store")
        return self.index()


class Answer(ScanAnswer, BrowserView):
    """An answer in JSON to whoever may read the scan."""

    def __call__(self):
        self.pages = IScanPages(self.context)
        return self.refuse() or self.answer(200, self.found())


class ViewerData(Answer):
    """``dv_data``: what documentviewer's viewer asks for first."""

    def found(self):
        """Return the description of the document."""
        return description(self.context, self.request)


class ViewerSearch(Answer):
    """``dv-search.json``: documentviewer's answer, with the place of each hit."""

    def found(self):
        """Return the pages with hits; ``query`` is safe to be set into a page."""
        query = self.request.form.get("q", "")[:LONGEST_QUERY]
        found = find(self.pages, query)
        return {
            "query": escape(query),
            "matches": sum(len(boxes) for boxes in found.hits.values()),
            "results": sorted(found.hits),
            "hits": found.hits,
            "divided": found.divided,
            "snippets": found.snippets,
            "truncated": found.truncated,
        }


class SizedPage(PageImage):
    """``dv-page/<number>/<size>``: a page in a size that documentviewer names."""

    def publishTraverse(self, request, name):
        """Take the number of the page, then the name of the size."""
        return super().publishTraverse(request, SIZES.get(name, name))


class PlainPageText(PageWords):
    """``dv-page-text/<number>``: the text of a page and nothing else."""

    def show(self, number):
        page = self.pages.page(number)
        response = self.request.response
        response.setHeader("Content-Type", "text/plain; charset=utf-8")
        response.setHeader("Content-Disposition", self.named(number, "txt"))
        seal(response)
        return self.body(page.text.encode() if page is not None else b"")


class FileAddress(BrowserView):
    """documentviewer's ``pdf``: where the file is."""

    def __call__(self):
        return self.request.response.redirect(file_address(self.context))


class NoConversion(BrowserView):
    """In place of documentviewer's conversion: there is nothing to convert."""

    def __call__(self):
        return self.request.response.redirect(f"{self.context.absolute_url()}/view")
