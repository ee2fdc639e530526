"""Somebody is away by more than one absence: it counts when the person is back."""

from .. import deputies
from ..deputies import at
from ..deputies import BETWEEN
from datetime import date
from eakte.clock import now
from eakte.org.entering import end
from eakte.org.listing import standing_deputies_of
from eakte.org.membership import seats_of
from eakte.org.representing import absence_at
from eakte.org.representing import deputies_of
from plone import api

import pytest


@pytest.fixture
def away(portal, tmp_path):
    """Anna, represented by alex; from Monday to Wednesday, and longer. Returns entries."""
    deputies.with_standing_deputy(tmp_path, "anna", "alex")
    return [
        deputies.absence("anna", first=date(2027, 3, first), last=date(2027, 3, last))
        for first, last in (
            (8, 10),
            # Entered later, begins earlier.
            (5, 9),
            (9, 12),
            (13, 16),
            # Back on the 17th.
            (18, 31),
        )
    ]


def test_who_is_away_is_back_after_the_last_day_without_a_gap(away):
    with at(BETWEEN):
        assert absence_at("anna", now()).last == date(2027, 3, 16)
        (found,) = {each.until for each in deputies_of("anna")}
        assert found == date(2027, 3, 16)
        _own, other = seats_of(api.user.get("alex"))
        assert (other.represented, other.until) == ("anna", date(2027, 3, 16))
        (told,) = standing_deputies_of("anna")
        assert told.until == date(2027, 3, 16)


def test_what_was_ended_leads_no_further(away):
    with at(BETWEEN), api.env.adopt_user(username="anna"):
        end(away[3].id)
        assert absence_at("anna", now()).last == date(2027, 3, 12)
        end(away[2].id)
        assert absence_at("anna", now()).last == date(2027, 3, 10)
