"""A resubmission: entered, postponed, done."""

from dataclasses import replace
from eakte import _
from eakte.clock import today
from eakte.deadlines.acting import keep
from eakte.deadlines.acting import noted
from eakte.deadlines.acting import refuse_strangers
from eakte.deadlines.acting import term_of
from eakte.deadlines.acting import TermWrong
from eakte.deadlines.model import Deed
from eakte.deadlines.model import Resubmission
from eakte.deadlines.places import people_who_answer
from eakte.deadlines.places import place_of
from eakte.deadlines.whose import can_be_named
from eakte.org.interfaces import IOffice
from plone.uuid.interfaces import IUUID
from uuid import uuid4
from zope.component import getUtility


LONGEST = 500
"""Characters of a reason."""


def resubmit(content, day, reason, desk="", person=""):
    """Let the object be shown again on the day, and return the ``Resubmission``.

    :param desk: id of a desk of the object's team; its own desk without.
    :param person: id of a person of the department who works with the object or looks
        after it and sees it, in place of a desk.
    :raises NotAllowed: the user does not work on the object.
    :raises TermWrong: every reason against it.
    """
    refuse_strangers(content)
    _, team, _own = place_of(content)
    reasons = [*_against_day(day), *_against_text(reason)]
    reasons += _against_place(content, team, desk, person)
    if reasons:
        raise TermWrong(reasons)
    new = Resubmission(
        id=uuid4().hex,
        object=IUUID(content),
        day=day,
        reason=reason.strip(),
        for_desk="" if person else desk or "",
        for_person=person or "",
    )
    new = noted(new, content, Deed.ENTERED)
    return _keep(new, content, None, reason)


def postpone(content, term_id, day, why):
    """Put the resubmission off to another day; with a note why.

    :raises TermWrong: the day is not ahead, or no reason is given.
    """
    term = term_of(content, term_id, Resubmission)
    if reasons := [*_against_day(day), *_against_text(why)]:
        raise TermWrong(reasons)
    later = noted(replace(term, day=day), content, Deed.POSTPONED, why)
    return _keep(later, content, term, why)


def finish(content, term_id, note=""):
    """The resubmission is done; a note may say how."""
    term = term_of(content, term_id, Resubmission)
    done = noted(replace(term, is_open=False), content, Deed.DONE, note)
    return _keep(done, content, term, note)


def _keep(term, content, before, why):
    was = before.day.isoformat() if before else ""
    now = term.day.isoformat() if term.is_open else ""
    return keep(term, content, "resubmission", (was, now), why)


def _against_day(day):
    if day is None:
        yield _("Name the day.")
    elif day < today():
        yield _("The day is over: choose today or a later one.")


def _against_text(text):
    if not (text or "").strip():
        yield _("Say in a few words why.")
    elif len(text.strip()) > LONGEST:
        yield _("The text is too long: ${count} characters at most.", mapping=_COUNT)


_COUNT = {"count": str(LONGEST)}


def _against_place(content, team, desk, person):
    if not team:
        yield _("The letter has no team yet: route it first.")
        return
    known = getUtility(IOffice).desk(desk) if desk else None
    if desk and (known is None or known.team != team):
        yield _("The desk is not one of the team that has the object.")
    if person and person not in people_who_answer(team):
        yield _("The person does not work in the department that has the object.")
    elif person and not can_be_named(person, content):
        yield _(
            "The person has nothing to do with the object and would not see it. Name "
            "somebody to whom it is open."
        )
