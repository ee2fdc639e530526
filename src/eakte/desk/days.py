"""Days as a person reads them."""

from eakte import _
from eakte import clock


def as_day(day):
    """Return the day in the order of the reader's language."""
    return _(
        "${day}/${month}/${year}",
        mapping={
            "day": f"{day.day:02}",
            "month": f"{day.month:02}",
            "year": str(day.year),
        },
    )


def age(day, today=None):
    """Return how long ago the day was, in words."""
    days = ((today or clock.today()) - day).days
    if days == 0:
        return _("today")
    if days == 1:
        return _("yesterday")
    if days == -1:
        return _("tomorrow")
    if days < 0:
        return _("in ${count} days", mapping={"count": str(-days)})
    return _("${count} days ago", mapping={"count": str(days)})
