"""The list of deadlines and resubmissions as a file for spreadsheets."""

from collections import Counter
from eakte import _
from eakte.desk.deadlinelines import line_of
from eakte.desk.deadlinelist import DeadlinesAddress
from eakte.desk.tables import file_name
from eakte.desk.tables import refuse_too_many
from eakte.desk.tables import send
from eakte.desk.tables import TakingAlong
from eakte.journal.circumstances import who_acts
from eakte.journal.interfaces import IJournal
from eakte.journal.interfaces import Kind
from eakte.org.representing import represented_at
from eakte.org.representing import represented_by
from zope.component import getUtility
from zope.i18n import translate


NAME = _("deadlines-and-resubmissions")
"""What the file is called, in letters that every system takes."""

HEAD = (
    _("Day"),
    _("Urgency"),
    _("Kind"),
    _("What for"),
    _("Confirmed"),
    _("For"),
    _("Reference"),
    _("Subject"),
)

WIDTHS = (12, 24, 20, 40, 16, 26, 20, 50)
"""Characters of the columns in a workbook."""


class ExportDeadlines(TakingAlong):
    """Answers with a file of the list: what was chosen, in its order."""

    def place(self, form):
        return DeadlinesAddress.parse(form.get("box"))

    def taken(self, place, kind):
        return export(place, kind, self.request)


def export(address, kind, request):
    """Answer with the file, and note in the journal who has taken what out.

    Who takes along what is several people's to do has done it for each of them.

    :param address: a ``DeadlinesAddress``.
    :param kind: one of ``FORMATS``.
    :raises TooMany: there is more than such a file holds.
    """
    lines = address.found()
    refuse_too_many(len(lines), kind)
    name = file_name(NAME, kind, request)
    counted = Counter(_for_whom(line.term) for line in lines)
    for represented, count in counted.items() or [("", 0)]:
        getUtility(IJournal).append(
            Kind.EXPORTED,
            acting_for=represented,
            file=name,
            count=count,
            filters={"box": "deadlines"} | dict(address.query),
        )
    return send(rows_of(lines, request), kind, name, request, WIDTHS)


def rows_of(lines, request):
    """Yield the head and a row for each line, as the screen words it."""

    def say(message):
        return translate(message, context=request) if message else ""

    yield [say(title) for title in HEAD]
    for each in lines:
        line = line_of(each.term)
        urgency, *others = line.badges
        yield [
            line.day_of,
            say(urgency.text),
            say(line.kind),
            line.what,
            ", ".join(say(badge.text) for badge in others),
            line.for_whom,
            each.reference,
            each.title,
        ]


def _for_whom(term):
    """Return the id of the person for whom the user looks after it; empty for nobody."""
    user = who_acts()
    if term.person == user:
        return ""
    if term.person in {each.represented for each in represented_by(user)}:
        return term.person
    return represented_at(user, term.team, term.desk or None) or ""
