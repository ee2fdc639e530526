"""Deputyships and absences for other systems: switched on, switched off, asked for.

The verbs are those of xdomea 3: message 0620 switches a deputyship on or off, 0621
asks for those there are.
"""

from eakte import _
from eakte.clock import utc_now
from eakte.org.deputyship import Deputyship
from eakte.org.entering import end
from eakte.org.entering import enter_absence
from eakte.org.entering import enter_deputyship
from eakte.org.interfaces import IOffice
from eakte.org.listing import absences_of
from eakte.org.listing import deputyships_of
from eakte.org.listing import representations_of
from eakte.org.listing import standing_deputies_of
from eakte.org.places import name_of
from eakte.rest.body import day
from eakte.rest.body import object_of_body
from eakte.rest.body import RequestWrong
from eakte.rest.body import text
from eakte.rest.body import text_of_query
from eakte.rest.body import texts
from eakte.rest.body import values_of_body
from eakte.rest.paging import Page
from plone import api
from plone.protect.interfaces import IDisableCSRFProtection
from plone.restapi.serializer.converters import json_compatible
from plone.restapi.services import Service
from zope.component import getUtility
from zope.interface import alsoProvides
from zope.interface import implementer
from zope.publisher.interfaces import IPublishTraverse
from zope.publisher.interfaces import NotFound


_DAYS = {"first_day": day, "last_day": day}


class _List(Service):
    """The entries that the user may know of, by the page; ``person`` narrows."""

    def reply(self):
        page = Page(self.request)
        entries = self.entries(_user())
        if person := text_of_query(self.request, "person"):
            entries = [each for each in entries if person in _sides(each)]
        shown = entries[page.start : page.start + page.size]
        return page.answer([entry_as_json(each) for each in shown], len(entries))


class DeputyshipsGet(_List):
    """The deputyships, and in ``now`` who works for whom at this moment.

    In ``standing`` those whom the office's files name, active or not.
    """

    entries = staticmethod(deputyships_of)

    def reply(self):
        now, standing = representations_of(_user()), standing_deputies_of(_user())
        if person := text_of_query(self.request, "person"):
            now, standing = (
                [each for each in found if person in (each.deputy, each.represented)]
                for found in (now, standing)
            )
        return super().reply() | {
            "now": [_representation(each) for each in now],
            "standing": [_standing(each) for each in standing],
        }


class AbsencesGet(_List):
    entries = staticmethod(absences_of)


class DeputyshipsPost(Service):
    """Switch a deputyship on: ``deputy``, ``first_day``, ``last_day``, ``reason``.

    ``represented`` is the user without it; ``teams`` limits it to their desks.
    Answers 201 with the entry; 400 with every reason against it, 403 when the user
    may not enter it.
    """

    def reply(self):
        alsoProvides(self.request, IDisableCSRFProtection)
        said = values_of_body(
            self.request,
            {"deputy": text, **_DAYS},
            {"represented": text, "teams": texts, "reason": text},
        )
        return _created(
            self,
            enter_deputyship(
                said["deputy"],
                said.get("represented") or _user(),
                said["first_day"],
                said["last_day"],
                said.get("teams") or (),
                said.get("reason") or "",
            ),
        )


class AbsencesPost(Service):
    """Enter an absence: ``first_day``, ``last_day``, ``reason``; ``person`` or oneself.

    The standing deputies of the person's desks step in for these days.
    """

    def reply(self):
        alsoProvides(self.request, IDisableCSRFProtection)
        said = values_of_body(self.request, _DAYS, {"person": text, "reason": text})
        return _created(
            self,
            enter_absence(
                said.get("person") or _user(),
                said["first_day"],
                said["last_day"],
                said.get("reason") or "",
            ),
        )


@implementer(IPublishTraverse)
class EntryPatch(Service):
    """Switch a deputyship off, or end an absence: ``{"active": false}``."""

    entry_id = None

    def publishTraverse(self, request, name):
        if self.entry_id is not None:
            raise NotFound(self, name, request)
        self.entry_id = name
        return self

    def reply(self):
        alsoProvides(self.request, IDisableCSRFProtection)
        if object_of_body(self.request) != {"active": False}:
            raise RequestWrong(
                _("All that can be changed is “active”, and only to false.")
            )
        return entry_as_json(end(self.entry_id or ""))


def entry_as_json(entry):
    """Return a deputyship or absence as other systems read it."""
    moment = utc_now()
    is_deputyship = isinstance(entry, Deputyship)
    name = "@deputyships" if is_deputyship else "@absences"
    shown = {
        "@id": f"{api.portal.get().absolute_url()}/{name}/{entry.id}",
        "active": entry.holds(moment),
        "entered": json_compatible(entry.entered),
        "entered_by": _person(entry.entered_by),
        "ended": json_compatible(entry.ended),
        "ended_by": _person(entry.ended_by),
        "first_day": json_compatible(entry.first),
        "id": entry.id,
        "last_day": json_compatible(entry.last),
        "over": entry.is_over(moment),
        "reason": entry.reason,
    }
    if not is_deputyship:
        return shown | {"person": _person(entry.person)}
    return shown | {
        "deputy": _person(entry.deputy),
        "represented": _person(entry.represented),
        "teams": [_team(team) for team in entry.teams],
    }


def _representation(each):
    desk = getUtility(IOffice).desk(each.desk)
    return {
        "deputy": _person(each.deputy),
        "represented": _person(each.represented),
        "desk": {"id": desk.id, "title": desk.title},
        "until": json_compatible(each.until),
        "standing": each.standing,
    }


def _standing(each):
    desk = getUtility(IOffice).desk(each.desk) if each.desk else None
    return {
        "active": each.until is not None,
        "deputy": _person(each.deputy),
        "desk": desk and {"id": desk.id, "title": desk.title},
        "represented": _person(each.represented),
        "team": _team(each.team),
        "until": json_compatible(each.until),
    }


def _created(service, entry):
    shown = entry_as_json(entry)
    service.request.response.setStatus(201)
    service.request.response.setHeader("Location", shown["@id"])
    return shown


def _sides(entry):
    return {entry.person, getattr(entry, "deputy", None)}


def _person(person):
    return {"id": person, "name": name_of(person)} if person else None


def _team(team):
    known = getUtility(IOffice).team(team)
    return {"id": team, "title": known.title if known else team}


def _user():
    user = api.user.get_current()
    return (user and user.getId()) or ""
