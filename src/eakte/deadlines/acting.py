"""What every deed about a resubmission or deadline has in common: right, note, journal."""

from dataclasses import replace
from eakte import _
from eakte.access.acting import acting_for
from eakte.clock import utc_now
from eakte.deadlines.model import Note
from eakte.deadlines.places import case_file_of
from eakte.deadlines.places import placed
from eakte.deadlines.store import terms
from eakte.deadlines.store import terms_to_change
from eakte.errors import EakteError
from eakte.errors import NotAllowed
from eakte.errors import WrongState
from eakte.journal.interfaces import IJournal
from eakte.journal.interfaces import Kind
from plone import api
from plone.uuid.interfaces import IUUID
from zope.component import getUtility


class TermWrong(EakteError):
    """The resubmission or deadline is not right like this; nothing was changed."""


class NoSuchTerm(EakteError):
    """The object has no such resubmission or deadline."""

    status = 404


MAY = "Modify portal content"


def may_act(content):
    """Whether the user enters and settles resubmissions and deadlines here.

    Whoever works on the object or on its case file does; a letter that is done can
    still be resubmitted.
    """
    if not api.user.has_permission("View", obj=content):
        return False
    case_file = case_file_of(content)
    return api.user.has_permission(MAY, obj=content) or (
        case_file is not None and api.user.has_permission(MAY, obj=case_file)
    )


def refuse_strangers(content):
    """Raise ``NotAllowed`` unless the user may act here."""
    if not may_act(content):
        raise NotAllowed(_("You do not have the right for this step."))


def term_of(content, term_id, kind):
    """Return the open term of the content for a deed of the user.

    :param kind: ``Resubmission`` or ``Deadline``.
    :raises NotAllowed: the user may not act here.
    :raises NoSuchTerm: the content has no such one.
    :raises WrongState: it is settled already.
    """
    refuse_strangers(content)
    term = terms().get(term_id)
    if not isinstance(term, kind) or term.object != IUUID(content):
        raise NoSuchTerm(_("There is no such resubmission or deadline here."))
    if not term.is_open:
        raise WrongState(_("It is settled already. Load the page again to see it."))
    return term


def who():
    user = api.user.get_current()
    return (user and user.getId()) or ""


def noted(term, content, deed, why=""):
    """Return the term with a note of what the user does now."""
    for_whom = acting_for(who(), content) or ""
    note = Note(deed, utc_now(), who(), for_whom, why.strip())
    return replace(term, notes=(*term.notes, note))


def keep(term, content, field, said, why=""):
    """Keep the term where its object lies, and write it into the journal.

    :param field: ``resubmission`` or ``deadline``.
    :param said: what it was and what it is, in words.
    """
    term = placed(term, content)
    terms_to_change().keep(term)
    getUtility(IJournal).append(
        Kind.CHANGED,
        content,
        why=why,
        acting_for=term.notes[-1].for_whom,
        fields={field: list(said)},
        deed=str(term.notes[-1].deed),
    )
    return term
