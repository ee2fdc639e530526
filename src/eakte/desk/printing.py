"""A case file or a letter is printed as it stands on the screen: the journal notes it."""

from eakte.interfaces import IScreen
from eakte.journal.interfaces import IJournal
from eakte.journal.interfaces import Kind
from plone.app.layout.viewlets.common import ViewletBase
from plone.protect import CheckAuthenticator
from plone.protect.authenticator import createToken
from Products.Five.browser import BrowserView
from zope.component import getUtility


class PrintedScreen(BrowserView):
    """``@@printed-screen``: a browser says that it prints the screen.

    Nothing of ours can hold the browser back, or hear of a picture of the screen; so
    this entry tells that somebody printed, its absence tells nothing.
    """

    def __call__(self):
        response = self.request.response
        if self.request.method != "POST":
            response.setStatus(405, lock=1)
            return ""
        CheckAuthenticator(self.request)
        getUtility(IJournal).append(Kind.PRINTED, self.context)
        response.setStatus(204, lock=1)
        return ""


class Printing(ViewletBase):
    """Tells the screen's script where to say that the screen is printed."""

    @property
    def is_shown(self):
        return self.request.method == "GET" and IScreen.providedBy(self.view)

    @property
    def address(self):
        return f"{self.context.absolute_url()}/@@printed-screen"

    @property
    def token(self):
        return createToken()
