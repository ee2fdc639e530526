"""A legal deadline: entered, confirmed by a second person, changed, closed."""

from dataclasses import replace
from datetime import timedelta
from eakte import _
from eakte.clock import today
from eakte.deadlines.acting import keep
from eakte.deadlines.acting import noted
from eakte.deadlines.acting import refuse_strangers
from eakte.deadlines.acting import term_of
from eakte.deadlines.acting import TermWrong
from eakte.deadlines.acting import who
from eakte.deadlines.model import Deadline
from eakte.deadlines.model import Deed
from eakte.deadlines.outgoing import is_outgoing_since
from eakte.deadlines.periods import deadline_of
from eakte.deadlines.periods import LONGEST
from eakte.deadlines.periods import working_day_from
from eakte.deadlines.periods import working_day_until
from eakte.deadlines.places import place_of
from eakte.deadlines.settings import EARLY
from eakte.deadlines.settings import kind_named
from eakte.errors import NotAllowed
from plone.uuid.interfaces import IUUID
from uuid import uuid4


LONGEST_TEXT = 500
"""Characters of an event or reason."""


FARTHEST = timedelta(36525)
"""From today to the event and to the end; a hundred years: no law knows a longer time."""


class NotConfirmed(TermWrong):
    """A second person has not looked at the deadline yet."""

    status = 409


def enter_deadline(
    content,
    kind,
    event,
    start,
    length=None,
    end=None,
    early=None,
    counts_first_day=False,
):
    """Enter a deadline and return it. It holds at once, and waits to be confirmed.

    :param kind: the name of one of the kinds in the settings.
    :param event: what set it going.
    :param start: the day of the event.
    :param length: a ``Length``; without it and without an end, what is usual.
    :param end: the day that a court or the law names; in place of a length.
    :param early: days from the early warning to the end; what is usual without.
    :param counts_first_day: see ``periods.end_of``.
    :raises NotAllowed: the user does not work on the object.
    :raises TermWrong: every reason against it.
    """
    refuse_strangers(content)
    known = kind_named(kind)
    reasons = [] if known else [_("There is no such kind of deadline.")]
    if not place_of(content)[1]:
        reasons.append(_("The letter has no team yet: route it first."))
    reasons += _against_text(event, _("Say what set the deadline going."))
    if known and length is None and end is None:
        length = known.length
    if early is None:
        early = known.early if known else EARLY
    last, more = _last_day(start, length, end, counts_first_day)
    reasons += [*more, *_against_early(early)]
    if last and last < today():
        reasons.append(
            _("The deadline would have been over already. Look at the days again.")
        )
    if reasons:
        raise TermWrong(reasons)
    new = Deadline(
        id=uuid4().hex,
        object=IUUID(content),
        kind=known.title,
        event=event.strip(),
        start=start,
        length=None if end else length,
        counts_first_day=bool(counts_first_day) and end is None,
        end=last,
        warning=warning_of(last, early),
        early=early,
    )
    return _keep(noted(new, content, Deed.ENTERED), content, "", event)


def confirm(content, term_id):
    """A second person has counted too, and comes to the same end.

    :raises NotAllowed: the user entered or changed the deadline.
    """
    term = term_of(content, term_id, Deadline)
    if term.said_by == who():
        raise NotAllowed(
            _("You have entered the deadline yourself: a second person confirms it.")
        )
    if term.confirmed_by:
        raise NotConfirmed(_("The deadline is confirmed already."))
    new = noted(term, content, Deed.CONFIRMED)
    return _keep(new, content, in_words(term), "")


def change(content, term_id, why, length=None, end=None, early=None):
    """Give the deadline another end; a second person has to confirm it anew.

    :param length: extends it: counted from the end there is, § 190 BGB.
    :param end: the new end, as a court or the law names it.
    :param early: days from the early warning to the end; as before without.
    :raises TermWrong: no reason is given, or the end is not right.
    """
    term = term_of(content, term_id, Deadline)
    reasons = list(_against_text(why, _("Say in a few words why.")))
    last, more = term.end, ()
    if length is not None or end is not None:
        last, more = _last_day(term.end if end is None else term.start, length, end)
    if early is None:
        early = early_of(term)
    reasons += [*more, *_against_early(early)]
    if reasons:
        raise TermWrong(reasons)
    new = replace(term, end=last, warning=warning_of(last, early), early=early)
    if (new.end, new.warning) == (term.end, term.warning):
        raise TermWrong(_("That is what the deadline says already."))
    if new.end != term.end:
        new = replace(new, length=None)
    new = noted(new, content, Deed.CHANGED, why)
    return _keep(new, content, in_words(term), why)


