"""Many letters are to be shown again on a day."""

from datetime import date
from eakte import _
from eakte.deadlines.acting import term_of
from eakte.deadlines.acting import TermWrong
from eakte.deadlines.model import Resubmission
from eakte.deadlines.resubmitting import finish
from eakte.deadlines.resubmitting import resubmit
from eakte.errors import WrongState
from eakte.mailitem.manyinterfaces import IManyVerb
from eakte.mailitem.manyundoing import refuse_if_touched
from plone import api
from zope.i18n import translate
from zope.interface import implementer


UNDONE = _("Undone")


@implementer(IManyVerb)
class Resubmit:
    """Show the letters again: ``day``, ``reason``; for a ``desk`` or ``person``."""

    needed = ("day", "reason")
    possible = ("desk", "person")
    can_be_undone = True

    def do(self, mail_item, day, reason, desk="", person=""):
        term = resubmit(mail_item, _day(day), reason, desk, person)
        return mail_item, {"term": term.id}

    def undo(self, mail_item, trace, mark):
        """Settle the resubmission: it was a deed, and so is this."""
        refuse_if_touched(mail_item, mark)
        term = term_of(mail_item, trace["term"], Resubmission)
        if len(term.notes) > 1:
            raise WrongState(_("Something else has happened to the resubmission."))
        language = api.portal.get_default_language()
        finish(mail_item, term.id, translate(UNDONE, target_language=language))


def _day(text):
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise TermWrong(_("“${text}” is no day.", mapping={"text": text})) from None
