"""Each act of many letters: the preview says of each letter what becomes of it then."""

from .manyletters import by
from .manyletters import done
from .manyletters import lies
from .manyletters import outcomes
from .manyletters import reasons
from .manyletters import routed
from datetime import date
from datetime import timedelta
from eakte.clock import today
from eakte.deadlines.resubmitting import postpone
from eakte.deadlines.store import terms
from eakte.journal.interfaces import IJournal
from eakte.journal.interfaces import Query
from eakte.mailitem import many
from eakte.mailitem.accepting import accept
from eakte.mailitem.filing import file_into
from eakte.mailitem.many import begin
from eakte.mailitem.many import preview
from eakte.mailitem.many import undo
from eakte.mailitem.manybook import Chosen
from eakte.mailitem.manyinterfaces import IManyVerb
from eakte.mailitem.manyinterfaces import Outcome
from eakte.mailitem.manyinterfaces import Place
from eakte.mailitem.states import State
from plone import api
from tests.builders import a_case_file
from tests.builders import a_mail_item
from tests.builders import as_system
from zope.component import getUtilitiesFor
from zope.component import getUtility

import pytest


TEAM_BOX = {
    "new": (State.ROUTED, {"team": "a1"}),
    "taken": (State.ACCEPTED, {"team": "a1", "desk": "a1-1"}),
    "unclear": (State.UNCLEAR, {"team": "a1"}),
    "personal": (
        State.ROUTED,
        {"team": "a1", "desk": "a1-1", "mail_class": "personal"},
    ),
    "theirs": (State.ROUTED, {"team": "a2"}),
    "waiting": (State.CAPTURED, {}),
}

MAILROOM = {
    "captured": (State.CAPTURED, {}),
    "checking": (State.CHECKING, {}),
    "released": (State.RELEASED, {}),
    "rescan": (State.RESCAN, {}),
    "new": (State.ROUTED, {"team": "a1"}),
    "blocked": (State.BLOCKED, {}),
}

MOVED, NO_RIGHT, UNSEEN = "no longer where it was", "do not have the right", "no such"

NEXT_WEEK = str(today() + timedelta(7))

