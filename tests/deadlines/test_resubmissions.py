"""A resubmission: entered, postponed, done; and to whom it comes."""

from ..builders import a_case_file
from ..builders import a_mail_item
from ..builders import as_system
from ..deputies import absence
from ..deputies import at
from ..deputies import BETWEEN
from ..deputies import DAY_AFTER
from ..deputies import deputyship
from ..deputies import DURING
from ..deputies import EVERY
from .conftest import a_document
from .conftest import a_resubmission
from .conftest import by
from .conftest import is_for
from .conftest import whose
from datetime import date
from eakte.deadlines.acting import NoSuchTerm
from eakte.deadlines.acting import TermWrong
from eakte.deadlines.listing import of_object
from eakte.deadlines.model import Deed
from eakte.deadlines.model import Urgency
from eakte.deadlines.resubmitting import finish
from eakte.deadlines.resubmitting import postpone
from eakte.deadlines.resubmitting import resubmit
from eakte.errors import NotAllowed
from eakte.errors import WrongState
from eakte.mailitem.routing import route
from eakte.mailitem.states import State
from plone import api
from zope.event import notify
from zope.lifecycleevent import ObjectModifiedEvent

import pytest


@pytest.mark.parametrize(
    ("today", "urgency"),
    [
        (date(2027, 3, 2), Urgency.LATER),
        (date(2027, 3, 3), Urgency.SOON),
        (date(2027, 3, 9), Urgency.SOON),
        (date(2027, 3, 10), Urgency.DUE),
        (date(2027, 3, 11), Urgency.OVERDUE),
    ],
)
def test_it_presses_more_and_more(case_file, today, urgency):
    assert a_resubmission(case_file).urgency(today) == urgency


def test_an_object_has_several_on_case_file_document_and_letter(case_file, letter):
    document = a_document(case_file, title="Vermerk")
    for content in (case_file, letter, document):
        first, second = a_resubmission(content), a_resubmission(content)
        assert {each.id for each in of_object(content.UID())} == {first.id, second.id}
        assert (first.team, first.desk) == ("a1", "a1-1")
        assert first.file == case_file.UID()


def test_all_that_is_wrong_is_said_at_once(case_file):
    with by("anna"), pytest.raises(TermWrong) as caught:
        resubmit(case_file, date(2027, 2, 28), " ", desk="a2-1")
    assert len(caught.value.reasons) == 3
    with by("anna"), pytest.raises(TermWrong):
        resubmit(case_file, date(2027, 3, 2), "x", person="bert")
    assert of_object(case_file.UID()) == []


def test_postponed_and_done_with_a_note_who_when_and_why(case_file):
    term = a_resubmission(case_file)
    with by("arno"):
        with pytest.raises(TermWrong):
            postpone(case_file, term.id, date(2027, 3, 20), " ")
        later = postpone(case_file, term.id, date(2027, 3, 20), "Noch keine Antwort")
        done = finish(case_file, term.id, "Antwort ist da")
        with pytest.raises(WrongState):
            finish(case_file, term.id)
    assert later.day == date(2027, 3, 20)
    assert [(each.deed, each.who, each.why) for each in done.notes] == [
        (Deed.ENTERED, "anna", ""),
        (Deed.POSTPONED, "arno", "Noch keine Antwort"),
        (Deed.DONE, "arno", "Antwort ist da"),
    ]
    assert whose("anna") == ([], [])
    assert of_object(case_file.UID()) == [done]


def test_who_does_not_work_on_the_object_enters_and_settles_nothing(case_file, letter):
    term = a_resubmission(case_file)
    for stranger in ("bert", "alex", "hanna", "oskar"):
        with by(stranger):
            for deed in (
                lambda: resubmit(case_file, date(2027, 3, 9), "x"),
                lambda: finish(case_file, term.id),
                lambda: postpone(case_file, term.id, date(2027, 3, 9), "x"),
            ):
                with pytest.raises(NotAllowed):
                    deed()
    with by("anna"), pytest.raises(NoSuchTerm):
        finish(letter, term.id)


