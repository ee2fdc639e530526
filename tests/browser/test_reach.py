"""Everybody can work with the screens: narrow, magnified, without a mouse."""

from datetime import date
from eakte.mailitem.states import State
from eakte.scans.facts import facts_of
from eakte.scans.interfaces import ScanStatus
from playwright.sync_api import expect
from tests.browser.conftest import typed
from tests.builders import a_case_file
from tests.builders import a_mail_item

import pytest
import transaction


NARROW = {"width": 320, "height": 640}

NAMELESS = """() => [...document.querySelectorAll(
    "#content a, #content button, #content input:not([type=hidden]), #content select," +
    "#content textarea, #portal-top a, #portal-globalnav a," +
    "#portal-searchbox input:not([type=hidden])")]
  .filter(element => !(element.innerText || "").trim()
    && !(element.textContent || "").trim()
    && !element.getAttribute("aria-label") && !element.title
    && !(element.labels && [...element.labels].some(label => label.textContent.trim())))
  .map(element => element.outerHTML.slice(0, 120))"""
"""Finds what a screen reader could only call "button" or "link"."""


@pytest.fixture
def screens(office, screen, read_scans):
    """Every screen of the desk with something on it, by name."""
    case_file = a_case_file(
        family_name="Wolfeschlegelsteinhausenbergerdorff",
        given_name="Hubert",
        birth_date=date(1979, 5, 14),
    )
    letter = a_mail_item(
        State.ROUTED,
        team="a1",
        title="Donaudampfschifffahrtsgesellschaftskapitänsaufenthaltserlaubnis",
        sender="Bundesamt",
        mail_class="deadline",
        pdf=typed("Antrag"),
    )
    read_scans()
    return {
        "my-desk": screen("my-desk"),
        "team-box": screen("team-box"),
        "find": screen("find?text=bundesamt"),
        "open-case-file": screen("open-case-file"),
        "letter": letter.absolute_url(),
        "case-file": case_file.absolute_url(),
        "change-case-file": f"{case_file.absolute_url()}/@@change-case-file",
    }


def test_at_320_pixels_nothing_has_to_be_pushed_sideways(screens, at_work, picture):
    anna = at_work("anna", NARROW)
    for name, address in screens.items():
        anna.goto(address)
        width = anna.evaluate("() => document.documentElement.scrollWidth")
        picture(anna, f"narrow-{name}")
        assert width <= NARROW["width"], name


def test_everything_that_can_be_pressed_has_a_name(screens, at_work):
    anna = at_work("anna")
    for name, address in screens.items():
        anna.goto(address)
        assert anna.evaluate(NAMELESS) == [], name


def test_nothing_comes_from_anywhere_else(screens, at_work, office):
    anna = at_work("anna")
    asked = []
    anna.on("request", lambda request: asked.append(request.url))
    for address in screens.values():
        anna.goto(address)
        anna.wait_for_load_state("networkidle")
    house = office.absolute_url()
    assert [url for url in asked if not url.startswith((house, "data:", "blob:"))] == []


def test_our_screens_bring_no_script_in_the_page(screens, at_work):
    anna = at_work("anna")
    for name, address in screens.items():
        anna.goto(address)
        inline = "#content script:not([src]), #content [onclick], #content [style]"
        served = anna.request.get(address).text()
        found = anna.evaluate(
            """([html, selector]) => new DOMParser()
                .parseFromString(html, "text/html").querySelectorAll(selector).length""",
            [served, inline],
        )
        assert found == 0, name


def test_a_dialog_closes_by_escape_and_gives_the_focus_back(screens, at_work):
    anna = at_work("anna")
    anna.goto(screens["letter"])
    opener = anna.locator("[data-opens=dialog-block]")
    opener.focus()
    anna.keyboard.press("Enter")
    expect(anna.locator("#dialog-block")).to_be_visible()
    anna.keyboard.press("Escape")
    expect(anna.locator("#dialog-block")).to_be_hidden()
    expect(opener).to_be_focused()


def test_single_keys_can_be_switched_off(screens, at_work):
    anna = at_work("anna")
    anna.goto(screens["team-box"])
    anna.keyboard.press("?")
    switch = anna.locator("[data-shortcuts-switch]")
    expect(switch).to_be_checked()
    switch.uncheck()
    anna.keyboard.press("Escape")
    anna.keyboard.press("j")
    expect(anna.locator(".eakte-row-link").first).not_to_be_focused()
    # They stay off on the next page.
    anna.reload()
    anna.keyboard.press("?")
    expect(anna.locator("#eakte-shortcuts")).to_be_hidden()


def test_the_progress_of_recognition_arrives_by_itself(office, at_work, picture):
    letter = a_mail_item(State.ROUTED, team="a1", pdf=typed("eins", "zwei", "drei"))
    facts = facts_of(letter)
    facts.status, facts.page_count = ScanStatus.RUNNING, 3
    anna = at_work("anna")
    anna.goto(letter.absolute_url())
    text = anna.locator(".eakte-recognition-text")
    expect(text).to_contain_text("1")
    picture(anna, "desk-recognition")
    facts.pages.put_problems({1: "damaged"})
    transaction.commit()
    expect(text).to_contain_text("2", timeout=10_000)
    facts.note_problem("encrypted")
    transaction.commit()
    expect(anna.locator(".eakte-problem")).to_be_visible(timeout=10_000)
    expect(anna.locator("#unlock-password")).to_be_visible()
    picture(anna, "desk-problem")


def test_without_scripts_a_letter_can_still_be_filed(chromium, at_work, office):
    case_file = a_case_file(family_name="Demir")
    letter = a_mail_item(State.ROUTED, team="a1", title="Ohne Skript")
    page = at_work("anna")
    state = page.context.storage_state()
    context = chromium.new_context(java_script_enabled=False, storage_state=state)
    plain = context.new_page()
    plain.goto(letter.absolute_url())
    plain.fill("#filing-text", "demir")
    plain.click("button[value=file]")
    assert case_file.reference in plain.locator("#global_statusmessage").inner_text()
    context.close()
