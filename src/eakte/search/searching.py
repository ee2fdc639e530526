from eakte import _
from eakte.errors import EakteError
from eakte.search.typed import question
from plone import api


KINDS = ("mail_item", "case_file", "case_document")
"""What can be found."""

SORTS = {
    "relevance": {},
    "newest": {"sort_on": "created", "sort_order": "descending"},
    "oldest": {"sort_on": "created", "sort_order": "ascending"},
}

FILTERS = frozenset(
    {"review_state", "team", "desk", "department", "mail_class", "unit", "received"}
)
"""Indexes by which a search can be narrowed down."""

USUAL = 25
AT_MOST = 200
"""Hits of one answer."""


class SearchWrong(EakteError):
    """There is no such kind, filter or order. What was typed is never wrong."""


def search(text, *, kinds=KINDS, sort="relevance", start=0, size=USUAL, **filters):
    """Return the hits that the user may see, as the catalog's brains.

    Never the whole result: one batch of it, whose ``actual_result_count`` is
    how many hits there are.

    :param text: what was typed; anything is understood, see ``typed.question``.
    :param kinds: some of ``KINDS``.
    :param sort: a name of ``SORTS``.
    :param size: hits of the batch, ``AT_MOST`` at most.
    :param filters: names of ``FILTERS``; an empty value filters nothing.
    :raises SearchWrong: a kind, an order or a filter is unknown.
    """
    unknown = set(filters) - FILTERS | set(kinds) - set(KINDS) | {sort} - set(SORTS)
    if unknown:
        raise SearchWrong(
            _(
                "The search knows no ${names}.",
                mapping={"names": ", ".join(sorted(unknown))},
            )
        )
    return api.portal.get_tool("portal_catalog")(
        SearchableText=question(text),
        portal_type=list(kinds),
        b_start=max(0, start),
        b_size=min(max(1, size), AT_MOST),
        **SORTS[sort],
        **{name: value for name, value in filters.items() if value},
    )


def counts(text, **filters):
    """Return ``{kind: number of hits}`` that the user may see."""
    return {
        kind: search(text, kinds=(kind,), size=1, **filters).actual_result_count
        for kind in KINDS
    }
