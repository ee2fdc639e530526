"""The journal for other systems."""

from AccessControl import Unauthorized
from eakte.journal.asking import query_of
from eakte.journal.consulting import allowed
from eakte.journal.consulting import consult
from eakte.journal.consulting import refuse_without_reason
from eakte.journal.exporting import as_dict
from eakte.journal.interfaces import IJournal
from eakte.rest.body import text_of_query
from eakte.rest.body import texts_of_body
from eakte.rest.paging import Page
from plone import api
from plone.protect.interfaces import IDisableCSRFProtection
from plone.restapi.services import Service
from plone.uuid.interfaces import IUUID
from zope.component import getUtility
from zope.interface import alsoProvides


class ObjectJournalGet(Service):
    """What happened to the object and to what lies in it, the newest first.

    For those who may see the object and have the right. Filters are ``person``,
    ``for_whom``, ``kind`` (several), ``first`` and ``last`` (days), ``deputies=1``.
    """

    def reply(self):
        if not api.user.has_permission("View", obj=self.context):
            raise Unauthorized("You may not see the object.")
        query = query_of(self.request, objects=(IUUID(self.context),))
        return answer(self.request, query)


class OfficeJournalGet(Service):
    """What happened in the office; ``consultation`` names the reason given before.

    Filters as for an object, and ``object`` (UUIDs), ``reference``. Who administers
    sees technical entries only, and needs no reason. Answers 403 without one.
    """

    def reply(self):
        refuse_without_reason(text_of_query(self.request, "consultation"))
        objects = self.request.form.get("object") or ()
        objects = (objects,) if isinstance(objects, str) else objects
        return answer(self.request, allowed(query_of(self.request, objects)))


class OfficeJournalPost(Service):
    """Say why the journal is looked into: ``reason``. Answers with what opens it."""

    def reply(self):
        # As with every service, see ``eakte.rest.verbs.Verb``.
        alsoProvides(self.request, IDisableCSRFProtection)
        said = texts_of_body(self.request, needed=("reason",))
        word = consult(said["reason"])
        self.request.response.setStatus(201)
        address = f"{self.context.absolute_url()}/@journal?consultation={word}"
        return {"@id": address, "consultation": word}


def answer(request, query):
    """Return a page of entries."""
    page = Page(request)
    found = getUtility(IJournal).find(query, page.start, page.size)
    return page.answer([as_dict(entry) for entry in found.entries], found.total)
