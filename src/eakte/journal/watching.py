"""What an administrator changes is noted, through whatever page it is done.

Plone and Zope offer a hundred forms, and few of them tell anybody. So every request of
an administrator that writes leaves an entry; whoever got a role in it is named, and so
is content whose local roles or permissions were set past the product.
"""

from AccessControl import getSecurityManager
from Acquisition import aq_base
from eakte.casefile.content import ICaseFile
from eakte.document.content import ICaseDocument
from eakte.interfaces import IEakteLayer
from eakte.journal.circumstances import objects_on_the_way
from eakte.journal.interfaces import IJournal
from eakte.journal.interfaces import Kind
from eakte.mailitem.content import IMailItem
from plone import api
from urllib.parse import urlsplit
from zope.component import getUtility

import transaction


KEY = "eakte.journal.roles"

ADMINISTRATORS = {"Manager", "Site Administrator"}


def remember_roles(event):
    """Keep who has which role before an administrator's request does its work."""
    request = event.request
    if IEakteLayer.providedBy(request) and _is_administrator():
        request.other[KEY] = _roles()


def note_configuration(event):
    """Note what the administrator's request changed; with it, or not at all."""
    before = event.request.other.get(KEY)
    if before is None or not transaction.get()._resources:
        return
    journal = getUtility(IJournal)
    now = _roles()
    roles = {
        person: [sorted(before.get(person, ())), sorted(now.get(person, ()))]
        for person in before.keys() | now.keys()
        if set(before.get(person, ())) != set(now.get(person, ()))
    }
    if roles or not _is_about_content(event.request):
        page = urlsplit(event.request["ACTUAL_URL"]).path
        journal.append(Kind.CONFIGURED, page=page, roles=roles)


def _is_administrator():
    return bool(ADMINISTRATORS & set(getSecurityManager().getUser().getRoles()))


def _roles():
    """Return ``{principal: roles}`` as they were given in the whole site."""
    plugin = api.portal.get_tool("acl_users").portal_role_manager
    return {who: tuple(roles) for who, roles in plugin._principal_roles.items()}


def _is_about_content(request):
    """Whether the request is about an object that notes its own changes."""
    return any(
        each.providedBy(aq_base(content))
        for content in objects_on_the_way(request)
        for each in (ICaseFile, IMailItem, ICaseDocument)
    )
