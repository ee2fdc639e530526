"""Guests of case files for tests: the small office with somebody who reads elsewhere."""

from eakte.access.asking import read_elsewhere
from eakte.access.sharing import share
from eakte.org.applying import apply_office
from eakte.testing import OFFICE
from plone import api
from tests.deputies import at
from tests.deputies import ENTERED
from tests.deputies import LAST

import shutil


REASON = "Rückfrage der Polizei zu einem Aktenzeichen"


def with_readers_elsewhere(folder, *people, department="amt-a"):
    """Apply the small office with people who read case files of other teams.

    :param folder: an empty folder for the office's files.
    """
    shutil.copytree(OFFICE, folder, dirs_exist_ok=True)
    path = folder / f"{department}.yaml"
    head = f"department: {department}\n"
    text = path.read_text("utf-8")
    assert head in text
    right = f"readers_elsewhere: [{', '.join(people)}]\n"
    path.write_text(text.replace(head, head + right), "utf-8")
    apply_office(folder)


def asked(person, case_file, reason=REASON):
    """Return the entry by which the person reads the case file to the end of the day."""
    with api.env.adopt_user(username=person):
        return read_elsewhere(case_file.reference, reason).entry


def shared(case_file, person, by="anna", until=LAST, moment=ENTERED, reason=""):
    """Return the entry by which ``by`` shared the case file at the moment."""
    with at(moment), api.env.adopt_user(username=by):
        return share(case_file, person, until, reason)
