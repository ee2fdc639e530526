"""What will change when the office's files are applied, said before it is done."""

from dataclasses import dataclass
from eakte.org.groups import groups_of_plan
from eakte.org.groups import is_place


@dataclass(frozen=True)
class Change:
    """One difference between two plans."""

    kind: str
    """``gained``, ``left``, ``person_new``, ``person_renamed``, ``place_new``,
    ``place_gone``, ``place_renamed``, ``team_moved``, ``deputy_new`` or
    ``deputy_gone``."""
    what: str
    """Name of the person, or title of the place."""
    where: str = ""
    """Title of the place, or the new name."""


def changes_between(before, after):
    """Return every ``Change`` from one plan to the other, as a person reads them."""
    return (
        *_places(before, after),
        *_moved(before, after),
        *_people(before, after),
        *_members(before, after),
        *_deputies(before, after),
    )


def _places(before, after):
    old, new = _own_groups(before), _own_groups(after)
    for group_id in new.keys() - old.keys():
        yield Change("place_new", new[group_id].title)
    for group_id in old.keys() - new.keys():
        yield Change("place_gone", old[group_id].title)
    for group_id in sorted(old.keys() & new.keys()):
        if old[group_id].title != new[group_id].title:
            yield Change("place_renamed", old[group_id].title, new[group_id].title)


def _moved(before, after):
    departments = {each.id: each.title for each in after.departments}
    old = {team.id: team.department for team in before.teams}
    for team in after.teams:
        if old.get(team.id, team.department) != team.department:
            yield Change("team_moved", team.title, departments[team.department])


def _people(before, after):
    old = {person.id: person for person in before.people}
    for person in after.people:
        if person.id not in old:
            yield Change("person_new", person.name)
        elif old[person.id].name != person.name:
            yield Change("person_renamed", old[person.id].name, person.name)


def _members(before, after):
    old, new = _own_groups(before), _own_groups(after)
    names = _names(before, after)
    for group_id in sorted(old.keys() | new.keys()):
        had = old[group_id].members if group_id in old else frozenset()
        has = new[group_id].members if group_id in new else frozenset()
        title = (new.get(group_id) or old[group_id]).title
        for person in sorted(has - had):
            yield Change("gained", names.get(person, person), title)
        for person in sorted(had - has):
            yield Change("left", names.get(person, person), title)


def _deputies(before, after):
    names = _names(before, after)
    old, new = dict(_standing(before)), dict(_standing(after))
    for key in sorted(old.keys() | new.keys()):
        title, had = old.get(key, ("", ()))
        title, has = new.get(key, (title, ()))
        for person in sorted(set(has) - set(had)):
            yield Change("deputy_new", names.get(person, person), title)
        for person in sorted(set(had) - set(has)):
            yield Change("deputy_gone", names.get(person, person), title)


def _standing(plan):
    for desk in plan.desks:
        yield ("desk", desk.id), (desk.title, desk.deputies)
    for team in plan.teams:
        yield ("team", team.id), (team.title, team.lead_deputies)


def _own_groups(plan):
    groups = groups_of_plan(plan)
    return {name: group for name, group in groups.items() if is_place(name)}


def _names(before, after):
    return {person.id: person.name for person in (*before.people, *after.people)}
