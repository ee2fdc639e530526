"""Mail that nobody touches at the desk of those who are away goes back to the team."""

from datetime import date
from datetime import datetime
from eakte.jobs.daily import put_due
from eakte.jobs.server import work_folder
from eakte.jobs.worker import run_pending
from eakte.mailitem.interfaces import IRoutingHistory
from eakte.mailitem.returning import untouched
from eakte.mailitem.routing import route
from eakte.mailitem.states import State
from eakte.org.settings import IDeputySettings
from eakte.org.workdays import is_working_day
from eakte.org.workdays import working_days_between
from plone import api
from tests import deputies
from tests.builders import a_mail_item
from tests.builders import as_system
from tests.deputies import at
from tests.deputies import HOUSE

import pytest
import transaction


MONDAY = datetime(2027, 3, 8, 9, 0, tzinfo=HOUSE)


def of_march(day):
    return datetime(2027, 3, day, 0, 1, tzinfo=HOUSE)


def a_letter(**fields):
    """Return a letter that came to anna's desk on Monday morning."""
    with at(MONDAY), as_system():
        letter = a_mail_item(State.RELEASED, title="Antrag", **fields)
        route(letter, "a1", "a1-1")
    return letter


def found_on(day):
    with at(of_march(day)):
        return untouched()


def test_after_three_whole_working_days_it_goes_back(portal):
    letter = a_letter()
    deputies.absence("anna", last=date(2027, 3, 19))
    assert [bool(found_on(day)) for day in (9, 10, 11, 12)] == [
        False,
        False,
        False,
        True,
    ]
    assert found_on(12) == [letter.UID()]


def test_weekends_and_holidays_of_hesse_do_not_count(portal):
    # Good Friday and Easter Monday are 26 and 29 March 2027.
    assert working_days_between(date(2027, 3, 25), date(2027, 3, 31)) == 1
    assert not is_working_day(date(2027, 5, 27))
    assert is_working_day(date(2027, 10, 29))


def test_nothing_goes_back_while_somebody_of_the_desk_is_there(portal):
    a_letter()
    assert found_on(19) == []
    deputies.absence("anna")
    assert found_on(12)
    # On Saturday the absence is over.
    assert found_on(13) == []


def test_a_letter_that_a_deputy_touched_stays(portal):
    letter = a_letter()
    deputies.absence("anna", last=date(2027, 3, 19))
    with at(of_march(11)), as_system():
        letter.setModificationDate()
    assert found_on(12) == []
    assert found_on(17) == [letter.UID()]


def test_a_personal_letter_stays_with_its_desk(portal):
    a_letter(mail_class="personal")
    deputies.absence("anna", last=date(2027, 3, 19))
    assert found_on(19) == []


def test_the_office_sets_the_days_and_can_switch_it_off(portal):
    a_letter()
    deputies.absence("anna", last=date(2027, 3, 19))
    name = "return_after_working_days"
    api.portal.set_registry_record(name, 1, interface=IDeputySettings)
    assert found_on(10)
    api.portal.set_registry_record(name, 0, interface=IDeputySettings)
    assert found_on(19) == []


@pytest.mark.parametrize("again", [1, 2])
def test_the_worker_brings_it_back_once_and_says_why(functional_portal, again):
    letter = a_letter()
    deputies.absence("anna", last=date(2027, 3, 19))
    transaction.commit()
    with at(of_march(12)):
        for _ in range(again):
            put_due(functional_portal)
            transaction.commit()
            run_pending(functional_portal._p_jar.db(), work_folder())
    transaction.begin()
    assert (letter.team, letter.desk) == ("a1", None)
    assert api.content.get_state(letter) == State.ROUTED
    entries = IRoutingHistory(letter).entries()
    assert [entry.step for entry in entries if entry.step != "capture"] == [
        "route",
        "route",
    ]
    assert entries[-1].who == ""
    assert "Anna Arbeit" in entries[-1].why
