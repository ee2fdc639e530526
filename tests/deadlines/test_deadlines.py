"""A legal deadline: counted, confirmed by a second person, changed, closed."""

from ..builders import a_mail_item
from ..builders import as_system
from ..builders import put_in_state
from ..deputies import at
from ..deputies import HOUSE
from .conftest import a_deadline
from .conftest import a_document
from .conftest import by
from .conftest import is_for
from .conftest import sent
from datetime import date
from datetime import datetime
from eakte.deadlines.acting import TermWrong
from eakte.deadlines.keeping import change
from eakte.deadlines.keeping import close
from eakte.deadlines.keeping import confirm
from eakte.deadlines.keeping import enter_deadline
from eakte.deadlines.keeping import NotConfirmed
from eakte.deadlines.listing import mine
from eakte.deadlines.listing import of_object
from eakte.deadlines.model import Urgency
from eakte.deadlines.outgoing import outgoing_since
from eakte.deadlines.outgoing import STAYS_HERE
from eakte.deadlines.periods import Length
from eakte.deadlines.periods import Unit
from eakte.deadlines.settings import kind_of_line
from eakte.deadlines.settings import KindWrong
from eakte.document.states import State as DocumentState
from eakte.errors import NotAllowed
from eakte.errors import WrongState
from eakte.journal.interfaces import IJournal
from eakte.journal.interfaces import Query
from eakte.mailitem.filing import file_into
from eakte.mailitem.states import State
from Products.ZCatalog.CatalogBrains import AbstractCatalogBrain
from zope.component import getUtility

import pytest


def test_end_and_early_warning_are_what_is_usual_for_the_kind(letter):
    term = a_deadline(letter)
    assert term.end == date(2027, 4, 1)
    # Seven days before is Maundy Thursday's Thursday before: a working day.
    assert term.warning == date(2027, 3, 25)
    assert term.length == Length(1, Unit.MONTHS)


def test_end_and_early_warning_are_working_days(letter):
    # To Easter Monday, so Tuesday; the warning on Good Friday, so Thursday.
    term = a_deadline(letter, length=Length(4, Unit.WEEKS), early=4)
    assert (term.end, term.warning) == (date(2027, 3, 30), date(2027, 3, 25))
    named = a_deadline(letter, end=date(2027, 3, 28), early=0)
    assert (named.end, named.warning) == (date(2027, 3, 30), date(2027, 3, 30))


@pytest.mark.parametrize(
    ("today", "urgency"),
    [
        (date(2027, 3, 1), Urgency.LATER),
        (date(2027, 3, 24), Urgency.LATER),
        (date(2027, 3, 25), Urgency.WARNED),
        (date(2027, 3, 31), Urgency.WARNED),
        (date(2027, 4, 1), Urgency.DUE),
        (date(2027, 4, 2), Urgency.OVERDUE),
    ],
)
def test_it_presses_from_the_early_warning_on(letter, today, urgency):
    assert a_deadline(letter).urgency(today) == urgency


def test_a_short_early_warning_is_announced_a_week_ahead(letter):
    assert a_deadline(letter, early=1).urgency(date(2027, 3, 27)) == Urgency.SOON


def test_all_that_is_wrong_is_said_at_once(letter):
    with by("anna"), pytest.raises(TermWrong) as caught:
        enter_deadline(letter, "Sonstiges", " ", None, early=400)
    assert len(caught.value.reasons) == 4
    for wrong in (
        {"kind": "Stellungnahme"},
        {"length": Length(0, Unit.DAYS)},
        {"length": Length(5, Unit.DAYS), "end": date(2027, 3, 9)},
        {"end": date(2027, 2, 1)},
        {"start": date(2026, 3, 1)},
    ):
        with pytest.raises(TermWrong):
            a_deadline(letter, **wrong)
    assert of_object(letter.UID()) == []


def test_a_second_person_confirms_it(letter):
    term = a_deadline(letter)
    assert term.confirmed_by is None
    with by("anna"), pytest.raises(NotAllowed):
        confirm(letter, term.id)
    with by("alex"), pytest.raises(NotAllowed):
        confirm(letter, term.id)
    with by("arno"):
        assert confirm(letter, term.id).confirmed_by == "arno"
    with by("tom"), pytest.raises(NotConfirmed):
        confirm(letter, term.id)


