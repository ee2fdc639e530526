"""What is still to be done keeps a case file open, and a deadline keeps a letter open."""

from eakte import _
from eakte.casefile.content import ICaseFile
from eakte.casefile.interfaces import Blocker
from eakte.casefile.interfaces import IClosingRule
from eakte.deadlines.model import Deadline
from eakte.deadlines.store import terms
from eakte.errors import EakteError
from eakte.mailitem.states import Transition
from plone.app.uuid.utils import uuidToObject
from plone.uuid.interfaces import IUUID
from zope.component import adapter
from zope.interface import implementer


ENDS = (Transition.SETTLE, Transition.HAND_OVER)
"""Steps with which a letter is done."""


class DeadlineOpen(EakteError):
    """A letter with an open deadline cannot be settled; nothing was changed."""

    status = 409


@implementer(IClosingRule)
@adapter(ICaseFile)
class NothingToDo:
    """An open resubmission or deadline in it keeps a case file open."""

    def __init__(self, case_file):
        self.case_file = case_file

    def blockers(self):
        for term in terms().open_in_file(IUUID(self.case_file)):
            content = uuidToObject(term.object, unrestricted=True)
            yield Blocker(reason_of(term), content)


def reason_of(term):
    """Return what is to be settled, in a sentence."""
    if isinstance(term, Deadline):
        return _(
            "The deadline “${kind}” until ${day} is open. Close it first.",
            mapping={"kind": term.kind, "day": _as_day(term.end)},
        )
    return _(
        "The resubmission “${reason}” on ${day} is open. Settle it first.",
        mapping={"reason": term.reason, "day": _as_day(term.day)},
    )


def _as_day(day):
    """Return the day in the order of the reader's language."""
    parts = {"day": f"{day.day:02}", "month": f"{day.month:02}", "year": str(day.year)}
    return _("${day}/${month}/${year}", mapping=parts)


def refuse_with_open_deadline(mail_item, event):
    """Stop the settling of a letter, whoever started it."""
    if event.transition is None or event.transition.id not in ENDS:
        return
    reasons = [
        reason_of(term)
        for term in terms().of_object(IUUID(mail_item))
        if term.is_open and isinstance(term, Deadline)
    ]
    if reasons:
        raise DeadlineOpen(reasons)
