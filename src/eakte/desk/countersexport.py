"""The numbers of the teams as a file for spreadsheets: the table that is shown."""

from eakte import _
from eakte.desk.counters import departments_counted
from eakte.desk.countersaddress import CountersAddress
from eakte.desk.narrowing import AGE_TITLES
from eakte.desk.tables import file_name
from eakte.desk.tables import send
from eakte.desk.tables import TakingAlong
from eakte.journal.interfaces import IJournal
from eakte.journal.interfaces import Kind
from eakte.mailitem.counting import COUNTED
from eakte.mailitem.states import TITLES
from zope.component import getUtility
from zope.i18n import translate


NAME = _("letters-in-teams")
"""What the file is called, in letters that every system takes."""

WIDTHS = (26, 26, *(14 for _state in COUNTED), *(20 for _age in AGE_TITLES), 10)
"""Characters of the columns in a workbook."""


class ExportCounters(TakingAlong):
    """Answers with a file of the counters: the filters and teams of the page."""

    def place(self, form):
        return CountersAddress.parse(form.get("box"))

    def taken(self, place, kind):
        return export(place, kind, self.request)


def export(address, kind, request):
    """Answer with the file, and note in the journal who has taken what out.

    For nobody else: a deputy never leads.

    :param address: a ``CountersAddress``.
    :param kind: one of ``FORMATS``.
    """
    departments = departments_counted(address)
    name = file_name(NAME, kind, request)
    getUtility(IJournal).append(
        Kind.EXPORTED,
        acting_for="",
        file=name,
        count=sum(len(lines) for _title, lines, _sums in departments),
        filters=dict(address.details),
    )
    return send(rows_of(departments, request), kind, name, request, WIDTHS)


def rows_of(departments, request):
    """Yield the head, and a row for each team and for all of a department together.

    :param departments: as from ``departments_counted``.
    """

    def say(message):
        return translate(message, context=request)

    states = [say(TITLES[state]) for state in COUNTED]
    ages = [say(_("Age: ${days}", mapping={"days": days})) for days in AGE_TITLES]
    yield [say(_("Department")), say(_("Team")), *states, *ages, say(_("All"))]
    for title, lines, sums in departments:
        for line in (*lines, sums) if len(lines) > 1 else lines:
            numbers = [cell.number for cell in line.cells]
            yield [title, say(line.title), *numbers]
