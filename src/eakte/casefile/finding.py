"""A case file is found by what people have at hand: a reference, a name, a number."""

from BTrees.IIBTree import IITreeSet
from BTrees.IIBTree import intersection
from BTrees.IIBTree import union
from dataclasses import dataclass
from eakte.casefile.persons import folded_words
from eakte.casefile.persons import whole_spellings
from functools import reduce
from itertools import islice
from plone import api
from Products.CMFCore.indexing import processQueue

import datetime


INDEX = "case_file_words"

SHORTEST = 2
"""Characters; with fewer nearly every case file would be meant."""


@dataclass(frozen=True)
class Suggestion:
    """A case file that may be meant, as a list shows it."""

    uid: str
    reference: str
    title: str
    person: str
    birth_date: datetime.date | None
    team: str
    state: str
    url: str
    via: str | None
    """The alias by which it was found, or None."""


def find_case_files(text, limit=10):
    """Return the case files the text may mean; only such as the user may see.

    Every word of the text must begin a word of the reference, the AZR number,
    a name or an alias. Word order and diacritics do not matter.

    :param text: what was typed; fewer than two characters find nothing.
    :param limit: at most so many.
    """
    wanted = whole_spellings(text)
    if not wanted or max(len(each) for word in wanted for each in word) < SHORTEST:
        return []
    query = _query(wanted)
    if query is None:
        return []
    brains = api.portal.get_tool("portal_catalog")(
        portal_type="case_file",
        **query,
        sort_on="reference",
        sort_limit=limit,
    )
    return [_suggestion(brain, wanted) for brain in islice(brains, limit)]


def _query(wanted):
    """Return the catalog's query for the words, or None when nothing has them all.

    What it finds is not looked at for rights yet; asking the catalog does that.
    """
    if len(wanted) == 1 and len(wanted[0]) == 1:
        return {INDEX: _beginning_with(wanted[0][0])}
    # A query asks an index once only: so the words are put together before it.
    catalog = api.portal.get_tool("portal_catalog")
    processQueue()
    index = catalog.Indexes[INDEX]
    rows = reduce(intersection, (_rows(index, word) for word in wanted))
    if not rows:
        return None
    return {"path": {"query": [catalog.getpath(row) for row in rows], "depth": 0}}


def _rows(index, spellings):
    found = IITreeSet()
    for spelling in spellings:
        rows, _names = index._apply_index({INDEX: _beginning_with(spelling)})
        found = union(found, rows)
    return found


def _beginning_with(spelling):
    return {"query": [spelling, spelling + "\uffff"], "range": "min:max"}


def _all_begin(wanted, words):
    return all(
        any(word.startswith(spelling) for spelling in spellings for word in words)
        for spellings in wanted
    )


def _suggestion(brain, wanted):
    own = folded_words(
        " ".join((brain.reference, brain.person, brain.azr_number or ""))
    )
    via = None
    if not _all_begin(wanted, own):
        matching = (
            alias
            for alias in brain.aliases or ()
            if any(_all_begin([word], folded_words(alias)) for word in wanted)
        )
        via = next(matching, None)
    return Suggestion(
        uid=brain.UID,
        reference=brain.reference,
        title=brain.Title,
        person=brain.person,
        birth_date=brain.birth_date,
        team=brain.team,
        state=brain.review_state,
        url=brain.getURL(),
        via=via,
    )