def test_it_is_for_the_desk_and_seen_by_the_team(case_file):
    term = a_resubmission(case_file)
    assert whose("anna") == ([term.id], [term.id])
    for colleague in ("arno", "tom", "rolf", "hanna"):
        assert whose(colleague) == ([], [term.id])
    for stranger in ("alex", "bert", "oskar"):
        assert whose(stranger) == ([], [])


def test_it_is_for_the_person_or_desk_that_is_named(case_file):
    for_arno = a_resubmission(case_file, person="arno")
    for_desk = a_resubmission(case_file, desk="a1-2")
    assert set(whose("arno")[0]) == {for_arno.id, for_desk.id}
    assert whose("anna")[0] == []


def test_without_a_desk_it_is_for_everybody_in_the_team(portal):
    term = a_resubmission(a_case_file(team="a1"))
    assert is_for("anna", term) and is_for("arno", term) and is_for("tom", term)
    assert not is_for("rolf", term)


@pytest.mark.parametrize("moment", EVERY, ids=str)
def test_it_falls_to_the_deputy_while_the_deputyship_holds(case_file, moment):
    at_desk = a_resubmission(case_file)
    for_anna = a_resubmission(case_file, person="anna")
    deputyship("alex", "anna")
    with at(moment):
        for term in (at_desk, for_anna):
            assert is_for("alex", term) == (moment in DURING)
            assert not is_for("arno", term)


@pytest.mark.parametrize("moment", EVERY, ids=str)
def test_it_falls_to_the_team_when_nobody_is_there(case_file, moment):
    at_desk = a_resubmission(case_file)
    for_anna = a_resubmission(case_file, person="anna")
    absence("anna")
    with at(moment):
        for term in (at_desk, for_anna):
            assert is_for("arno", term) == (moment in DURING)
            assert not is_for("alex", term)
            assert is_for("anna", term)


def test_the_deputy_acts_for_the_represented_person(case_file):
    term = a_resubmission(case_file)
    deputyship("alex", "anna")
    with at(BETWEEN), by("alex"):
        done = finish(case_file, term.id)
    assert (done.notes[-1].who, done.notes[-1].for_whom) == ("alex", "anna")
    term = a_resubmission(case_file)
    with at(DAY_AFTER), by("alex"), pytest.raises(NotAllowed):
        finish(case_file, term.id)


def test_a_personal_letter_is_on_no_deputys_list(portal):
    letter = a_mail_item(State.ACCEPTED, team="a1", desk="a1-1", mail_class="personal")
    term = a_resubmission(letter)
    deputyship("alex", "anna")
    with at(BETWEEN):
        assert is_for("anna", term)
        assert whose("alex") == ([], [])
        assert whose("arno") == ([], [])


def test_it_goes_along_when_the_case_file_gets_another_team(case_file, letter):
    of_file = a_resubmission(case_file, desk="a1-2")
    of_letter = a_resubmission(letter, person="rolf")
    with as_system():
        case_file.team, case_file.desk = "a2", "a2-1"
        notify(ObjectModifiedEvent(case_file))
    assert set(whose("alex")[1]) == {of_file.id, of_letter.id}
    assert is_for("alex", of_file)
    # The registry still sees the case file: who was named there stays named.
    assert is_for("rolf", of_letter) and not is_for("alex", of_letter)
    assert whose("anna") == ([], [])


def test_it_goes_along_when_a_letter_is_passed_on(portal):
    letter = a_mail_item(State.ROUTED, team="a1")
    term = a_resubmission(letter)
    with by("anna"):
        route(letter, "a2", reason="Falscher Buchstabe")
    assert is_for("alex", term)
    assert whose("anna") == ([], [])


def test_it_is_gone_with_the_object(case_file):
    document = a_document(case_file, title="Vermerk")
    term = a_resubmission(document)
    with as_system():
        api.content.delete(document)
    assert of_object(term.object) == []
    assert whose("anna") == ([], [])


def test_a_letter_that_no_team_has_is_not_resubmitted(portal):
    letter = a_mail_item(State.CAPTURED)
    with by("lotte"), pytest.raises(TermWrong) as caught:
        resubmit(letter, date(2027, 3, 9), "x")
    assert caught.value.reasons == ("The letter has no team yet: route it first.",)
