from eakte.errors import EakteError
from eakte.interfaces import IEakteLayer
from eakte.rest.interfaces import IEakteAPIRequest
from plone.rest.errors import ErrorHandling
from plone.rest.interfaces import IAPIRequest
from zope.component import adapter
from zope.i18n import translate
from zope.interface import alsoProvides


def mark_request(event):
    """Let views for other systems go before those for browsers.

    The browser layer stands before plone.rest's own mark, so a screen for an
    error would answer a program too.
    """
    request = event.request
    if IAPIRequest.providedBy(request) and IEakteLayer.providedBy(request):
        alsoProvides(request, IEakteAPIRequest)


@adapter(EakteError, IEakteAPIRequest)
class EakteErrorView(ErrorHandling):
    """Answer with the status that the error names and with every reason.

    plone.rest finds the status by the name of the exception's class, so a
    subclass of BadRequest would answer 500. The lock keeps ours.
    """

    def __call__(self):
        self.request.response.setStatus(self.context.status, lock=1)
        return super().__call__()

    def render_exception(self, exception):
        result = super().render_exception(exception)
        reasons = [
            translate(reason, context=self.request) for reason in exception.reasons
        ]
        result["reasons"] = reasons
        result["message"] = " ".join(reasons)
        # A rule of the office refused; there is no mistake in the program to show.
        result.pop("traceback", None)
        return result
