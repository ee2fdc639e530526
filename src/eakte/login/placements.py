"""Places in the office that follow from groups elsewhere.

The office's files have the last word on places: what comes from elsewhere is a computed
membership like that of a deputy. It is added and never takes away; it opens no personal
letters; nobody represents it. A name that ``login.yaml`` does not map is no group here,
even when it is called like one.
"""

from BTrees.OOBTree import OOBTree
from eakte.org.groups import groups_of_plan
from eakte.org.interfaces import Cause
from eakte.org.interfaces import IMemberships
from eakte.org.interfaces import IOffice
from eakte.org.principals import desk_group
from eakte.org.principals import MAILROOM_GROUPS
from eakte.org.principals import records_group
from eakte.org.principals import registry_group
from eakte.org.principals import team_group
from eakte.org.principals import team_lead_group
from persistent import Persistent
from plone import api
from Products.PluggableAuthService.events import PrincipalAddedToGroup
from Products.PluggableAuthService.events import PrincipalRemovedFromGroup
from zope.annotation.interfaces import IAnnotations
from zope.component import queryUtility
from zope.component.hooks import getSite
from zope.event import notify
from zope.interface import implementer


KEY = "eakte.login.placements"

CAUSE = "account"
"""Kind of the ``Cause``; its person is the title of where the group stands."""


class Placements(Persistent):
    """What is known of groups elsewhere."""

    def __init__(self):
        self.people = OOBTree()
        """``{person: {kind of source: names of the groups there}}``."""
        self.sources = {}
        """``{kind of source: (its title, {name there: groups here})}``."""
        self.wanted = {}
        """``{kind of source: (its title, ((name there, place), …))}``, as mapped."""


def groups_at(plan, place):
    """Return the ids of the groups whose members those at the place are; () of no place.

    Never those for personal letters, for data protection, of services and of heads, who
    decide about protected case files: these are for whom the office's files name.
    """
    for team in plan.teams:
        if place == team_group(team.id):
            return (place,)
        if place == team_lead_group(team.id):
            return (place, team_group(team.id))
    for desk in plan.desks:
        if place == desk_group(desk.id):
            return (place, team_group(desk.team))
    for each in plan.departments:
        if place in (registry_group(each.id), records_group(each.id)):
            return (place,)
    return (place,) if place in MAILROOM_GROUPS.values() else ()


def remember(person, kind, names):
    """Keep the groups that the person has elsewhere, as they were at this login."""
    book = _book(create=True)
    known = book.people.get(person, {})
    names = tuple(sorted(set(names)))
    if known.get(kind, ()) == names:
        return
    with _noted([person]):
        book.people[person] = {**known, kind: names}


def map_places(wanted):
    """Let groups elsewhere stand for places here.

    :param wanted: ``{kind of source: (its title, ((name there, place), …))}``; what
        other sources said is forgotten.
    """
    book = _book(create=bool(wanted))
    if book is None or book.wanted == wanted:
        return
    with _noted(list(book.people)):
        book.wanted = wanted
        for person, known in list(book.people.items()):
            kept = {kind: names for kind, names in known.items() if kind in wanted}
            if kept != known:
                book.people[person] = kept
        _resolve(book)


def follow_office(event):
    """The office's files were applied: a place that is gone is nobody's."""
    book = _book()
    if book is not None:
        with _noted(list(book.people)):
            _resolve(book)


@implementer(IMemberships)
class AccountMemberships:
    """Who has a place by a group elsewhere."""

    def groups_of(self, person_id):
        book = _book()
        if book is None or person_id not in book.people:
            return frozenset()
        return _groups_of(book, person_id)

    def members_of(self, group_id):
        book = _book()
        found = {}
        for kind, (title, mapped) in book.sources.items() if book is not None else ():
            giving = {name for name, groups in mapped.items() if group_id in groups}
            for person, known in book.people.items() if giving else ():
                if giving & set(known.get(kind, ())):
                    found.setdefault(person, Cause(CAUSE, title))
        return found


def _groups_of(book, person):
    known = book.people.get(person, {})
    return frozenset(
        group
        for kind, (_title, mapped) in book.sources.items()
        for name in known.get(kind, ())
        for group in mapped.get(name, ())
    )


def _resolve(book):
    plan = queryUtility(IOffice).plan
    book.sources = {
        kind: (title, _by_name(plan, pairs))
        for kind, (title, pairs) in book.wanted.items()
    }


def _by_name(plan, pairs):
    found = {}
    for name, place in pairs:
        found[name] = (*found.get(name, ()), *groups_at(plan, place))
    return found


class _noted:
    """Tell who got and who left a place meanwhile, as Plone does of stored groups."""

    def __init__(self, people):
        self.people = people

    def __enter__(self):
        self.before = self._places()

    def __exit__(self, kind, error, trace):
        if error is not None:
            return
        after = self._places()
        planned = groups_of_plan(queryUtility(IOffice).plan)
        for person in self.people:
            for group in sorted(self.before[person] ^ after[person]):
                # Who sits there by the files has neither got nor left the place.
                if group in planned and person in planned[group].members:
                    continue
                gained = group in after[person]
                told = PrincipalAddedToGroup if gained else PrincipalRemovedFromGroup
                notify(told(person, group))

    def _places(self):
        book = _book()
        return {person: _groups_of(book, person) for person in self.people}


def _book(create=False):
    # Asked for every user of every request, also above the site.
    site = getSite() if not create else api.portal.get()
    kept = IAnnotations(site, None) if site is not None else None
    if kept is None:
        return None
    if create and KEY not in kept:
        kept[KEY] = Placements()
    return kept.get(KEY)
