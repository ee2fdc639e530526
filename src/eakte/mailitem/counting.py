"""How many letters wait in a team, by state and by age: for those who lead it.

These numbers are not limited to letters that the user may see, and nothing but the
numbers leaves here. What lies in a case file is not among them, since case files may
be hidden; nor is a blocked letter.
"""

from dataclasses import dataclass
from datetime import timedelta
from eakte.clock import today
from eakte.mailitem.boxes import Box
from eakte.mailitem.boxes import TEAM_STATES
from eakte.mailitem.rowsets import RowSets
from plone import api
from Products.CMFCore.indexing import processQueue


COUNTED = TEAM_STATES

EVERY_TEAM = Box(COUNTED, {})
"""What waits in any team; it is narrowed down by class, day of receipt and UIDs."""

AGES = (0, 1, 3, 7, 14, 30)
"""Days since the letter was received, each up to the next one; the last without end."""


@dataclass(frozen=True)
class Counted:
    """The numbers of a team."""

    states: tuple
    """In the order of ``COUNTED``."""
    ages: tuple
    """In the order of ``AGES``."""


def count_of(teams, box=EVERY_TEAM):
    """Return ``{team: Counted}``.

    :param teams: ids; whether the user may know their numbers was asked before.
    :param box: ``EVERY_TEAM``, or what filters let through of it. By what a letter
        says, its sender for one, nobody asks here: a number would answer.
    """
    processQueue()
    sets = RowSets(api.portal.get_tool("portal_catalog"))
    states = [sets.of("review_state", str(state)) for state in COUNTED]
    waiting = box.lying(sets)
    younger = list(_received_within(sets, AGES[1:]))
    found = {}
    for team, mine in sets.parted(waiting, "team", teams).items():
        # What is at least as old is what is not younger: old days are not read.
        up_to = [mine.intersection_cardinality(each) for each in younger] + [len(mine)]
        found[team] = Counted(
            tuple(mine.intersection_cardinality(state) for state in states),
            tuple(
                n - before for before, n in zip([0, *up_to[:-1]], up_to, strict=True)
            ),
        )
    return found


def _received_within(sets, ages):
    """Yield for each age what was received fewer days ago than that."""
    index = sets.indexes["received"]
    found, until = sets.union([]), None
    for age in ages:
        first = index._convert(today() - timedelta(age - 1))
        days = index._index.values(first, until, excludemax=until is not None)
        found = sets.union([found, *(sets.rows(index, each) for each in days)])
        until = first
        yield found
