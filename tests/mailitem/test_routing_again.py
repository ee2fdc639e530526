"""A letter that lies somewhere is not sent there once more."""

from eakte.mailitem.accepting import accept
from eakte.mailitem.interfaces import IRoutingHistory
from eakte.mailitem.routing import route
from eakte.mailitem.routing import RoutingWrong
from eakte.mailitem.states import State
from plone import api
from tests.builders import a_mail_item

import pytest


def test_a_team_does_not_get_the_letter_that_it_has(portal):
    letter = a_mail_item(State.ROUTED, team="a1")
    before = IRoutingHistory(letter).entries()
    with api.env.adopt_user("anna"), pytest.raises(RoutingWrong) as caught:
        route(letter, "a1", reason="Noch einmal")
    assert caught.value.reasons[0].mapping == {"team": "Team A1"}
    assert IRoutingHistory(letter).entries() == before


def test_a_desk_does_not_get_the_letter_that_it_has(portal):
    letter = a_mail_item(State.ROUTED, team="a1", desk="a1-1")
    with api.env.adopt_user("anna"):
        accept(letter)
        with pytest.raises(RoutingWrong):
            route(letter, "a1", desk="a1-1", reason="Noch einmal")
    assert api.content.get_state(letter) == State.ACCEPTED


def test_within_the_team_a_letter_goes_to_another_desk_or_back_into_the_box(portal):
    letter = a_mail_item(State.ROUTED, team="a1", desk="a1-1")
    with api.env.adopt_user("anna"):
        route(letter, "a1", desk="a1-2", reason="Buchstabe")
        assert (letter.team, letter.desk) == ("a1", "a1-2")
        route(letter, "a1", reason="Doch nicht")
    assert (letter.team, letter.desk) == ("a1", None)


def test_an_unclear_letter_may_go_back_to_the_team_that_had_it(portal):
    letter = a_mail_item(State.UNCLEAR, team="a1")
    with api.env.adopt_user("rolf"):
        route(letter, "a1")
    assert api.content.get_state(letter) == State.ROUTED
