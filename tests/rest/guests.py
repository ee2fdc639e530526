"""The examples of docs/rest/guests.md."""

from ..builders import as_system
from ..guests import REASON
from ..guests import with_readers_elsewhere
from eakte import clock
from plone import api

import transaction


def record_guests(record, client, case_file, folder):
    """Read elsewhere, share, look at notices and records.

    :param case_file: an open case file of team a1.
    :param folder: an empty folder for the office's files.
    """
    with_readers_elsewhere(folder, "alex")
    with as_system():
        api.group.add_user(groupname="team-a1", username="bert")
    transaction.commit()
    anna, alex, tom = client("anna"), client("alex"), client("tom")
    today = clock.today().isoformat()
    body = {"reference": case_file["reference"], "reason": REASON}
    record("read-elsewhere", alex, "POST", "@read-elsewhere", json=body)
    refused = {"reference": "10.1-4711/2019", "reason": REASON}
    record("read-elsewhere-refused", alex, "POST", "@read-elsewhere", json=refused)
    told = record("readings", tom, "GET", "@read-elsewhere?seen=no").json()["items"]
    record("reading-seen", tom, "PATCH", told[0]["@id"], json={"seen": True})
    body = {"person": "tina", "last_day": today, "reason": "Rückfragen"}
    made = record("share", anna, "POST", f"{case_file['@id']}/@shares", json=body)
    record("shares", anna, "GET", f"{case_file['@id']}/@shares")
    at = made.headers["Location"]
    record("share-ended", tom, "PATCH", at, json={"active": False})
    hanna, rita = client("hanna"), client("rita")
    told = record("place-notices", hanna, "GET", "@place-notices?seen=no&b_size=1")
    at = told.json()["items"][0]["@id"]
    record("place-notice-seen", hanna, "PATCH", at, json={"seen": True})
    found = record("records", rita, "GET", "@records?state=open&b_size=1").json()
    record("record", rita, "GET", found["items"][0]["@id"])
