"""Reading elsewhere, sharing and records for other systems."""

from eakte import _
from eakte.access.asking import read_elsewhere
from eakte.access.asking import readings
from eakte.access.asking import see_reading
from eakte.access.records import record
from eakte.access.records import records
from eakte.access.sharing import all_shares_of
from eakte.access.sharing import end_share
from eakte.access.sharing import holds_now
from eakte.access.sharing import share
from eakte.org.noticing import notices
from eakte.org.noticing import see_notice
from eakte.org.places import name_of
from eakte.org.places import title_of
from eakte.rest.body import day
from eakte.rest.body import object_of_body
from eakte.rest.body import RequestWrong
from eakte.rest.body import text
from eakte.rest.body import text_of_query
from eakte.rest.body import texts_of_body
from eakte.rest.body import values_of_body
from eakte.rest.paging import Page
from plone import api
from plone.protect.interfaces import IDisableCSRFProtection
from plone.restapi.serializer.converters import json_compatible
from plone.restapi.services import Service
from zope.interface import alsoProvides
from zope.interface import implementer
from zope.publisher.interfaces import IPublishTraverse
from zope.publisher.interfaces import NotFound


class _OfOne(Service):
    """A service whose address can go on with the id of an entry."""

    entry_id = ""

    def publishTraverse(self, request, name):
        if self.entry_id:
            raise NotFound(self, name, request)
        self.entry_id = name
        return self


class ReadElsewherePost(Service):
    """Open a case file of another team: ``reference`` and ``reason``.

    Answers 201 with the entry, 200 without one when it was open to the user before.
    """

    def reply(self):
        alsoProvides(self.request, IDisableCSRFProtection)
        said = texts_of_body(self.request, needed=("reference", "reason"))
        opened = read_elsewhere(said["reference"], said["reason"])
        case_file = {
            "@id": opened.case_file.absolute_url(),
            "reference": opened.case_file.reference,
        }
        if opened.entry is None:
            return {"case_file": case_file, "last_day": None}
        shown = reading_as_json(opened.entry) | {"case_file": case_file}
        self.request.response.setStatus(201)
        self.request.response.setHeader("Location", shown["@id"])
        return shown


class ReadElsewhereGet(Service):
    """The readings that the user, as the lead of the team, is told of.

    ``seen=no`` leaves those that no lead has seen.
    """

    def reply(self):
        found = _by_seen(self.request, readings())
        page = Page(self.request)
        shown = found[page.start : page.start + page.size]
        return page.answer([reading_as_json(each) for each in shown], len(found))


@implementer(IPublishTraverse)
class ReadElsewherePatch(_OfOne):
    """Say that it was seen: ``{"seen": true}``."""

    def reply(self):
        _refuse_other_than(self.request, "seen", True)
        return reading_as_json(see_reading(self.entry_id))


class SharesGet(Service):
    """With whom the case file is and was shared, the newest first."""

    def reply(self):
        found = all_shares_of(self.context)
        page = Page(self.request)
        shown = found[page.start : page.start + page.size]
        items = [share_as_json(self.context, each) for each in shown]
        return page.answer(items, len(found))


class SharesPost(Service):
    """Share the case file: ``person``, ``last_day`` and a ``reason``, if there is one.

    Answers 201 with the entry; 400 with every reason against it.
    """

    def reply(self):
        alsoProvides(self.request, IDisableCSRFProtection)
        said = values_of_body(
            self.request, {"person": text, "last_day": day}, {"reason": text}
        )
        entry = share(
            self.context, said["person"], said["last_day"], said.get("reason", "")
        )
        shown = share_as_json(self.context, entry)
        self.request.response.setStatus(201)
        self.request.response.setHeader("Location", shown["@id"])
        return shown


@implementer(IPublishTraverse)
class SharesPatch(_OfOne):
    """End it: ``{"active": false}``."""

    def reply(self):
        _refuse_other_than(self.request, "active", False)
        return share_as_json(self.context, end_share(self.context, self.entry_id))


