"""Who answers for a case file: is told what others do with it, and looks into that.

The leads of its team. Who knows of the case file and is here comes first: of a lead who
is barred from it, or outside its circle, nothing falls to anybody but the next.
"""

from eakte.access.closures import closures
from eakte.access.whereabouts import department_of_file
from eakte.org.interfaces import IOffice
from eakte.org.places import departments_headed_by
from eakte.org.places import is_at_place
from eakte.org.places import teams_led_by
from eakte.org.representing import deputies_of
from eakte.org.representing import is_absent
from eakte.org.representing import represented_by
from zope.component import getUtility


def who_answers_for(uid, team, but=""):
    """Return the ids of those who answer for the case file now.

    The leads of its team, and with one of them away the lead's standing deputies. With
    none of these here, the heads of the department and who represents them; then the
    circle of a protected case file, which does what team and lead do else. Only such as
    may know of the case file; who is away is told too, and reads it on return.

    :param uid: UUID of the case file.
    :param team: id of the team that has it now.
    :param but: id of a person who does not answer for what it did itself.
    """
    office = getUtility(IOffice)
    known = office.team(team)
    if known is None:
        return frozenset()
    leads = list(known.lead)
    if any(map(is_absent, leads)):
        leads += known.lead_deputies
    department = office.department(known.department)
    heads = list(department.head) if department is not None else []
    heads += [each.deputy for head in heads for each in deputies_of(head)]
    found = set()
    for people in (leads, heads, _circle(uid)):
        may = {each for each in people if each != but and may_know(each, uid, team)}
        found |= may
        if not all(map(is_absent, may)):
            break
    return frozenset(found)


def departments_answered_for(person):
    """Return the ids of the departments in which the person may answer for something."""
    office = getUtility(IOffice)
    teams = [*teams_led_by(person)]
    teams += [team for team in office.teams() if person in team.lead_deputies]
    found = [team.department for team in teams]
    superiors = {person} | {each.represented for each in represented_by(person)}
    for each in superiors:
        found += [department.id for department in departments_headed_by(each)]
    book = closures()
    for uid in book.circles_of(person) if book is not None else ():
        found.append(department_of_file(uid))
    return tuple(dict.fromkeys(filter(None, found)))


def may_know(person, uid, team):
    """Whether the person sees the case file: by a place there, or by its circle."""
    book = closures()
    if book is not None and book.closes(uid):
        if book.is_closed_to(uid, person):
            return False
        if book.protects(uid):
            return True
    if is_at_place(person, team, None):
        return True
    return any(each.team == team for each in represented_by(person))


def _circle(uid):
    book = closures()
    return book.circle_of(uid) if book is not None and book.protects(uid) else ()
