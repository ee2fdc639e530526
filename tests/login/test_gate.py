"""Guessing is slowed down at every door, and nobody can keep a colleague out."""

from eakte.login.attempts import key_of
from eakte.login.devices import cookie_of
from eakte.login.gate import EVERYWHERE
from eakte.login.gate import LOUD
from eakte.login.gate import ONE_PLACE
from eakte.login.gate import PLUGIN
from eakte.login.gate import the_book
from eakte.login.installing import install_login
from plone import api
from plone.app.testing import SITE_OWNER_NAME
from plone.app.testing import SITE_OWNER_PASSWORD
from Products.PluggableAuthService.interfaces.plugins import IAuthenticationPlugin
from tests.login.conftest import DOORS
from tests.login.conftest import is_let_in

import logging
import pytest
import time


def guess(browser, name="anna", times=ONE_PLACE.free, door="basic"):
    """Guess wrong so often; returns the last answer."""
    for _ in range(times):
        answer = getattr(browser, door)(name, "falsch")
    return answer


@pytest.mark.parametrize("door", DOORS)
def test_after_some_failures_even_the_right_password_waits(browser, clock, door):
    guess(browser(), door=door)
    assert not is_let_in(getattr(browser(), door)("anna"))
    clock(ONE_PLACE.first + 1)
    assert is_let_in(getattr(browser(), door)("anna"))


def test_what_one_may_not_see_is_no_wrong_password(browser):
    anna = browser()
    for _ in range(EVERYWHERE.free + LOUD):
        assert anna.basic("anna", path="@@manage-portlets").status_code in (401, 403)
    assert is_let_in(anna.basic("anna"))
    assert is_let_in(browser().basic("anna"))


@pytest.mark.parametrize("door", DOORS)
def test_what_fails_at_one_door_counts_at_the_others(browser, door):
    guess(browser(), door=door)
    for other in DOORS:
        assert not is_let_in(getattr(browser(), other)("anna")), other


def test_the_delay_grows(browser, clock):
    guess(browser())
    clock(ONE_PLACE.first + 1)
    guess(browser(), times=1)
    clock(ONE_PLACE.first + 1)
    assert not is_let_in(browser().basic("anna"))
    clock(ONE_PLACE.first + 1)
    assert is_let_in(browser().basic("anna"))


def test_a_slip_before_the_right_password_costs_nothing(browser):
    for _ in range(5):
        guess(browser(), times=ONE_PLACE.free - 1)
        assert is_let_in(browser().basic("anna"))


def test_attempts_that_are_not_heard_do_not_make_it_longer(browser, clock):
    guess(browser())
    guess(browser(), times=10)
    clock(ONE_PLACE.first + 1)
    assert is_let_in(browser().basic("anna"))


def test_an_attempt_counts_once_whoever_is_asked_about_it(browser):
    for door in DOORS:
        guess(browser(), name="anna", times=ONE_PLACE.free - 1, door=door)
        assert is_let_in(browser().basic("anna")), door


def test_each_password_of_one_request_counts(browser, site):
    browser().session.post(
        f"{site.absolute_url()}/@login",
        json={"login": "anna", "password": "falsch"},
        auth=("anna", "auch falsch"),
        headers={"Accept": "application/json"},
        timeout=60,
    )
    pair = key_of("pair", "anna", "127.0.0.1")
    assert the_book().failures(pair, time.time()) == 2


def test_a_loud_address_keeps_no_right_password_out(browser):
    for number in range(LOUD + 5):
        guess(browser(), name=f"niemand{number}", times=1)
    for person in ("anna", "bert", "alex"):
        assert is_let_in(browser().basic(person)), person


def test_from_a_loud_address_the_second_guess_waits(browser):
    for number in range(LOUD + 1):
        guess(browser(), name=f"niemand{number}", times=1)
    guess(browser(), name="anna", times=1)
    assert not is_let_in(browser().basic("anna"))


def test_nobody_keeps_a_colleague_out_of_her_own_browser(browser):
    own = browser()
    assert is_let_in(own.form("anna"))
    own.get("logout")
    guess(browser(), times=EVERYWHERE.free + 5)
    assert not is_let_in(browser().form("anna"))
    assert is_let_in(own.form("anna"))


def test_guessing_in_a_known_browser_is_slowed_too(browser):
    own = browser()
    own.form("anna")
    own.get("logout")
    guess(own, door="form")
    assert not is_let_in(own.form("anna"))


def test_a_known_browser_is_known_for_its_person_only(browser):
    own = browser()
    own.form("bert")
    own.get("logout")
    (word,) = [each for each in own.session.cookies if "eakte_device" in each.name]
    guess(browser())
    own.session.cookies.set(cookie_of("anna"), word.value)
    assert not is_let_in(own.form("anna"))


def test_names_that_nobody_has_get_the_same_answers(browser):
    for door in DOORS:
        told = {
            name: [
                getattr(browser(), door)(name, "falsch").status_code
                for _ in range(ONE_PLACE.free + 2)
            ]
            for name in (f"bert-{door}", "bert")
        }
        assert told[f"bert-{door}"] == told["bert"], door
        the_book().path.unlink()


def test_the_form_tells_when_to_try_again(browser):
    answer = guess(browser(), door="form")
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= ONE_PLACE.first
    assert "Too many wrong attempts. Try again in" in answer.text
    assert "caps lock" not in answer.text


def test_the_token_service_tells_when_to_try_again(browser):
    answer = guess(browser(), door="rest")
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= ONE_PLACE.first
    assert "Too many wrong attempts" in answer.json()["error"]["message"]


def test_basic_authentication_tells_when_to_try_again(browser):
    guess(browser())
    answer = browser().basic("anna")
    assert answer.status_code == 401
    assert 0 < int(answer.headers["Retry-After"]) <= ONE_PLACE.first


def test_who_stands_above_the_site_is_slowed_as_well(browser):
    owner = (SITE_OWNER_NAME, SITE_OWNER_PASSWORD, "@controlpanels")
    assert is_let_in(browser().basic(*owner))
    guess(browser(), name=SITE_OWNER_NAME)
    assert not is_let_in(browser().basic(*owner))


def test_the_log_names_account_and_address_but_never_what_was_typed(browser, caplog):
    with caplog.at_level(logging.WARNING, "eakte.login"):
        guess(browser(), times=1)
        guess(browser(), name="Mein-Passwort-1", times=1)
    said = [record.getMessage() for record in caplog.records]
    assert said[0].startswith("Wrong password for 'anna' from 127.0.0.1")
    assert "(unknown name)" in said[1]
    assert not any("Mein-Passwort-1" in each or "falsch" in each for each in said)


def test_the_gate_stands_first_also_when_it_is_put_up_again(site):
    acl_users = api.portal.get_tool("acl_users")
    install_login()
    install_login()
    for folder in (acl_users, site.getPhysicalRoot().acl_users):
        asked = folder.plugins.listPluginIds(IAuthenticationPlugin)
        assert asked[0] == PLUGIN
        assert asked.count(PLUGIN) == 1


def test_a_new_password_has_the_length_that_the_office_decided(site, setting):
    registration = api.portal.get_tool("portal_registration")
    assert registration.testPasswordValidity("elf-Zeichen") is not None
    assert registration.testPasswordValidity("zwölf-Zeiche") is None
    setting(password_length=20)
    assert registration.testPasswordValidity("zwölf-Zeiche") is not None
