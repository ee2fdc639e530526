"""The examples of docs/rest/deputies.md."""

from ..deputies import at
from ..deputies import HOUSE
from datetime import datetime


WEEK = {"first_day": "2036-03-03", "last_day": "2036-03-07"}

BEFORE = datetime(2036, 2, 29, 9, 0, tzinfo=HOUSE)
"""What is over is refused, and what ends in more than a year."""


def record_deputyships(record, anna, tom):
    """Switch a deputyship on and off, enter an absence, ask for both."""
    with at(BEFORE):
        _record(record, anna, tom)


def _record(record, anna, tom):
    made = record(
        "deputyship-on",
        anna,
        "POST",
        "@deputyships",
        json={"deputy": "arno", **WEEK, "teams": ["a1"], "reason": "Urlaub"},
    )
    record("deputyships", tom, "GET", "@deputyships?person=anna")
    record(
        "deputyship-off",
        tom,
        "PATCH",
        made.headers["Location"],
        json={"active": False},
    )
    record(
        "deputyship-refused",
        anna,
        "POST",
        "@deputyships",
        json={"deputy": "bert", "first_day": "2026-02-02", "last_day": "2026-02-01"},
    )
    record(
        "absence",
        tom,
        "POST",
        "@absences",
        json={"person": "anna", **WEEK, "reason": "Fortbildung"},
    )
    record("absences", anna, "GET", "@absences")
