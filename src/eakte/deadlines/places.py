"""Who answers for a resubmission or deadline: its object's team and desk, wherever it goes."""

from Acquisition import aq_chain
from Acquisition import aq_inner
from dataclasses import replace
from eakte.casefile.content import ICaseFile
from eakte.deadlines.model import Resubmission
from eakte.deadlines.store import terms
from eakte.deadlines.store import terms_to_change
from eakte.org.interfaces import IOffice
from eakte.org.places import people_of_department
from plone.app.uuid.utils import uuidToObject
from plone.uuid.interfaces import IUUID
from zope.component import getUtility


def case_file_of(content):
    """Return the case file in which the content lies, or which it is; or None."""
    chain = aq_chain(aq_inner(content))
    return next((each for each in chain if ICaseFile.providedBy(each)), None)


def place_of(content):
    """Return UUID of the case file, team and desk that answer for the content.

    In a case file its team answers; the letter's own desk if it is one of that team,
    the case file's otherwise. What is not known is empty.
    """
    case_file = case_file_of(content)
    whole = content if case_file is None else case_file
    team = whole.team or ""
    own = getattr(content, "desk", None)
    desk = own if own and _is_of(own, team) else getattr(whole, "desk", None)
    file = "" if case_file is None else IUUID(case_file)
    return file, team, desk if desk and _is_of(desk, team) else ""


def placed(term, content):
    """Return the term as it is where the content lies now."""
    file, team, desk = place_of(content)
    person = ""
    if isinstance(term, Resubmission):
        if term.for_desk and _is_of(term.for_desk, team):
            desk = term.for_desk
        # Nobody answers for it over the wall. Who of the department does not see it
        # stays named, and it falls to others as long as that is so: see ``whose``.
        if term.for_person in people_who_answer(team):
            person = term.for_person
            desk = ""
    return replace(term, file=file, team=team, desk=desk, person=person)


def people_who_answer(team):
    """Return the ids of the people who may answer for what the team has, if they see it."""
    return people_of_department(getUtility(IOffice).department_of(team))


def follow(content, event):
    """The object may have got another team or desk; what it carries goes along."""
    book = terms()
    uid = IUUID(content)
    _put(book.of_object(uid), content)
    if ICaseFile.providedBy(content):
        inside = [each for each in book.open_in_file(uid) if each.object != uid]
        for term in inside:
            _put([term], uuidToObject(term.object, unrestricted=True))


def follow_move(content, event):
    """The object lies somewhere else now, or is gone."""
    if event.newParent is not None:
        follow(content, event)
    elif event.oldParent is not None:
        uid = IUUID(content)
        if terms().of_object(uid):
            terms_to_change().forget(uid)


def _put(some, content):
    for term in some:
        there = placed(term, content) if term.is_open else term
        if there != term:
            terms_to_change().keep(there)


def _is_of(desk, team):
    known = getUtility(IOffice).desk(desk)
    return known is not None and known.team == team
