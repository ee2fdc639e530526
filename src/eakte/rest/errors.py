from eakte.errors import EakteError
from plone.rest.errors import ErrorHandling
from plone.rest.interfaces import IAPIRequest
from zope.component import adapter
from zope.i18n import translate


@adapter(EakteError, IAPIRequest)
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
