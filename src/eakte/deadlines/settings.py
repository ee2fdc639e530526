"""What the office sets: which deadlines there are, and when the digest goes out."""

from dataclasses import dataclass
from eakte import _
from eakte.deadlines.periods import Length
from eakte.deadlines.periods import LONGEST
from eakte.deadlines.periods import Unit
from plone.registry.interfaces import IRegistry
from zope import schema
from zope.component import getUtility
from zope.interface import Interface
from zope.schema import ValidationError


EARLY = 7
"""Days of the early warning, where a kind names none."""


@dataclass(frozen=True)
class DeadlineKind:
    """A kind of deadline with what is usual for it."""

    title: str
    length: Length | None
    """None: there is no usual length."""
    early: int
    """Days from the early warning to the end."""


class KindWrong(ValidationError):
    __doc__ = _(
        "A kind reads like “Objection | 1 months | 7”: name, length in days, weeks, "
        "months or years (or nothing), days of early warning."
    )


def kind_of_line(line):
    """Return the ``DeadlineKind`` that a line of the settings describes.

    :raises KindWrong: it describes none.
    """
    title, length, early, *more = [part.strip() for part in (line + "||").split("|")]
    if not title or any(more[2:]):
        raise KindWrong(line)
    try:
        days = int(early) if early else EARLY
        if length:
            count, unit = length.split()
            length = Length(int(count), Unit(unit))
    except ValueError:
        raise KindWrong(line) from None
    if days < 0 or (length and not 1 <= length.count <= LONGEST):
        raise KindWrong(line)
    return DeadlineKind(title, length or None, days)


def _is_kind(line):
    kind_of_line(line)
    return True


class IDeadlineSettings(Interface):
    """Deadlines and resubmissions."""

    kinds = schema.Tuple(
        title=_("Kinds of deadlines"),
        description=_(
            "One a line: name | usual length | days of early warning. The length is a "
            "number with days, weeks, months or years, in English; it may be empty. "
            "Deadlines that were entered keep the name they were entered with."
        ),
        value_type=schema.TextLine(constraint=_is_kind),
        default=(
            "Widerspruch | 1 months | 7",
            "Klage | 1 months | 7",
            "Klagebegründung | 1 months | 7",
            "Klageerwiderung | | 7",
            "Stellungnahme | | 7",
            "Anhörung | 2 weeks | 3",
            "Antrag auf Zulassung der Berufung | 1 months | 7",
            "Begründung des Zulassungsantrags | 2 months | 14",
            "Beschwerde | 2 weeks | 3",
            "Sonstige Frist | | 7",
        ),
    )

    digest = schema.Bool(
        title=_("Daily mail"),
        description=_(
            "Whoever has something to do is told so by mail, once a day: only how "
            "much, and the file references."
        ),
        default=True,
        required=False,
    )

    digest_hour = schema.Int(
        title=_("Hour of the daily mail"),
        description=_(
            "From this hour on it goes out, in the time of Germany. Another hour "
            "holds for today already; what was sent is not sent again."
        ),
        min=0,
        max=23,
        default=6,
    )

    address = schema.URI(
        title=_("Address of the site"),
        description=_(
            "As people reach it, for the link in the mail. Without it the mail has "
            "no link."
        ),
        required=False,
    )


def digest_settings():
    """Return the settings of the mail."""
    return getUtility(IRegistry).forInterface(IDeadlineSettings, check=False)


def kinds():
    """Return every ``DeadlineKind`` that can be chosen, in the office's order."""
    settings = getUtility(IRegistry).forInterface(IDeadlineSettings, check=False)
    lines = settings.kinds or IDeadlineSettings["kinds"].default
    return tuple(kind_of_line(line) for line in lines)


def kind_named(title):
    """Return the ``DeadlineKind``, or None."""
    return next((kind for kind in kinds() if kind.title == title), None)