@implementer(IPublishTraverse)
class RecordsGet(_OfOne):
    """The metadata of the case files that the user manages, or of one by its UUID.

    ``state``, ``unit`` and ``reference`` narrow the list.
    """

    def reply(self):
        if self.entry_id:
            return record_as_json(record(self.entry_id))
        names = {"state": "review_state", "unit": "unit", "reference": "reference"}
        query = {
            index: value
            for name, index in names.items()
            if (value := text_of_query(self.request, name))
        }
        page = Page(self.request)
        found = records(page.start, page.size, **query)
        return page.answer([record_as_json(each) for each in found.items], found.total)


class PlaceNoticesGet(Service):
    """What the user, as the head of the department, is told of its places.

    ``seen=no`` leaves those that nobody has seen.
    """

    def reply(self):
        found = _by_seen(self.request, notices())
        page = Page(self.request)
        shown = found[page.start : page.start + page.size]
        return page.answer([notice_as_json(each) for each in shown], len(found))


@implementer(IPublishTraverse)
class PlaceNoticesPatch(_OfOne):
    """Say that it was seen: ``{"seen": true}``."""

    def reply(self):
        _refuse_other_than(self.request, "seen", True)
        known = self.entry_id.isascii() and self.entry_id.isdigit()
        return notice_as_json(see_notice(int(self.entry_id) if known else -1))


def reading_as_json(entry):
    """Return who reads which case file of another team, and why."""
    return {
        "@id": f"{api.portal.get().absolute_url()}/@read-elsewhere/{entry.id}",
        "id": entry.id,
        "last_day": json_compatible(entry.until),
        "person": _person(entry.person),
        "reason": entry.reason,
        "reference": entry.reference,
        "seen": json_compatible(entry.seen),
        "seen_by": _person(entry.seen_by),
        "since": json_compatible(entry.entered),
    }


def share_as_json(case_file, entry):
    """Return with whom the case file is shared, by whom and until when."""
    return {
        "@id": f"{case_file.absolute_url()}/@shares/{entry.id}",
        "active": holds_now(case_file, entry),
        "ended": json_compatible(entry.ended),
        "ended_by": _person(entry.ended_by),
        "id": entry.id,
        "last_day": json_compatible(entry.until),
        "person": _person(entry.person),
        "reason": entry.reason,
        "shared_by": _person(entry.entered_by),
        "since": json_compatible(entry.entered),
    }


def record_as_json(each):
    """Return what a case file says of itself, without subject, person and contents."""
    return {
        "@id": f"{api.portal.get().absolute_url()}/@records/{each.uid}",
        "UID": each.uid,
        "closed": json_compatible(each.closed),
        "department": each.department,
        "kept_until": json_compatible(each.kept_until),
        "opened": json_compatible(each.opened),
        "reference": each.reference,
        "retention_reason": each.retention_reason,
        "retention_years": each.retention_years,
        "review_state": each.state,
        "team": each.team,
        "unit": {"id": each.unit, "title": each.unit_title},
    }


def notice_as_json(notice):
    """Return who got which place, and why the head is told."""
    entry = notice.entry
    return {
        **({"what": entry.what} if entry.what else {}),
        "@id": f"{api.portal.get().absolute_url()}/@place-notices/{notice.number}",
        "by": _person(entry.by),
        "person": _person(entry.person),
        "place": {"id": entry.place, "title": title_of(entry.place)},
        "seen": json_compatible(notice.seen),
        "seen_by": _person(notice.seen_by),
        "when": json_compatible(entry.when),
    }


def _by_seen(request, found):
    wanted = text_of_query(request, "seen")
    if wanted not in (None, "", "yes", "no"):
        raise RequestWrong(_("“seen” must be yes or no."))
    if wanted in ("yes", "no"):
        found = [each for each in found if (each.seen is not None) == (wanted == "yes")]
    return found


def _refuse_other_than(request, name, value):
    alsoProvides(request, IDisableCSRFProtection)
    if object_of_body(request) != {name: value}:
        raise RequestWrong(
            _(
                "All that can be said here is “${name}”: ${value}.",
                mapping={"name": name, "value": str(value).lower()},
            )
        )


def _person(person):
    return {"id": person, "name": name_of(person)} if person else None
