"""The records of a department: what case files say of themselves, by the page."""

from eakte import _
from eakte.access.records import departments_managed
from eakte.access.records import record
from eakte.access.records import records
from eakte.access.records import refuse_strangers
from eakte.casefile.states import State
from eakte.casefile.states import TITLES
from eakte.desk.days import as_day
from eakte.desk.rows import team_title
from eakte.desk.screen import Screen
from eakte.filingplan.interfaces import IFilingPlan
from functools import cached_property
from urllib.parse import urlencode
from zope.component import getUtility


SIZE = 50
"""Records of a page."""

FILTERS = {"reference": "reference", "unit": "unit", "state": "review_state"}
"""Fields of the form to indexes of the catalog."""


class _RecordScreen(Screen):
    """What list and single record have in common."""

    def day(self, day):
        return as_day(day) if day else self.nothing

    def state_title(self, each):
        return TITLES.get(each.state, each.state)

    def team_title(self, each):
        return team_title(each.team)

    def unit_title(self, each):
        return f"{each.unit} {each.unit_title}".strip()

    def kept(self, each):
        """Return until when it is kept, or why that is not known yet."""
        if each.kept_until:
            return as_day(each.kept_until)
        if each.retention_years == 0:
            return _("for ever")
        return _("counts from closing") if not each.closed else self.nothing


class RecordsScreen(_RecordScreen):
    """The list, narrowed by state, unit and reference."""

    def __call__(self):
        refuse_strangers()
        return super().__call__()

    @cached_property
    def start(self):
        start = self.request.form.get("start", "")
        known = isinstance(start, str) and start.isascii() and start.isdigit()
        return int(start) if known else 0

    @cached_property
    def asked_for(self):
        """The filters in hand, by the name of their field."""
        return {name: value for name in FILTERS if (value := self._typed(name))}

    def _typed(self, name):
        value = self.request.form.get(name, "")
        return value.strip() if isinstance(value, str) else ""

    @cached_property
    def found(self):
        query = {FILTERS[name]: value for name, value in self.asked_for.items()}
        return records(self.start, SIZE, **query)

    @property
    def departments(self):
        return ", ".join(each.title for each in departments_managed())

    @property
    def units(self):
        managed = {each.id for each in departments_managed()}
        plan = getUtility(IFilingPlan)
        return [unit for unit in plan.units() if unit.department in managed]

    @property
    def states(self):
        return [(str(state), TITLES[state]) for state in State]

    @property
    def last_shown(self):
        return self.start + len(self.found.items)

    @property
    def before(self):
        """The address of the page before, or None."""
        return self._page(max(0, self.start - SIZE)) if self.start else None

    @property
    def after(self):
        """The address of the page behind, or None."""
        more = self.last_shown < self.found.total
        return self._page(self.start + SIZE) if more else None

    def _page(self, start):
        return f"{self.address}?{urlencode({**self.asked_for, 'start': start})}"

    @property
    def address(self):
        return f"{self.portal_url}/@@records"

    def address_of(self, each):
        return f"{self.portal_url}/@@record?{urlencode({'uid': each.uid})}"


class RecordScreen(_RecordScreen):
    """One record."""

    @cached_property
    def record(self):
        uid = self.request.form.get("uid", "")
        return record(uid if isinstance(uid, str) else "")

    def __call__(self):
        self.record  # noqa: B018
        return super().__call__()
