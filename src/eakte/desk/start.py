"""Where the day begins."""

from AccessControl import Unauthorized
from eakte.desk.places import beginning
from eakte.desk.screen import Screen
from plone import api


class Start(Screen):
    """Leads to the box where the person's work lies.

    Somebody who only administers, or looks after data protection, has no box
    and is told what there is instead.
    """

    def __call__(self):
        if api.user.is_anonymous():
            raise Unauthorized("Log in first.")
        screen = beginning()
        if screen in (None, "find", "open-case-file"):
            return super().__call__()
        return self.request.response.redirect(f"{self.portal_url}/@@{screen}")

    @property
    def may_administer(self):
        return api.user.has_permission("Manage portal", obj=api.portal.get())

    @property
    def may_search(self):
        return beginning() is not None
