"""Deputyships for tests: days of a week in spring, in the time of the house."""

from contextlib import contextmanager
from datetime import date
from datetime import datetime
from eakte.org.applying import apply_office
from eakte.org.entering import enter_absence
from eakte.org.entering import enter_deputyship
from eakte.testing import OFFICE
from plone import api
from zoneinfo import ZoneInfo
from zope.annotation.interfaces import IAnnotations
from zope.globalrequest import getRequest

import shutil
import time_machine


HOUSE = ZoneInfo("Europe/Berlin")

ENTERED = datetime(2027, 3, 1, 9, 0, tzinfo=HOUSE)
FIRST = date(2027, 3, 8)
"""A Monday."""
LAST = date(2027, 3, 12)
"""The Friday after it."""

DAY_BEFORE = datetime(2027, 3, 7, 23, 59, 59, tzinfo=HOUSE)
FIRST_MINUTE = datetime(2027, 3, 8, 0, 0, tzinfo=HOUSE)
BETWEEN = datetime(2027, 3, 10, 12, 0, tzinfo=HOUSE)
LAST_SECOND = datetime(2027, 3, 12, 23, 59, 59, tzinfo=HOUSE)
DAY_AFTER = datetime(2027, 3, 13, 0, 0, tzinfo=HOUSE)

DURING = (FIRST_MINUTE, BETWEEN, LAST_SECOND)
OUTSIDE = (DAY_BEFORE, DAY_AFTER)
EVERY = (DAY_BEFORE, *DURING, DAY_AFTER)


@contextmanager
def at(moment):
    """The next lines happen at the moment; the clock does not move.

    Each is a request of its own: borg.localrole remembers for one what it found.
    """
    with time_machine.travel(moment, tick=False):
        remembered = IAnnotations(getRequest(), {})
        for key in [key for key in remembered if "localrole" in str(key)]:
            del remembered[key]
        yield


def deputyship(deputy="alex", represented="anna", **said):
    """Return a deputyship of the week, entered by the represented person before it."""
    said = {"first": FIRST, "last": LAST} | said
    with at(ENTERED), api.env.adopt_user(username=represented):
        return enter_deputyship(deputy, represented, **said)


def absence(person="anna", **said):
    """Return an absence of the week, entered by the person before it."""
    said = {"first": FIRST, "last": LAST} | said
    with at(ENTERED), api.env.adopt_user(username=person):
        return enter_absence(person, **said)


def with_standing_deputy(folder, person, deputy):
    """Apply the small office with a standing deputy at the person's desks.

    :param folder: an empty folder for the office's files.
    """
    shutil.copytree(OFFICE, folder, dirs_exist_ok=True)
    path = folder / "amt-a.yaml"
    old, new = f"people: [{person}]", f"people: [{person}], deputies: [{deputy}]"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    apply_office(folder)
