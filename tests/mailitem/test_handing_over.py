"""A personal letter comes to an end when its person has it: nobody else says so.

anna sits at the desk a1-1, arno is her colleague, tom leads the team.
"""

from ..access.people import PEOPLE
from ..deputies import at
from ..deputies import BETWEEN
from ..deputies import deputyship
from eakte.deadlines.closing import DeadlineOpen
from eakte.errors import NotAllowed
from eakte.errors import WrongState
from eakte.journal.interfaces import IJournal
from eakte.journal.interfaces import Kind
from eakte.journal.interfaces import Query
from eakte.mailitem.boxes import desk_box
from eakte.mailitem.content import MAIL_CLASSES
from eakte.mailitem.filing import CannotBeFiled
from eakte.mailitem.filing import file_into
from eakte.mailitem.interfaces import IRoutingHistory
from eakte.mailitem.states import State
from eakte.mailitem.states import Transition
from eakte.mailitem.steps import perform
from plone import api
from tests.builders import a_case_file
from tests.builders import a_mail_item
from tests.deadlines.conftest import a_deadline
from zope.component import getUtility

import pytest


OFFICE = sorted(each for each in PEOPLE if each not in ("ines", "admin"))


@pytest.fixture
def letter(portal):
    return personal()


def personal(state=State.ACCEPTED, **fields):
    said = {"team": "a1", "desk": "a1-1", "mail_class": "personal"} | fields
    return a_mail_item(state, **said)


def by(person):
    return api.env.adopt_user(username=person)


def hand_over(person, letter, why=""):
    with by(person):
        perform(letter, Transition.HAND_OVER, why)


def test_the_person_of_the_desk_has_it_and_it_leaves_the_desk(letter):
    with by("anna"):
        assert desk_box(["a1-1"]).count() == 1
    hand_over("anna", letter, "Persönlich übergeben")
    assert api.content.get_state(letter) == State.DONE
    with by("anna"):
        assert desk_box(["a1-1"]).count() == 0
        assert api.user.has_permission("View", obj=letter)
        assert not api.user.has_permission("Modify portal content", obj=letter)


def test_it_stands_in_the_routing_history_and_in_the_journal(letter):
    hand_over("anna", letter, "Persönlich übergeben")
    last = IRoutingHistory(letter).entries()[-1]
    assert (last.step, last.who, last.why) == (
        "hand_over",
        "anna",
        "Persönlich übergeben",
    )
    (entry,) = (
        getUtility(IJournal)
        .find(Query(objects=(letter.UID(),), kinds=(Kind.STEP,)), size=1)
        .entries
    )
    assert (entry.who, entry.why) == ("anna", "Persönlich übergeben")
    assert (entry.details["step"], entry.details["state"]) == (
        "hand_over",
        ["accepted", "done"],
    )


def test_nobody_else_hands_it_over_no_deputy_either(letter):
    deputyship("alex", "anna")
    with at(BETWEEN):
        for person in OFFICE:
            if person != "anna":
                with pytest.raises(NotAllowed):
                    hand_over(person, letter)
    assert api.content.get_state(letter) == State.ACCEPTED


@pytest.mark.parametrize(
    "mail_class", sorted({each.value for each in MAIL_CLASSES} - {"personal"})
)
def test_no_other_letter_is_done_without_a_case_file(portal, mail_class):
    letter = personal(mail_class=mail_class)
    with pytest.raises(NotAllowed):
        hand_over("anna", letter)
    assert api.content.get_state(letter) == State.ACCEPTED


@pytest.mark.parametrize("state", sorted(set(State) - {State.ACCEPTED}))
def test_only_from_its_desk(portal, state):
    letter = personal(state)
    with pytest.raises(WrongState):
        hand_over("anna", letter)


def test_with_an_open_deadline_it_is_not_done(letter):
    with by("anna"):
        a_deadline(letter)
        with pytest.raises(DeadlineOpen):
            perform(letter, Transition.HAND_OVER)
    assert api.content.get_state(letter) == State.ACCEPTED


def test_who_wants_to_file_it_is_told_both_ways_on(letter):
    with by("anna"), pytest.raises(CannotBeFiled) as caught:
        file_into(letter, a_case_file(team="a1"))
    (reason,) = caught.value.reasons
    assert "handed over" in reason and "another class" in reason
