"""Looking into the office's journal: with a reason, which stands in the journal too."""

from datetime import timedelta
from eakte import _
from eakte import clock
from eakte.access.closures import closures
from eakte.casefile.persons import whole_spellings
from eakte.errors import EakteError
from eakte.journal.circumstances import who_acts
from eakte.journal.interfaces import IJournal
from eakte.journal.interfaces import Kind
from eakte.journal.interfaces import Query
from eakte.journal.interfaces import TECHNICAL
from plone import api
from zope.component import getUtility

import dataclasses


HOURS = 12
"""For so long a reason holds; then it is asked for again."""

CASE_FILES = 50
"""Of so many of a name one chooses; who finds more types more of the name."""


class ReasonMissing(EakteError):
    """The journal opens with a reason only."""


class NotConsulted(EakteError):
    """Nobody said, or not today, why the journal is looked into."""

    status = 403


def consult(reason):
    """Note why the journal is looked into and return the word that opens it.

    :raises ReasonMissing: there is none.
    """
    if not reason.strip():
        raise ReasonMissing(
            _("Say why you look into the journal. The reason is kept in it.")
        )
    lane, number = getUtility(IJournal).append(Kind.CONSULTED, why=reason)
    return f"{lane}.{number}"


def reads_contents():
    """Whether the user may read what the journal says of contents.

    Who administers sees the technical entries only, see ``interfaces.TECHNICAL``.
    """
    return api.user.has_permission("eakte: View journal", obj=api.portal.get())


def refuse_without_reason(word):
    """Stop unless the user said today why the journal is looked into.

    :param word: as ``consult`` gave it to the same person.
    :raises NotConsulted: it is none, another's, or too old.
    """
    if reads_contents() and not is_open(word):
        raise NotConsulted(
            _("Say first why you look into the journal: the reason is kept in it.")
        )


def is_open(word):
    """Whether the word opens the journal to the user now."""
    lane, _dot, number = (word or "").rpartition(".")
    if not number.isascii() or not number.isdigit():
        return False
    entry = getUtility(IJournal).entry(lane, int(number))
    return (
        entry is not None
        and entry.kind == Kind.CONSULTED
        and entry.who == who_acts()
        and clock.utc_now() - entry.when < timedelta(hours=HOURS)
    )


def allowed(query):
    """Return the query, narrowed to what the user may see of the office's journal."""
    if reads_contents():
        return query
    kinds = tuple(kind for kind in query.kinds or tuple(TECHNICAL) if kind in TECHNICAL)
    # A kind that is none of them must find nothing, not everything.
    return dataclasses.replace(query, kinds=kinds or ("none",))


def closed_to_user():
    """Return the UUIDs of the case files from which the user is barred, and of all that
    lies in them: what happened there is read by somebody without such a conflict.
    """
    book = closures()
    barred = book.barred_from(who_acts()) if book is not None else ()
    return frozenset(barred).union(_contents_of(barred))


def case_files_about(text):
    """Return the brains of the case files that a name, a reference or a number means.

    Of all there are: whoever is asked by a person what is known of him or her does
    not see the case files, and must tell of each. Looking is for those with the right
    and the reason, see ``refuse_without_reason``.
    """
    words = whole_spellings(text)
    if not words:
        return []
    catalog = api.portal.get_tool("portal_catalog")
    found = None
    for spellings in words:
        brains = {}
        for spelling in spellings:
            for brain in catalog.unrestrictedSearchResults(
                portal_type="case_file",
                case_file_words={
                    "query": [spelling, f"{spelling}\uffff"],
                    "range": "min:max",
                },
            ):
                brains[brain.getRID()] = brain
        keys = brains.keys() if found is None else found.keys() & brains.keys()
        found = {key: brains[key] for key in keys}
    hidden = closed_to_user()
    seen = (brain for brain in found.values() if brain.UID not in hidden)
    ordered = sorted(seen, key=lambda brain: str(brain.reference))
    return ordered[:CASE_FILES]


def everything_about(case_files):
    """Return the query for all entries about these case files and what lies in them.

    What lies in them now had entries before it was filed: they count too.

    :param case_files: UUIDs; what is none is left out, and what is closed to the user.
    """
    uids = tuple(dict.fromkeys(_contents_of(case_files)))
    return Query(objects=uids or ("none",), hidden=closed_to_user())


def _contents_of(case_files):
    """Yield the UUIDs of the case files that there are, and of what lies in them."""
    if not case_files:
        return
    catalog = api.portal.get_tool("portal_catalog")
    for brain in catalog.unrestrictedSearchResults(
        portal_type="case_file", UID=list(case_files)
    ):
        within = catalog.unrestrictedSearchResults(path=brain.getPath())
        yield from (each.UID for each in within)
