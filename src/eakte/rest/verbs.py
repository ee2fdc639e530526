from eakte.rest.answers import as_it_is_now
from plone.protect.interfaces import IDisableCSRFProtection
from plone.restapi.services import Service
from zope.interface import alsoProvides


class Verb(Service):
    """A POST that does one verb of the domain and answers with its result.

    What fails is raised: the transaction is undone and the error view answers.
    """

    def reply(self):
        # A browser sends the login's cookie (SameSite=Lax) with no POST of a
        # foreign page; programs send no token.
        alsoProvides(self.request, IDisableCSRFProtection)
        return as_it_is_now(self.done(), self.request)

    def done(self):
        """Do the verb and return the content that it was about."""
        raise NotImplementedError
