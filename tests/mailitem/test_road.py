"""The way of a letter: routed, accepted, set aside; what is refused and what is noted."""

from ..builders import a_mail_item
from ..builders import as_system
from ..builders import put_in_state
from datetime import date
from datetime import datetime
from datetime import UTC
from eakte.clock import HOUSE
from eakte.errors import NotAllowed
from eakte.errors import WrongState
from eakte.mailitem.accepting import accept
from eakte.mailitem.accepting import DeskWrong
from eakte.mailitem.content import IMailItem
from eakte.mailitem.interfaces import IReleaseRule
from eakte.mailitem.interfaces import IRoutingHistory
from eakte.mailitem.releasing import CannotBeReleased
from eakte.mailitem.routing import route
from eakte.mailitem.routing import RoutingWrong
from eakte.mailitem.setting_aside import NoSuchSide
from eakte.mailitem.setting_aside import set_aside
from eakte.mailitem.setting_aside import STEPS
from eakte.mailitem.states import State
from eakte.mailitem.states import Transition
from eakte.mailitem.steps import perform
from eakte.mailitem.steps import ReasonMissing
from plone import api
from zope.component import adapter
from zope.component import getGlobalSiteManager
from zope.interface import implementer

import pytest
import time_machine


@pytest.fixture
def letter(portal):
    """A letter in the box of team a1."""
    return a_mail_item(State.ROUTED, team="a1", received=date(2026, 3, 2))


def by(user):
    return api.env.adopt_user(username=user)


def state(letter):
    return api.content.get_state(letter)


def way(letter):
    return IRoutingHistory(letter).entries()


def test_routing_notes_who_from_to_when_and_why_and_keeps_the_day_of_receipt(letter):
    with by("anna"):
        route(letter, "a2", desk="a2-1", reason="Falscher Buchstabe")
    last = way(letter)[-1]
    assert (last.step, last.who, last.why) == ("route", "anna", "Falscher Buchstabe")
    assert (last.from_team, last.to_team, last.to_desk) == ("a1", "a2", "a2-1")
    assert last.when.utcoffset() is not None
    assert letter.received == date(2026, 3, 2)


def test_the_history_only_grows(letter):
    with by("rolf"):
        before = way(letter)
        route(letter, "a2", reason="x")
        route(letter, "a1", reason="y")
    assert way(letter)[: len(before)] == before
    assert len(way(letter)) == len(before) + 2


@pytest.mark.parametrize(
    ("team", "desk"), [("a9", None), ("", None), (None, None), ("a2", "a1-1")]
)
def test_a_letter_goes_to_a_team_and_a_desk_that_are_there(letter, team, desk):
    with by("anna"), pytest.raises(RoutingWrong):
        route(letter, team, desk=desk, reason="x")
    assert (letter.team, state(letter)) == ("a1", State.ROUTED)


@pytest.mark.parametrize("reason", ["", "  ", "\n"])
def test_who_passes_a_letter_on_says_why(letter, reason):
    with by("anna"), pytest.raises(ReasonMissing):
        route(letter, "a2", reason=reason)
    assert letter.team == "a1"


def test_the_mailroom_routes_without_a_reason(portal):
    letter = a_mail_item(State.RELEASED)
    with by("lotte"):
        route(letter, "b1")
    assert (letter.team, state(letter)) == ("b1", State.ROUTED)


def test_a_letter_is_taken_to_the_own_desk(letter):
    with by("arno"):
        accept(letter)
    assert (letter.desk, state(letter)) == ("a1-2", State.ACCEPTED)


def test_a_letter_is_taken_to_the_desk_it_is_meant_for(portal):
    letter = a_mail_item(State.ROUTED, team="a1", desk="a1-1")
    with by("anna"):
        accept(letter)
    assert letter.desk == "a1-1"


def test_the_team_lead_names_the_desk(letter):
    with by("tom"):
        with pytest.raises(DeskWrong):
            accept(letter)
        with pytest.raises(DeskWrong):
            accept(letter, desk="a2-1")
        accept(letter, desk="a1-2")
    assert letter.desk == "a1-2"


@pytest.mark.parametrize("to", STEPS)
def test_a_letter_is_set_aside_with_a_reason_only(letter, to):
    with by("anna"):
        with pytest.raises(ReasonMissing):
            set_aside(letter, to, " ")
        assert state(letter) == State.ROUTED
        set_aside(letter, to, "Gehört nicht hierher")
    assert state(letter) == to
    assert way(letter)[-1].why == "Gehört nicht hierher"


@pytest.mark.parametrize("to", sorted(set(State) - set(STEPS)))
def test_no_other_state_is_beside_the_road(letter, to):
    with by("anna"), pytest.raises(NoSuchSide):
        set_aside(letter, to, "x")


def test_a_step_out_of_turn_and_a_step_without_right_are_told_apart(letter):
    with by("anna"), pytest.raises(WrongState):
        perform(letter, Transition.RELEASE)
    with by("lotte"), pytest.raises(NotAllowed):
        perform(letter, Transition.ACCEPT)


def by_function(letter, team, reason=""):
    route(letter, team, reason=reason)


def by_script(letter, team, reason=""):
    letter.team, letter.desk = team, None
    api.content.transition(letter, transition=Transition.ROUTE, comment=reason)


DOORS = pytest.mark.parametrize("door", [by_function, by_script])


