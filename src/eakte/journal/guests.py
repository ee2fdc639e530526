"""Who became a guest of a case file, why and until when, and that it was ended."""

from eakte.access.guests import Way
from eakte.journal.interfaces import IJournal
from eakte.journal.interfaces import Kind
from eakte.org.places import answers_for_data_protection
from eakte.org.principals import DATA_PROTECTION_GROUP
from zope.component import getUtility


KINDS = {Way.ELSEWHERE: Kind.ELSEWHERE, Way.SHARED: Kind.SHARED}


def note_entered(event):
    """Somebody reads the case file for a time."""
    entry, said = event.entry, {}
    if entry.way == Way.ELSEWHERE and answers_for_data_protection(entry.person):
        said["function"] = DATA_PROTECTION_GROUP
    _append(event, until=entry.until.isoformat(), **said)


def note_ended(event):
    """Somebody reads it no longer, before the last day."""
    _append(event, ended="yes")


def _append(event, **said):
    entry = event.entry
    if entry.way == Way.SHARED:
        said["person"] = entry.person
    why = entry.reason if entry.ended is None else ""
    getUtility(IJournal).append(KINDS[entry.way], event.case_file, why=why, **said)
