"""Many letters at once: a preview, a result for each, and the way back."""

from contextlib import contextmanager
from datetime import timedelta
from eakte.clock import utc_now
from eakte.errors import EakteError
from eakte.jobs.server import work_folder
from eakte.jobs.worker import run_pending
from eakte.journal.interfaces import IJournal
from eakte.journal.interfaces import Query
from eakte.mailitem import many
from eakte.mailitem.accepting import accept
from eakte.mailitem.interfaces import IRoutingHistory
from eakte.mailitem.many import AT_MOST
from eakte.mailitem.many import begin
from eakte.mailitem.many import ManyWrong
from eakte.mailitem.many import preview
from eakte.mailitem.many import undo
from eakte.mailitem.manybook import batches
from eakte.mailitem.manybook import Chosen
from eakte.mailitem.manybook import forget_old
from eakte.mailitem.manybook import NoSuchBatch
from eakte.mailitem.manybook import own_batch
from eakte.mailitem.manyinterfaces import IManyVerb
from eakte.mailitem.manyinterfaces import Outcome
from eakte.mailitem.manyinterfaces import Place
from eakte.mailitem.manyjob import GIVEN_UP
from eakte.mailitem.manyjob import ManyLetters
from eakte.mailitem.manyundoing import CannotUndo
from eakte.mailitem.routing import route
from eakte.mailitem.states import State
from eakte.mailitem.steps import put
from plone import api
from tests import deputies
from tests.builders import a_case_file
from tests.builders import a_mail_item
from tests.builders import as_system
from tests.deputies import at
from tests.deputies import BETWEEN
from tests.deputies import DAY_AFTER
from tests.deputies import LAST_SECOND
from uuid import uuid4
from zope.annotation.interfaces import IAnnotations
from zope.component import getUtilitiesFor
from zope.component import getUtility
from zope.globalrequest import getRequest

import pytest
import transaction


@contextmanager
def by(person):
    """The next lines are a request of that person: of earlier ones nothing is known."""
    remembered = IAnnotations(getRequest(), {})
    for key in [key for key in remembered if "localrole" in str(key)]:
        del remembered[key]
    with api.env.adopt_user(username=person):
        yield


def routed(count=3, **fields):
    return [a_mail_item(State.ROUTED, team="a1", **fields) for _ in range(count)]


def looked_at(verb, said, letters):
    """Return the letters as chosen after a preview; those that are allowed."""
    verdicts = preview(verb, said, [each.UID() for each in letters])
    transaction.savepoint()
    return [Chosen(each.uid, each.mark) for each in verdicts if each.allowed]


def done(verb, letters, **said):
    return begin(verb, said, looked_at(verb, said, letters))


def outcomes(batch):
    return [batch.outcome(each.uid) for each in batch.chosen]


def reasons(batch):
    return [str(reason) for each in batch.results.values() for reason in each.reasons]


def lies(letter):
    return api.content.get_state(letter), letter.team, letter.desk


def steps(letter):
    return [entry.step for entry in IRoutingHistory(letter).entries()]


def found(letter):
    catalog = api.portal.get_tool("portal_catalog")
    (brain,) = catalog.unrestrictedSearchResults(UID=letter.UID())
    return brain


def test_a_preview_says_for_each_letter_what_the_verb_would_say(portal):
    mine, *_ = routed()
    settled = a_mail_item(State.RELEASED, team="a1")
    theirs = a_mail_item(State.ROUTED, team="a2")
    with by("anna"):
        verdicts = preview(
            "accept", {}, [mine.UID(), settled.UID(), theirs.UID(), "0" * 32]
        )
    assert [each.allowed for each in verdicts] == [True, False, False, False]
    assert verdicts[0].after == Place(State.ACCEPTED, "a1", "a1-1")


def test_what_one_may_not_see_is_answered_like_what_does_not_exist(portal):
    theirs = a_mail_item(State.ROUTED, team="a2", title="Geheim")
    with by("anna"):
        for unknown in (theirs.UID(), uuid4().hex, "", "no id at all"):
            (verdict,) = preview("accept", {}, [unknown])
            assert (verdict.letter, verdict.mark, verdict.after) == (None, "", None)
            assert verdict.reasons == (many.NOT_YOURS,)
            batch = begin("accept", {}, [Chosen(unknown, "x")])
            (result,) = batch.results.values()
            assert (result.number, result.reasons) == ("", (many.NOT_YOURS,))
    assert lies(theirs) == (State.ROUTED, "a2", None)


def test_a_preview_changes_nothing(portal):
    letters = routed()
    case_file = a_case_file(team="a1")
    before = [(lies(each), steps(each), each.absolute_url()) for each in letters]
    noted = getUtility(IJournal).find(Query()).total
    with by("anna"):
        for verb, said in (
            ("accept", {}),
            ("assign", {"desk": "a1-2", "reason": "Buchstabe"}),
            ("route", {"team": "a2", "reason": "Zuständig"}),
            ("file", {"case_file": case_file.reference}),
            ("set-aside", {"to": "unclear", "reason": "Kein Name"}),
        ):
            verdicts = preview(verb, said, [each.UID() for each in letters])
            assert all(each.allowed for each in verdicts), verdicts
    assert [(lies(e), steps(e), e.absolute_url()) for e in letters] == before
    assert [found(each).review_state for each in letters] == [State.ROUTED] * 3
    assert getUtility(IJournal).find(Query()).total == noted
    assert not case_file.objectIds()


