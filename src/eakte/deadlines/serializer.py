"""How a resubmission or deadline looks to other systems."""

from eakte.clock import today
from eakte.deadlines.model import Deadline
from eakte.org.interfaces import IOffice
from eakte.org.places import name_of
from plone.restapi.serializer.converters import json_compatible
from zope.component import getUtility


def term_as_json(term, address):
    """Return the term with everything that was done with it.

    :param address: of the object that it is about.
    """
    is_deadline = isinstance(term, Deadline)
    name = "@deadlines" if is_deadline else "@resubmissions"
    shown = {
        "@id": f"{address}/{name}/{term.id}",
        "id": term.id,
        "object": term.object,
        "case_file": term.file or None,
        "team": _place(getUtility(IOffice).team, term.team),
        "desk": _place(getUtility(IOffice).desk, term.desk),
        "open": term.is_open,
        "urgency": str(term.urgency(today())) if term.is_open else None,
        "notes": [_note(each) for each in term.notes],
    }
    return shown | (_deadline(term) if is_deadline else _resubmission(term))


def line_as_json(line):
    """Return a line of a list: the term and what it is about."""
    content = {
        "@id": line.url,
        "@type": line.type,
        "title": line.title,
        "reference": line.reference,
    }
    return term_as_json(line.term, line.url) | {"content": content}


def _resubmission(term):
    return {
        "day": json_compatible(term.day),
        "reason": term.reason,
        "person": _person(term.person),
    }


def _deadline(term):
    length = term.length
    return {
        "kind": term.kind,
        "event": term.event,
        "start": json_compatible(term.start),
        "length": length and {"count": length.count, "unit": str(length.unit)},
        "counts_first_day": term.counts_first_day,
        "end": json_compatible(term.end),
        "warning": json_compatible(term.warning),
        "confirmed_by": _person(term.confirmed_by),
        "outgoing": term.outgoing or None,
    }


def _note(note):
    return {
        "deed": str(note.deed),
        "when": json_compatible(note.when),
        "who": _person(note.who),
        "acting_for": _person(note.for_whom),
        "why": note.why,
    }


def _person(person):
    return {"id": person, "name": name_of(person)} if person else None


def _place(known, place):
    found = known(place) if place else None
    return {"id": place, "title": found.title if found else place} if place else None
