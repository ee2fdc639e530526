"""What the mailroom may let go to the teams."""

from eakte.mailitem.releasing import CannotBeReleased
from eakte.mailitem.states import State
from eakte.mailitem.states import Transition
from eakte.scanning.model import Colour
from eakte.scanning.model import PageImage
from eakte.scans.interfaces import IScanPages
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


def test_a_poor_scan_is_told_to_the_checker_and_may_be_released(a_paper):
    fax = PageImage(1728, 1145, 98.0, Colour.BITONAL)
    item = a_paper((fax, 60.0), state=State.CHECKING)
    assert IScanPages(item).findings
    release(item)
    assert api.content.get_state(item) == State.RELEASED