def close(content, term_id, outgoing="", why=""):
    """The deadline is kept by a document that went out, or it holds no longer: why.

    :param outgoing: UUID of the document in the same case file.
    :raises TermWrong: neither is given, or the document is not such a one.
    :raises NotConfirmed: nobody has confirmed it; a second person can close it with
        a reason.
    """
    term = term_of(content, term_id, Deadline)
    why = (why or "").strip()
    if not outgoing and not why:
        raise TermWrong(
            _("Choose the document that went out, or say why there is none.")
        )
    if outgoing and not is_outgoing_since(outgoing, content, term.start):
        raise TermWrong(
            _(
                "This document does not keep the deadline: choose one of ours that was "
                "sent from this case file since the deadline began. Notes, minutes, "
                "evidence and scanned paper files do not go out, and the document must "
                "be done or closed."
            )
        )
    if not term.confirmed_by and (not why or term.said_by == who()):
        raise NotConfirmed(_("A second person has to confirm the deadline first."))
    new = replace(term, is_open=False, outgoing=outgoing or "")
    new = noted(new, content, Deed.CLOSED, why)
    return _keep(new, content, in_words(term), why)


def warning_of(end, early):
    """Return the day of the early warning: a working day, so many days before."""
    return working_day_until(end - timedelta(early)) if early else end


def early_of(term):
    """Return the days of early warning that were asked for.

    Of a deadline that does not say so: what is usual for its kind if that gives the
    warning there is, and else the days to the warning.
    """
    if term.early is not None:
        return term.early
    known = kind_named(term.kind)
    if known and warning_of(term.end, known.early) == term.warning:
        return known.early
    return (term.end - term.warning).days


def in_words(term):
    """Return the deadline for the journal, in any language: kind, end, early warning.

    A tick says who confirmed it. Nothing is left of a deadline that is closed.
    """
    if not term.is_open:
        return ""
    confirmed = f" ✓ {term.confirmed_by}" if term.confirmed_by else ""
    return f"{term.kind}: {term.end} ({term.warning}){confirmed}"


def _keep(term, content, before, why):
    return keep(term, content, "deadline", (before, in_words(term)), why)


def _last_day(start, length, end, counts_first_day=False):
    """Return the last day and what is wrong; no day when something is."""
    if start is None:
        return None, [_("Name the day of the event.")]
    if abs(start - today()) > FARTHEST:
        return None, [_too_far()]
    if end is not None and length is not None:
        return None, [_("Name the length or the end, not both.")]
    if end is not None:
        if end < start:
            return None, [_("The end is before the day of the event.")]
        if end > today() + FARTHEST:
            return None, [_too_far()]
        return working_day_from(end), []
    if length is None:
        return None, [_("Name the length or the end: none is usual for this kind.")]
    if not 1 <= length.count <= LONGEST:
        return None, [_("The length is a number from 1 to 1200.")]
    try:
        last = deadline_of(start, length, counts_first_day=counts_first_day)
    except OverflowError:
        return None, [_too_far()]
    return (None, [_too_far()]) if last > today() + FARTHEST else (last, [])


def _too_far():
    return _(
        "The day of the event and the end are at most 100 years from today. Look at the "
        "days again."
    )


def _against_text(text, missing):
    if not (text or "").strip():
        yield missing
    elif len(text.strip()) > LONGEST_TEXT:
        yield _(
            "The text is too long: ${count} characters at most.",
            mapping={"count": str(LONGEST_TEXT)},
        )


def _against_early(early):
    if not 0 <= early <= 365:
        yield _("The early warning is a number of days from 0 to 365.")
