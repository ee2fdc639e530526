"""What time it is in the house: the one place that is asked for the day and the hour."""

from datetime import datetime
from datetime import UTC
from zoneinfo import ZoneInfo


HOUSE = ZoneInfo("Europe/Berlin")
"""Days begin and end here, wherever the server stands."""


def now():
    """Return the moment, aware, in the time of the house."""
    return datetime.now(HOUSE)


def utc_now():
    """Return the moment as it is stored, aware, in UTC."""
    return datetime.now(UTC)


def today():
    """Return the day it is in the house."""
    return now().date()


def in_house_time(moment):
    """Return an aware moment in the time of the house."""
    return moment.astimezone(HOUSE)
