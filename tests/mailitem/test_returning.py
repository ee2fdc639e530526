"""Mail that nobody touches at the desk of those who are away goes back to the team."""

from datetime import date
from datetime import datetime
from eakte.jobs.daily import put_due
from eakte.jobs.server import work_folder
from eakte.jobs.worker import run_pending
from eakte.mailitem.interfaces import IRoutingHistory
from eakte.mailitem.returning import bring_back
from eakte.mailitem.returning import untouched
from eakte.mailitem.routing import route
from eakte.mailitem.states import State
from eakte.org.applying import apply_office
from eakte.org.settings import IDeputySettings
from eakte.org.workdays import is_working_day
from eakte.org.workdays import working_days_between
from eakte.testing import OFFICE
from plone import api
from tests import deputies
from tests.builders import a_mail_item
from tests.builders import as_system
from tests.deputies import at
from tests.deputies import HOUSE

import pytest
import shutil
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


# At a desk where nobody sits


@pytest.fixture
def office(portal, tmp_path):
    return shutil.copytree(OFFICE, tmp_path / "office")


def change(office, old, new):
    """Apply the office with something else in the file of team a1."""
    path = office / "amt-a.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    apply_office(office)


DESK = "      - {id: a1-1, title: Stelle A1-1, people: [anna]}\n"


def nobody_sits_there(office):
    change(office, "people: [anna]", "people: []")


def the_desk_is_gone(office):
    change(office, DESK, "")


@pytest.mark.parametrize("leave", [nobody_sits_there, the_desk_is_gone])
def test_from_a_desk_where_nobody_sits_it_goes_back_after_the_same_days(office, leave):
    letter = a_letter()
    leave(office)
    assert [bool(found_on(day)) for day in (9, 10, 11, 12)] == [
        False,
        False,
        False,
        True,
    ]
    with at(of_march(12)), as_system():
        bring_back(letter)
        assert untouched() == []
    assert (letter.team, letter.desk) == ("a1", None)
    why = IRoutingHistory(letter).entries()[-1].why
    assert "3" in why and "Anna" not in why
    with api.env.adopt_user(username="arno"):
        assert api.user.has_permission("View", obj=letter)


@pytest.mark.parametrize("leave", [nobody_sits_there, the_desk_is_gone])
def test_a_personal_letter_nobody_could_see_is_blocked_and_the_team_never_sees_it(
    office, leave
):
    letter = a_letter(mail_class="personal")
    leave(office)
    assert found_on(11) == []
    assert found_on(12) == [letter.UID()]
    with at(of_march(12)), as_system():
        bring_back(letter)
        assert untouched() == []
    assert api.content.get_state(letter) == State.BLOCKED
    for person, sees in {"lotte": True, "arno": False, "tom": False}.items():
        with api.env.adopt_user(username=person):
            assert api.user.has_permission("View", obj=letter) is sees, person


def test_what_has_no_team_any_more_is_not_tried_again_each_day(office):
    letter = a_letter()
    nobody_sits_there(office)
    letter.team = "a9"
    assert found_on(12) == []
