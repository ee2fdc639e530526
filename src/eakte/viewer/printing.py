"""``@@printed-pages``: pages of a scan go to a printer, which is said before."""

from eakte.scans.delivery import ScanAnswer
from eakte.scans.interfaces import IScanPages
from eakte.viewer.interfaces import IPagesPrinted
from plone.protect import CheckAuthenticator
from Products.Five.browser import BrowserView
from zExceptions import Forbidden
from zope.event import notify
from zope.interface import implementer


PRINTED = "printed-pages"


@implementer(IPagesPrinted)
class PagesPrinted:
    """Somebody prints pages of a scan."""

    def __init__(self, content, first, last):
        self.content = content
        self.first = first
        self.last = last


class PrintedPages(ScanAnswer, BrowserView):
    """POST ``first`` and ``last``; the viewer prints when this was answered with 200."""

    def __call__(self):
        self.pages = IScanPages(self.context)
        if self.request.method != "POST":
            return self.answer(405, {"code": "method-not-allowed"})
        try:
            CheckAuthenticator(self.request)
        except Forbidden:
            return self.answer(403, {"code": "forbidden"})
        first, last = self.number("first"), self.number("last")
        if not 1 <= first <= last <= self.pages.page_count:
            return self.answer(400, {"code": "no-such-pages"})
        notify(PagesPrinted(self.context, first, last))
        return self.answer(200, {"first": first, "last": last})

    def number(self, name):
        """Return the number that was sent, 0 for what is none."""
        said = self.request.form.get(name, "")
        return int(said) if said.isascii() and said.isdigit() else 0
