"""The boxes that letters lie in: the mailroom's, a team's, a desk's.

A box is a question to the catalog's indexes. Nothing of it wakes a letter, and
nothing of it knows of a letter that the user may not see. What it costs does not
depend on how many letters there are, but on how many are asked for.
"""

from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from datetime import timedelta
from eakte import _
from eakte.errors import EakteError
from eakte.mailitem.content import MAIL_CLASSES
from eakte.mailitem.orders import By
from eakte.mailitem.orders import part
from eakte.mailitem.orders import place
from eakte.mailitem.rowsets import RowSets
from eakte.mailitem.senders import SENDER
from eakte.mailitem.senders import spellings
from eakte.mailitem.states import State
from eakte.org.interfaces import IOffice
from plone import api
from Products.CMFCore.indexing import processQueue
from zope.component import getUtility
from ZTUtils.Lazy import LazyMap

import datetime


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

PRESSING = ("deadline", "urgent")
"""Classes that come first in a box."""

OLDEST = (By("received"), By("number"))
"""What decides among letters that are alike otherwise."""

BY_URGENCY = {
    name: rank
    for rank, name in enumerate(
        sorted((term.value for term in MAIL_CLASSES), key=lambda n: n not in PRESSING)
    )
}

SORTS = {
    "pressing": (
        By("mail_class", {name: int(name not in PRESSING) for name in BY_URGENCY}),
        *OLDEST,
    ),
    "received": OLDEST,
    "number": (By("number"),),
    "title": (By("sortable_title"), *OLDEST),
    "sender": (By(SENDER), *OLDEST),
    "class": (By("mail_class", BY_URGENCY), *OLDEST),
    "state": (
        By("review_state", {str(each): at for at, each in enumerate(State)}),
        *OLDEST,
    ),
    "team": (),
    "desk": (),
}
"""Orders to choose from; a minus before the name turns one round."""

NAMED = {"team": lambda office: office.teams(), "desk": lambda office: office.desks()}
"""Orders by what people call the team or the desk."""

FILTERS = frozenset(
    {"mail_class", "scan_problem", "scan_status", "team", "desk", "UID"}
)
"""Indexes by which a box can be narrowed down to some values."""


class BoxWrong(EakteError):
    """There is no such box, state, filter or order."""


@dataclass(frozen=True)
class Narrow:
    """A filter that is no list of values."""

    received_from: datetime.date | None = None
    received_until: datetime.date | None = None
    sender: str = ""
    """A part of the name, however it is written."""

    def __bool__(self):
        return self != Narrow()


