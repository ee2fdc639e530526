"""Who may see an object, and why."""

from AccessControl.PermissionRole import rolesForPermissionOn
from Acquisition import aq_chain
from Acquisition import aq_inner
from collections import defaultdict
from dataclasses import dataclass
from eakte import _
from eakte.access.excluding import members_with_cause
from eakte.casefile.content import ICaseFile
from eakte.login.installing import user_folders
from eakte.mailitem.content import IMailItem
from eakte.org.interfaces import Cause
from eakte.org.interfaces import IOffice
from eakte.org.places import name_of
from eakte.org.principals import circle_group
from eakte.org.principals import CIRCLES
from eakte.org.principals import desk_group
from eakte.org.principals import desk_people_group
from eakte.org.principals import guest_group
from eakte.org.principals import GUESTS
from eakte.org.principals import head_group
from eakte.org.principals import MAILROOM_GROUPS
from eakte.org.principals import parts_of_exclusion
from eakte.org.principals import registry_group
from eakte.org.principals import team_group
from eakte.org.principals import team_lead_group
from eakte.org.principals import team_people_group
from enum import StrEnum
from plone import api
from plone.uuid.interfaces import IUUID
from Products.PluggableAuthService.interfaces.plugins import IRoleAssignerPlugin
from zope.component import getUtility
from zope.globalrequest import getRequest
from zope.i18n import translate


class Why(StrEnum):
    """What opens the object to a group or a person."""

    TEAM = "team"
    DESK = "desk"
    LEAD = "lead"
    HEAD = "head"
    REGISTRY = "registry"
    FUNCTION = "function"
    """A function in the whole house, such as the mailroom's."""
    ROLE = "role"
    """A role that was given by hand, for this object or in the whole site."""
    GUEST = "guest"
    """Reads this case file for a time."""
    CIRCLE = "circle"
    """Named for a protected case file, which nobody else sees."""


@dataclass(frozen=True)
class Member:
    """A person of a group that may see the object."""

    id: str
    name: str
    cause: Cause | None = None
    """Why the person is one of the group for a time; None for a place of its own."""


@dataclass(frozen=True)
class Viewer:
    """A group or a person who may see the object."""

    id: str
    title: str
    why: str
    """One of ``Why``."""
    roles: tuple
    """The roles by which they may, as the rights are granted to roles."""
    members: tuple
    """The ``Member``s now; the person alone else."""

    @property
    def people(self):
        """Full names of the people."""
        return tuple(member.name for member in self.members)


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
    for role, principal in _given_in_the_house(may):
        allowing[principal].add(role)
    reasons = _reasons(content)
    viewers = [
        _viewer(principal, reasons, tuple(sorted(roles)))
        for principal, roles in allowing.items()
        if roles
    ]
    # Of the guests' group there is nothing to tell while nobody is in it.
    viewers = [each for each in viewers if each.why != Why.GUEST or each.members]
    return sorted(viewers, key=lambda viewer: viewer.title.lower())


def _given_in_the_house(roles):
    """Yield ``(role, principal)`` of roles in the whole site, and above it.

    Who administers the server is known above the site.
    """
    for folder in user_folders():
        for _name, plugin in folder.plugins.listPlugins(IRoleAssignerPlugin):
            for role in roles.intersection(plugin.listRoleIds()):
                for principal, _title in plugin.listAssignedPrincipals(role):
                    yield role, principal


def _reasons(content):
    """Return ``{group id: Why}`` of the groups that the content's place opens it to."""
    found = dict.fromkeys(MAILROOM_GROUPS.values(), Why.FUNCTION)
    for each in aq_chain(aq_inner(content)):
        if not (ICaseFile.providedBy(each) or IMailItem.providedBy(each)):
            continue
        department = getUtility(IOffice).department_of(each.team)
        found |= {
            team_group(each.team): Why.TEAM,
            team_people_group(each.team): Why.TEAM,
            team_lead_group(each.team): Why.LEAD,
            desk_group(each.desk): Why.DESK,
            desk_people_group(each.desk): Why.DESK,
            registry_group(department): Why.REGISTRY,
            head_group(department): Why.HEAD,
        }
        if ICaseFile.providedBy(each):
            found[guest_group(IUUID(each))] = Why.GUEST
            found[circle_group(IUUID(each))] = Why.CIRCLE
    return found


def _viewer(principal, reasons, roles):
    # Who is barred is not told here: the group goes by the name of the whole one.
    group, _barred = parts_of_exclusion(principal)
    title = _title_of(group)
    if title is None:
        name = name_of(principal)
        return Viewer(principal, name, Why.ROLE, roles, (Member(principal, name),))
    why = reasons.get(group, Why.ROLE)
    members = [
        Member(each, name_of(each), None if why == Why.CIRCLE else cause)
        for each, cause in members_with_cause(principal).items()
    ]
    members.sort(key=lambda member: member.name)
    return Viewer(group, title, why, roles, tuple(members))


def _title_of(group):
    """Return what people call the group, or None when it is none."""
    for begin, title in ((GUESTS, _("Guests")), (CIRCLES, _("Circle of persons"))):
        if group.startswith(begin):
            return translate(title, context=getRequest())
    known = api.group.get(groupname=group)
    return None if known is None else known.getProperty("title")
