"""Very many letters are done after the request, as the person who asked."""

from .manyletters import by
from .manyletters import done
from .manyletters import lies
from .manyletters import outcomes
from .manyletters import reasons
from .manyletters import routed
from .manyletters import steps
from eakte.jobs.server import work_folder
from eakte.jobs.worker import run_pending
from eakte.mailitem import many
from eakte.mailitem.interfaces import IRoutingHistory
from eakte.mailitem.many import undo
from eakte.mailitem.manybook import batches
from eakte.mailitem.manyinterfaces import Outcome
from eakte.mailitem.manyjob import GIVEN_UP
from eakte.mailitem.manyjob import ManyLetters
from eakte.mailitem.manyundoing import CannotUndo
from eakte.mailitem.states import State
from eakte.mailitem.steps import put
from tests import deputies
from tests.builders import as_system
from tests.deputies import at
from tests.deputies import BETWEEN
from tests.deputies import DAY_AFTER
from tests.deputies import LAST_SECOND

import pytest
import transaction


@pytest.fixture
def few(monkeypatch):
    """What is more than three letters is done in the background."""
    monkeypatch.setattr(many, "AT_ONCE", 3)


def work(portal):
    transaction.commit()
    run_pending(portal._p_jar.db(), work_folder())
    transaction.begin()


def test_many_are_done_in_the_background_by_the_person_who_asked(portal, few):
    letters = routed(5)
    deputies.deputyship("alex", "anna")
    with by("anna"):
        batch = done("accept", letters)
        assert outcomes(batch) == [Outcome.WAITING] * 5
        with pytest.raises(CannotUndo):
            undo(batch)
    work(portal)
    assert outcomes(batches()[batch.id]) == [Outcome.DONE] * 5
    entries = [IRoutingHistory(each).entries()[-1] for each in letters]
    assert {(each.who, each.to_desk) for each in entries} == {("anna", "a1-1")}
    with by("anna"):
        undoing = undo(batches()[batch.id])
    work(portal)
    assert outcomes(batches()[undoing.id]) == [Outcome.DONE] * 5
    assert {lies(each) for each in letters} == {(State.ROUTED, "a1", None)}


def test_in_the_background_too_a_deputy_does_it_for_somebody(portal, few):
    letters = routed(4)
    deputies.deputyship("alex", "anna")
    with at(BETWEEN):
        with by("alex"):
            begun = done("accept", letters, desk="a1-1")
        work(portal)
    with at(DAY_AFTER):
        assert outcomes(batches()[begun.id]) == [Outcome.DONE] * 4
    last = [IRoutingHistory(each).entries()[-1] for each in letters]
    assert {(each.who, each.acting_for) for each in last} == {("alex", "anna")}


def test_what_is_done_after_the_deputyship_is_not_done(portal, few):
    letters = routed(4)
    deputies.deputyship("alex", "anna")
    with at(LAST_SECOND), by("alex"):
        begun = done("accept", letters, desk="a1-1")
    with at(DAY_AFTER):
        work(portal)
    assert outcomes(batches()[begun.id]) == [Outcome.REFUSED] * 4
    assert {lies(each) for each in letters} == {(State.ROUTED, "a1", None)}


def test_in_the_background_the_rights_of_that_moment_hold(portal, few):
    letters = routed(4)
    with by("anna"):
        batch = done("accept", letters)
    with as_system(), put(letters[0], team="a2", desk=None):
        letters[0].reindexObject()
        letters[0].reindexObjectSecurity()
    work(portal)
    results = batches()[batch.id].results
    assert results[letters[0].UID()].reasons == (many.NOT_YOURS,)
    assert results[letters[1].UID()].reasons == ()


def test_what_a_job_gave_up_says_so_at_each_letter(portal, few):
    letters = routed(5)
    with by("anna"):
        batch = done("accept", letters)
        many.go_on(batch, 2)
    ManyLetters().give_up(portal, batch.id, RuntimeError("no space left"))
    assert batch.counts == {"waiting": 0, "done": 2, "refused": 3}
    assert set(reasons(batch)) == {str(GIVEN_UP)}
    assert lies(letters[4]) == (State.ROUTED, "a1", None)


def test_nothing_is_done_for_an_account_that_is_no_more(portal, few):
    letters = routed(5)
    with by("anna"):
        batch = done("accept", letters)
    batch.who = "nobody-any-more"
    work(portal)
    assert outcomes(batches()[batch.id]) == [Outcome.REFUSED] * 5
    assert {lies(each) for each in letters} == {(State.ROUTED, "a1", None)}


def test_a_batch_that_was_broken_off_goes_on_where_it_was(portal, few):
    letters = routed(5)
    with by("anna"):
        batch = done("accept", letters)
        many.go_on(batch, 2)
        assert len(batch.left) == 3
    work(portal)
    assert outcomes(batches()[batch.id]) == [Outcome.DONE] * 5
    assert {steps(each).count("accept") for each in letters} == {1}
