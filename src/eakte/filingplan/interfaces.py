from zope.interface import Attribute
from zope.interface import Interface


class IFilingPlan(Interface):
    """The classification of the office's matters.

    Verbs of the room: ``plan.apply_filing_plan`` (file → site),
    ``numbers.take`` (the next number of a series).
    """

    def units(department=None):
        """Return the units, all or one department's, in the order of the plan."""

    def unit(unit_id):
        """Return the unit, or None."""


class IUnit(Interface):
    """A leaf of the filing plan."""

    id = Attribute("The plan number, e.g. 33.21; first part of a file reference")
    title = Attribute("What is filed there")
    department = Attribute("Id of the department whose unit it is")
    retention = Attribute("Full calendar years a closed case file is kept")
    reason = Attribute("The rule the retention follows, in words")
