"""Who sees an object, read from its row in the catalog: the object is not woken."""

from eakte.access.closures import closures
from eakte.access.rows import INDEX
from eakte.access.rows import USER
from eakte.org.interfaces import IOffice
from eakte.org.places import departments_headed_by
from eakte.org.places import desks_at
from eakte.org.places import is_at_place
from eakte.org.places import teams_working_in
from eakte.org.principals import desk_group
from eakte.org.principals import desk_people_group
from eakte.org.principals import head_group
from eakte.org.principals import parts_of_exclusion
from eakte.org.principals import registry_group
from eakte.org.principals import team_group
from eakte.org.principals import team_people_group
from eakte.org.representing import represented_by
from plone import api
from Products.CMFCore.indexing import processQueue
from zope.component import getUtility


class Sight:
    """Asked about many people and objects at once; keeps what it found out of a person.

    For one list only: rights and places may be others a moment later.
    """

    def __init__(self):
        # The catalog itself does that before it answers.
        processQueue()
        indexes = api.portal.get_tool("portal_catalog").Indexes
        self._rows = indexes["UID"]._index
        self._readers = indexes[INDEX]
        self._book = closures()
        self._at_teams = {}
        self._places = {}
        self._principals = {}

    def reaches(self, person, team, file, uid):
        """Whether the person can answer for the team's object: works there, and sees it.

        In a protected case file the circle does. Who only reads it for a time, as a
        guest, does not.

        :param file: UUID of the case file in which it lies, or empty.
        :param uid: UUID of the object.
        """
        book = self._book
        if book is not None and book.closes(file):
            if book.is_closed_to(file, person):
                return False
            if book.protects(file):
                return self.sees(person, uid)
        return self._is_at(person, team) and self.sees(person, uid)

    def sees(self, person, uid):
        """Whether the catalog would find the object for the person."""
        row = self._rows.get(uid)
        readers = () if row is None else self._readers.getEntryForObject(row, ())
        own, lent = self._places_of(person)
        if not own.isdisjoint(readers) or not lent.isdisjoint(readers):
            return True
        for each in readers:
            group, barred = parts_of_exclusion(each)
            if barred and group in own and person not in barred:
                return True
        # Mostly one of these answers. Not so for who works there as a deputy of
        # somebody who may be barred, or is in a circle: all groups are asked for.
        return not self._principals_of(person).isdisjoint(readers)

    def _is_at(self, person, team):
        """Whether the person works in the team, looks after it or represents there."""
        if (person, team) not in self._at_teams:
            self._at_teams[person, team] = is_at_place(person, team, None) or any(
                each.team == team for each in represented_by(person)
            )
        return self._at_teams[person, team]

    def _places_of(self, person):
        if person not in self._places:
            self._places[person] = tuple(
                frozenset(USER + group for group in groups)
                for groups in (_own_groups(person), _lent_groups(person))
            )
        return self._places[person]

    def _principals_of(self, person):
        if person not in self._principals:
            catalog = api.portal.get_tool("portal_catalog")
            user = api.portal.get_tool("acl_users").getUserById(person)
            found = catalog._listAllowedRolesAndUsers(user) if user else ()
            self._principals[person] = frozenset(found)
        return self._principals[person]


def _own_groups(person):
    """Yield groups that the person is in for certain, by a place of its own."""
    for team in teams_working_in(person):
        yield from (team_group(team), team_people_group(team))
    for desk in desks_at(person):
        yield from (desk_group(desk.id), desk_people_group(desk.id))
    for department in departments_headed_by(person):
        yield head_group(department.id)
    for department in getUtility(IOffice).departments():
        if person in department.registry:
            yield registry_group(department.id)


def _lent_groups(person):
    """Yield groups that the person is in for certain, for somebody else."""
    for each in represented_by(person):
        yield from (team_group(each.team), desk_group(each.desk))
