"""What was done with many letters is undone, where it can be."""

from .manyletters import by
from .manyletters import done
from .manyletters import found
from .manyletters import lies
from .manyletters import outcomes
from .manyletters import reasons
from .manyletters import routed
from .manyletters import steps
from eakte.clock import utc_now
from eakte.journal.interfaces import IJournal
from eakte.journal.interfaces import Query
from eakte.mailitem import many
from eakte.mailitem.accepting import accept
from eakte.mailitem.many import undo
from eakte.mailitem.manyinterfaces import Outcome
from eakte.mailitem.manyundoing import CannotUndo
from eakte.mailitem.routing import route
from eakte.mailitem.states import State
from plone import api
from tests import deputies
from tests.builders import a_case_file
from tests.builders import a_mail_item
from tests.builders import as_system
from tests.deputies import at
from tests.deputies import BETWEEN
from tests.deputies import DAY_AFTER
from zope.component import getUtility

import pytest


@pytest.mark.parametrize("meant_for", [None, "a1-1"])
def test_accepting_is_undone_and_each_letter_lies_where_it_lay(portal, meant_for):
    letters = routed(desk=meant_for)
    with by("anna"):
        batch = undo(done("accept", letters))
    assert outcomes(batch) == [Outcome.DONE] * 3
    assert {lies(each) for each in letters} == {(State.ROUTED, "a1", meant_for)}
    assert {found(each).review_state for each in letters} == {State.ROUTED}
    assert steps(letters[0])[-2:] == ["accept", "take_back"]


def test_assigning_is_undone_with_the_letter_at_the_desk_that_had_it(portal):
    (letter,) = routed(1)
    with by("anna"):
        accept(letter)
        batch = done("assign", [letter], desk="a1-2", reason="Buchstabe")
        assert lies(letter) == (State.ROUTED, "a1", "a1-2")
        undo(batch)
    assert lies(letter) == (State.ACCEPTED, "a1", "a1-1")


def test_routing_is_undone_though_the_letter_has_left_ones_sight(portal):
    (letter,) = routed(1)
    with by("anna"):
        batch = done("route", [letter], team="b1", reason="Zuständig")
    with by("anna"):
        assert not api.user.has_permission("View", obj=letter)
        assert outcomes(undo(batch)) == [Outcome.DONE]
    assert lies(letter) == (State.ROUTED, "a1", None)
    with by("anna"):
        assert api.portal.get_tool("portal_catalog")(UID=letter.UID())
    with by("bert"):
        assert not api.portal.get_tool("portal_catalog")(UID=letter.UID())


def test_the_mailroom_takes_back_what_it_routed(portal):
    letters = [a_mail_item(State.RELEASED) for _ in range(2)]
    with by("quirin"):
        undo(done("route", letters, team="a1"))
    assert {lies(each) for each in letters} == {(State.RELEASED, None, None)}


def test_undoing_is_a_deed_of_its_own_in_the_journal(portal):
    (letter,) = routed(1)
    with by("anna"):
        undo(done("route", [letter], team="a2", reason="Zuständig"))
    entries = getUtility(IJournal).find(Query(objects=(letter.UID(),))).entries
    taken_back, was_routed = entries[:2]
    assert was_routed.kind == "routed"
    assert (taken_back.who, taken_back.details["step"]) == ("anna", "take_back")
    assert (taken_back.details["from"], taken_back.details["to"]) == ("a2", "a1")


def test_what_somebody_worked_on_since_is_not_undone_and_nothing_is_told(portal):
    letters = routed()
    with by("anna"):
        batch = done("route", letters, team="a2", reason="Zuständig")
    with by("alex"):
        accept(letters[0])
    with as_system():
        letters[1].title = "Etwas anderes"
    with by("anna"):
        undoing = undo(batch)
        assert outcomes(undoing) == [Outcome.REFUSED, Outcome.REFUSED, Outcome.DONE]
        assert set(reasons(undoing)) == {str(many.NOT_YOURS)}
    assert lies(letters[0]) == (State.ACCEPTED, "a2", "a2-1")


def test_whoever_still_sees_the_letter_reads_why_it_is_not_undone(portal):
    (letter,) = routed(1)
    with by("anna"):
        batch = done("accept", [letter])
        route(letter, "a1", "a1-2", "Arno")
        assert "happened" in reasons(undo(batch))[0]


def test_it_is_undone_once_by_the_same_person_and_on_the_same_day(portal):
    letters = routed(2)
    with at(BETWEEN), by("anna"):
        batch = done("accept", letters)
    with at(DAY_AFTER), by("anna"), pytest.raises(CannotUndo):
        undo(batch)
    with at(BETWEEN), by("anna"):
        undoing = undo(batch)
        with pytest.raises(CannotUndo):
            undo(batch)
        with pytest.raises(CannotUndo):
            undo(undoing)


def test_nobody_undoes_anothers_step(portal):
    (letter,) = routed(1)
    with by("anna"):
        batch = done("accept", [letter])
    batch.who = "arno"
    with by("arno"):
        assert "yourself" in reasons(undo(batch))[0]
    assert lies(letter) == (State.ACCEPTED, "a1", "a1-1")


def test_who_has_left_the_place_since_brings_nothing_back_there(portal):
    (letter,) = routed(1)
    deputies.deputyship("alex", "anna")
    with at(BETWEEN), by("alex"):
        batch = done("route", [letter], team="b1", reason="Zuständig")
    # It was lent for the day; the day is over, and only the clock of the batch not.
    with at(DAY_AFTER), by("alex"):
        batch.asked = utc_now()
        assert reasons(undo(batch)) == [str(many.NOT_YOURS)]
    assert letter.team == "b1"


def test_filing_is_not_undone(portal):
    letters = routed(1)
    case_file = a_case_file(team="a1")
    with by("anna"):
        batch = done("file", letters, case_file=case_file.reference)
        with pytest.raises(CannotUndo):
            undo(batch)
