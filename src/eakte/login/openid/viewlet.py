"""The button on the login page."""

from eakte.login.openid.browser import provider
from eakte.login.openid.browser import REFUSED
from eakte.login.openid.refusals import SAID
from plone import api
from plone.app.layout.viewlets.common import ViewletBase
from urllib.parse import urlencode


class Button(ViewletBase):
    """Leads to the provider, and from there back to where one wanted to go."""

    @property
    def is_shown(self):
        is_login = getattr(self.view, "__name__", "") == "login"
        return is_login and api.user.is_anonymous() and provider() is not None

    @property
    def refusal(self):
        """What went wrong the last time, or None."""
        why = self.request.form.get(REFUSED)
        return SAID.get(why) if isinstance(why, str) else None

    @property
    def title(self):
        return provider().title

    @property
    def address(self):
        came_from = self.view.came_from
        query = f"?{urlencode({'came_from': came_from})}" if came_from else ""
        return f"{api.portal.get().absolute_url()}/openid-login{query}"
