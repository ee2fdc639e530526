"""The plugin of the user folder that makes computed members of groups."""

from AccessControl import ClassSecurityInfo
from AccessControl.class_init import InitializeClass
from eakte.org.interfaces import IMemberships
from plone import api
from Products.PlonePAS.interfaces.group import IGroupIntrospection
from Products.PluggableAuthService.interfaces.plugins import IGroupsPlugin
from Products.PluggableAuthService.plugins.BasePlugin import BasePlugin
from zope.component import getUtilitiesFor
from zope.interface import implementer


PLUGIN = "eakte_memberships"
"""Id of the plugin in the site's user folder."""


@implementer(IGroupsPlugin, IGroupIntrospection)
class Memberships(BasePlugin):
    """Adds the groups that the ``IMemberships`` compute to those that are stored.

    It stores nothing: when a rule no longer holds, neither does the membership.
    """

    meta_type = "eakte Memberships"
    security = ClassSecurityInfo()

    def __init__(self, plugin_id, title=""):
        self._setId(plugin_id)
        self.title = title

    @security.private
    def getGroupsForPrincipal(self, principal, request=None):
        """See IGroupsPlugin."""
        person = principal.getId()
        return tuple(
            sorted({group for rule in rules() for group in rule.groups_of(person)})
        )

    @security.private
    def getGroupMembers(self, group_id):
        """See IGroupIntrospection."""
        return tuple(sorted(causes(group_id)))

    @security.private
    def getGroupById(self, group_id, default=None):
        """No group begins here: the office's files name them."""
        return default

    @security.private
    def getGroups(self):
        """See ``getGroupById``."""
        return ()

    @security.private
    def getGroupIds(self):
        """See ``getGroupById``."""
        return ()


InitializeClass(Memberships)


def rules():
    """Return every ``IMemberships``, in the order of their names."""
    return [rule for _, rule in sorted(getUtilitiesFor(IMemberships))]


def causes(group_id):
    """Return ``{person id: Cause}`` of the group's computed members."""
    found = {}
    for rule in rules():
        for person, cause in rule.members_of(group_id).items():
            found.setdefault(person, cause)
    return found


def stored_groups(person_id):
    """Return the ids of the groups that the person is a member of by a stored place.

    Whichever plugin stores it; what is computed is left out.
    """
    acl_users = api.portal.get_tool("acl_users")
    user = acl_users.getUserById(person_id)
    if user is None:
        return frozenset()
    return frozenset(
        group
        for name, plugin in acl_users.plugins.listPlugins(IGroupsPlugin)
        # The last one answers with what the others have said.
        if name not in (PLUGIN, "recursive_groups")
        for group in plugin.getGroupsForPrincipal(user)
    )


def stored_members(group_id):
    """Return the ids of the group's members by a stored place."""
    acl_users = api.portal.get_tool("acl_users")
    return frozenset(
        member
        for name, plugin in acl_users.plugins.listPlugins(IGroupIntrospection)
        if name != PLUGIN
        for member in plugin.getGroupMembers(group_id)
    )


def install_plugin():
    """Put the plugin into the site's user folder and let it be asked; once."""
    acl_users = api.portal.get_tool("acl_users")
    if PLUGIN not in acl_users.objectIds():
        acl_users._setObject(PLUGIN, Memberships(PLUGIN, "Deputies and other members"))
    for kind in (IGroupsPlugin, IGroupIntrospection):
        if PLUGIN not in acl_users.plugins.listPluginIds(kind):
            acl_users.plugins.activatePlugin(kind, PLUGIN)


def remove_plugin():
    """Take the plugin out again."""
    acl_users = api.portal.get_tool("acl_users")
    if PLUGIN in acl_users.objectIds():
        acl_users.plugins.removePluginById(PLUGIN)
        acl_users._delObject(PLUGIN)
