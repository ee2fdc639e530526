"""Days on which the office works: Monday to Friday, without the holidays of Hesse."""

from datetime import timedelta
from functools import cache

import holidays


@cache
def _holidays(year):
    return frozenset(holidays.country_holidays("DE", subdiv="HE", years=year))


def is_working_day(day):
    """Whether the office works on the day.

    >>> from datetime import date
    >>> is_working_day(date(2027, 5, 27))  # Corpus Christi, a holiday in Hesse
    False
    """
    return day.weekday() < 5 and day not in _holidays(day.year)


def working_days_between(first, last):
    """Return how many whole working days lie after the first and before the last day.

    >>> from datetime import date
    >>> working_days_between(date(2027, 3, 5), date(2027, 3, 10))  # Friday, Wednesday
    2
    """
    days = (first + timedelta(n) for n in range(1, (last - first).days))
    return sum(is_working_day(day) for day in days)