def test_it_is_changed_with_a_reason_and_confirmed_anew(letter):
    term = a_deadline(letter)
    with by("arno"):
        confirm(letter, term.id)
        with pytest.raises(TermWrong):
            change(letter, term.id, " ", end=date(2027, 5, 3))
        with pytest.raises(TermWrong):
            change(letter, term.id, "nichts")
        term = change(letter, term.id, "verlängert", length=Length(1, Unit.MONTHS))
        # From 1 April, so 1 May, a Saturday and holiday: Monday.
        assert term.end == date(2027, 5, 3)
        assert term.confirmed_by is None
        with pytest.raises(NotAllowed):
            confirm(letter, term.id)
    with by("anna"):
        assert confirm(letter, term.id).confirmed_by == "anna"


def test_it_is_closed_with_a_document_that_went_out_or_a_reason(case_file, letter):
    term = a_deadline(letter)
    came_in = a_document(case_file, title="Gutachten", received=date(2027, 3, 1))
    older = sent(case_file, title="Alt", document_date=date(2027, 2, 1))
    cancelled = sent(case_file, DocumentState.CANCELLED, title="Storniert")
    ours = sent(case_file, title="Klageerwiderung", document_date=date(2027, 3, 1))
    with by("anna"):
        assert [each.title for each in outgoing_since(letter, term.start)] == [
            "Klageerwiderung"
        ]
    with by("arno"):
        confirm(letter, term.id)
    with by("anna"):
        for wrong in ("", came_in.UID(), older.UID(), cancelled.UID(), "0" * 32):
            with pytest.raises(TermWrong):
                close(letter, term.id, outgoing=wrong)
        with pytest.raises(TermWrong):
            close(letter, term.id, why="  ")
        closed = close(letter, term.id, outgoing=ours.UID())
        assert not closed.is_open and closed.outgoing == ours.UID()
        with pytest.raises(WrongState):
            close(letter, term.id, why="noch einmal")
    other = a_deadline(letter)
    with by("arno"):
        confirm(letter, other.id)
        assert close(letter, other.id, why="Klage zurückgenommen").notes[-1].why


@pytest.mark.parametrize("state", [DocumentState.RECEIVED, DocumentState.IN_WORK])
def test_what_is_still_worked_on_closes_nothing(case_file, letter, state):
    term = confirmed(letter)
    draft = sent(case_file, state, title="Klageerwiderung")
    refused_and_not_offered(letter, term, draft)
    put_in_state(draft, "case_document_workflow", DocumentState.CLOSED)
    with by("anna"):
        assert not close(letter, term.id, outgoing=draft.UID()).is_open


@pytest.mark.parametrize("kind", STAYS_HERE)
def test_what_is_sent_to_nobody_closes_nothing(case_file, letter, kind):
    term = confirmed(letter)
    kept = sent(case_file, title="Vermerk", document_type=kind)
    refused_and_not_offered(letter, term, kept)
    with by("anna"):
        assert not close(letter, term.id, why="Klage zurückgenommen").is_open


def test_a_letter_of_ours_closes_it_when_it_is_done(case_file, letter):
    term = confirmed(letter)
    with as_system():
        ours = a_mail_item(State.ROUTED, team="a1", direction="outgoing")
        ours = file_into(ours, case_file)
    refused_and_not_offered(letter, term, ours)
    put_in_state(letter, "mail_item_workflow", State.DONE)
    refused_and_not_offered(letter, term, letter)
    put_in_state(ours, "mail_item_workflow", State.DONE)
    with by("anna"):
        assert outgoing_since(letter, term.start) == [ours]
        assert not close(letter, term.id, outgoing=ours.UID()).is_open


def confirmed(letter):
    """Return a deadline that waits for nothing but its document."""
    term = a_deadline(letter)
    with by("arno"):
        return confirm(letter, term.id)


