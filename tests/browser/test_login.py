"""Logging in, and the question before somebody who did nothing is logged out."""

from axe_playwright_python.sync_playwright import Axe
from eakte.login.gate import the_book
from eakte.login.interfaces import ILoginSettings
from playwright.sync_api import expect
from plone import api
from tests.browser.conftest import PASSWORD

import pytest
import re
import time
import time_machine
import transaction


@pytest.fixture(autouse=True)
def nobody_failed(office):
    the_book().path.unlink(missing_ok=True)
    yield
    the_book().path.unlink(missing_ok=True)


@pytest.fixture
def anna(at_work, screen):
    """Anna has opened the form for a new case file; a login holds 10 minutes."""
    api.portal.set_registry_record("session_minutes", 10, interface=ILoginSettings)
    page = at_work("anna")
    page.clock.install()
    page.goto(screen("open-case-file"))
    return page


@pytest.fixture
def later():
    """Return ``later(page, seconds)``: so much time goes by, here and at the server."""
    begun, travels = time.time(), []
    passed = [0]

    def later(page, seconds):
        for each in travels:
            each.stop()
        passed[0] += seconds
        travels[:] = [time_machine.travel(begun + passed[0], tick=True)]
        travels[0].start()
        page.clock.fast_forward(seconds * 1000)

    yield later
    for each in travels:
        each.stop()


@pytest.fixture
def sound():
    """Return ``sound(page)``: axe finds nothing on it."""

    def sound(page):
        found = Axe().run(page, options={"resultTypes": ["violations"]})
        assert found.violations_count == 0, found.generate_report()

    return sound


def question(page):
    return page.get_by_role("alertdialog", name="Sind Sie noch da?")


def test_two_minutes_before_the_end_the_screen_asks(anna, later, picture, sound):
    later(anna, 7 * 60)
    expect(question(anna)).to_have_count(0)
    later(anna, 70)
    expect(question(anna)).to_be_visible()
    expect(anna.get_by_role("button", name="Weiter arbeiten")).to_be_focused()
    expect(anna.get_by_role("timer")).to_have_text(re.compile(r"^1:\d\d$"))
    picture(anna, "login-question")
    sound(anna)


@pytest.mark.parametrize("key", ["Enter", "Escape"])
def test_a_key_goes_on(anna, later, key):
    later(anna, 8 * 60 + 10)
    expect(question(anna)).to_be_visible()
    anna.keyboard.press(key)
    expect(question(anna)).to_have_count(0)
    later(anna, 7 * 60)
    anna.reload()
    expect(anna.locator("#cf-title")).to_be_visible()


def test_who_works_on_a_page_is_not_asked(anna, later):
    later(anna, 7 * 60)
    anna.locator("#cf-title").press_sequentially("Auf")
    anna.wait_for_load_state("networkidle")
    later(anna, 5 * 60)
    expect(question(anna)).to_have_count(0)
    anna.reload()
    expect(anna.locator("#cf-title")).to_be_visible()


def test_without_anything_typed_the_end_leads_to_the_form_and_back(anna, later, screen):
    later(anna, 11 * 60)
    expect(anna.locator("#login-form")).to_be_visible()
    anna.fill("[name=__ac_name]", "anna")
    anna.fill("[name=__ac_password]", PASSWORD)
    anna.click("[name=buttons\\.login]")
    expect(anna).to_have_url(screen("open-case-file"))


def test_what_was_typed_is_not_lost(anna, later, picture, sound):
    anna.locator("#cf-title").fill("Aufenthaltserlaubnis")
    anna.wait_for_load_state("networkidle")
    later(anna, 11 * 60)
    ended = anna.get_by_role("alertdialog", name="Sie wurden abgemeldet")
    expect(ended).to_be_visible()
    picture(anna, "login-ended")
    sound(anna)
    anna.keyboard.press("Escape")
    anna.keyboard.press("Escape")
    expect(ended).to_be_visible()
    with anna.context.expect_page() as opened:
        ended.get_by_role("link", name="Wieder anmelden").click()
    tab = opened.value
    tab.fill("[name=__ac_name]", "anna")
    tab.fill("[name=__ac_password]", PASSWORD)
    tab.click("[name=buttons\\.login]")
    tab.wait_for_load_state()
    tab.close()
    anna.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(ended).to_have_count(0)
    expect(anna.locator("#cf-title")).to_have_value("Aufenthaltserlaubnis")


def test_guessing_is_told_when_to_try_again(office, chromium, picture, sound):
    transaction.commit()
    page = chromium.new_context(locale="de-DE").new_page()
    page.goto(f"{office.absolute_url()}/login")
    for _ in range(3):
        page.fill("[name=__ac_name]", "anna")
        page.fill("[name=__ac_password]", "falsch")
        page.click("[name=buttons\\.login]")
        page.wait_for_load_state()
    told = page.get_by_role("alert")
    expect(told).to_have_text(
        re.compile(r"Zu viele falsche Versuche. Versuchen Sie es in \d+ Sekunden")
    )
    picture(page, "login-wait")
    sound(page)
    page.context.close()
