"""What keeps watch over case files and letters stays as long as there are any.

Without the product, or without its plugins of the user folder, nobody would note who
reads, and nobody refuse what administrators give to themselves. So it is not removed
while something is there to be read: not in the control panel, not by the service, and
not by any of Zope's own pages.
"""

from eakte import _
from eakte.casefile.store import STORE_ID as CASE_FILES
from eakte.errors import NotAllowed
from eakte.login.gate import PLUGIN as GATE
from eakte.mailitem.store import STORE_ID as MAIL
from eakte.org.interfaces import IOffice
from eakte.org.memberships import PLUGIN as MEMBERSHIPS
from plone import api
from plone.browserlayer.interfaces import ILocalBrowserLayerType
from Products.PluggableAuthService.interfaces.plugins import IAuthenticationPlugin
from Products.PluggableAuthService.interfaces.plugins import IGroupsPlugin
from zope.component import queryUtility
from zope.component.hooks import getSite

import transaction


UNINSTALL = "profile-eakte:uninstall"

KEY = "eakte.access.staying"

STAYS = _(
    "The product stays as long as there are case files or letters: without it, who reads "
    "them would not be noted, and nothing refused to administrators."
)


def refuse_leaving(event):
    """Do not begin to remove the product."""
    if event.profile_id == UNINSTALL and _is_something_there():
        # Plone's control panel says only that something went wrong.
        api.portal.show_message(STAYS, api.portal.get().REQUEST, type="error")
        raise NotAllowed(STAYS)


def remember(event):
    """Keep what keeps watch before the request does its work."""
    if queryUtility(IOffice) is not None:
        event.request.other[KEY] = _watch()


def refuse_blinding(event):
    """Let the request change nothing when it took off a part of the watch."""
    before = event.request.other.get(KEY)
    if before is None or not transaction.get()._resources:
        return
    if before - _watch() and _is_something_there():
        raise NotAllowed(STAYS)


def _watch():
    """Return the names of what keeps watch and is in force."""
    site = getSite()
    found = set()
    if queryUtility(IOffice) is not None:
        found.add("office")
    if queryUtility(ILocalBrowserLayerType, name="eakte") is not None:
        found.add("layer")
    plugins = site.acl_users.plugins
    for kind, name in ((IGroupsPlugin, MEMBERSHIPS), (IAuthenticationPlugin, GATE)):
        if name in plugins.listPluginIds(kind):
            found.add(name)
    return frozenset(found)


def _is_something_there():
    portal = api.portal.get()
    return any(
        name in portal and portal[name].objectCount() for name in (CASE_FILES, MAIL)
    )
