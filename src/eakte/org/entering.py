"""Deputyships and absences are entered and ended; every reason against it at once."""

from dataclasses import dataclass
from dataclasses import replace
from eakte import _
from eakte.clock import today
from eakte.clock import utc_now
from eakte.errors import EakteError
from eakte.errors import NotAllowed
from eakte.errors import WrongState
from eakte.org.deputyship import Absence
from eakte.org.deputyship import Deputyship
from eakte.org.interfaces import IDeputyshipEnded
from eakte.org.interfaces import IDeputyshipEntered
from eakte.org.interfaces import IDeputyships
from eakte.org.interfaces import IOffice
from eakte.org.places import departments_headed_by
from eakte.org.places import departments_of
from eakte.org.places import desks_at
from eakte.org.places import name_of
from eakte.org.places import teams_led_by
from eakte.org.places import teams_working_in
from eakte.org.representing import is_absent
from plone import api
from zope.component import getUtility
from zope.event import notify
from zope.interface import implementer

import datetime
import uuid


LONGEST_AHEAD = datetime.timedelta(366)
"""To the last day of a deputyship: what nobody thinks of any more opens nothing."""


class DeputyshipWrong(EakteError):
    """The deputyship or absence cannot be like that; nothing was entered."""


@implementer(IDeputyshipEntered)
@dataclass(frozen=True)
class DeputyshipEntered:
    entry: object


@implementer(IDeputyshipEnded)
@dataclass(frozen=True)
class DeputyshipEnded:
    entry: object


def enter_deputyship(deputy, represented, first, last, teams=(), reason=""):
    """Let one person work for another. It holds at once when today is one of its days.

    :param first: the first day.
    :param last: the last day, at most a year ahead; it holds to the last minute of it.
    :param teams: ids of the teams whose desks are meant; all of the
        represented person's desks without one.
    :returns: the ``Deputyship``.
    :raises NotAllowed: the user may not enter it for this person.
    :raises DeputyshipWrong: with every reason against it.
    """
    teams = tuple(dict.fromkeys(teams))
    _refuse_strangers(represented)
    _refuse_foreign_teams(represented, teams)
    reasons = [
        *_against_persons(deputy, represented, teams),
        *_against_days(first, last),
    ]
    if last and last > today() + LONGEST_AHEAD:
        reasons.append(
            _(
                "A deputyship ends within a year from now. Enter it anew when it goes on."
            )
        )
    if first and first < today():
        reasons.append(_("The first day is over: a deputyship begins today or later."))
    if first and last and _works_for(represented, deputy, first, last):
        reasons.append(
            _(
                "${represented} represents ${deputy} on some of these days: they "
                "cannot represent each other.",
                mapping=_names(deputy, represented),
            )
        )
    if reasons:
        raise DeputyshipWrong(reasons)
    return _entered(
        Deputyship(
            deputy=deputy,
            represented=represented,
            teams=teams,
            **_said(first, last, reason),
        )
    )


def enter_absence(person, first, last, reason=""):
    """Say that a person is away. The standing deputies of the desks step in.

    :param first: the first day; an illness may be entered some days late.
    :param last: the last day.
    :returns: the ``Absence``.
    :raises NotAllowed: the user may not enter it for this person.
    :raises DeputyshipWrong: with every reason against it.
    """
    _refuse_strangers(person)
    reasons = [*_against_person(person), *_against_days(first, last)]
    if reasons:
        raise DeputyshipWrong(reasons)
    return _entered(Absence(person=person, **_said(first, last, reason)))


def end(entry_id):
    """End a deputyship or an absence now. It stays in the book, with who ended it.

    :returns: the entry as it is now.
    :raises DeputyshipWrong: there is no such entry that the user may know of.
    :raises NotAllowed: the user may not end it.
    :raises WrongState: it is over already.
    """
    book = getUtility(IDeputyships)
    entry = book.get(entry_id)
    if entry is None or not may_know_of(entry):
        raise DeputyshipWrong(_("There is no such deputyship or absence."))
    _refuse_strangers(entry.person)
    moment = utc_now()
    if entry.is_over(moment):
        raise WrongState(_("It is over already."))
    ended = replace(entry, ended=moment, ended_by=_user())
    book.replace(ended)
    notify(DeputyshipEnded(ended))
    return ended


