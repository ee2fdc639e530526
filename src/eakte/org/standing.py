"""Who steps in or reads elsewhere: what the office's files may say about them."""

from eakte import _


def mistakes_of_deputies(plan):
    """Yield what is wrong with the standing deputies of the plan, one sentence each."""
    department_of = {team.id: team.department for team in plan.teams}
    places = _departments_of_people(plan)
    for desk in plan.desks:
        for person in desk.deputies:
            if person in desk.people:
                yield _(
                    "“${id}” sits at the desk “${desk}” and cannot be its deputy too.",
                    mapping={"id": person, "desk": desk.id},
                )
            elif department_of[desk.team] not in places.get(person, ()):
                yield _over_the_wall(person, desk.id)
    for team in plan.teams:
        for person in team.lead_deputies:
            if person in team.lead:
                yield _(
                    "“${id}” leads the team “${team}” and cannot be the lead's deputy "
                    "too.",
                    mapping={"id": person, "team": team.id},
                )
            elif team.department not in places.get(person, ()):
                yield _over_the_wall(person, team.id)


def mistakes_of_readers(plan):
    """Yield what is wrong with those who may read case files of other teams."""
    places = _departments_of_people(plan)
    for department in plan.departments:
        for person in department.readers_elsewhere:
            if department.id not in places.get(person, ()):
                yield _(
                    "“${id}” has no place in the department “${place}” and cannot read "
                    "its case files with a reason: nobody sees over that wall.",
                    mapping={"id": person, "place": department.id},
                )


def _over_the_wall(person, place):
    return _(
        "“${id}” has no place in the department of “${place}”: a deputy comes from "
        "the same department.",
        mapping={"id": person, "place": place},
    )


def _departments_of_people(plan):
    """Return ``{person id: ids of the departments with a place}``; deputies count not."""
    found = {}
    department_of = {team.id: team.department for team in plan.teams}
    for each in plan.departments:
        for person in (*each.head, *each.registry, *each.records_managers):
            found.setdefault(person, set()).add(each.id)
    for team in plan.teams:
        for person in team.lead:
            found.setdefault(person, set()).add(team.department)
    for desk in plan.desks:
        for person in desk.people:
            found.setdefault(person, set()).add(department_of[desk.team])
    return found
