"""Who works at whose desk for a time, and that it was ended: that changes rights."""

from eakte.journal.interfaces import IJournal
from eakte.journal.interfaces import Kind
from eakte.org.deputyship import Deputyship
from eakte.org.places import desks_at
from eakte.org.principals import desk_group
from zope.component import getUtility


def note_entered(event):
    """A deputyship or an absence was entered: deputies get places for these days."""
    entry = event.entry
    days = {"since": entry.first.isoformat(), "until": entry.last.isoformat()}
    _append(entry, "yes", **days)


def note_ended(event):
    """They leave them before the last day."""
    _append(event.entry, "no", ended="yes")


def _append(entry, gained, **said):
    """Note it of each deputy. Its reason, maybe an illness, stays in the book."""
    for deputy, desks in _seats(entry).items():
        getUtility(IJournal).append(
            Kind.PLACE,
            person=deputy,
            place=", ".join(map(desk_group, desks)),
            gained=gained,
            represented=entry.person,
            **said,
        )


def _seats(entry):
    """Return ``{deputy: ids of the desks}``; of an absence, the standing deputies'."""
    found = {}
    for desk in desks_at(entry.person):
        if not isinstance(entry, Deputyship):
            deputies = desk.deputies
        elif not entry.teams or desk.team in entry.teams:
            deputies = (entry.deputy,)
        else:
            deputies = ()
        for deputy in deputies:
            found.setdefault(deputy, []).append(desk.id)
    return found