@dataclass(frozen=True)
class Box:
    """A question to the catalog: which letters lie here?"""

    states: tuple
    """The states a letter of this box can be in, in the order of the road."""
    query: dict
    """``{index: values}``; no value is no letter."""
    narrow: Narrow = field(default_factory=Narrow)

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

    def narrowed_to(self, **filters):
        """Return the box with what the fields of ``Narrow`` name."""
        return replace(self, narrow=replace(self.narrow, **filters))

    def items(self, state=None, *, sort="received", start=0, size=None):
        """Return the letters of the box as the catalog's brains, oldest first.

        :param state: one state or several of the box; all of them without.
        :param sort: a name of ``SORTS``.
        :param start: how many to leave out at the beginning.
        :param size: at most so many; the answer's ``actual_result_count`` is
            how many there are. Without one the answer is all of them, lazily.
        :raises BoxWrong: the state is not one of the box, the order unknown.
        """
        levels, reverse = order(sort)
        sets = _sets()
        rows = self._rows(sets, state)
        numbers = part(rows, levels, sets, start=start, size=size, reverse=reverse)
        return LazyMap(
            _catalog()._catalog.__getitem__,
            numbers,
            len(numbers),
            actual_result_count=len(rows),
        )

    def place(self, uid, state=None, *, sort="received"):
        """Return how many letters stand before the one, or None when it is not here."""
        levels, reverse = order(sort)
        sets = _sets()
        number = sets.indexes["UID"]._index.get(uid)
        if number is None:
            return None
        return place(number, self._rows(sets, state), levels, sets, reverse=reverse)

    def counts(self):
        """Return ``{state: number of letters}`` for every state of the box.

        Of the letters that the user may see, and no others.
        """
        sets = _sets()
        found = self._found(sets, [str(state) for state in self.states])
        return {
            state: found.intersection_cardinality(sets.of("review_state", str(state)))
            for state in self.states
        }

    def count(self, state=None):
        """Return how many letters lie in the box, in all its states or in some."""
        return len(self._rows(_sets(), state))

    def rows(self, state=None):
        """Return the letters as a bitmap; two are compared without reading any."""
        return self._rows(_sets(), state)

    def lying(self, sets):
        """Return the letters as a bitmap, whoever may see them: for numbers only.

        Whether the user may know the numbers was asked before.
        """
        return self._narrowed(sets, self._waiting(sets, self._states(None)))

    def _rows(self, sets, state):
        """Return the letters in the states as a bitmap of the catalog's rows."""
        return self._found(sets, self._states(state))

    def _found(self, sets, states):
        """Return what the user may see of the box in the states."""
        found = self._waiting(sets, states)
        return self._narrowed(
            sets, sets.having(found, "allowedRolesAndUsers", _allowed())
        )

    def _waiting(self, sets, states):
        # What waits is few among all letters there ever were: so that comes first.
        # Nothing but a letter is ever in a state of a box: the type is not asked.
        found = sets.of_any("review_state", states)
        for name, values in self.query.items():
            found = sets.having(found, name, _all(values))
        return found

    def _narrowed(self, sets, found):
        if self.narrow.sender:
            found &= _of_sender(sets, self.narrow.sender)
        if self.narrow.received_from or self.narrow.received_until:
            found = _received(sets, found, self.narrow)
        return found

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


def order(name):
    """Return the levels of the order, and whether it is turned round.

    :raises BoxWrong: there is no such order.
    """
    plain = name.removeprefix("-")
    if plain not in SORTS:
        raise BoxWrong(_("There is no order “${name}”.", mapping={"name": name}))
    if plain in NAMED:
        office = getUtility(IOffice)
        titles = sorted((each.title.lower(), each.id) for each in NAMED[plain](office))
        ranks = {name: rank for rank, (_title, name) in enumerate(titles)}
        return (By(plain, ranks), *OLDEST), name.startswith("-")
    return SORTS[plain], name.startswith("-")


def mailroom():
    """Return the box of all letters that no team has yet, or that came back."""
    return Box(MAILROOM_STATES, {})


def team_box(teams):
    """Return the box of one team, or of several: ids."""
    return Box(TEAM_STATES, {"team": _all(teams)})


def desk_box(desks):
    """Return what lies at one desk, or at several: ids."""
    return Box(DESK_STATES, {"desk": _all(desks)})


def _allowed():
    """Return what a row must name one of, for the catalog to show it to the user."""
    return _catalog()._listAllowedRolesAndUsers(api.user.get_current())


def _of_sender(sets, text):
    german, bare = spellings(text)
    index = sets.indexes[SENDER]
    return sets.union(
        sets.rows(index, rows)
        for name, rows in index._index.items()
        if german in name or bare in name
    )


def _received(sets, found, narrow):
    index = sets.indexes["received"]
    first, last = narrow.received_from, narrow.received_until

    def days(first, last):
        postings = index._index.values(
            index._convert(first) if first else None,
            index._convert(last) if last else None,
        )
        return sets.union(sets.rows(index, each) for each in postings)

    if first:
        return found & days(first, last)
    # Of the years before, no day is read.
    return found - days(last + timedelta(1), None)


def _sets():
    # What was changed a moment ago in this request counts.
    processQueue()
    return RowSets(_catalog())


def _all(value):
    if not value:
        return []
    return [value] if isinstance(value, str) else list(value)


def _catalog():
    return api.portal.get_tool("portal_catalog")
