"""Zope's own pages change nothing in the user folder of an office.

They make accounts, passwords, groups and roles, know what signs the login of everybody,
and take in other folders of accounts; and nobody is told of any of it. Accounts are
looked after in Plone's control panel, places by the office's files, logins elsewhere by
``login.yaml``: these are noted, and told to those who must know.

A script that an administrator writes can do the same from elsewhere: so what decides
about who somebody is stays as it is in every request of an administrator. Only a new
version of something that is installed changes it, and that is told to all heads and to
those who answer for data protection.
"""

from AccessControl import getSecurityManager
from Acquisition import aq_base
from Acquisition import aq_parent
from eakte import _
from eakte.errors import NotAllowed
from eakte.login.interfaces import ISourceOption
from eakte.org.interfaces import IOffice
from eakte.org.marking import mark
from eakte.org.noting import ADMINISTRATORS
from eakte.org.principals import PERMISSIONS
from plone import api
from Products.Five.browser import BrowserView
from zope.component import getUtilitiesFor
from zope.component import queryUtility

import transaction


OF_A_LOGIN = frozenset({"login", "logout", "require_login"})
"""What a browser is sent to below the user folder when it comes in or leaves."""


OF_NEW_VERSIONS = frozenset(
    {
        "@addons",
        "@upgrade",
        "install-product",
        "plone-upgrade",
        "portal_setup",
        "upgrade-product",
    }
)
"""Addresses at which something is installed or brought to a new version."""

KEY = "eakte.login.userfolder"

STAYS = _(
    "Who somebody is, is not changed here: accounts are looked after in the control "
    "panel, places by the office's files, logins elsewhere by login.yaml."
)


def remember(event):
    """Keep who is asked about accounts before an administrator's request."""
    user = getSecurityManager().getUser()
    if queryUtility(IOffice) is not None and set(ADMINISTRATORS) & set(user.getRoles()):
        event.request.other[KEY] = _who_is_asked()


def refuse_changes(event):
    """Let a request change nothing of what decides about who somebody is."""
    request = event.request
    if queryUtility(IOffice) is None or not transaction.get()._resources:
        return
    if _leads_into_the_user_folder(request) and not _is_of_a_login(request):
        raise NotAllowed(STAYS)
    before = request.other.get(KEY)
    if before is None or before == _who_is_asked():
        return
    parts = {each.removeprefix("@@") for each in request["ACTUAL_URL"].split("/")}
    if not OF_NEW_VERSIONS & parts:
        raise NotAllowed(STAYS)
    mark(getSecurityManager().getUser().getId() or "", PERMISSIONS, "acl_users")


def _who_is_asked():
    """Return what would let in somebody else: plugins, their order, secrets, servers."""
    folder = api.portal.get_tool("acl_users")
    kinds = [each["interface"] for each in folder.plugins.listPluginTypeInfo()]
    session, tokens = folder.get("session"), folder.get("jwt_auth")
    return (
        [(each.getId(), each.meta_type) for each in folder.objectValues()],
        [folder.plugins.listPluginIds(kind) for kind in kinds],
        session and (session._shared_secret, session.mod_auth_tkt),
        tokens and (tokens.use_keyring, tokens._secret),
        [option.in_force() for _kind, option in getUtilitiesFor(ISourceOption)],
    )


def _leads_into_the_user_folder(request):
    folder = aq_base(api.portal.get_tool("acl_users"))
    published = request.get("PUBLISHED")
    around = [*request.get("PARENTS", ()), getattr(published, "__self__", published)]
    return any(_lies_in(each, folder) for each in around)


def _lies_in(each, folder):
    while each is not None and aq_base(each) is not folder:
        each = aq_parent(each)
    return each is not None


def _is_of_a_login(request):
    published = request.get("PUBLISHED")
    view = getattr(published, "__self__", published)
    name = request["ACTUAL_URL"].rstrip("/").rpartition("/")[2]
    return isinstance(view, BrowserView) or name in OF_A_LOGIN
