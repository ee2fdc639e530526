"""The examples of docs/rest/deputies.md."""

WEEK = {"first_day": "2036-03-03", "last_day": "2036-03-07"}
"""Days that stay in the future for a while: what is over is refused."""


def record_deputyships(record, anna, tom):
    """Switch a deputyship on and off, enter an absence, ask for both."""
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
