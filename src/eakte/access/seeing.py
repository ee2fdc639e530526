"""Who may see an object, and why."""

from AccessControl.PermissionRole import rolesForPermissionOn
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
    viewers = []
    for principal, roles in acl_users._getAllLocalRoles(content).items():
        allowing = tuple(sorted(may.intersection(roles)))
        if not allowing:
            continue
        viewers.append(_viewer(principal, allowing))
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
