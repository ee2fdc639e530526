"""A protected case file has no address for those outside its circle.

For them its address and all below it answer as if nothing were there. Elsewhere in the
product an address that is not for somebody says so, or asks for a login: from that one
could tell that a case file is there.
"""

from AccessControl import getSecurityManager
from AccessControl.SecurityManagement import noSecurityManager
from Acquisition import aq_chain
from Acquisition import aq_inner
from Acquisition import aq_parent
from eakte.access.circles import people_in_circle
from eakte.access.closures import closures
from eakte.casefile.content import ICaseFile
from eakte.org.interfaces import IOffice
from plone import api
from plone.app.uuid.browser import RedirectToUUIDView
from plone.outputfilters.browser.resolveuid import ResolveUIDView
from plone.rest.traverse import RESTWrapper
from zExceptions import NotFound
from zope.component import getSiteManager
from zope.component import queryUtility
from zope.interface import implementedBy
from zope.interface import Interface
from zope.interface import providedBy


def hide(event):
    """Find nothing where the way leads into a case file that is hidden from the user."""
    request = event.request
    # Not by the product's layer: that can be taken off.
    if queryUtility(IOffice) is None or closures() is None:
        return
    case_file = _on_the_way(request)
    if case_file is not None and is_hidden_from(case_file, _user()):
        _go_back(request, case_file)
        raise NotFound(case_file.getId())


def is_hidden_from(case_file, person):
    """Whether the case file is protected and the person not in its circle."""
    return bool(case_file.protection) and person not in people_in_circle(case_file)


class Refused:
    """Answers when the user was not let in, or found nothing on the way.

    Inside of a protected case file there is nothing, for those who must not know of it:
    no refusal, no way to the login, no page that is merely missing. Elsewhere all is as
    ever.
    """

    def __init__(self, error, request):
        self.error = error
        self.request = request

    def __call__(self):
        case_file = _on_the_way(self.request) if closures() is not None else None
        if case_file is not None and self._is_hidden(case_file):
            return self._as_if_missing(case_file)
        return _answer(self.error, self.request)

    def _is_hidden(self, case_file):
        # The user was not let in, so nobody is logged in at this point.
        acl_users = api.portal.get_tool("acl_users")
        found = acl_users._extractUserIds(self.request, acl_users.plugins)
        persons = {_user(), *(person for person, _name in found)}
        return all(is_hidden_from(case_file, person) for person in persons)

    def _as_if_missing(self, case_file):
        _go_back(self.request, case_file)
        response = self.request.response
        response.setStatus(404, lock=1)
        # Otherwise the user folder would ask for a login.
        response._has_challenged = True
        return _answer(NotFound(case_file.getId()), self.request)


def _answer(error, request):
    find = getSiteManager().adapters.lookup
    spec = implementedBy(Exception), providedBy(request)
    return find(spec, Interface, "index.html")(error, request)()


def _on_the_way(request):
    for each in request["PARENTS"]:
        # For services, plone.rest wraps what it goes through.
        content = each.context if isinstance(each, RESTWrapper) else each
        if ICaseFile.providedBy(content):
            return content
    return None


def _go_back(request, case_file):
    """Let the request look as if the way had ended at the case file's address."""
    request["PARENTS"] = list(aq_chain(aq_parent(aq_inner(case_file))))[:-1]
    request["URL"] = case_file.absolute_url()
    request.response.base = None
    # Who finds nothing has not come to the point where one is logged in.
    noSecurityManager()


def _user():
    return getSecurityManager().getUser().getId() or ""


class _ByUUID:
    """Leads from a UUID to the address of what the user may see, and of nothing else."""

    def __call__(self):
        if not api.portal.get_tool("portal_catalog")(UID=self.uuid or "-"):
            raise NotFound("The link you followed is broken")
        return super().__call__()


class ResolveUUID(_ByUUID, ResolveUIDView):
    """In place of Plone's, which tells everybody."""


class RedirectToUUID(_ByUUID, RedirectToUUIDView):
    """In place of Plone's, which tells everybody."""
