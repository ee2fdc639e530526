from datetime import date
from eakte.desk.days import age
from eakte.desk.days import as_day
from zope.i18n import interpolate

import pytest


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 22), "today"),
        (date(2026, 11, 21), "yesterday"),
        (date(2026, 11, 19), "3 days ago"),
        (date(2026, 11, 23), "tomorrow"),
        (date(2026, 12, 2), "in 10 days"),
    ],
)
def test_an_age_is_said_in_words(day, words):
    message = age(day, today=date(2026, 11, 22))
    assert interpolate(message, message.mapping) == words


def test_a_day_has_two_figures_for_day_and_month():
    message = as_day(date(2026, 1, 5))
    assert interpolate(message, message.mapping) == "05/01/2026"
