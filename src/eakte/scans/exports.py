"""Addresses of the archive copy: ``@@archive-copy`` and ``@archive-copy``."""

from eakte.scans.delivery import problem_answer
from eakte.scans.delivery import ScanAnswer
from eakte.scans.delivery import seal
from eakte.scans.exporting import ask_for_copy
from eakte.scans.exporting import copy_cache
from eakte.scans.exporting import copy_state
from eakte.scans.exporting import CopyStatus
from eakte.scans.interfaces import IScanPages
from functools import partial
from plone.namedfile.utils import filestream_range_iterator
from plone.namedfile.utils import safe_basename
from plone.protect import CheckAuthenticator
from plone.protect.interfaces import IDisableCSRFProtection
from plone.restapi.services import Service
from Products.Five.browser import BrowserView
from zExceptions import Forbidden
from zope.interface import alsoProvides
from zope.interface import implementer
from zope.publisher.interfaces import IPublishTraverse


FILE = "file"
"""What lies below the view."""


@implementer(IPublishTraverse)
class ArchiveCopyView(ScanAnswer, BrowserView):
    """``@@archive-copy``: GET says how far it is, POST asks for it.

    ``@@archive-copy/file`` is the copy itself, to be saved; 409 while there is none.
    """

    def __init__(self, context, request):
        super().__init__(context, request)
        self.pages = IScanPages(context)
        self.below = []

    @property
    def methods(self):
        """The copy itself is only delivered."""
        return ("GET", "HEAD") if self.below else ("GET", "HEAD", "POST")

    def publishTraverse(self, request, name):
        """Take the rest of the address."""
        self.below.append(name)
        return self

    def __call__(self):
        refusal = self.refuse()
        if refusal is not None:
            return refusal
        if self.below == [FILE]:
            return self.file()
        if self.below:
            return self.not_found()
        if self.request.method == "POST":
            return self.ask()
        return self.answer(200, state_answer(self.context, self.request))

    def ask(self):
        """Ask for the copy, for a form or script of ours."""
        try:
            CheckAuthenticator(self.request)
        except Forbidden:
            return self.answer(403, {"code": "forbidden"})
        ask_for_copy(self.context)
        return self.answer(200, state_answer(self.context, self.request))

    def file(self):
        """Stream the copy, or the part of it that is asked for."""
        state = copy_state(self.context)
        file = copy_cache().opened(state.name) if state.name else None
        if file is None:
            return self.answer(409, state_answer(self.context, self.request))
        with file:
            return self.save(
                state.name,
                file.seek(0, 2),
                "application/pdf",
                self.filename(),
                # By the descriptor: the name may be gone.
                partial(_part, f"/proc/self/fd/{file.fileno()}"),
            )

    def filename(self):
        """Return the scan's name, with the ending that fits."""
        name = safe_basename(self.pages.filename) or self.context.getId()
        stem = name.rpartition(".")[0] or name
        return f"{stem}-PDFA.pdf"


def _part(path, start, end):
    return filestream_range_iterator(path, "rb", start=start, end=end)


class ArchiveCopyGet(Service):
    """How far the archive copy is."""

    def reply(self):
        seal(self.request.response)
        base = self.context.absolute_url()
        state = state_answer(self.context, self.request)
        return {"@id": f"{base}/@archive-copy", **state}


class ArchiveCopyPost(ArchiveCopyGet):
    """Ask for the archive copy."""

    def reply(self):
        alsoProvides(self.request, IDisableCSRFProtection)
        ask_for_copy(self.context)
        return super().reply()


def state_answer(content, request):
    """Return what is known of a content's archive copy, in the user's language."""
    state = copy_state(content)
    address = None
    if state.status is CopyStatus.READY:
        address = f"{content.absolute_url()}/@@archive-copy/{FILE}"
    return {
        "status": str(state.status),
        "pages_done": state.pages_done,
        "page_count": state.page_count,
        "address": address,
        "problem": state.problem and problem_answer(state.problem, request),
        "findings": [problem_answer(each, request) for each in state.findings],
    }
