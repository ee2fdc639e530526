"""Where the day begins."""

from AccessControl import Unauthorized
from eakte.desk.places import beginning
from eakte.desk.screen import Screen
from plone import api


class Start(Screen):
    """Leads to the box where the person's work lies.

    Somebody without a box, such as the head of a department, begins with the
    search. An administrator has neither and is told what there is instead.
    """

    def __call__(self):
        if api.user.is_anonymous():
            raise Unauthorized("Log in first.")
        if screen := beginning():
            return self.request.response.redirect(f"{self.portal_url}/@@{screen}")
        return super().__call__()

    @property
    def may_administer(self):
        return api.user.has_permission("Manage portal", obj=api.portal.get())
