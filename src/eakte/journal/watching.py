"""What an administrator changes is noted, through whatever page it is done.

Plone and Zope offer a hundred forms, and few of them tell anybody. So every request of
an administrator that writes leaves an entry, and whoever got a role in it is named.
What is done to a case file, a letter or a document notes itself; but not what Zope's own
pages do to it, which are known by their names: these set roles and permissions.
"""

from AccessControl import getSecurityManager
from eakte.errors import NotAllowed
from eakte.journal.changes import plain
from eakte.journal.circumstances import objects_on_the_way
from eakte.journal.interfaces import are_too_few
from eakte.journal.interfaces import IJournal
from eakte.journal.interfaces import IJournalSettings
from eakte.journal.interfaces import Kind
from eakte.journal.interfaces import TOO_FEW_DAYS
from eakte.journal.permissions import may_change_permissions
from eakte.journal.permissions import note_permissions
from eakte.journal.permissions import permissions_now
from eakte.journal.reading import READABLE
from eakte.org.interfaces import IOffice
from eakte.org.marking import mark
from eakte.org.principals import READING_DAYS
from plone import api
from urllib.parse import urlsplit
from zope.component import getUtility
from zope.component import queryUtility

import transaction


KEY = "eakte.journal.roles"

PERMISSIONS = "eakte.journal.permissions"

OURS = "eakte."
"""How the names of our settings begin."""

ADMINISTRATORS = {"Manager", "Site Administrator"}


def remember_roles(event):
    """Keep who has which role before an administrator's request does its work."""
    request = event.request
    # Not by the product's layer: that can be taken off.
    if queryUtility(IOffice) is None:
        return
    if _is_administrator():
        request.other[KEY] = _roles()
    if may_change_permissions():
        request.other[PERMISSIONS] = permissions_now()


def note_configuration(event):
    """Note what the administrator's request changed; with it, or not at all."""
    if not transaction.get()._resources:
        return
    journal = getUtility(IJournal)
    page = urlsplit(event.request["ACTUAL_URL"]).path
    if (allowed := event.request.other.get(PERMISSIONS)) is not None:
        note_permissions(
            allowed,
            lambda fields: journal.append(Kind.CONFIGURED, page=page, fields=fields),
        )
    before = event.request.other.get(KEY)
    if before is None:
        return
    now = _roles()
    roles = {
        person: [sorted(before.get(person, ())), sorted(now.get(person, ()))]
        for person in before.keys() | now.keys()
        if set(before.get(person, ())) != set(now.get(person, ()))
    }
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
        if said[0] == said[1]:
            return
        getUtility(IJournal).append(Kind.CONFIGURED, fields={record.fieldName: said})
        if record.interfaceName == IJournalSettings.__identifier__:
            _note_reading_days(record.fieldName, said)


def _note_reading_days(name, said):
    """Who reads past a right could let it be forgotten: tell data protection."""
    if name == "reading_days":
        if are_too_few(said[1]):
            raise NotAllowed(TOO_FEW_DAYS)
        who = getSecurityManager().getUser().getId() or ""
        mark(who, READING_DAYS, f"{said[0]} → {said[1]}")


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
