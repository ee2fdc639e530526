"""The boxes that letters lie in: the mailroom's, a team's, a desk's.

A box is a query of the catalog. Nothing of it wakes a letter, and nothing of
it knows of a letter that the user may not see.
"""

from dataclasses import dataclass
from dataclasses import replace
from eakte import _
from eakte.errors import EakteError
from eakte.mailitem.states import State
from plone import api


MAILROOM_STATES = (
    State.CAPTURED,
    State.CHECKING,
    State.RELEASED,
    State.RESCAN,
    State.UNCLEAR,
    State.FOREIGN,
    State.BLOCKED,
)
"""Letters that wait for somebody in the mailroom."""

TEAM_STATES = (State.ROUTED, State.ACCEPTED, State.UNCLEAR)
"""Letters that wait for somebody in the team."""

DESK_STATES = (State.ROUTED, State.ACCEPTED, State.FILED)
"""Letters that wait for the desk; a filed one waits to be settled."""

SORTS = {
    "received": ("received", "number"),
    "-received": ("received", "number"),
    "number": ("number",),
    "-number": ("number",),
}
"""Orders to choose from; a minus turns one round. Oldest first unless asked."""

FILTERS = frozenset({"mail_class", "scan_problem", "scan_status", "team", "desk"})
"""Indexes by which a box can be narrowed down."""


class BoxWrong(EakteError):
    """There is no such box, state, filter or order."""


@dataclass(frozen=True)
class Box:
    """A question to the catalog: which letters lie here?"""

    states: tuple
    """The states a letter of this box can be in, in the order of the road."""
    query: dict

    def narrowed(self, **filters):
        """Return the box with those letters only that the filters name.

        :param filters: names of ``FILTERS``; an empty value filters nothing.
        :raises BoxWrong: a name is unknown.
        """
        if unknown := set(filters) - FILTERS:
            raise BoxWrong(
                _(
                    "A box cannot be narrowed down by ${names}.",
                    mapping={"names": ", ".join(sorted(unknown))},
                )
            )
        query = dict(self.query)
        for name, value in filters.items():
            if wanted := _all(value):
                # Narrowing one team's box to another team leaves nothing.
                here = _all(query.get(name, wanted))
                query[name] = [each for each in wanted if each in here]
        return replace(self, query=query)

    def items(self, state=None, *, sort="received", start=0, size=None):
        """Return the letters of the box as the catalog's brains, oldest first.

        :param state: one state or several of the box; all of them without.
        :param sort: a name of ``SORTS``.
        :param start: how many to leave out at the beginning.
        :param size: at most so many; the answer's ``actual_result_count`` is
            how many there are. Without one the answer is all of them, lazily.
        :raises BoxWrong: the state is not one of the box, the order unknown.
        """
        if sort not in SORTS:
            raise BoxWrong(_("There is no order “${name}”.", mapping={"name": sort}))
        batch = {"b_start": start, "b_size": size} if size else {}
        return _catalog()(
            portal_type="mail_item",
            review_state=self._states(state),
            sort_on=SORTS[sort],
            sort_order="descending" if sort.startswith("-") else "ascending",
            **self.query,
            **batch,
        )

    def counts(self):
        """Return ``{state: number of letters}`` for every state of the box.

        Of the letters that the user may see, and no others.
        """
        return {state: self.count(state) for state in self.states}

    def count(self, state=None):
        """Return how many letters lie in the box, in all its states or in some."""
        # The indexes' sets are intersected; no row of the catalog is read.
        return _catalog()(
            portal_type="mail_item", review_state=self._states(state), **self.query
        ).actual_result_count

    def _states(self, state):
        wanted = _all(state) or self.states
        if strange := set(wanted) - set(self.states):
            raise BoxWrong(
                _(
                    "No letter of this box is ever in the state “${name}”.",
                    mapping={"name": ", ".join(sorted(strange))},
                )
            )
        return [str(each) for each in wanted]


def mailroom():
    """Return the box of all letters that no team has yet, or that came back."""
    return Box(MAILROOM_STATES, {})


def team_box(teams):
    """Return the box of one team, or of several: ids."""
    return Box(TEAM_STATES, {"team": _all(teams)})


def desk_box(desks):
    """Return what lies at one desk, or at several: ids."""
    return Box(DESK_STATES, {"desk": _all(desks)})


def _all(value):
    if not value:
        return []
    return [value] if isinstance(value, str) else list(value)


def _catalog():
    return api.portal.get_tool("portal_catalog")
