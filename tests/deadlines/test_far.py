"""Days at the end of the calendar, and an early warning that stays what it was."""

from ..builders import as_system
from ..deputies import absence
from .conftest import a_deadline
from .conftest import by
from dataclasses import replace
from datetime import date
from eakte.deadlines.acting import TermWrong
from eakte.deadlines.keeping import change
from eakte.deadlines.listing import of_object
from eakte.deadlines.periods import deadline_of
from eakte.deadlines.periods import Length
from eakte.deadlines.periods import Unit
from eakte.deadlines.store import terms_to_change
from eakte.org.entering import DeputyshipWrong
from eakte.org.entering import enter_deputyship

import pytest


CENTURIES = Length(1200, Unit.YEARS)


@pytest.mark.parametrize("unit", list(Unit))
def test_the_calendar_ends_with_the_year_9999(unit):
    with pytest.raises(OverflowError):
        deadline_of(date(9999, 12, 1), Length(1200, unit))


def test_event_and_end_are_a_hundred_years_away_at_most(letter):
    for far in (
        {"start": date(9000, 1, 1), "length": CENTURIES},
        {"start": date(9000, 1, 1), "length": Length(1, Unit.DAYS)},
        {"length": CENTURIES},
        {"length": Length(101, Unit.YEARS)},
        {"end": date(9999, 12, 31)},
        {"start": date(1, 1, 1), "end": date(2027, 4, 1)},
    ):
        with pytest.raises(TermWrong) as caught:
            a_deadline(letter, **far)
        (reason,) = caught.value.reasons
        assert "100 years" in reason
    assert of_object(letter.UID()) == []
    term = a_deadline(letter, length=Length(30, Unit.YEARS))
    for far in ({"length": CENTURIES}, {"end": date(9999, 12, 31)}):
        with by("anna"), pytest.raises(TermWrong) as caught:
            change(letter, term.id, "verlängert", **far)
        (reason,) = caught.value.reasons
        assert "100 years" in reason
    assert of_object(letter.UID()) == [term]


def test_a_deputyship_ends_within_a_year_an_absence_may_last(portal):
    with by("anna"):
        for last in (date(2028, 3, 3), date(9999, 12, 31)):
            with pytest.raises(DeputyshipWrong) as caught:
                enter_deputyship("alex", "anna", date(2027, 3, 1), last)
            (reason,) = caught.value.reasons
            assert "within a year" in str(reason)
        assert enter_deputyship("alex", "anna", date(2027, 3, 1), date(2028, 3, 1))
    # Parental leave is up to three years.
    assert absence("anna", last=date(2030, 3, 7))


def test_an_early_warning_stays_as_long_before_with_each_change(letter):
    said = {"kind": "Anhörung", "end": date(2027, 4, 14), "early": 3}
    term = a_deadline(letter, **said)
    # Three days before is a Sunday, so Friday.
    assert term.warning == date(2027, 4, 9)
    older = replace(term, id="older", early=None)
    own = replace(a_deadline(letter, **said | {"early": 4}), id="own", early=None)
    with as_system():
        for each in (older, own):
            terms_to_change().keep(each)
    with by("arno"):
        # Entered before the days were kept: what is usual for the kind, here 3; or as
        # many as there were.
        for term_id in (term.id, older.id):
            for end, warning in (
                (date(2027, 4, 15), date(2027, 4, 12)),
                (date(2027, 4, 14), date(2027, 4, 9)),
                (date(2027, 4, 16), date(2027, 4, 13)),
            ):
                changed = change(letter, term_id, "verlegt", end=end)
                assert (changed.end, changed.warning) == (end, warning)
        assert change(letter, term.id, "früher", early=7).early == 7
        assert change(letter, own.id, "x", end=date(2027, 4, 16)).early == 3
