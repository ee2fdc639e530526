"""Zope's own pages change nothing in the user folder of an office.

They make accounts, passwords, groups and roles, know what signs the login of everybody,
and take in other folders of accounts; and nobody is told of any of it. Accounts are
looked after in Plone's control panel, places by the office's files, logins elsewhere by
``login.yaml``: these are noted, and told to those who must know.
"""

from Acquisition import aq_base
from Acquisition import aq_parent
from eakte import _
from eakte.errors import NotAllowed
from eakte.org.interfaces import IOffice
from plone import api
from Products.Five.browser import BrowserView
from zope.component import queryUtility

import transaction


OF_A_LOGIN = frozenset({"login", "logout", "require_login"})
"""What a browser is sent to below the user folder when it comes in or leaves."""


def refuse_changes(event):
    """Let a request change nothing that is answered by the user folder itself."""
    request = event.request
    if queryUtility(IOffice) is None or not transaction.get()._resources:
        return
    if _leads_into_the_user_folder(request) and not _is_of_a_login(request):
        raise NotAllowed(
            _(
                "The user folder is not changed by Zope's own pages: accounts are "
                "looked after in the control panel, and places by the office's files."
            )
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
