"""What a form or a request asks of the journal, checked."""

from datetime import date
from eakte import _
from eakte.errors import EakteError
from eakte.journal.consulting import closed_to_user
from eakte.journal.interfaces import Kind
from eakte.journal.interfaces import Query
from eakte.rest.body import text_of_query
from eakte.rest.body import texts_of_query


FILTERS = ("person", "for_whom", "reference", "kind", "first", "last", "deputies")
"""Names of the filters, in forms and addresses."""


class FilterWrong(EakteError):
    """A filter is not understood; nothing is shown rather than too much."""


def query_of(request, objects=()):
    """Return the ``Query`` that the request's form or address describes.

    What happened in case files from which the user is barred is left out of every
    journal, also of that of a document that lay in one before.

    :raises FilterWrong: with all that is wrong.
    """
    reasons = []
    kinds = texts_of_query(request, "kind")
    for unknown in sorted(set(kinds) - set(Kind)):
        reasons.append(_("“${name}” is no kind of entry.", mapping={"name": unknown}))
    days = {name: _day(request, name, reasons) for name in ("first", "last")}
    if days["first"] and days["last"] and days["last"] < days["first"]:
        reasons.append(_("The last day lies before the first."))
    if reasons:
        raise FilterWrong(reasons)
    said = {
        name: (text_of_query(request, name) or "").strip()
        for name in ("person", "for_whom", "reference")
    }
    return Query(
        objects=tuple(objects),
        kinds=tuple(kinds),
        deputies_only=bool(text_of_query(request, "deputies")),
        hidden=closed_to_user(),
        **said,
        **days,
    )


def _day(request, name, reasons):
    text = text_of_query(request, name)
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        reasons.append(
            _("“${text}” is no day; write 2026-03-02.", mapping={"text": text})
        )
        return None
