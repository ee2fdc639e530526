"""A page that is not there, is not for this person, or failed: what to do then."""

from AccessControl.SecurityManagement import newSecurityManager
from Acquisition import aq_parent
from eakte.desk.places import beginning
from eakte.desk.screen import InFrame
from eakte.desk.screen import Screen
from eakte.interfaces import IScreen
from functools import cached_property
from plone import api
from plone.rest.errors import ErrorHandling
from plone.rest.interfaces import IAPIRequest
from Products.CMFPlone.browser.exceptions import ExceptionView
from zope.interface import implementer


class WaysOn:
    """Where a person goes from a page that is of no use."""

    @property
    def is_known(self):
        return not api.user.is_anonymous()

    @property
    def person(self):
        """The name of who is logged in."""
        user = api.user.get_current()
        return user.getProperty("fullname") or user.getId()

    @cached_property
    def beginning(self):
        """The address where the person's work lies."""
        screen = beginning() if self.is_known else None
        return f"{self.portal_url}/@@{screen}" if screen else self.portal_url


class NoRight(Screen, WaysOn):
    """Who is logged in may not see the page.

    Nothing is said about what lies there.
    """

    def __call__(self):
        self.request.response.setStatus(403, lock=1)
        return super().__call__()


@implementer(IScreen)
class Mishap(ExceptionView, InFrame, WaysOn):
    """In place of Plone's page for every error that nobody has caught."""

    def __call__(self):
        if IAPIRequest.providedBy(self.request):
            # A program asked. Our layer stands before the mark that says so.
            return ErrorHandling(self.context, self.request)()
        self.is_missing = type(self.context).__name__ == "NotFound"
        # The page belongs to the site: where the error happened is perhaps nothing
        # that the person may see.
        self.__parent__ = api.portal.get()
        self.recognise_person()
        return super().__call__()

    @property
    def may_search(self):
        return self.is_known and api.user.has_permission(
            "eakte: Use the desk", obj=api.portal.get()
        )

    def recognise_person(self):
        """Find out who asks; nobody did when the way to the page ended too early."""
        if self.is_known:
            return
        portal = api.portal.get()
        # The user folders and the theme ask what is published: this page is.
        self.request.set("PUBLISHED", self)
        for place in (portal, aq_parent(portal)):
            user = place.acl_users.validate(self.request)
            if user is not None and user.getId():
                newSecurityManager(self.request, user)
                return