def may_know_of(entry, user=None):
    """Whether the entry is the person's business: as a side of it, or as a superior."""
    user = user or _user()
    sides = {entry.person, getattr(entry, "deputy", None)}
    return user in sides or may_enter_for(entry.person, user)


def may_enter_for(person, user=None):
    """Whether the user may enter absences and deputyships of the person.

    The person may, whoever leads one of the person's teams, the standing deputies
    of a lead that is absent, and the head of the department.
    """
    user = user or _user()
    if not user:
        return False
    return user == person or bool(_teams_in_charge(user) & teams_working_in(person))


def teams_in_charge(user=None):
    """Return the teams for whose people the user enters deputyships, in order."""
    wanted = _teams_in_charge(user or _user())
    return tuple(team for team in getUtility(IOffice).teams() if team.id in wanted)


def _teams_in_charge(user):
    office = getUtility(IOffice)
    wanted = {team.id for team in teams_led_by(user)}
    for department in departments_headed_by(user):
        wanted.update(team.id for team in office.teams(department.id))
    for team in office.teams():
        if user in team.lead_deputies and any(is_absent(each) for each in team.lead):
            wanted.add(team.id)
    return wanted


def _refuse_strangers(person):
    if not may_enter_for(person):
        raise NotAllowed(
            _(
                "Deputyships and absences are entered by the person, by the lead of "
                "the team and by the head of the department."
            )
        )


def _refuse_foreign_teams(person, teams):
    """Who leads one of the person's teams opens nothing of the others."""
    user = _user()
    if user == person:
        return
    meant = {desk.team for desk in desks_at(person)}
    if (meant & set(teams) if teams else meant) - _teams_in_charge(user):
        raise NotAllowed(
            _(
                "The person works in teams too that you do not lead. Name the teams "
                "that you lead."
            )
        )


def _against_person(person):
    if not departments_of(person):
        yield _("“${person}” has no place in the office.", mapping={"person": person})


def _against_persons(deputy, represented, teams):
    if not deputy:
        yield _("Name the deputy.")
        return
    if deputy == represented:
        yield _("Nobody represents himself or herself.")
        return
    unknown = [*_against_person(deputy), *_against_person(represented)]
    yield from unknown
    if unknown:
        return
    office = getUtility(IOffice)
    seats = desks_at(represented)
    names = _names(deputy, represented)
    if not seats:
        yield _(
            "${represented} sits at no desk: there is nothing that a deputy could take "
            "over.",
            mapping=names,
        )
    for team in teams:
        if team not in {desk.team for desk in seats}:
            known = office.team(team)
            yield _(
                "${represented} has no desk in the team “${team}”.",
                mapping={**names, "team": known.title if known else team},
            )
    meant = [desk for desk in seats if not teams or desk.team in teams]
    walls = {office.department_of(desk.team) for desk in meant}
    if walls - departments_of(deputy):
        yield _(
            "${deputy} works in another department: nobody sees over that wall.",
            mapping=names,
        )


def _against_days(first, last):
    if not first:
        yield _("Name the first day.")
    if not last:
        yield _("Name the last day.")
    if first and last and last < first:
        yield _("The last day is before the first one.")
    elif last and last < today():
        yield _("The last day is over.")


def _works_for(person, other, first, last, seen=()):
    """Whether the person works for the other on some of the days, be it round corners."""
    for entry in getUtility(IDeputyships).by_represented(other):
        begin, until = max(first, entry.first), min(last, entry.last)
        if entry.ended is not None or begin > until or entry.id in seen:
            continue
        seen = (*seen, entry.id)
        if entry.deputy == person or _works_for(
            person, entry.deputy, begin, until, seen
        ):
            return True
    return False


def _said(first, last, reason):
    return {
        "id": uuid.uuid4().hex,
        "first": first,
        "last": last,
        "reason": reason.strip(),
        "entered_by": _user(),
        "entered": utc_now(),
    }


def _entered(entry):
    getUtility(IDeputyships).add(entry)
    notify(DeputyshipEntered(entry))
    return entry


def _names(deputy, represented):
    return {"deputy": name_of(deputy), "represented": name_of(represented)}


def _user():
    user = api.user.get_current()
    return (user and user.getId()) or ""
