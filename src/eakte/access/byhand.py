"""Roles that somebody gives by hand, past the places of the office.

The roles by which one works with case files follow from a place. Given in the whole site,
one would open every case file of every department: no request leaves one more there. Nor
one of those that hold in the whole house, the mailroom's and data protection's: these the
office's files give to groups of their own. And
what is closed to somebody is not opened again by a role on the object: while the case
file is closed such roles say nothing, and no request leaves one more of them.
"""

from AccessControl import getSecurityManager
from AccessControl.interfaces import IRoleManager
from Acquisition import aq_base
from Acquisition import aq_chain
from Acquisition import aq_inner
from borg.localrole.default_adapter import DefaultLocalRoleAdapter
from eakte import _
from eakte.casefile.content import ICaseFile
from eakte.document.content import ICaseDocument
from eakte.errors import NotAllowed
from eakte.interfaces import IEakteLayer
from eakte.mailitem.content import IMailItem
from eakte.org.groups import groups_of_plan
from eakte.org.interfaces import IOffice
from eakte.org.roles import CASE_WORKER
from eakte.org.roles import DATA_PROTECTION_OFFICER
from eakte.org.roles import DEPARTMENT_HEAD
from eakte.org.roles import GUEST
from eakte.org.roles import INTEGRATION_ACCOUNT
from eakte.org.roles import MAILROOM_LEAD
from eakte.org.roles import QUALITY_CHECKER
from eakte.org.roles import RECORDS_MANAGER
from eakte.org.roles import REGISTRY
from eakte.org.roles import SCAN_OPERATOR
from eakte.org.roles import TEAM_LEAD
from eakte.rest.body import object_of_body
from plone import api
from plone.dexterity.interfaces import IDexterityContent
from plone.rest.traverse import RESTWrapper
from plone.restapi.deserializer.local_roles import DeserializeFromJson
from zope.component import adapter
from zope.component import getUtility
from zope.component import queryUtility

import transaction


OF_PLACES = frozenset(
    {CASE_WORKER, DEPARTMENT_HEAD, GUEST, RECORDS_MANAGER, REGISTRY, TEAM_LEAD}
)
"""Roles that follow from a place in a department, and are granted on each object."""

OF_THE_HOUSE = frozenset(
    {
        DATA_PROTECTION_OFFICER,
        INTEGRATION_ACCOUNT,
        MAILROOM_LEAD,
        QUALITY_CHECKER,
        SCAN_OPERATOR,
    }
)
"""Roles that the office's files give, in the whole site, to groups of their own."""

NOBODY_S = OF_PLACES | OF_THE_HOUSE
"""Roles that nobody gives by hand."""

CONTENT = (ICaseFile, ICaseDocument, IMailItem)

KEY = "eakte.access.byhand"

NOT_BY_HAND = _(
    "Nobody is given this role here by hand: who may see it follows from places in the "
    "office and from the circle."
)

ASSIGNING = ("Manage users", "Plone Site Setup: Users and Groups")
"""Permissions, one of which everybody has who gives roles in the whole site."""


@adapter(IDexterityContent)
class RolesByHand(DefaultLocalRoleAdapter):
    """The roles that stand on the object itself; none in a case file that is closed."""

    @property
    def _rolemap(self):
        return {} if lies_in_closed(self.context) else super()._rolemap


@adapter(IRoleManager, IEakteLayer)
class RolesFromJson(DeserializeFromJson):
    """Refuses roles of places; plone.restapi leaves out silently what nobody delegates.

    A client would believe that it had given them.
    """

    def __call__(self):
        entries = object_of_body(self.request).get("entries")
        for entry in entries if isinstance(entries, list) else ():
            roles = entry.get("roles") if isinstance(entry, dict) else None
            if isinstance(roles, dict) and any(map(roles.get, NOBODY_S)):
                raise NotAllowed(NOT_BY_HAND)
        return super().__call__()


def lies_in_closed(content):
    """Whether the content is, or lies in, a case file that is protected or barred."""
    for each in aq_chain(aq_inner(content)):
        if ICaseFile.providedBy(each):
            return bool(each.protection or each.barred)
    return False


def remember(event):
    """Keep which roles there are by hand before the request does its work."""
    request = event.request
    if queryUtility(IOffice) is not None:
        request.other[KEY] = _in_site(), _on_the_way(request)


def refuse(event):
    """Let the request change nothing when it gave a role that is not given by hand."""
    before = event.request.other.get(KEY)
    if before is None or not transaction.get()._resources:
        return
    in_site, on_the_way = before
    if _in_site() - in_site:
        raise NotAllowed(
            _(
                "This role follows from a place in the office: nobody is given it in "
                "the whole site."
            )
        )
    for content, given in on_the_way:
        if _given_on(content) - given:
            raise NotAllowed(NOT_BY_HAND)


def _in_site():
    """Return ``(principal, role)`` of what nobody gives by hand in the whole site.

    Empty for users who give no roles there.
    """
    acl_users = api.portal.get_tool("acl_users")
    may = getSecurityManager().checkPermission
    if not any(may(permission, acl_users) for permission in ASSIGNING):
        return frozenset()
    return given_by_hand(acl_users.portal_role_manager)


def given_by_hand(role_manager):
    """Return ``(principal, role)`` of what the office's files have not given."""
    groups = groups_of_plan(getUtility(IOffice).plan)
    return frozenset(
        (principal, role)
        for principal, roles in role_manager._principal_roles.items()
        for role in NOBODY_S.intersection(roles)
        if principal not in groups or role not in groups[principal].roles
    )


def _on_the_way(request):
    """Return ``(object, (principal, role)s)`` of all that the address leads through."""
    ways = [
        each.context if isinstance(each, RESTWrapper) else each
        for each in request["PARENTS"]
    ]
    return [(each, _given_on(each)) for each in ways if _has_roles(each)]


def _has_roles(content):
    return hasattr(aq_base(content), "get_local_roles")


def _given_on(content):
    """Return ``(principal, role)`` of what opens too much by standing on the content.

    In a closed case file that is every role; above the case files those of places; on
    all other content none.
    """
    given = frozenset(
        (principal, role)
        for principal, roles in content.get_local_roles()
        for role in roles
    )
    if lies_in_closed(content):
        return given
    if _is_above_case_files(content):
        return frozenset(each for each in given if each[1] in NOBODY_S)
    return frozenset()


def _is_above_case_files(content):
    """Whether it is none of the office's own content: the site, or a folder of it."""
    return not any(each.providedBy(content) for each in CONTENT)
