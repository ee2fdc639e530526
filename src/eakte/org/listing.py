"""Which deputyships and absences a person may know of."""

from eakte.org.entering import teams_in_charge
from eakte.org.interfaces import IDeputyships
from eakte.org.places import people_of_team
from eakte.org.representing import deputies_of
from eakte.org.representing import represented_by
from zope.component import getUtility


def people_of(user):
    """Return the ids of the people whose deputyships the user looks after.

    The user comes first; then the people of the teams in the user's charge.
    """
    teams = teams_in_charge(user)
    others = (person for team in teams for person in people_of_team(team.id))
    return tuple(dict.fromkeys([user, *others]))


def deputyships_of(user):
    """Return every ``Deputyship`` the user may know of, the latest days first."""
    book = getUtility(IDeputyships)
    found = {entry.id: entry for entry in book.by_deputy(user)}
    for person in people_of(user):
        found |= {entry.id: entry for entry in book.by_represented(person)}
    return _latest_first(found.values())


def absences_of(user):
    """Return every ``Absence`` the user may know of, the latest days first."""
    book = getUtility(IDeputyships)
    return _latest_first(
        entry for person in people_of(user) for entry in book.absences(person)
    )


def representations_of(user):
    """Return the ``Representation``s that hold now and that the user may know of."""
    found = [*represented_by(user)]
    for person in people_of(user):
        found += [each for each in deputies_of(person) if each not in found]
    return tuple(found)


def _latest_first(entries):
    return sorted(entries, key=lambda each: (each.first, each.entered), reverse=True)
