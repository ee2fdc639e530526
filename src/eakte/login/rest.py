"""plone.restapi's @login tells when to try again."""

from eakte import _
from eakte.login.gate import seconds_to_wait
from plone.restapi.services.auth.login import Login
from zope.i18n import translate


def try_again(request, seconds):
    """Return in words when the next attempt is heard."""
    return translate(
        _(
            "Too many wrong attempts. Try again in ${seconds} seconds.",
            mapping={"seconds": str(seconds)},
        ),
        context=request,
    )


class LoginPost(Login):
    """Log in; answers 429 with ``Retry-After`` while attempts are not heard."""

    def reply(self):
        answer = super().reply()
        seconds = seconds_to_wait(self.request)
        if "token" in answer or not seconds:
            return answer
        self.request.response.setStatus(429)
        self.request.response.setHeader("Retry-After", str(seconds))
        message = try_again(self.request, seconds)
        return {"error": {"type": "Too many attempts", "message": message}}
