"""The examples of docs/rest/deadlines.md."""


def record_deadlines(record, case_file, anna, tom):
    """Resubmit a case file, and enter, confirm, change and close a deadline.

    The days are in the future for a while: what is over is refused.

    :param case_file: its address.
    """
    made = record(
        "resubmission",
        anna,
        "POST",
        f"{case_file}/@resubmissions",
        json={"day": "2036-03-05", "reason": "Ist die Auskunft da?", "desk": "a1-1"},
    )
    record(
        "resubmission-postponed",
        anna,
        "PATCH",
        made.headers["Location"],
        json={"do": "postpone", "day": "2036-03-19", "why": "Noch keine Auskunft"},
    )
    record("resubmissions", anna, "GET", "@resubmissions?until=2036-03-31")
    body = {"do": "done", "note": "Auskunft liegt vor"}
    record("resubmission-done", anna, "PATCH", made.headers["Location"], json=body)
    made = record(
        "deadline",
        anna,
        "POST",
        f"{case_file}/@deadlines",
        json={
            "kind": "Klage",
            "event": "Zustellung des Bescheids",
            "start": "2036-03-03",
            "length": {"count": 1, "unit": "months"},
            "early": 7,
        },
    )
    at = made.headers["Location"]
    record("deadline-not-confirmed", anna, "PATCH", at, json={"do": "confirm"})
    record("deadline-confirmed", tom, "PATCH", at, json={"do": "confirm"})
    record("deadlines", anna, "GET", "@deadlines?whose=team")
    record(
        "deadline-refused",
        anna,
        "POST",
        f"{case_file}/@deadlines",
        json={"kind": "Stellungnahme", "event": "Schreiben des Gerichts", "start": ""},
    )
    record("deadline-not-closed", anna, "PATCH", at, json={"do": "close"})
    body = {"do": "close", "why": "Klage zurückgenommen"}
    record("deadline-closed", anna, "PATCH", at, json=body)