def refused_and_not_offered(letter, term, document):
    with by("anna"):
        assert outgoing_since(letter, term.start) == []
        with pytest.raises(TermWrong) as caught:
            close(letter, term.id, outgoing=document.UID())
    (reason,) = caught.value.reasons
    assert "sent from this case file" in reason and "done or closed" in reason
    assert of_object(letter.UID())[0].is_open


def test_without_a_second_person_it_is_not_closed(case_file, letter):
    term = a_deadline(letter)
    ours = sent(case_file, title="Klageerwiderung")
    with by("anna"):
        for said in ({"outgoing": ours.UID()}, {"why": "erledigt"}):
            with pytest.raises(NotConfirmed):
                close(letter, term.id, **said)
    with by("arno"):
        with pytest.raises(NotConfirmed):
            close(letter, term.id, outgoing=ours.UID())
        assert not close(letter, term.id, why="versehentlich erfasst").is_open


def test_a_document_that_the_user_may_not_see_closes_nothing(case_file, letter):
    term = a_deadline(letter)
    hidden = sent(case_file, title="Geheim")
    with by("arno"):
        confirm(letter, term.id)
    hidden.manage_permission("View", [], acquire=0)
    with by("anna"), pytest.raises(TermWrong):
        close(letter, term.id, outgoing=hidden.UID())


@pytest.mark.parametrize(
    ("day", "is_leads"), [(24, False), (25, True), (31, True)], ids=str
)
def test_it_comes_to_the_lead_when_the_early_warning_has_come(letter, day, is_leads):
    term = a_deadline(letter)
    with at(datetime(2027, 3, day, 8, tzinfo=HOUSE)):
        assert is_for("tom", term) == is_leads
        assert is_for("anna", term)
        assert not is_for("arno", term)
    with at(datetime(2027, 4, 2, 8, tzinfo=HOUSE)):
        assert is_for("tom", term)


def test_the_most_urgent_comes_first(letter):
    later = a_deadline(letter)
    sooner = a_deadline(letter, end=date(2027, 3, 15), early=3)
    with at(datetime(2027, 3, 16, 8, tzinfo=HOUSE)), by("anna"):
        lines = mine()
    assert [line.term.id for line in lines] == [sooner.id, later.id]
    assert lines[0].urgency == Urgency.OVERDUE
    assert lines[0].reference == letter.aq_parent.reference
    assert lines[0].title == "Klage"


def test_a_list_wakes_no_object(case_file, letter, monkeypatch):
    a_deadline(letter)
    a_deadline(case_file)

    def woken(brain, *args, **said):
        raise AssertionError(f"{brain.getPath()} was woken")

    for name in ("getObject", "_unrestrictedGetObject"):
        monkeypatch.setattr(AbstractCatalogBrain, name, woken)
    with by("anna"):
        assert len(mine()) == 2


def test_every_deed_is_in_the_journal_with_its_reason(letter):
    term = a_deadline(letter)
    with by("arno"):
        confirm(letter, term.id)
        change(letter, term.id, "verlängert", end=date(2027, 5, 3))
    found = getUtility(IJournal).find(Query(objects=(letter.UID(),))).entries
    ours = [each for each in found if "deadline" in each.details.get("fields", {})]
    deeds = {each.details["deed"]: each for each in ours}
    assert {deed: (each.who, each.why) for deed, each in deeds.items()} == {
        "entered": ("anna", "Zustellung des Bescheids"),
        "confirmed": ("arno", ""),
        "changed": ("arno", "verlängert"),
    }
    old, new = deeds["changed"].details["fields"]["deadline"]
    assert "2027-04-01" in old and "2027-05-03" in new


@pytest.mark.parametrize(
    "line",
    ["", "| 1 months | 7", "X | 1 moons | 7", "X | months", "X | 0 days", "X||x"],
)
def test_a_kind_that_says_nothing_is_refused(line):
    with pytest.raises(KindWrong):
        kind_of_line(line)


def test_a_kind_may_have_no_usual_length():
    assert kind_of_line("Stellungnahme").length is None
    assert kind_of_line("Anhörung | 2 weeks | 3").early == 3