ACTS = {
    "accept": (
        ("anna", "accept", {}, TEAM_BOX),
        {
            "new": (State.ACCEPTED, "a1", "a1-1"),
            "personal": (State.ACCEPTED, "a1", "a1-1"),
            **dict.fromkeys(("taken", "unclear", "filed"), MOVED),
        },
    ),
    "assign": (
        ("tom", "assign", {"desk": "a1-2", "reason": "Buchstabe K"}, TEAM_BOX),
        {
            **dict.fromkeys(("new", "taken", "unclear"), (State.ROUTED, "a1", "a1-2")),
            "filed": MOVED,
        },
    ),
    "assign, no reason": (
        ("tom", "assign", {"desk": "a1-2"}, TEAM_BOX),
        {
            **dict.fromkeys(("new", "taken"), "Say why"),
            "unclear": (State.ROUTED, "a1", "a1-2"),
            "filed": MOVED,
        },
    ),
    "route": (
        ("anna", "route", {"team": "a2", "reason": "Zuständig"}, TEAM_BOX),
        {
            **dict.fromkeys(("new", "taken", "personal"), (State.ROUTED, "a2", "")),
            "unclear": NO_RIGHT,
            "filed": MOVED,
        },
    ),
    "file": (
        ("anna", "file", {"case_file": "10.1-1/"}, TEAM_BOX),
        {
            "new": (State.FILED, "a1", ""),
            "taken": (State.FILED, "a1", "a1-1"),
            "personal": "The letter is personal",
            **dict.fromkeys(("unclear", "filed"), MOVED),
        },
    ),
    "settle": (
        ("anna", "settle", {}, TEAM_BOX),
        {
            "filed": (State.DONE, "a1", "a1-1"),
            **dict.fromkeys(("new", "taken", "unclear", "personal"), MOVED),
        },
    ),
    "resubmit": (
        ("anna", "resubmit", {"day": NEXT_WEEK, "reason": "Antwort da?"}, TEAM_BOX),
        {
            "new": (State.ROUTED, "a1", ""),
            "taken": (State.ACCEPTED, "a1", "a1-1"),
            "personal": (State.ROUTED, "a1", "a1-1"),
            "filed": (State.FILED, "a1", "a1-1"),
            "unclear": NO_RIGHT,
        },
    ),
    "resubmit at a strange desk": (
        (
            "anna",
            "resubmit",
            {"day": NEXT_WEEK, "reason": "Antwort da?", "desk": "b1-1"},
            TEAM_BOX,
        ),
        {
            **dict.fromkeys(("new", "taken", "personal", "filed"), "The desk is not"),
            "unclear": NO_RIGHT,
        },
    ),
    "set aside in the team": (
        ("anna", "set-aside", {"to": "unclear", "reason": "Kein Name"}, TEAM_BOX),
        {
            "new": (State.UNCLEAR, "a1", ""),
            **dict.fromkeys(("taken", "personal"), (State.UNCLEAR, "a1", "a1-1")),
            **dict.fromkeys(("unclear", "filed"), MOVED),
        },
    ),
    "set aside in the mailroom": (
        ("quirin", "set-aside", {"to": "foreign", "reason": "Stadtkasse"}, MAILROOM),
        dict.fromkeys(
            ("captured", "checking", "released", "rescan"), (State.FOREIGN, "", "")
        ),
    ),
    "check": (
        ("quirin", "check", {}, MAILROOM),
        {
            "captured": (State.CHECKING, "", ""),
            **dict.fromkeys(("checking", "released", "rescan"), MOVED),
        },
    ),
    "release": (
        ("quirin", "release", {}, MAILROOM),
        {
            "checking": (State.RELEASED, "", ""),
            **dict.fromkeys(("captured", "released", "rescan"), MOVED),
        },
    ),
    "release and route": (
        ("lotte", "release", {"team": "a1", "desk": "a1-1"}, MAILROOM),
        {
            "checking": (State.ROUTED, "a1", "a1-1"),
            **dict.fromkeys(
                ("captured", "released", "rescan", "new", "blocked"), MOVED
            ),
        },
    ),
}
"""Who does what with which letters, and for each letter the place or the reason.

A letter that is not named is none that the person may see.
"""


@pytest.fixture
def letters(portal):
    """Return ``letters(kinds)``: a letter of each kind, and a filed one."""

    def letters(kinds):
        made = {
            name: a_mail_item(state, **fields)
            for name, (state, fields) in kinds.items()
        }
        with as_system():
            filed = a_mail_item(State.ACCEPTED, team="a1", desk="a1-1")
            made["filed"] = file_into(filed, a_case_file(team="a1"))
        return made

    return letters


def said_of(after, reasons_against):
    if after is not None:
        return after
    return " ".join(map(str, reasons_against))