def test_each_letter_has_its_own_result(portal):
    letters = routed()
    with by("anna"):
        chosen = looked_at("accept", {}, letters)
        route(letters[1], "a1", "a1-2", "Arno macht das")
        batch = begin("accept", {}, chosen)
        assert outcomes(batch) == [Outcome.DONE, Outcome.REFUSED, Outcome.DONE]
        assert reasons(batch) == [str(many.CHANGED)]
    assert lies(letters[0]) == (State.ACCEPTED, "a1", "a1-1")
    assert lies(letters[1]) == (State.ROUTED, "a1", "a1-2")
    assert found(letters[2]).review_state == State.ACCEPTED


@pytest.mark.parametrize("name", ["title", "mail_class", "sender"])
def test_a_letter_that_was_changed_since_the_preview_is_refused(portal, name):
    letters = routed(1)
    with by("anna"):
        chosen = looked_at("accept", {}, letters)
        setattr(letters[0], name, "urgent")
        batch = begin("accept", {}, chosen)
    assert outcomes(batch) == [Outcome.REFUSED]


def test_a_refused_letter_leaves_nothing_half_done(portal):
    letter, other = routed(2)
    with by("anna"):
        chosen = looked_at("accept", {}, [letter, other])
        # Asked by a program that never looked at this verb.
        batch = begin("route", {"team": "a2"}, chosen)
        assert outcomes(batch) == [Outcome.REFUSED, Outcome.REFUSED]
    assert lies(letter) == (State.ROUTED, "a1", None)
    assert found(letter).team == "a1"


def test_letters_are_assigned_to_a_desk_with_a_reason(portal):
    letters = routed()
    with by("tom"):
        (verdict, *_) = preview("assign", {"desk": "a1-2"}, [letters[0].UID()])
        assert "Say why" in verdict.reasons[0]
        batch = done("assign", letters, desk="a1-2", reason="Buchstabe K")
    assert outcomes(batch) == [Outcome.DONE] * 3
    assert {lies(each) for each in letters} == {(State.ROUTED, "a1", "a1-2")}


def test_letters_are_filed_in_one_case_file(portal):
    letters = routed()
    case_file = a_case_file(team="a1")
    with by("anna"):
        done("file", letters, case_file=case_file.UID())
    assert len(case_file.objectIds()) == 3
    assert {found(each).review_state for each in letters} == {State.FILED}


def test_filing_in_a_case_file_of_others_is_refused_as_if_there_were_none(portal):
    hidden = a_case_file(team="a2")
    with by("anna"):
        for wanted in (hidden.UID(), hidden.reference, "10.1-999/2026"):
            (verdict,) = preview("file", {"case_file": wanted}, [routed(1)[0].UID()])
            assert str(verdict.reasons[0]).startswith("There is no case file")


def test_the_mailroom_releases_and_routes_many_in_one_go(portal):
    letters = [a_mail_item(State.CHECKING) for _ in range(3)]
    with by("lotte"):
        done("release", letters, team="a1")
    assert {lies(each) for each in letters} == {(State.ROUTED, "a1", None)}


@pytest.mark.parametrize(
    ("verb", "said"),
    [
        ("route", {}),
        ("route", {"team": "a1", "colour": "red"}),
        ("set-aside", {"to": "unclear"}),
        ("destroy", {}),
        ("", {}),
        ("accept", {"desk": 7}),
    ],
)
def test_a_wrong_request_is_refused_as_a_whole(portal, verb, said):
    (letter,) = routed(1)
    with by("anna"):
        with pytest.raises(ManyWrong):
            preview(verb, said, [letter.UID()])
        with pytest.raises(ManyWrong):
            begin(verb, said, [Chosen(letter.UID(), "x")])


def test_there_is_a_bound_and_none_is_too_few(portal):
    with by("anna"):
        with pytest.raises(ManyWrong):
            preview("accept", {}, [])
        with pytest.raises(ManyWrong):
            preview("accept", {}, [uuid4().hex for _ in range(AT_MOST + 1)])


def test_asking_twice_with_one_id_does_it_once(portal):
    letters = routed(1)
    with by("anna"):
        chosen, word = looked_at("accept", {}, letters), uuid4().hex
        first = begin("accept", {}, chosen, word)
        again = begin("accept", {}, chosen, word)
    assert again is first
    assert steps(letters[0]).count("accept") == 1
    with by("arno"), pytest.raises(ManyWrong):
        begin("accept", {}, chosen, word)


def test_a_result_is_shown_to_whoever_asked_for_it_alone(portal):
    with by("anna"):
        batch = done("accept", routed(1))
        assert own_batch(batch.id) is batch
    for person in ("arno", "tom", "lotte"):
        with by(person), pytest.raises(NoSuchBatch):
            own_batch(batch.id)


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


def test_a_deputys_many_deeds_are_each_logged_for_the_represented(portal):
    letters = routed(2)
    deputies.deputyship("alex", "anna")
    with at(BETWEEN), by("alex"):
        batch = done("accept", letters, desk="a1-1")
        undo(batch)
    for letter in letters:
        entries = IRoutingHistory(letter).entries()[-2:]
        assert [each.step for each in entries] == ["accept", "take_back"]
        assert {(each.who, each.acting_for) for each in entries} == {("alex", "anna")}


def test_results_are_forgotten_after_a_month(portal):
    with by("anna"):
        old, young = done("accept", routed(1)), done("accept", routed(1))
    old.asked -= timedelta(31)
    assert forget_old(portal) == 1
    assert young.id in batches()
    assert old.id not in batches()


def test_every_verb_says_what_it_needs_and_has_a_name(portal):
    verbs = dict(getUtilitiesFor(IManyVerb))
    assert {"accept", "assign", "route", "file"} <= set(verbs)
    for verb in verbs.values():
        assert not set(verb.needed) & set(verb.possible)


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


def test_a_refusal_of_one_is_an_error_of_the_domain(portal):
    (letter,) = routed(1)
    with by("anna"), pytest.raises(EakteError):
        getUtility(IManyVerb, "assign").do(letter, desk="b9")
