"""A login ends when nobody did anything for the minutes that the office decided."""

from plone import api
from tests.login.conftest import is_let_in

import pytest
import time
import time_machine
import transaction


HTML = "text/html,application/xhtml+xml"
JSON = "application/json"


@pytest.fixture
def later():
    """Return ``later(minutes)``: from now on it is so much later."""
    travels = []

    def later(minutes):
        for each in travels:
            each.stop()
        start = time.time() if not travels else None
        moments = later.passed = later.passed + minutes
        travels[:] = [time_machine.travel(later.begun + moments * 60, tick=True)]
        travels[0].start()
        return start

    later.begun, later.passed = time.time(), 0
    yield later
    for each in travels:
        each.stop()


@pytest.fixture
def anna(browser, setting):
    """Anna's browser; she is logged in, and a login holds 10 minutes."""
    setting(session_minutes=10)
    anna = browser()
    assert is_let_in(anna.form("anna"))
    assert anna.is_in
    return anna


def test_the_setting_is_that_of_plones_plugin(setting):
    setting(session_minutes=45)
    transaction.begin()
    assert api.portal.get_tool("acl_users").session.timeout == 45 * 60


def test_it_ends_after_the_minutes(anna, later):
    later(9)
    assert anna.is_in
    later(2)
    assert not anna.is_in


def test_a_page_begins_the_minutes_anew(anna, later):
    for _ in range(4):
        later(7)
        assert anna.get("@@find", Accept=HTML).ok
    assert anna.is_in


@pytest.mark.parametrize(
    "headers",
    [
        {"Accept": JSON},
        {"Accept": "*/*"},
        {"Accept": HTML, "Sec-Fetch-Mode": "cors"},
        {"Accept": HTML, "Sec-Fetch-Mode": "no-cors"},
    ],
)
@pytest.mark.parametrize("path", ["@@desk-counts", "@@session-left", "@@find"])
def test_what_scripts_ask_for_does_not_keep_it_alive(anna, later, path, headers):
    ticket = anna.ticket
    for _ in range(3):
        later(4)
        anna.get(path, **headers)
    assert anna.ticket == ticket
    assert not anna.is_in


def test_work_at_the_screen_begins_the_minutes_anew(anna, later):
    for _ in range(4):
        later(7)
        assert anna.post("@@session-stay").json() == {"left": 600}
    assert anna.is_in


def test_only_a_post_says_that_somebody_works(anna):
    ticket = anna.ticket
    assert anna.get("@@session-stay", Accept=JSON).ok
    assert anna.ticket == ticket


def test_what_has_ended_does_not_begin_again(anna, later):
    later(11)
    assert anna.post("@@session-stay").json() == {"left": 0}
    assert not anna.is_in


def test_the_form_leads_back_to_the_same_place(anna, later, site):
    later(11)
    back = f"{site.absolute_url()}/@@find?text=Demir"
    answer = anna.form("anna", came_from=back)
    assert answer.url == back
