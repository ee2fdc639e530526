"""A matter ends: nothing may be left open, and every reason is said at once."""

from eakte import _
from eakte.casefile.content import ICaseFile
from eakte.casefile.interfaces import Blocker
from eakte.casefile.interfaces import IClosingRule
from eakte.casefile.states import Transition
from eakte.clock import today
from eakte.errors import EakteError
from plone import api
from zope.component import adapter
from zope.component import subscribers
from zope.interface import implementer


class CaseFileNotReady(EakteError):
    """A case file cannot change state yet; nothing was changed."""

    status = 409


def reasons_against_closing(case_file):
    """Return every reason, not just the first: the clerk fixes them in one go.

    What the user may not see still blocks; it is counted, not named.
    """
    reasons, hidden = [], 0
    for rule in subscribers((case_file,), IClosingRule):
        for blocker in rule.blockers():
            content = blocker.content
            if content is None or api.user.has_permission("View", obj=content):
                reasons.append(blocker.reason)
            else:
                hidden += 1
    if hidden:
        reasons.append(
            _(
                "${count} more that you may not see. The records manager can help.",
                mapping={"count": hidden},
            )
        )
    return reasons


@implementer(IClosingRule)
@adapter(ICaseFile)
class HasContents:
    """An empty case file is deleted, not closed."""

    def __init__(self, case_file):
        self.case_file = case_file

    def blockers(self):
        if not len(self.case_file):
            yield Blocker(_("The case file is empty."))


def refuse_if_not_ready(case_file, event):
    """Stop the transition, whoever started it: form, REST service or script."""
    if event.transition is None or event.transition.id != Transition.CLOSE:
        return
    if reasons := reasons_against_closing(case_file):
        raise CaseFileNotReady(reasons)


def refuse_reopening_without_reason(case_file, event):
    """A settled matter is taken up again for a reason that can be read later."""
    if event.transition is None or event.transition.id != Transition.REOPEN:
        return
    if not (event.kwargs or {}).get("comment", "").strip():
        raise CaseFileNotReady(_("Say why the case file is reopened."))


def note_closing_day(case_file, event):
    """Keep the day of closing, from which the retention is counted."""
    if event.transition is None:
        return
    if event.transition.id == Transition.CLOSE:
        case_file.closed = today()
    elif event.transition.id == Transition.REOPEN:
        case_file.closed = None
