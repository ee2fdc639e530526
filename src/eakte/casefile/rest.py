"""Finding and closing case files for other systems."""

from eakte.casefile.closing import reasons_against_closing
from eakte.casefile.finding import find_case_files
from eakte.casefile.serializer import suggestion
from eakte.casefile.states import State
from eakte.rest.body import text_of_query
from plone import api
from plone.restapi.serializer.converters import json_compatible
from plone.restapi.services import Service
from zope.i18n import translate


class CaseFileSuggestionsGet(Service):
    """The case files that ``text`` may mean: a reference, a name, an AZR number.

    Only such as the user may see. ``via`` names the alias that matched.
    """

    def reply(self):
        found = find_case_files(text_of_query(self.request, "text", ""))
        return {
            "@id": f"{self.context.absolute_url()}/@case-file-suggestions",
            "items": [suggestion(each) for each in found],
            "items_total": len(found),
        }


class ClosingGet(Service):
    """Whether the case file can be closed, and every reason why not.

    ``POST @workflow/close`` closes it, and answers 409 with the same reasons.
    """

    def reply(self):
        closed = api.content.get_state(self.context) == State.CLOSED
        reasons = [] if closed else reasons_against_closing(self.context)
        return {
            "@id": f"{self.context.absolute_url()}/@closing",
            "closed": json_compatible(self.context.closed),
            "ready": not closed and not reasons,
            "reasons": [translate(each, context=self.request) for each in reasons],
        }
