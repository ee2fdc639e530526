"""When a period ends: examples of §§ 187 to 193 BGB, with the holidays of Hesse."""

from datetime import date
from eakte.deadlines.periods import deadline_of
from eakte.deadlines.periods import end_of
from eakte.deadlines.periods import Length
from eakte.deadlines.periods import Unit
from eakte.deadlines.periods import working_day_until

import pytest


DAYS, WEEKS, MONTHS, YEARS = Unit


@pytest.mark.parametrize(
    ("start", "count", "unit", "end"),
    [
        # § 187 (1), § 188 (1): the day of the event is not counted.
        (date(2027, 3, 1), 1, DAYS, date(2027, 3, 2)),
        (date(2027, 3, 1), 14, DAYS, date(2027, 3, 15)),
        # § 188 (2): the day of the same name or number.
        (date(2027, 3, 3), 2, WEEKS, date(2027, 3, 17)),
        (date(2027, 3, 3), 1, MONTHS, date(2027, 4, 3)),
        (date(2026, 11, 3), 3, MONTHS, date(2027, 2, 3)),
        (date(2026, 12, 31), 12, MONTHS, date(2027, 12, 31)),
        # § 188 (3): the last day of a shorter month.
        (date(2027, 1, 29), 1, MONTHS, date(2027, 2, 28)),
        (date(2027, 1, 31), 1, MONTHS, date(2027, 2, 28)),
        (date(2028, 1, 31), 1, MONTHS, date(2028, 2, 29)),
        (date(2028, 2, 29), 1, YEARS, date(2029, 2, 28)),
        # The last day of a month is not the last day of the next one.
        (date(2027, 2, 28), 1, MONTHS, date(2027, 3, 28)),
        (date(2027, 4, 30), 1, MONTHS, date(2027, 5, 30)),
    ],
)
def test_the_day_of_the_event_is_not_counted(start, count, unit, end):
    assert end_of(start, Length(count, unit)) == end


@pytest.mark.parametrize(
    ("start", "count", "unit", "end"),
    [
        (date(2027, 3, 1), 1, DAYS, date(2027, 3, 1)),
        (date(2027, 3, 3), 1, WEEKS, date(2027, 3, 9)),
        (date(2027, 3, 3), 1, MONTHS, date(2027, 4, 2)),
        (date(2027, 2, 1), 1, MONTHS, date(2027, 2, 28)),
        (date(2028, 2, 1), 1, MONTHS, date(2028, 2, 29)),
        (date(2027, 1, 31), 1, MONTHS, date(2027, 2, 28)),
        (date(2027, 1, 1), 1, YEARS, date(2027, 12, 31)),
    ],
)
def test_a_day_with_whose_start_it_begins_is_counted(start, count, unit, end):
    assert end_of(start, Length(count, unit), counts_first_day=True) == end


@pytest.mark.parametrize(
    ("start", "count", "unit", "end"),
    [
        # Saturday and Sunday become Monday.
        (date(2027, 3, 6), 1, WEEKS, date(2027, 3, 15)),
        (date(2027, 3, 7), 1, WEEKS, date(2027, 3, 15)),
        # Good Friday, with Easter behind it, becomes Tuesday.
        (date(2027, 2, 26), 1, MONTHS, date(2027, 3, 30)),
        # Corpus Christi is a holiday in Hesse.
        (date(2027, 4, 27), 1, MONTHS, date(2027, 5, 28)),
        # 1 November is none in Hesse, other than in Bavaria.
        (date(2027, 10, 1), 1, MONTHS, date(2027, 11, 1)),
        # Nor is Carnival Monday, and 24 December is a working day by law.
        (date(2027, 1, 8), 1, MONTHS, date(2027, 2, 8)),
        (date(2027, 11, 24), 1, MONTHS, date(2027, 12, 24)),
        # Christmas on a weekend: on to the Monday; New Year's Day to 4 January.
        (date(2027, 11, 25), 1, MONTHS, date(2027, 12, 27)),
        (date(2026, 12, 1), 1, MONTHS, date(2027, 1, 4)),
        (date(2027, 9, 3), 1, MONTHS, date(2027, 10, 4)),
    ],
)
def test_no_deadline_ends_on_a_weekend_or_holiday_of_hesse(start, count, unit, end):
    assert deadline_of(start, Length(count, unit)) == end


def test_an_extension_is_counted_from_the_end_there_was():
    # § 190: one month more after Monday, 15 March.
    assert deadline_of(date(2027, 3, 15), Length(1, MONTHS)) == date(2027, 4, 15)


def test_an_early_warning_comes_on_a_working_day_before():
    assert working_day_until(date(2027, 3, 28)) == date(2027, 3, 25)
