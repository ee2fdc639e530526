"""The option to log in at an OpenID provider."""

from Acquisition import aq_base
from eakte.login.interfaces import ISourceOption
from eakte.login.openid.plugin import PLUGIN
from eakte.login.openid.plugin import Provider
from plone import api
from zope.interface import implementer


@implementer(ISourceOption)
class OpenIdOption:
    """Sets the plugin up as ``login.yaml`` says."""

    def set_up(self, source):
        folder = api.portal.get_tool("acl_users")
        if PLUGIN not in folder.objectIds():
            # No kind of plugin is activated: the login page is the only way to it.
            folder._setObject(PLUGIN, Provider(PLUGIN))
        wanted = {
            "title": source.title,
            "issuer": source.issuer.rstrip("/"),
            "client_id": source.client,
            "redirect_uris": ("/openid-return",),
            "scope": source.scope,
            "user_property_as_userid": source.person,
            "user_property_as_groupid": source.groups,
            "hours": source.hours,
            "ask_always": source.ask_always,
        }
        plugin = folder[PLUGIN]
        for name, value in wanted.items():
            if getattr(plugin.aq_base, name) != value:
                setattr(plugin, name, value)

    def in_force(self):
        folder = api.portal.get_tool("acl_users")
        return aq_base(folder[PLUGIN]).__getstate__() if PLUGIN in folder else None

    def groups_of(self, person):
        """A provider tells of groups only when the person logs in."""
        return None
