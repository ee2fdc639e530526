"""The doors of a login at the OpenID provider."""

from eakte.login.admitting import admitted
from eakte.login.openid.flow import come_back
from eakte.login.openid.flow import farewell
from eakte.login.openid.flow import forget_way
from eakte.login.openid.flow import leave
from eakte.login.openid.plugin import PLUGIN
from eakte.login.openid.refusals import LoginRefused
from eakte.login.openid.refusals import Why
from eakte.login.placements import remember
from eakte.login.session import begin
from eakte.login.session import checked_by
from eakte.login.sources import OPENID
from plone import api
from plone.protect.interfaces import IDisableCSRFProtection
from Products.CMFPlone.browser.login.logout import LogoutView
from Products.Five.browser import BrowserView
from Products.PlonePAS.events import UserLoggedInEvent
from urllib.parse import urlencode
from urllib.parse import urlsplit
from zExceptions import NotFound
from zope.event import notify
from zope.interface import alsoProvides

import logging


REFUSED = "openid"
"""Name under which the login page's address tells why nobody was let in."""

CHECKED = "eakte.login.openid.checked"
"""Where the request keeps what the provider said: a code counts once there."""

logger = logging.getLogger("eakte.login")

OF_THE_DOOR = ("login", "logout", "logged-out", "require_login")
"""Pages that nobody wants to go on to."""


def provider():
    """Return the plugin of the OpenID provider, or None."""
    return api.portal.get_tool("acl_users").get(PLUGIN)


class Door(BrowserView):
    """What all ways have in common."""

    @property
    def plugin(self):
        if (plugin := provider()) is None:
            raise NotFound(self.__name__)
        return plugin

    def go(self, address):
        self.request.response.setHeader("Cache-Control", "no-store")
        self.request.response.redirect(address)

    def back_to_form(self, refused, came_from=""):
        """Tell on the login page what went wrong; passwords still open there."""
        said = {REFUSED: str(refused.why)}
        if came_from:
            said["came_from"] = came_from
        self.go(f"{api.portal.get().absolute_url()}/login?{urlencode(said)}")


class ToProvider(Door):
    """Sends the browser to the provider."""

    def __call__(self):
        try:
            self.go(leave(self.plugin, self.request))
        except LoginRefused as refused:
            self.back_to_form(refused, self.request.form.get("came_from", ""))


class FromProvider(Door):
    """Lets in whom the provider has checked and the office knows."""

    def __call__(self):
        plugin = self.plugin
        try:
            checked = self._checked(plugin)
            user = self._known(checked.person)
        except LoginRefused as refused:
            self.back_to_form(refused)
            return
        # The state has shown that this browser asked for it.
        alsoProvides(self.request, IDisableCSRFProtection)
        remember(user.getId(), OPENID, checked.groups)
        begin(user.getId(), self.request, OPENID, plugin.hours)
        notify(UserLoggedInEvent(user))
        logger.info("%r was let in by the OpenID provider", user.getId())
        self.go(self._going_on(checked.came_from))

    def _checked(self, plugin):
        """Ask once, also when the database has Zope do the request again."""
        if CHECKED not in self.request.environ:
            # The next try begins with what the request itself began with.
            checked = come_back(plugin, self.request)
            for environ in (self.request.environ, self.request._orig_env):
                environ[CHECKED] = checked
        forget_way(self.request)
        return self.request.environ[CHECKED]

    def _known(self, person):
        user = admitted(person)
        if user is None:
            logger.warning("The OpenID provider sent %r, who is nobody here", person)
            raise LoginRefused(Why.UNKNOWN)
        return user

    def _going_on(self, address):
        page = urlsplit(address).path.rstrip("/").rpartition("/")[2]
        portal = api.portal.get().absolute_url()
        return portal if page.lstrip("@") in OF_THE_DOOR else address


class Logout(LogoutView):
    """Ends the provider's login too, for whom it has let in."""

    def __call__(self):
        by_provider = checked_by(self.request) == OPENID and provider() is not None
        super().__call__()
        if not by_provider:
            return
        try:
            address = farewell(provider())
        except LoginRefused:
            # Here the login has ended; there it ends by itself.
            return
        if address:
            self.request.response.redirect(address)
