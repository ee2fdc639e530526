"""Who may see a case file changed by a decision of somebody, with its reason."""

from eakte.journal.interfaces import IJournal
from eakte.journal.interfaces import Kind
from zope.component import getUtility


def note_closing(event):
    """A case file was protected, somebody was barred from it, or that was taken back."""
    getUtility(IJournal).append(
        Kind.RIGHTS,
        event.case_file,
        why=event.reason,
        # It is the decision of whoever has that place, and nobody's deputy.
        acting_for="",
        fields={
            name: [_plain(each) for each in change] for name, change in _said(event)
        },
    )


def _said(event):
    return event.changes.items()


def _plain(value):
    return list(value) if isinstance(value, tuple) else value