@DOORS
def test_passing_on_needs_a_reason_at_every_door(letter, door):
    with by("rolf"):
        with pytest.raises(ReasonMissing):
            door(letter, "a2", reason=" ")
        assert state(letter) == State.ROUTED
        door(letter, "a2", reason="Falsches Team")
    assert (letter.team, way(letter)[-1].why) == ("a2", "Falsches Team")


@DOORS
@pytest.mark.parametrize("beside", [State.UNCLEAR, State.FOREIGN])
def test_a_letter_set_aside_goes_to_another_team_with_a_reason_only(
    portal, door, beside
):
    letter = a_mail_item(State.RELEASED)
    with by("lotte"):
        route(letter, "a1")
    put_in_state(letter, "mail_item_workflow", beside)
    who = "rolf" if beside == State.UNCLEAR else "lotte"
    with by(who):
        with pytest.raises(ReasonMissing):
            door(letter, "a2")
        assert state(letter) == beside
        door(letter, "a2", reason="Nach Rückfrage")
    assert state(letter) == State.ROUTED


def test_a_letter_scanned_again_goes_back_without_a_reason_and_elsewhere_with_one(
    portal,
):
    letter = a_mail_item(State.RELEASED)
    with by("lotte"):
        route(letter, "a1")
        put_in_state(letter, "mail_item_workflow", State.RELEASED)
        with pytest.raises(ReasonMissing):
            route(letter, "b1")
        route(letter, "a1")
    assert state(letter) == State.ROUTED


def test_the_team_that_the_intake_named_did_not_have_the_letter(portal):
    letter = a_mail_item(State.RELEASED, team="a1")
    with by("lotte"):
        route(letter, "b1")
    assert letter.team == "b1"


@pytest.mark.parametrize(
    ("team", "desk"), [("a9", None), ("a2", "a1-1"), ("a2", "a9-9")]
)
def test_a_script_cannot_send_a_letter_to_nowhere(letter, team, desk):
    letter.team, letter.desk = team, desk
    with as_system(), pytest.raises(RoutingWrong):
        api.content.transition(letter, transition=Transition.ROUTE, comment="x")
    assert state(letter) == State.ROUTED


@pytest.mark.parametrize("desk", [None, "a2-1", "a9-9"])
def test_a_script_takes_a_letter_to_a_desk_of_its_team_only(letter, desk):
    letter.desk = desk
    with by("anna"), pytest.raises(DeskWrong):
        api.content.transition(letter, transition=Transition.ACCEPT)
    assert state(letter) == State.ROUTED


def test_a_refused_letter_lies_where_it_lay(portal):
    letter = a_mail_item(State.ROUTED, team="a1", desk="a1-1")
    before = len(way(letter))
    with by("anna"):
        for refused in (("a2", "a1-1", "x"), ("a2", "a2-1", "")):
            with pytest.raises((RoutingWrong, ReasonMissing)):
                route(letter, *refused)
        with pytest.raises(DeskWrong):
            accept(letter, desk="a2-1")
    assert (letter.team, letter.desk) == ("a1", "a1-1")
    assert len(way(letter)) == before


@pytest.mark.parametrize(
    ("step", "error"),
    [(Transition.ROUTE, RoutingWrong), (Transition.ACCEPT, DeskWrong)],
)
def test_a_step_by_script_meets_the_same_rule(portal, step, error):
    start = State.RELEASED if step == Transition.ROUTE else State.ROUTED
    letter = a_mail_item(start, team=None if step == Transition.ROUTE else "a1")
    with by("tom" if step == Transition.ACCEPT else "lotte"), pytest.raises(error):
        api.content.transition(letter, transition=step)
    assert state(letter) == start


def test_every_reason_against_the_release_is_said_at_once(portal):
    @implementer(IReleaseRule)
    @adapter(IMailItem)
    class TwoReasons:
        def __init__(self, mail_item):
            pass

        def reasons(self):
            yield "Eine Seite fehlt."
            yield "Die Zählung stimmt nicht."

    letter = a_mail_item(State.CHECKING)
    registry = getGlobalSiteManager()
    registry.registerSubscriptionAdapter(TwoReasons, (IMailItem,), IReleaseRule)
    try:
        with by("quirin"), pytest.raises(CannotBeReleased) as caught:
            perform(letter, Transition.RELEASE)
    finally:
        registry.unregisterSubscriptionAdapter(TwoReasons, (IMailItem,), IReleaseRule)
    assert {"Eine Seite fehlt.", "Die Zählung stimmt nicht."} <= set(
        caught.value.reasons
    )
    assert state(letter) == State.CHECKING


def test_a_new_letter_has_a_number_which_is_its_address(portal):
    letter = a_mail_item()
    assert letter.getId() == letter.number.lower()
    assert letter.Title() == "Antrag auf Verlängerung"
    assert a_mail_item(title="").Title().startswith("PE-")


def test_a_new_letter_does_not_touch_the_store(portal):
    store = portal["posteingang"]
    before = store.modified()
    a_mail_item()
    assert store.modified() == before


@pytest.mark.parametrize("hour", [0, 23])
def test_a_letter_comes_on_the_day_it_is_in_the_house(portal, hour):
    """Half an hour past midnight it is still last year where the server stands."""
    moment = datetime(2027, 1, 1, hour, 30, tzinfo=HOUSE)
    with time_machine.travel(moment.astimezone(UTC), tick=False):
        letter = a_mail_item(State.CAPTURED)
    assert letter.received == date(2027, 1, 1)
    assert letter.number == "PE-2027-000001"
