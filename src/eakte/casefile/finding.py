"""A case file is found by what people have at hand: a reference, a name, a number."""

from dataclasses import dataclass
from eakte.casefile.persons import folded_words
from itertools import islice
from plone import api

import datetime


SHORTEST = 2
"""Characters; with fewer nearly every case file would be meant."""

READ_AT_MOST = 500
"""Rows; so that a common beginning costs no more than a rare one."""


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
    typed = [word for word in text.lower().split() if word.strip(",;.")]
    wanted = [folded_words(word) or {word} for word in typed]
    if not wanted or max(len(word) for word in typed) < SHORTEST:
        return []
    longest = max(wanted, key=lambda spellings: max(map(len, spellings)))
    beginning = max(longest, key=len)
    brains = api.portal.get_tool("portal_catalog")(
        portal_type="case_file",
        case_file_words={
            "query": [beginning, beginning + "\uffff"],
            "range": "min:max",
        },
        sort_on="reference",
        sort_limit=READ_AT_MOST,
    )
    hits = (
        _suggestion(brain, wanted)
        for brain in islice(brains, READ_AT_MOST)
        if _all_begin(wanted, brain.case_file_words)
    )
    return list(islice(hits, limit))


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
