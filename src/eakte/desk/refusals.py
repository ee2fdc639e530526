"""A refusal that no screen has caught is still a page that a person can read."""

from eakte.desk.interfaces import IDeskScreen
from plone import api
from Products.Five.browser import BrowserView
from zope.i18n import translate
from zope.interface import implementer


@implementer(IDeskScreen)
class Refusal(BrowserView):
    """Shows the reasons of an ``EakteError``; the transaction is aborted already."""

    def __call__(self):
        self.request.response.setStatus(self.context.status, lock=1)
        return self.index()

    @property
    def reasons(self):
        return [translate(each, context=self.request) for each in self.context.reasons]

    @property
    def way_back(self):
        return self.request.get("HTTP_REFERER") or api.portal.get().absolute_url()
