"""Resubmissions and deadlines for other systems."""

from eakte import _
from eakte.deadlines.keeping import change
from eakte.deadlines.keeping import close
from eakte.deadlines.keeping import confirm
from eakte.deadlines.keeping import enter_deadline
from eakte.deadlines.listing import mine
from eakte.deadlines.listing import of_object
from eakte.deadlines.listing import of_teams
from eakte.deadlines.model import Deadline
from eakte.deadlines.model import Resubmission
from eakte.deadlines.periods import Length
from eakte.deadlines.periods import Unit
from eakte.deadlines.resubmitting import finish
from eakte.deadlines.resubmitting import postpone
from eakte.deadlines.resubmitting import resubmit
from eakte.deadlines.serializer import line_as_json
from eakte.deadlines.serializer import term_as_json
from eakte.rest.body import day
from eakte.rest.body import flag
from eakte.rest.body import number
from eakte.rest.body import object_of_body
from eakte.rest.body import RequestWrong
from eakte.rest.body import text
from eakte.rest.body import text_of_query
from eakte.rest.body import values_of_body
from eakte.rest.paging import Page
from plone.protect.interfaces import IDisableCSRFProtection
from plone.restapi.services import Service
from plone.uuid.interfaces import IUUID
from zope.interface import alsoProvides
from zope.interface import implementer
from zope.publisher.interfaces import IPublishTraverse
from zope.publisher.interfaces import NotFound


WHOSE = {"mine": mine, "team": of_teams}


class _List(Service):
    """What is open: ``whose`` is ``mine`` or ``team``; ``until`` is the last day."""

    def reply(self):
        whose = text_of_query(self.request, "whose") or "mine"
        if whose not in WHOSE:
            raise RequestWrong(
                _(
                    "“${name}” must be one of ${values}.",
                    mapping={"name": "whose", "values": ", ".join(WHOSE)},
                )
            )
        until = text_of_query(self.request, "until")
        lines = WHOSE[whose](day("until", until) if until else None)
        lines = [each for each in lines if isinstance(each.term, self.kind)]
        page = Page(self.request)
        shown = lines[page.start : page.start + page.size]
        return page.answer([line_as_json(each) for each in shown], len(lines))


class ResubmissionsList(_List):
    kind = Resubmission


class DeadlinesList(_List):
    kind = Deadline


class _OfObject(Service):
    """Those of one object, the settled ones too, oldest first."""

    def reply(self):
        terms = of_object(IUUID(self.context))
        items = [_shown(each, self) for each in terms if isinstance(each, self.kind)]
        return {
            "@id": f"{self.context.absolute_url()}/{self.name}",
            "items": items,
            "items_total": len(items),
        }


class ResubmissionsGet(_OfObject):
    kind = Resubmission
    name = "@resubmissions"


class DeadlinesGet(_OfObject):
    kind = Deadline
    name = "@deadlines"


class _Enter(Service):
    """Answers 201 with what was entered; 400 with every reason against it."""

    def reply(self):
        alsoProvides(self.request, IDisableCSRFProtection)
        shown = _shown(self.entered(), self)
        self.request.response.setStatus(201)
        self.request.response.setHeader("Location", shown["@id"])
        return shown


class ResubmissionsPost(_Enter):
    """Show the object again: ``day``, ``reason``; for a ``desk`` or ``person``."""

    def entered(self):
        said = values_of_body(
            self.request,
            {"day": day, "reason": text},
            {"desk": text, "person": text},
        )
        return resubmit(self.context, **said)


class DeadlinesPost(_Enter):
    """Enter a deadline: ``kind``, ``event``, ``start``.

    ``length`` (``{"count": 1, "unit": "months"}``) or ``end``; what is usual for the
    kind without both. ``early`` are the days of early warning.
    """

    def entered(self):
        needed = {"kind": text, "event": text, "start": day}
        possible = _ENDS | {"counts_first_day": flag}
        said = values_of_body(self.request, needed, possible)
        return enter_deadline(self.context, **said)


@implementer(IPublishTraverse)
class _Patch(Service):
    """Do with one what ``do`` says; the address ends with its id."""

    term_id = None

    def publishTraverse(self, request, name):
        if self.term_id is not None:
            raise NotFound(self, name, request)
        self.term_id = name
        return self

    def reply(self):
        alsoProvides(self.request, IDisableCSRFProtection)
        do = object_of_body(self.request).get("do")
        if do not in self.verbs:
            raise RequestWrong(
                _(
                    "“${name}” must be one of ${values}.",
                    mapping={"name": "do", "values": ", ".join(self.verbs)},
                )
            )
        verb, needed, possible = self.verbs[do]
        said = values_of_body(self.request, {"do": text} | needed, possible)
        del said["do"]
        return _shown(verb(self.context, self.term_id or "", **said), self)


class ResubmissionsPatch(_Patch):
    """``postpone`` with ``day`` and ``why``; ``done`` with a ``note``, if there is one."""

    @property
    def verbs(self):
        return {
            "postpone": (postpone, {"day": day, "why": text}, {}),
            "done": (finish, {}, {"note": text}),
        }


class DeadlinesPatch(_Patch):
    """``confirm``; ``change`` with ``why``; ``close`` with ``outgoing`` or ``why``."""

    @property
    def verbs(self):
        return {
            "confirm": (confirm, {}, {}),
            "change": (change, {"why": text}, _ENDS),
            "close": (close, {}, {"outgoing": text, "why": text}),
        }


def _length(name, value):
    known = isinstance(value, dict) and set(value) == {"count", "unit"}
    if not known or value["unit"] not in list(Unit):
        raise RequestWrong(
            _(
                "“${name}” must have a count and a unit: ${values}.",
                mapping={"name": name, "values": ", ".join(Unit)},
            )
        )
    return Length(number(f"{name}.count", value["count"]), Unit(value["unit"]))


_ENDS = {"length": _length, "end": day, "early": number}


def _shown(term, service):
    return term_as_json(term, service.context.absolute_url())
