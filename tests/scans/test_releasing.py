"""What the mailroom may let go to the teams."""

from eakte.mailitem.releasing import CannotBeReleased
from eakte.mailitem.states import State
from eakte.mailitem.states import Transition
from plone import api

import pytest


def release(item):
    with api.env.adopt_roles(["Quality Checker"]):
        api.content.transition(item, transition=Transition.RELEASE)


def test_a_letter_that_nobody_can_read_is_not_released(a_scan, typed, read_all):
    item = a_scan(typed("Geheim", password="Sesam"), state=State.CHECKING)
    read_all()
    with pytest.raises(CannotBeReleased) as refused:
        release(item)
    assert "cannot be read" in str(refused.value)
    assert api.content.get_state(item) == State.CHECKING


def test_a_letter_that_is_read_is_released(a_scan, typed, read_all):
    item = a_scan(typed("Antrag"), state=State.CHECKING)
    read_all()
    release(item)
    assert api.content.get_state(item) == State.RELEASED
