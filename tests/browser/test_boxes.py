"""The boxes in a real browser: filters, views, what comes in, and for everybody."""

from axe_playwright_python.sync_playwright import Axe
from datetime import timedelta
from eakte.clock import today
from eakte.mailitem.states import State
from playwright.sync_api import expect
from plone import api
from tests.browser.test_everyone import RULES
from tests.builders import a_mail_item

import pytest


@pytest.fixture
def letters(office):
    """Some letters of team a1, new and taken."""
    senders = ("Bundesamt", "Müller & Söhne", "Stadtkasse", "Ärztekammer")
    for number in range(8):
        a_mail_item(
            State.ROUTED if number % 2 else State.ACCEPTED,
            team="a1",
            desk=None if number % 2 else "a1-1",
            title=f"Antrag Nummer {number}",
            sender=senders[number % 4],
            mail_class="deadline" if number == 3 else "normal",
            received=today() - timedelta(number * 3),
        )


def titles(page):
    return page.locator(".eakte-row-link").all_inner_texts()


def test_filters_are_set_and_taken_away_by_keyboard_and_back_leads_back(
    at_work, screen, letters
):
    page = at_work("anna")
    page.goto(screen("team-box"))
    assert len(titles(page)) == 8
    page.keyboard.press("f")
    page.keyboard.press("Enter")
    page.locator("#filter-sender").fill("soeh")
    page.keyboard.press("Enter")
    page.wait_for_url("**sender=soeh**")
    assert titles(page) == ["Antrag Nummer 5", "Antrag Nummer 1"]
    chip = page.locator(".eakte-chip")
    expect(chip).to_contain_text("Absender: soeh")
    chip.click()
    expect(page.locator(".eakte-row")).to_have_count(8)
    page.go_back()
    expect(page.locator(".eakte-row")).to_have_count(2)


def test_what_comes_in_is_told_and_the_list_stays(at_work, screen, letters):
    page = at_work("anna")
    page.goto(screen("team-box"))
    before = titles(page)
    for _ in range(3):
        a_mail_item(State.ROUTED, team="a1", title="Gerade gekommen")
    api.portal.get()._p_jar.transaction_manager.commit()
    page.locator(".eakte-changes").dispatch_event("eakte:look")
    changes = page.locator(".eakte-changes")
    expect(changes).to_contain_text("3 neue Sendungen")
    expect(page).to_have_title(f"(3) {page.title().removeprefix('(3) ')}")
    expect(page.locator(".eakte-tab").first).to_contain_text("11")
    assert titles(page) == before
    changes.get_by_role("link", name="anzeigen").click()
    expect(page.locator(".eakte-row")).to_have_count(11)
    expect(page.locator(".eakte-changes")).to_be_empty()


@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing_and_nothing_is_cut_off(
    at_work, screen, letters, picture, width
):
    page = at_work("anna", {"width": width, "height": 900})
    for name, query, opened in (
        ("box-filtered", "team-box?class=normal&age=2&sender=a&sort=-received", True),
        ("box-nothing", "team-box?sender=qqqq", False),
        ("box-usual", "team-box", False),
        ("desk-usual", "my-desk", False),
    ):
        page.goto(screen(query))
        if opened:
            for tool in page.locator(".eakte-tool summary").all():
                tool.click()
            page.locator("#view-name").fill("Älteres")
            page.locator("button[value=keep-view]").click()
            expect(page.locator("#global_statusmessage")).to_be_visible()
            for tool in page.locator(".eakte-tool summary").all():
                tool.click()
        picture(page, f"{name}-{width}")
        assert Axe().run(page, options=RULES).response["violations"] == []
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width
    page = at_work("tom", {"width": width, "height": 900})
    page.goto(screen("counters"))
    picture(page, f"counters-{width}")
    assert Axe().run(page, options=RULES).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
