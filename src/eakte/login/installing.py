"""The gate in the site's user folder, and in the one above it."""

from eakte.login.gate import Gate
from eakte.login.gate import PLUGIN
from eakte.login.settings import apply_settings
from plone import api
from Products.PluggableAuthService.interfaces.authservice import IPluggableAuthService
from Products.PluggableAuthService.interfaces.plugins import IAuthenticationPlugin


def install_login():
    """Put the gates up and apply the settings; again changes nothing."""
    for folder in user_folders():
        if PLUGIN not in folder.objectIds():
            folder._setObject(PLUGIN, Gate(PLUGIN, "Slows the guessing of passwords"))
        if PLUGIN not in folder.plugins.listPluginIds(IAuthenticationPlugin):
            folder.plugins.activatePlugin(IAuthenticationPlugin, PLUGIN)
        folder.plugins.movePluginsTop(IAuthenticationPlugin, [PLUGIN])
    apply_settings()


def remove_login():
    """Take the site's gate out; the one above may stand for other sites too."""
    folder = api.portal.get_tool("acl_users")
    if PLUGIN in folder.objectIds():
        folder.plugins.removePluginById(PLUGIN)
        folder._delObject(PLUGIN)


def user_folders():
    """Return the site's user folder, and the one above: administrators stand there."""
    portal = api.portal.get()
    above = portal.getPhysicalRoot().acl_users
    return [portal.acl_users] + [above] * IPluggableAuthService.providedBy(above)
