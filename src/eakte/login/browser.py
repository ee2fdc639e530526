"""What a screen's script asks: how long the login still holds, and to let it go on."""

from eakte.login.session import renew
from eakte.login.session import seconds_left
from eakte.login.session import session_plugin
from Products.Five.browser import BrowserView

import json


class SessionLeft(BrowserView):
    """Answers ``{"left": seconds}``; asking changes nothing."""

    def __call__(self):
        return self.said(seconds_left(self.request))

    def said(self, left):
        response = self.request.response
        response.setHeader("Content-Type", "application/json")
        response.setHeader("Cache-Control", "private, no-store")
        return json.dumps({"left": left or 0})


class SessionStay(SessionLeft):
    """Begins the minutes anew: somebody works at the screen."""

    def __call__(self):
        # Only a form or a script of this site sends the cookie with a POST.
        if self.request.method != "POST":
            return super().__call__()
        if renew(self.request):
            return self.said(session_plugin().timeout)
        return super().__call__()
