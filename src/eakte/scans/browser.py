"""Addresses of pages and their text below the content.

They are asked for by scripts and by image elements. To these a redirect to the login
page would look like success, so the views themselves answer 401 to whoever may not
read the scan, 404 where there is nothing, and say it in JSON. They never write.
"""

from eakte.scanning.errors import Busy
from eakte.scanning.errors import ScanError
from eakte.scanning.errors import TimedOut
from eakte.scanning.errors import ToolFailed
from eakte.scanning.errors import ToolMissing
from eakte.scans.delivery import disposition
from eakte.scans.delivery import problem_answer
from eakte.scans.delivery import ScanAnswer
from eakte.scans.images import edition
from eakte.scans.images import page_image
from eakte.scans.images import WIDTHS
from eakte.scans.interfaces import IScanPages
from eakte.scans.interfaces import ScanStatus
from eakte.scans.problems import findings_of
from Products.Five.browser import BrowserView
from zope.interface import implementer
from zope.publisher.interfaces import IPublishTraverse

import json


PASSING = (TimedOut.code, ToolFailed.code, ToolMissing.code, Busy.code)
"""Problems of a page that may be gone when it is asked for again."""

BUSY_FOR = "3"
"""Seconds after which a page is asked for again that nobody had time to make."""


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

    def named(self, number, ending):
        """Return a Content-Disposition for a page that a browser shows."""
        name = self.pages.filename.rpartition(".")[0] or self.context.getId()
        return disposition("inline", f"{name}-{number:03}.{ending}")


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
            if error.code == Busy.code:
                self.request.response.setHeader("Retry-After", BUSY_FOR)
            return self.answer(status, self.problem(error.code))
        except ValueError:
            return self.not_found()
        self.let_keep(name)
        self.request.response.setHeader("Content-Type", "image/jpeg")
        self.request.response.setHeader(
            "Content-Disposition", self.named(number, "jpg")
        )
        return self.body(image)


class PageWords(PageView):
    """``@@page-text/<number>``: the words of one page and where they stand."""

    def show(self, number):
        page = self.pages.page(number)
        if page is None:
            return self.answer(200, self.nothing_yet(number))
        name = f"{self.pages.sha256}-{number}-text-{self.pages.tag(number)}"
        if self.is_known(name):
            return b""
        self.let_keep(name)
        self.request.response.setHeader("Content-Type", "application/json")
        self.request.response.setHeader(
            "Content-Disposition", self.named(number, "json")
        )
        return self.body(json.dumps(page_answer(page)).encode())

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
        "uncertain": page.is_uncertain,
        "image": image_answer(page.image),
    }


def image_answer(image):
    """Return a ``PageImage`` for scripts; None stays None."""
    if image is None:
        return None
    return {
        "width": image.width,
        "height": image.height,
        "dpi": round(image.dpi),
        "colour": str(image.colour),
        "findings": [str(finding) for finding in image.findings],
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
            "findings": [
                problem_answer(finding, self.request) for finding in findings_of(pages)
            ],
        }
