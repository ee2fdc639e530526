"""Addresses of pages, text and file below the content.

They are asked for by scripts and by image elements. To these a redirect to the login
page would look like success, so the views themselves answer 401 to whoever may not
read the scan, 404 where there is nothing, and say it in JSON. They never write.
"""

from eakte.scanning.errors import ScanError
from eakte.scanning.errors import TimedOut
from eakte.scanning.errors import ToolFailed
from eakte.scanning.errors import ToolMissing
from eakte.scans.facts import file_of
from eakte.scans.images import edition
from eakte.scans.images import page_image
from eakte.scans.images import WIDTHS
from eakte.scans.interfaces import IScanPages
from eakte.scans.interfaces import ScanStatus
from eakte.scans.problems import problem_named
from plone.namedfile.browser import Download
from plone.namedfile.utils import set_headers
from Products.Five.browser import BrowserView
from zope.i18n import translate
from zope.interface import implementer
from zope.publisher.interfaces import IPublishTraverse
from zope.publisher.interfaces import NotFound

import json


PASSING = (TimedOut.code, ToolFailed.code, ToolMissing.code)
"""Problems of a page that may be gone when it is asked for again."""


class ScanAnswer:
    """What the answers about a scan have in common."""

    def refuse(self):
        """Say that the user may not read the scan; return None if one may."""
        if not self.pages.may_read():
            return self.answer(401, {"code": "unauthorized"})
        return None

    def answer(self, status, content):
        """Answer in JSON."""
        response = self.request.response
        response.setStatus(status, lock=1)
        response.setHeader("Content-Type", "application/json")
        response.setHeader("Cache-Control", "private, no-store")
        response.setHeader("X-Content-Type-Options", "nosniff")
        return json.dumps(content)

    def is_known(self, name):
        """Say whether the user's browser has this already; then answer 304."""
        known = self.request.getHeader("If-None-Match", "")
        if f'"{name}"' not in [e.strip().removeprefix("W/") for e in known.split(",")]:
            return False
        self.request.response.setStatus(304, lock=1)
        self.let_keep(name)
        return True

    def let_keep(self, name):
        """Let the user's browser keep what never changes under this name.

        It asks each time whether it may show it, since rights may change.
        """
        response = self.request.response
        response.setHeader("ETag", f'"{name}"')
        response.setHeader("Cache-Control", "private, no-cache")
        response.setHeader("X-Content-Type-Options", "nosniff")

    def problem(self, code):
        """Return a problem in the user's language."""
        problem = problem_named(code)
        return {
            "code": problem.code,
            "title": translate(problem.title, context=self.request),
            "explanation": translate(problem.explanation, context=self.request),
            "ways": list(problem.ways),
        }


@implementer(IPublishTraverse)
class PageView(ScanAnswer, BrowserView):
    """A view whose address goes on with numbers."""

    parts = 1

    def __init__(self, context, request):
        super().__init__(context, request)
        self.pages = IScanPages(context)
        self.numbers = []

    def publishTraverse(self, request, name):
        """Take a number from the address; anything else leads nowhere."""
        self.numbers.append(int(name) if name.isascii() and name.isdigit() else 0)
        return self

    def __call__(self):
        refusal = self.refuse()
        if refusal is not None:
            return refusal
        if len(self.numbers) != self.parts or not self.exists(self.numbers[0]):
            return self.not_found()
        return self.show(*self.numbers)

    def exists(self, number):
        """Say whether there is such a page, as far as that is known."""
        if self.pages.page_count:
            return 1 <= number <= self.pages.page_count
        # Nobody has looked into the file yet. The engine will know.
        return number >= 1 and self.pages.status is ScanStatus.WAITING

    def not_found(self):
        """Say that there is no such page."""
        return self.answer(404, {"code": "not-found"})


class PageImage(PageView):
    """``@@page/<number>/<width>``: one page as JPEG, made when it is looked at."""

    parts = 2

    def show(self, number, width):
        if width not in WIDTHS:
            return self.not_found()
        name = edition(self.pages, number, width)
        if self.is_known(name):
            return b""
        try:
            image = page_image(self.context, self.pages, number, width)
        except ScanError as error:
            status = 503 if error.code in PASSING else 422
            return self.answer(status, self.problem(error.code))
        except ValueError:
            return self.not_found()
        self.let_keep(name)
        self.request.response.setHeader("Content-Type", "image/jpeg")
        return image


class PageWords(PageView):
    """``@@page-text/<number>``: the words of one page and where they stand."""

    def show(self, number):
        page = self.pages.page(number)
        if page is None:
            return self.answer(200, self.nothing_yet(number))
        name = f"{self.pages.sha256}-{number}-text"
        if self.is_known(name):
            return b""
        self.let_keep(name)
        self.request.response.setHeader("Content-Type", "application/json")
        return json.dumps(page_answer(page))

    def nothing_yet(self, number):
        """Return the answer for a page that was not read."""
        code = self.pages.broken_pages.get(number)
        status = ScanStatus.FAILED if code else self.pages.status
        if status is ScanStatus.DONE:
            # Its words come with the next look into the database.
            status = ScanStatus.RUNNING
        answer = {"number": number, "text": "", "words": [], "status": str(status)}
        if code:
            answer["problem"] = self.problem(code)
        return answer


def page_answer(page):
    """Return a ``PageText`` for scripts.

    Words are ``[text, left, top, right, bottom, confidence]``, the box in fractions
    of the page as displayed, origin top left.
    """
    return {
        "number": page.number,
        "text": page.text,
        "words": [
            [
                word.text,
                round(word.left, 5),
                round(word.top, 5),
                round(word.right, 5),
                round(word.bottom, 5),
                word.confidence,
            ]
            for word in page.words
        ],
        "status": str(ScanStatus.DONE),
        "confidence": page.confidence,
        "rotation": page.rotation,
        "blank": page.blank,
        "origin": str(page.origin),
    }


class ScanState(ScanAnswer, BrowserView):
    """``@@scan-status``: how far recognition is, and what is wrong."""

    def __call__(self):
        self.pages = IScanPages(self.context)
        return self.refuse() or self.answer(200, self.state())

    def state(self):
        """Return it for scripts, in the user's language."""
        pages = self.pages
        return {
            "status": str(pages.status),
            "pages_done": pages.pages_done,
            "page_count": pages.page_count,
            "problem": self.problem(pages.problem) if pages.problem else None,
            "findings": [self.problem(finding) for finding in pages.findings],
        }


class ScanFile(ScanAnswer, Download):
    """``@@scan``: the file as it came, to be saved; streamed, also in parts."""

    def __call__(self):
        self.pages = IScanPages(self.context)
        refusal = self.refuse()
        if refusal is not None:
            return refusal
        if file_of(self.context) is None:
            return self.answer(404, {"code": "not-found"})
        return super().__call__()

    def publishTraverse(self, request, name):
        """Nothing lies below: which file it is, is no matter of the address."""
        raise NotFound(self, name, request)

    def set_headers(self, file):
        """Have it saved, never shown as a page of ours."""
        response = self.request.response
        set_headers(
            file, response, filename=self.pages.filename or self.context.getId()
        )
        response.setHeader("Content-Type", self.pages.media_type)
        response.setHeader("X-Content-Type-Options", "nosniff")
        response.setHeader("Cache-Control", "private, no-cache")

    def _getFile(self):
        return file_of(self.context)
