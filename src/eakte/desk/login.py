"""The door: name and password."""

from eakte.desk.screen import InFrame
from eakte.interfaces import IScreen
from eakte.login.gate import seconds_to_wait
from eakte.login.rest import try_again
from plone import api
from Products.CMFPlone.browser.login.login import LoginForm
from z3c.form import button
from zope.interface import implementer


@implementer(IScreen)
class Login(InFrame, LoginForm):
    """Plone's form in the frame of the desk."""

    handlers = LoginForm.handlers.copy()

    @button.handler(LoginForm.buttons["login"])
    def log_in(self, action):
        """Plone's own step, unless the attempt was not heard, or is the last for now.

        Then Plone's advice to look at the caps lock would mislead.
        """
        if api.user.is_anonymous() and self.seconds_to_wait:
            response = self.request.response
            response.expireCookie("__ac", path="/")
            response.setStatus(429, lock=1)
            response.setHeader("Retry-After", str(self.seconds_to_wait))
            return None
        return LoginForm.handleLogin(self, action)

    @property
    def seconds_to_wait(self):
        """Seconds after which the next attempt with this name is heard; 0: at once."""
        return seconds_to_wait(self.request)

    @property
    def refusal(self):
        """What is told to somebody who has to wait."""
        return try_again(self.request, self.seconds_to_wait)

    @property
    def came_from(self):
        """Where to go on to."""
        return self.widgets["came_from"].value or ""

    @property
    def typed_name(self):
        return self.widgets["ac_name"].value or ""

    @property
    def lacks_name(self):
        return bool(self.widgets["ac_name"].error)

    @property
    def lacks_password(self):
        return bool(self.widgets["ac_password"].error)
