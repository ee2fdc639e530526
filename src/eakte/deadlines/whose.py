"""Whose a resubmission or deadline is to do now: the one place that decides.

List, badge, mail and service ask here. Only who is there and sees the object can have
it: of whom that is not true it falls to the next, so that somebody always has it.
"""

from eakte.access.closures import closures
from eakte.clock import today
from eakte.deadlines.model import Deadline
from eakte.deadlines.model import PRESSING
from eakte.deadlines.places import people_who_answer
from eakte.deadlines.places import place_of
from eakte.deadlines.sight import Sight
from eakte.org.interfaces import IOffice
from eakte.org.membership import desks_of
from eakte.org.membership import teams_of
from eakte.org.places import people_of_team
from eakte.org.representing import at_desk
from eakte.org.representing import deputies_of
from eakte.org.representing import is_absent
from eakte.org.representing import represented_by
from functools import cached_property
from plone import api
from plone.uuid.interfaces import IUUID
from zope.component import getUtility


class Whose:
    """What is the user's to do; asked about all terms of one list.

    It is for the person who is named, or who works at the desk, and for who represents
    them. None of these there, it is for everybody in the team, and with nobody there
    who sees the object, for the head of the department. What has no desk is for the
    team at once.

    A deadline whose early warning has come is for the team's lead too, with a lead away
    for the standing deputies; with none of these there, for the head of the department
    and who represents the head; with none there either, for everybody in the team.

    In a protected case file it is for the circle: for the one of it who is named and
    there, or for all.

    Whoever is away keeps all that on the own list, for the return.
    """

    def __init__(self):
        user = api.user.get_current()
        self.user = (user and user.getId()) or ""
        self.day = today()
        self.book = closures()
        self.desks = {desk.id for desk in desks_of()}
        self.teams = {team.id for team in teams_of()}
        self.represented = {each.represented for each in represented_by(self.user)}
        self._away = {}
        self._at_desks = {}
        self._superiors = {}

    def is_mine(self, term):
        """Whether the user is to do it. Whether the user sees it is the catalog's."""
        if self.book is not None and self.book.protects(term.file):
            return self._is_mine_in_circle(term)
        return self._is_mine_to_do(term) or self._is_mine_to_look_after(term)

    @cached_property
    def sight(self):
        return Sight()

    def _is_mine_in_circle(self, term):
        if self.book.is_closed_to(term.file, self.user):
            return False
        named = (term.person,) if term.person else ()
        return self.user in named or not self._is_anybody_there(named, term)

    def _is_mine_to_do(self, term):
        if term.person and term.person in (self.user, *self.represented):
            return True
        if not term.person and term.desk in self.desks:
            return True
        works_here = term.team in self.teams
        if not works_here and not self._is_superior(term.team):
            return False
        if self._is_anybody_there(self._first(term), term):
            return False
        return works_here or not self._is_seen_by_team(term)

    def _first(self, term):
        """Return the ids of those who are asked before the team."""
        if term.person:
            return (term.person, *_deputies(term.person))
        if term.desk not in self._at_desks:
            desk = getUtility(IOffice).desk(term.desk) if term.desk else None
            deputies = at_desk(desk) if desk is not None else ()
            self._at_desks[term.desk] = (
                *(desk.people if desk is not None else ()),
                *(each.deputy for each in deputies),
            )
        return self._at_desks[term.desk]

    def _is_seen_by_team(self, term):
        people = people_of_team(term.team)
        return any(self._reaches(each, term) for each in people)

    def _is_mine_to_look_after(self, term):
        """Whether the user is to see to it that somebody does it."""
        team = getUtility(IOffice).team(term.team)
        if team is None or not isinstance(term, Deadline):
            return False
        if term.urgency(self.day) not in PRESSING:
            return False
        if self.user in team.lead:
            return True
        is_superior = self._is_superior(team.id)
        is_deputy = self.user in team.lead_deputies
        if not (is_superior or is_deputy or team.id in self.teams):
            return False
        if is_deputy and any(map(self._is_away, team.lead)):
            return True
        if self._is_anybody_there(team.lead, term):
            return False
        if is_deputy:
            return True
        if self._is_anybody_there(team.lead_deputies, term):
            return False
        return is_superior or not self._is_anybody_there(_superiors(team), term)

    def _is_superior(self, team):
        """Whether the user heads the team's department, or represents its head."""
        if team not in self._superiors:
            known = getUtility(IOffice).team(team)
            self._superiors[team] = known is not None and self.user in _superiors(known)
        return self._superiors[team]

    def _is_anybody_there(self, people, term):
        return any(
            not self._is_away(each) and self._reaches(each, term) for each in people
        )

    def _reaches(self, person, term):
        return self.sight.reaches(person, term.team, term.file, term.object)

    def _is_away(self, person):
        if person not in self._away:
            self._away[person] = is_absent(person)
        return self._away[person]


def people_to_name(content):
    """Return the ids of those for whom the content can be resubmitted by name.

    Of the department that has it: who answers for it and sees it.
    """
    file, team, _desk = place_of(content)
    sight, uid = Sight(), IUUID(content)
    return tuple(
        each for each in people_who_answer(team) if sight.reaches(each, team, file, uid)
    )


def can_be_named(person, content):
    """Whether the person is one of ``people_to_name``."""
    file, team, _desk = place_of(content)
    known = person in people_who_answer(team)
    return known and Sight().reaches(person, team, file, IUUID(content))


def _superiors(team):
    """Return the ids of the heads of the team's department and of who represents them."""
    department = getUtility(IOffice).department(team.department)
    heads = department.head if department is not None else ()
    return (*heads, *(each for head in heads for each in _deputies(head)))


def _deputies(person):
    return tuple(each.deputy for each in deputies_of(person))
