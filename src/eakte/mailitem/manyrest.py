"""Many letters at once for other systems: preview, do, ask, undo."""

from eakte import _
from eakte.mailitem.many import begin
from eakte.mailitem.many import checked
from eakte.mailitem.many import ManyWrong
from eakte.mailitem.many import preview
from eakte.mailitem.many import reason_against_undoing
from eakte.mailitem.many import undo
from eakte.mailitem.manybook import Chosen
from eakte.mailitem.manybook import own_batch
from eakte.mailitem.manytold import Told
from eakte.rest.body import object_of_body
from eakte.rest.body import RequestWrong
from plone import api
from plone.protect.interfaces import IDisableCSRFProtection
from plone.restapi.serializer.converters import json_compatible
from plone.restapi.services import Service
from zope.i18n import translate
from zope.interface import alsoProvides
from zope.interface import implementer
from zope.publisher.interfaces import IPublishTraverse
from zope.publisher.interfaces import NotFound

import transaction


class ManyPreview(Service):
    """What would happen to each letter: ``verb``, ``with`` (its texts), ``uids``.

    Nothing is changed. Each answer has the ``mark`` that ``@many`` wants back.
    """

    def reply(self):
        # As with every service, see ``eakte.rest.verbs.Verb``.
        alsoProvides(self.request, IDisableCSRFProtection)
        body = _body(self.request, needed=("verb", "uids"), possible=("with",))
        uids = _texts(body["uids"])
        verdicts = preview(body["verb"], body["with"], uids)
        items = [self._item(each) for each in verdicts]
        transaction.abort()
        allowed = sum(each["allowed"] for each in items)
        return {
            "@id": f"{self.context.absolute_url()}/@many-preview",
            "verb": body["verb"],
            "items": items,
            "allowed": allowed,
            "refused": len(items) - allowed,
        }

    def _item(self, verdict):
        known = {}
        if verdict.letter is not None:
            known = {
                "@id": verdict.letter.absolute_url(),
                "number": verdict.letter.number,
                "title": verdict.letter.Title(),
                "mark": verdict.mark,
            }
        if verdict.after is not None:
            known["after"] = {
                "review_state": str(verdict.after.state),
                "team": verdict.after.team or None,
                "desk": verdict.after.desk or None,
                "case_file": verdict.after.case_file or None,
            }
        return {
            "uid": verdict.uid,
            "allowed": verdict.allowed,
            "reasons": _said(verdict.reasons, self.request),
            **known,
        }


class ManyPost(Service):
    """Do it: ``verb``, ``with``, ``items`` (``uid`` and ``mark`` of the preview).

    Answers 201 with a result for each letter; 202 when there are so many that they are
    done in the background: ask ``@many/<id>`` then. An ``id`` of the program's own
    makes it safe to send the same request again.
    """

    def reply(self):
        alsoProvides(self.request, IDisableCSRFProtection)
        body = _body(self.request, needed=("verb", "items"), possible=("with", "id"))
        batch = begin(
            body["verb"], body["with"], _chosen(body["items"]), body.get("id")
        )
        return _begun(batch, self)


@implementer(IPublishTraverse)
class _OfBatch(Service):
    """The address ends with the id of what was asked for."""

    batch_id = None

    def publishTraverse(self, request, name):
        if self.batch_id is not None:
            raise NotFound(self, name, request)
        self.batch_id = name
        return self

    @property
    def batch(self):
        return own_batch(self.batch_id or "")


class ManyGet(_OfBatch):
    """How far it is, and a result for each letter."""

    def reply(self):
        return as_json(self.batch, self.request)


class ManyPatch(_OfBatch):
    """``{"do": "undo"}`` takes it back, as a new deed with results of its own."""

    def reply(self):
        alsoProvides(self.request, IDisableCSRFProtection)
        body = object_of_body(self.request)
        if set(body) != {"do"} or body["do"] != "undo":
            raise RequestWrong(
                _(
                    "“${name}” must be one of ${values}.",
                    mapping={"name": "do", "values": "undo"},
                )
            )
        return _begun(undo(self.batch), self)


def as_json(batch, request):
    """Return the batch with the letters as the user may see them now."""
    told = Told(batch)
    against = reason_against_undoing(batch)
    return {
        "@id": _address(batch),
        "id": batch.id,
        "verb": batch.verb,
        "with": told.said,
        "asked": json_compatible(batch.asked),
        "state": "finished" if batch.is_finished else "running",
        "counts": {str(outcome): count for outcome, count in batch.counts.items()},
        "items": [_result(batch, each.uid, told, request) for each in batch.chosen],
        "undoes": batch.undoes or None,
        "undone_by": batch.undone_by or None,
        "can_be_undone": against is None,
        "why_not": against and translate(against, context=request),
    }


def _result(batch, uid, told, request):
    brain = told.seen.get(uid)
    return {
        "uid": uid,
        # It may have left the user's sight.
        "@id": brain and brain.getURL(),
        "number": told.number(uid) or None,
        "outcome": str(batch.outcome(uid)),
        "reasons": _said(told.reasons(uid), request),
    }


def _begun(batch, service):
    service.request.response.setStatus(201 if batch.is_finished else 202)
    service.request.response.setHeader("Location", _address(batch))
    return as_json(batch, service.request)


def _address(batch):
    return f"{api.portal.get().absolute_url()}/@many/{batch.id}"


def _said(reasons, request):
    return [translate(reason, context=request) for reason in reasons]


def _body(request, needed, possible):
    body = object_of_body(request)
    reasons = [
        _("“${name}” is not known here.", mapping={"name": name})
        for name in body
        if name not in needed and name not in possible
    ]
    reasons += [
        _("“${name}” is missing.", mapping={"name": name})
        for name in needed
        if not body.get(name)
    ]
    for name in ("verb", "id"):
        if not isinstance(body.get(name) or "", str):
            reasons.append(_("“${name}” must be a text.", mapping={"name": name}))
    body["with"] = body.get("with") or {}
    if not isinstance(body["with"], dict):
        reasons.append(_("“${name}” must be an object.", mapping={"name": "with"}))
    if reasons:
        raise RequestWrong(reasons)
    checked(body["verb"], body["with"])
    return body


def _texts(value):
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return value
    raise ManyWrong(_("“${name}” must be a list of texts.", mapping={"name": "uids"}))


def _chosen(items):
    if isinstance(items, list) and all(map(_is_chosen, items)):
        return [Chosen(each["uid"], each["mark"]) for each in items]
    raise ManyWrong(
        _(
            "“${name}” must be a list of objects with uid and mark.",
            mapping={"name": "items"},
        )
    )


def _is_chosen(item):
    known = isinstance(item, dict) and set(item) == {"uid", "mark"}
    return known and all(isinstance(each, str) for each in item.values())