@pytest.mark.parametrize("act", ACTS)
def test_a_preview_says_of_each_letter_what_the_act_does_then(letters, act):
    (person, verb, said, kinds), expected = ACTS[act]
    made = letters(kinds)
    target = made["filed"].aq_parent
    if "case_file" in said:
        said = said | {"case_file": target.reference}
    before = {name: lies(each) for name, each in made.items()}
    journal = getUtility(IJournal)
    noted, inside = journal.find(Query()).total, list(target.objectIds())
    with by(person):
        verdicts = preview(verb, said, [each.UID() for each in made.values()])
    seen = dict(zip(made, verdicts, strict=True))
    for name, verdict in seen.items():
        wanted = expected.get(name, UNSEEN)
        if isinstance(wanted, tuple):
            in_file = verb == "file" or name == "filed"
            reference = target.reference if in_file else ""
            assert verdict.after == Place(*map(str, wanted), reference), name
            assert verdict.allowed, name
        else:
            assert wanted in said_of(verdict.after, verdict.reasons), name
            assert (verdict.allowed, verdict.after) == (False, None), name
            assert (verdict.letter is None) == (wanted == UNSEEN), name
    # Nothing of it has happened.
    assert {name: lies(each) for name, each in made.items()} == before
    assert journal.find(Query()).total == noted
    assert list(target.objectIds()) == inside
    assert not any(terms().of_object(each.UID()) for each in made.values())

    # And then it happens, to each as it was said.
    chosen = [Chosen(each.uid, each.mark) for each in verdicts]
    with by(person):
        batch = begin(verb, said, chosen)
    for (name, verdict), outcome in zip(seen.items(), outcomes(batch), strict=True):
        assert (outcome == Outcome.DONE) == verdict.allowed, name
        assert batch.results[verdict.uid].reasons == verdict.reasons, name
        brains = api.portal.get_tool("portal_catalog").unrestrictedSearchResults(
            UID=verdict.uid
        )
        letter = brains[0]._unrestrictedGetObject()
        state, team, desk = lies(letter)
        if verdict.allowed:
            place = verdict.after
            assert (state, team or "", desk or "") == (
                place.state,
                place.team,
                place.desk,
            ), name
        else:
            assert (state, team, desk) == before[name], name
        is_resubmitted = verb == "resubmit" and verdict.allowed
        assert bool(terms().of_object(verdict.uid)) == is_resubmitted, name


def test_no_act_is_left_out(portal):
    assert {verb for (_who, verb, *_), _ in ACTS.values()} == {
        name for name, _verb in getUtilitiesFor(IManyVerb)
    }


# Undoing many resubmissions


@pytest.fixture
def resubmitted(portal):
    """Three letters of team a1 that anna shows again, and the batch that did it."""
    letters = routed(3)
    with by("anna"):
        batch = done("resubmit", letters, day=NEXT_WEEK, reason="Antwort da?")
    return letters, batch


def resubmissions(letters):
    """Return of each letter whether a resubmission waits."""
    return [
        any(each.is_open for each in terms().of_object(letter.UID()))
        for letter in letters
    ]


def test_undoing_resubmissions_settles_each(resubmitted):
    letters, batch = resubmitted
    assert resubmissions(letters) == [True] * 3
    with by("anna"):
        assert outcomes(undo(batch)) == [Outcome.DONE] * 3
    assert resubmissions(letters) == [False] * 3


def test_a_letter_that_was_changed_since_keeps_its_resubmission(resubmitted):
    letters, batch = resubmitted
    with by("arno"):
        accept(letters[0])
    with as_system():
        letters[1].title = "Etwas anderes"
    with by("anna"):
        undoing = undo(batch)
        assert outcomes(undoing) == [Outcome.REFUSED, Outcome.REFUSED, Outcome.DONE]
        assert (
            reasons(undoing) == ["Something else has happened to the letter since."] * 2
        )
    assert resubmissions(letters) == [True, True, False]


def test_a_resubmission_that_was_put_off_since_stays(resubmitted):
    letters, batch = resubmitted
    (term,) = terms().of_object(letters[0].UID())
    with by("anna"):
        postpone(letters[0], term.id, date.fromisoformat(NEXT_WEEK), "Noch nichts da")
        undoing = undo(batch)
        assert outcomes(undoing) == [Outcome.REFUSED, Outcome.DONE, Outcome.DONE]
        assert "happened to the resubmission" in reasons(undoing)[0]
    assert resubmissions(letters) == [True, False, False]


def test_nobody_undoes_a_resubmission_of_what_left_their_sight(resubmitted):
    letters, batch = resubmitted
    with by("anna"):
        done("route", letters[:1], team="b1", reason="Zuständig")
    with by("anna"):
        undoing = undo(batch)
        assert outcomes(undoing) == [Outcome.REFUSED, Outcome.DONE, Outcome.DONE]
        assert reasons(undoing) == [str(many.NOT_YOURS)]
