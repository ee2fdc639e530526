"""Who became a guest of a case file, why and until when, and that it was ended."""

from eakte.access.guests import Way
from eakte.journal.interfaces import IJournal
from eakte.journal.interfaces import Kind
from zope.component import getUtility


KINDS = {Way.ELSEWHERE: Kind.ELSEWHERE, Way.SHARED: Kind.SHARED}


def note_entered(event):
    """Somebody reads the case file for a time."""
    _append(event, until=event.entry.until.isoformat())


def note_ended(event):
    """Somebody reads it no longer, before the last day."""
    _append(event, ended="yes")


def _append(event, **said):
    entry = event.entry
    if entry.way == Way.SHARED:
        said["person"] = entry.person
    why = entry.reason if entry.ended is None else ""
    getUtility(IJournal).append(KINDS[entry.way], event.case_file, why=why, **said)
