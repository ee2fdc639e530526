"""How a mail item looks to other systems."""

from eakte.interfaces import IEakteLayer
from eakte.mailitem.content import IMailItem
from eakte.mailitem.store import IMailStore
from eakte.org.interfaces import IOffice
from eakte.org.places import name_of
from eakte.rest.fields import StrictDeserializer
from eakte.rest.seen import if_seen
from plone import api
from plone.restapi.interfaces import IDeserializeFromJson
from plone.restapi.interfaces import ISerializeToJson
from plone.restapi.serializer.converters import json_compatible
from plone.restapi.serializer.dxcontent import SerializeFolderToJson
from zope.component import adapter
from zope.component import getUtility
from zope.interface import implementer


SUMMARY = (
    "UID",
    "number",
    "review_state",
    "sender",
    "received",
    "letter_date",
    "mail_class",
    "channel",
    "team",
    "desk",
    "page_count",
    "scan_status",
    "scan_problem",
    "duplicate_of",
)
"""Columns of the catalog that a box shows of each letter."""


def summary(brain):
    """Return a letter as a line of a box; the letter itself is not read.

    ``duplicate_of`` names the first letter with the same file to those who see that
    letter too; to all others it is None.
    """
    line = {name: json_compatible(getattr(brain, name)) for name in SUMMARY}
    line["duplicate_of"] = if_seen(line["duplicate_of"])
    return {
        "@id": brain.getURL(),
        "@type": brain.portal_type,
        "title": brain.Title,
        **line,
    }


def entry(routing_entry):
    """Return one step of a letter's way, with the names that people read."""
    office = getUtility(IOffice)
    user = api.user.get(userid=routing_entry.who) if routing_entry.who else None

    def place(team, desk):
        if team is None:
            return None
        known_team, known_desk = office.team(team), office.desk(desk)
        return {
            "team": {"token": team, "title": known_team.title if known_team else team},
            "desk": desk
            and {"token": desk, "title": known_desk.title if known_desk else desk},
        }

    return {
        "step": str(routing_entry.step),
        "who": routing_entry.who,
        "name": (user and user.getProperty("fullname")) or routing_entry.who,
        "when": json_compatible(routing_entry.when),
        "from": place(routing_entry.from_team, routing_entry.from_desk),
        "to": place(routing_entry.to_team, routing_entry.to_desk),
        "why": routing_entry.why,
        "acting_for": _person(routing_entry.acting_for),
    }


def _person(person):
    return {"id": person, "name": name_of(person)} if person else None


@implementer(IDeserializeFromJson)
@adapter(IMailItem, IEakteLayer)
class MailItemFromJson(StrictDeserializer):
    """A letter's own data. Where it lies is set by the verbs, which note why."""

    given_at_creation = frozenset({"received", "team", "scan"})

    def _may_write(self, name, field, permission):
        # Until the release the mailroom may correct the day of receipt.
        if name == "received" and not self.creating:
            return self.check_permission(permission)
        return super()._may_write(name, field, permission)


@implementer(ISerializeToJson)
@adapter(IMailStore, IEakteLayer)
class MailStoreToJson(SerializeFolderToJson):
    """The store without its letters: they are asked for by ``@mail-box``."""

    def __call__(self, version=None, include_items=True, include_expansion=True):
        self.request.form["include_items"] = "false"
        return super().__call__(version, False, include_expansion)
