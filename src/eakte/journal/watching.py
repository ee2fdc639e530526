"""What an administrator changes is noted, through whatever page it is done.

Plone and Zope offer a hundred forms, and few of them tell anybody. So every request of
an administrator that writes leaves an entry, and whoever got a role in it is named.
What is done to a case file, a letter or a document notes itself; but not what Zope's own
pages do to it, which are known by their names: these set roles and permissions.
"""

from AccessControl import getSecurityManager
from eakte.interfaces import IEakteLayer
from eakte.journal.changes import plain
from eakte.journal.circumstances import objects_on_the_way
from eakte.journal.interfaces import IJournal
from eakte.journal.interfaces import Kind
from eakte.journal.reading import READABLE
from plone import api
from urllib.parse import urlsplit
from zope.component import getUtility

import transaction


KEY = "eakte.journal.roles"

OURS = "eakte."
"""How the names of our settings begin."""

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
    page = urlsplit(event.request["ACTUAL_URL"]).path
    content = _content_of(event.request)
    if roles or content is None:
        journal.append(Kind.CONFIGURED, page=page, roles=roles)
    elif page.rpartition("/")[2].startswith("manage"):
        journal.append(Kind.RIGHTS, content, page=page)


def note_setting(event):
    """One of our settings says something else."""
    record = event.record
    if (record.interfaceName or "").startswith(OURS):
        said = [plain(event.oldValue), plain(event.newValue)]
        if said[0] != said[1]:
            getUtility(IJournal).append(
                Kind.CONFIGURED, fields={record.fieldName: said}
            )


def _is_administrator():
    return bool(ADMINISTRATORS & set(getSecurityManager().getUser().getRoles()))


def _roles():
    """Return ``{principal: roles}`` as they were given in the whole site."""
    plugin = api.portal.get_tool("acl_users").portal_role_manager
    return {who: tuple(roles) for who, roles in plugin._principal_roles.items()}


def _content_of(request):
    """Return the object that notes its own changes, if the request is about one."""
    for content in objects_on_the_way(request):
        if any(each.providedBy(content) for each in READABLE):
            return content
    return None
