"""A refusal that no screen has caught is still a page that a person can read."""

from eakte.interfaces import IScreen
from plone import api
from Products.Five.browser import BrowserView
from zope.i18n import translate
from zope.interface import implementer


@implementer(IScreen)
class Refusal(BrowserView):
    """Shows the reasons of an ``EakteError``. What was begun is aborted behind it."""

    def __call__(self):
        refused = self.context
        self.reasons = [
            translate(reason, context=self.request) for reason in refused.reasons
        ]
        self.request.response.setStatus(refused.status, lock=1)
        # The page around it belongs to the site: an error has no place of its own.
        self.context = api.portal.get()
        return self.index()

    @property
    def way_back(self):
        return self.request.get("HTTP_REFERER") or self.context.absolute_url()
