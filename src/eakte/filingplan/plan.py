from dataclasses import dataclass
from eakte import _
from eakte.errors import EakteError
from eakte.filingplan.interfaces import IFilingPlan
from eakte.filingplan.interfaces import IUnit
from pathlib import Path
from persistent import Persistent
from zope.component import getUtility
from zope.interface import implementer

import yaml


@implementer(IUnit)
@dataclass(frozen=True)
class Unit:
    id: str
    title: str
    department: str
    retention: int
    reason: str


class FilingPlanWrong(EakteError):
    """The filing plan's file contradicts itself; nothing was applied."""


@implementer(IFilingPlan)
class FilingPlan(Persistent):
    """The plan in force, kept in the site as a local utility."""

    all_units = ()

    def units(self, department=None):
        return tuple(
            unit
            for unit in self.all_units
            if department is None or unit.department == department
        )

    def unit(self, unit_id):
        return next((unit for unit in self.all_units if unit.id == unit_id), None)


def read_filing_plan(path):
    """Return the units that the file describes, in its order.

    :raises FilingPlanWrong: a plan number stands there twice.
    """
    data = yaml.safe_load(Path(path).read_text("utf-8"))
    units = tuple(Unit(**unit) for unit in data["units"])
    numbers = [unit.id for unit in units]
    twice = sorted({number for number in numbers if numbers.count(number) > 1})
    if twice:
        raise FilingPlanWrong(
            _("The plan number “${id}” is used twice.", mapping={"id": number})
            for number in twice
        )
    return units


def apply_filing_plan(path):
    """Make the site's filing plan what the file says; again changes nothing.

    A unit that is no longer named can open no new case file; the case files
    that it has keep their references.
    """
    units = read_filing_plan(path)
    plan = getUtility(IFilingPlan)
    if plan.all_units != units:
        plan.all_units = units


def departments_without_units(departments):
    """Yield a sentence for each department in which no case file can be opened yet."""
    plan = getUtility(IFilingPlan)
    for department in departments:
        if not plan.units(department.id):
            yield _(
                "${department}: no unit of the filing plan yet, so no case file can be "
                "opened there. Add its units to filingplan.yaml.",
                mapping={"department": department.title},
            )
