"""The door: name and password."""

from eakte.desk.screen import InFrame
from eakte.interfaces import IScreen
from Products.CMFPlone.browser.login.login import LoginForm
from zope.interface import implementer


@implementer(IScreen)
class Login(InFrame, LoginForm):
    """Plone's form in the frame of the desk."""

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
