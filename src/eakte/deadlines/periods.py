"""When a period of time ends, by §§ 187 to 193 of the German Civil Code (BGB)."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from datetime import MAXYEAR
from datetime import timedelta
from eakte.org.workdays import is_working_day
from enum import StrEnum


class Unit(StrEnum):
    """In what a period is counted. A quarter is three months, § 189."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


LONGEST = 1200
"""Units of a period at most."""


@dataclass(frozen=True)
class Length:
    """How long a period is.

    :param count: how many units, from 1.
    """

    count: int
    unit: Unit


def end_of(start, length, *, counts_first_day=False):
    """Return the last day of the period, whichever day of the week that is.

    :param start: the day of the event; it is not counted, § 187 (1).
    :raises OverflowError: the calendar, to the year 9999, has no such day.
    :param counts_first_day: the period begins with the start of that day, as with a
        day from which something holds; the day is counted then, § 187 (2).

    >>> end_of(date(2027, 1, 31), Length(1, Unit.MONTHS))
    datetime.date(2027, 2, 28)
    """
    if length.unit in (Unit.DAYS, Unit.WEEKS):
        days = length.count * (7 if length.unit == Unit.WEEKS else 1)
        return start + timedelta(days - (1 if counts_first_day else 0))
    months = length.count * (12 if length.unit == Unit.YEARS else 1)
    years, month = divmod(start.month - 1 + months, 12)
    year, month = start.year + years, month + 1
    if year > MAXYEAR:
        raise OverflowError(f"{year} is past the calendar")
    # § 188 (2): the day of the same number, or the one before it.
    day = start.day - (1 if counts_first_day else 0)
    if day == 0:
        return date(year, month, 1) - timedelta(1)
    # § 188 (3): where the month has no such day, its last one.
    return date(year, month, min(day, monthrange(year, month)[1]))


def working_day_from(day):
    """Return the day, or the next working day when it is none, § 193.

    No working days are Saturdays, Sundays and the holidays of Hesse.
    """
    while not is_working_day(day):
        day += timedelta(1)
    return day


def working_day_until(day):
    """Return the day, or the last working day before it when it is none."""
    while not is_working_day(day):
        day -= timedelta(1)
    return day


def deadline_of(start, length, *, counts_first_day=False):
    """Return the last day on which something is in time; always a working day."""
    return working_day_from(end_of(start, length, counts_first_day=counts_first_day))
