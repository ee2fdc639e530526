"""The file as it came, whatever address it is asked for by: saved, never shown.

Plone has addresses of its own for files. For scans they lead here: the same right, and
no PDF is opened by a browser's plugin on a page of ours.
"""

from eakte.scans.delivery import ScanAnswer
from eakte.scans.delivery import seal
from eakte.scans.facts import file_of
from eakte.scans.interfaces import IHasScan
from eakte.scans.interfaces import IScanPages
from functools import partial
from plone.formwidget.namedfile.widget import Download as DownloadOfWidget
from plone.namedfile.browser import ALLOWED_INLINE_MIMETYPES
from plone.namedfile.browser import DisplayFile
from plone.namedfile.browser import Download
from plone.namedfile.scaling import ImageScale
from plone.namedfile.scaling import ImageScaling
from plone.namedfile.utils import safe_basename
from plone.namedfile.utils import stream_data
from Products.Five.browser import BrowserView
from zope.interface import implementer
from zope.publisher.interfaces import IPublishTraverse
from zope.publisher.interfaces import NotFound


@implementer(IPublishTraverse)
class ScanFile(ScanAnswer, BrowserView):
    """``@@scan``: the file as it came, to be saved; streamed, also in parts."""

    def __init__(self, context, request):
        super().__init__(context, request)
        self.pages = IScanPages(context)

    def publishTraverse(self, request, name):
        """Nothing lies below: which file it is, is no matter of the address."""
        raise NotFound(self, name, request)

    def __call__(self):
        refusal = self.refuse()
        if refusal is not None:
            return refusal
        file = file_of(self.context)
        if file is None:
            return self.not_found()
        return self.save(
            self.pages.sha256,
            file.getSize(),
            self.pages.media_type,
            safe_basename(self.pages.filename) or self.context.getId(),
            partial(stream_data, file),
        )


class PloneDownload(ScanFile):
    """``@@download/scan/<name>`` and ``@@display-file/scan/<name>``.

    Who may not even see the content is led to the login, as Plone does with these.
    """

    def __init__(self, context, request):
        super().__init__(context, request)
        self._steps = 0

    def publishTraverse(self, request, name):
        """Take the name of the field and, if need be, any name of the file."""
        self._steps += 1
        if self._steps > 2 or (self._steps == 1 and name != "scan"):
            raise NotFound(self, name, request)
        return self


class WidgetDownload(DownloadOfWidget):
    """``@@download`` of a form's widget: of our content it is ``@@scan``."""

    def __call__(self):
        form = self.context.form
        content = self.context.context if form is None else form.getContent()
        if IHasScan.providedBy(content):
            return ScanFile(content, self.request)()
        seal(self.request.response)
        return super().__call__()


def no_raw_file(content):
    """Refuse WebDAV and FTP: they know neither the right to a scan nor its evidence.

    Reading asks for ``View`` only, and writing would put another file in its place.
    """


@implementer(IPublishTraverse)
class NoImages(BrowserView):
    """``@@images``: a scan is no picture of Plone's; its pages are, see ``@@page``."""

    def publishTraverse(self, request, name):
        """Nothing lies below."""
        raise NotFound(self, name, request)

    def __call__(self):
        raise NotFound(self.context, "images", self.request)

    def tag(self, *args, **options):
        """Return None: Plone's lists show no picture then."""


SHOWN = [each for each in ALLOWED_INLINE_MIMETYPES if each != "application/pdf"]
"""What Plone shows of its own File type, but no PDF."""


class SealedDownload(Download):
    """``@@download`` of Plone's File, with which nothing is run."""

    def set_headers(self, file):
        super().set_headers(file)
        seal(self.request.response)


class SealedDisplay(DisplayFile):
    """``@@display-file`` of Plone's File: a PDF is saved."""

    allowed_inline_mimetypes = SHOWN
    use_denylist = False

    def set_headers(self, file):
        super().set_headers(file)
        seal(self.request.response)


class SealedScale(ImageScale):
    """A file as ``@@images`` gives it: a PDF is saved."""

    allowed_inline_mimetypes = SHOWN
    use_denylist = False

    def set_headers(self, response=None):
        super().set_headers(response)
        seal(response or self.request.response)


class SealedImages(ImageScaling):
    """``@@images`` of Plone's File."""

    _scale_view_class = SealedScale
