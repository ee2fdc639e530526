"""Many letters at once: a preview, and a result for each."""

from .manyletters import by
from .manyletters import done
from .manyletters import found
from .manyletters import lies
from .manyletters import looked_at
from .manyletters import outcomes
from .manyletters import reasons
from .manyletters import routed
from .manyletters import steps
from datetime import timedelta
from eakte.errors import EakteError
from eakte.journal.interfaces import IJournal
from eakte.journal.interfaces import Query
from eakte.mailitem import many
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
from eakte.mailitem.routing import route
from eakte.mailitem.states import State
from tests import deputies
from tests.builders import a_case_file
from tests.builders import a_mail_item
from tests.deputies import at
from tests.deputies import BETWEEN
from uuid import uuid4
from zope.component import getUtilitiesFor
from zope.component import getUtility

import pytest


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


def test_a_refusal_of_one_is_an_error_of_the_domain(portal):
    (letter,) = routed(1)
    with by("anna"), pytest.raises(EakteError):
        getUtility(IManyVerb, "assign").do(letter, desk="b9")
