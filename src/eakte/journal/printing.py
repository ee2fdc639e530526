"""Who printed what: pages of a scan."""

from eakte.journal.interfaces import IJournal
from eakte.journal.interfaces import Kind
from zope.component import getUtility


def note_pages(event):
    """Pages of a scan go to a printer; if this cannot be noted, they do not."""
    getUtility(IJournal).append(
        Kind.PRINTED, event.content, first=event.first, last=event.last
    )
