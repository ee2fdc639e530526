"""Days of the demo, told from the day it is made, and how senders write them."""

from dataclasses import dataclass
from datetime import date
from datetime import timedelta


MONTHS = {
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November "
    "Dezember",
    "en": "January February March April May June July August September October "
    "November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre "
    "décembre",
}

SATURDAY = 5


def working_day(day, *, forward=False):
    """Return the day itself, or the next working day beside a weekend."""
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1 if forward else -1)
    return day


def written(day, style="short", town=""):
    """Return a day as a sender writes it.

    :param style: ``short`` (12.03.2026), ``long`` (12. März 2026), ``town``
        (Auenstadt, den 12.03.2026), ``en``, ``fr``, ``year`` or ``yy``.
    """
    language = style if style in MONTHS else "de"
    month = MONTHS[language].split()[day.month - 1]
    return {
        "short": f"{day:%d.%m.%Y}",
        "long": f"{day.day}. {month} {day.year}",
        "town": f"{town}, den {day:%d.%m.%Y}",
        "en": f"{day.day} {month} {day.year}",
        "fr": (f"{town}, le " if town else "") + f"{day.day} {month} {day.year}",
        "year": f"{day:%Y}",
        "yy": f"{day:%y}",
    }[style]


@dataclass(frozen=True)
class RelativeDay:
    """The day on a letter; its text may name others, told from that day.

    ``{day}`` is the day itself, ``{day:+14}`` a fortnight later, ``{day:-90 long}``
    a quarter before, in long form; days of an office never fall on a weekend.
    """

    day: date

    def __format__(self, wish):
        distance, _, style = wish.partition(" ")
        if distance and distance[0] not in "+-":
            distance, style = "", distance
        distance = int(distance or 0)
        day = working_day(self.day + timedelta(days=distance), forward=distance > 0)
        return written(day, style or "short")
