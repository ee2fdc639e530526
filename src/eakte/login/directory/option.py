"""The option to have passwords checked by a directory."""

from Acquisition import aq_base
from eakte.login.directory.plugin import Directory
from eakte.login.directory.plugin import PLUGIN
from eakte.login.directory.plugin import SECONDS
from eakte.login.gate import PLUGIN as GATE
from eakte.login.interfaces import ISourceOption
from node.ext.ldap.scope import SUBTREE
from plone import api
from Products.PluggableAuthService.interfaces.plugins import IAuthenticationPlugin
from zope.interface import implementer


@implementer(ISourceOption)
class DirectoryOption:
    """Sets the plugin up as ``login.yaml`` says."""

    def set_up(self, source):
        folder = api.portal.get_tool("acl_users")
        if PLUGIN not in folder.objectIds():
            folder._setObject(PLUGIN, Directory(PLUGIN))
        if PLUGIN not in folder.plugins.listPluginIds(IAuthenticationPlugin):
            folder.plugins.activatePlugin(IAuthenticationPlugin, PLUGIN)
        folder.plugins.movePluginsTop(IAuthenticationPlugin, [GATE])
        plugin = folder[PLUGIN]
        for name, value in {
            "title": source.title,
            "hours": source.hours,
            "reads_groups": bool(source.groups),
        }.items():
            if getattr(plugin.aq_base, name) != value:
                setattr(plugin, name, value)
        wanted = settings_of(source)
        if dict(plugin.settings) != wanted:
            plugin.settings.clear()
            plugin.settings.update(wanted)

    def in_force(self):
        folder = api.portal.get_tool("acl_users")
        if PLUGIN not in folder:
            return None
        known = aq_base(folder[PLUGIN]).__getstate__()
        # The tree is the same object before and after.
        return known, repr(sorted(known.pop("settings").items()))

    def groups_of(self, person):
        return api.portal.get_tool("acl_users")[PLUGIN].groups_there(person)


def settings_of(source):
    """Return the settings as ``pas.plugins.ldap`` names them."""
    return {
        "server.uri": source.uri,
        "server.user": source.bind,
        # The secret comes from the environment, see ``plugin.Properties``.
        "server.password": "",
        "server.start_tls": source.start_tls,
        "server.tls_cacertfile": source.certificates,
        "server.conn_timeout": SECONDS,
        "server.op_timeout": SECONDS,
        "users.baseDN": source.people,
        "users.attrmap": {
            "rdn": source.person,
            "id": source.person,
            "login": source.person,
        },
        "users.scope": SUBTREE,
        "users.queryFilter": source.people_filter,
        "users.objectClasses": [source.people_class],
        "groups.baseDN": source.groups or source.people,
        "groups.attrmap": {"rdn": source.group, "id": source.group},
        "groups.scope": SUBTREE,
        "groups.queryFilter": source.groups_filter,
        "groups.objectClasses": [source.groups_class],
    }
