"""Who may see an object, and why."""

from AccessControl.PermissionRole import rolesForPermissionOn
from collections import defaultdict
from dataclasses import dataclass
from plone import api


@dataclass(frozen=True)
class Viewer:
    """A group or a person who may see the object."""

    id: str
    title: str
    roles: tuple
    """The roles by which they may, as the rights are granted to roles."""
    people: tuple
    """Full names of the group's people now; the person's own name else."""


def who_may_see(content):
    """Return who may see the content, groups first, in the order of their titles.

    Computed from the same roles that decide about every access.
    """
    may = set(rolesForPermissionOn("View", content))
    acl_users = api.portal.get_tool("acl_users")
    allowing = defaultdict(set)
    for principal, roles in acl_users._getAllLocalRoles(content).items():
        allowing[principal].update(may.intersection(roles))
    # The mailroom's roles are granted in the whole site, not on each letter.
    for role in may.intersection(acl_users.portal_role_manager.listRoleIds()):
        for principal, _ in acl_users.portal_role_manager.listAssignedPrincipals(role):
            allowing[principal].add(role)
    viewers = [
        _viewer(principal, tuple(sorted(roles)))
        for principal, roles in allowing.items()
        if roles
    ]
    return sorted(viewers, key=lambda viewer: viewer.title.lower())


def _viewer(principal, roles):
    group = api.group.get(groupname=principal)
    if group is None:
        user = api.user.get(userid=principal)
        name = (user and user.getProperty("fullname")) or principal
        return Viewer(principal, name, roles, (name,))
    members = api.user.get_users(group=group)
    names = sorted(user.getProperty("fullname") or user.getId() for user in members)
    return Viewer(principal, group.getProperty("title"), roles, tuple(names))
