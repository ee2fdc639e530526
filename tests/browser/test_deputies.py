"""A deputy's desk in a real browser: the day before, on the days, the day after."""

from axe_playwright_python.sync_playwright import Axe
from eakte.mailitem.states import State
from playwright.sync_api import expect
from plone import api
from tests import deputies
from tests.browser.conftest import PASSWORD
from tests.builders import a_mail_item
from tests.deputies import at
from tests.deputies import BETWEEN
from tests.deputies import DURING
from tests.deputies import ENTERED
from tests.deputies import EVERY

import pytest
import transaction


@pytest.fixture
def at_work_too(office, at_work):
    """Like ``at_work``, for everybody of department a."""
    plugin = api.portal.get_tool("acl_users").source_users
    for person in ("alex", "tom", "hanna"):
        plugin.updateUserPassword(person, PASSWORD)
    transaction.commit()
    return at_work


@pytest.mark.parametrize("moment", EVERY, ids=str)
def test_the_desk_is_right_before_during_and_after(at_work_too, office, moment):
    a_mail_item(State.ACCEPTED, team="a1", desk="a1-1", title="An Annas Stelle")
    a_mail_item(State.ACCEPTED, team="a2", desk="a2-1", title="An Alex’ Stelle")
    deputies.deputyship("alex", "anna")
    with at(moment):
        page = at_work_too("alex")
        page.goto(f"{office.absolute_url()}/@@my-desk")
        expect(page.get_by_text("An Alex’ Stelle")).to_be_visible()
        hers = page.get_by_text("An Annas Stelle")
        marked = page.locator(".eakte-row").get_by_text("für Anna Arbeit")
        if moment in DURING:
            expect(hers).to_be_visible()
            expect(marked).to_be_visible()
            page.get_by_role("link", name="Stelle A1-1 (für Anna Arbeit)").click()
            expect(page.get_by_text("An Alex’ Stelle")).to_have_count(0)
            expect(hers).to_be_visible()
        else:
            expect(hers).to_have_count(0)
            expect(page.get_by_text("Anna Arbeit")).to_have_count(0)


def test_a_deputy_is_named_by_keyboard_alone(at_work_too, office):
    with at(ENTERED):
        page = at_work_too("anna")
        page.goto(f"{office.absolute_url()}/@@deputies")
        page.locator("#deputyship-deputy").focus()
        page.keyboard.type("Alex")
        page.locator("#deputyship-first").fill("2027-03-08")
        page.locator("#deputyship-last").fill("2027-03-12")
        page.locator("#deputyship-last").press("Enter")
        expect(page.locator(".eakte-entry")).to_contain_text("vertreten durch Alex")


def test_axe_finds_nothing_and_nothing_is_cut_off(at_work_too, office):
    deputies.absence("anna", reason="Urlaub")
    deputies.deputyship("alex", "anna", reason="Urlaub")
    found, cut_off = {}, {}
    with at(BETWEEN):
        page = at_work_too("tom")
        for view in ("@@deputies", "@@while-away", "@@my-desk"):
            for width in (1280, 320):
                page.set_viewport_size({"width": width, "height": 900})
                page.goto(f"{office.absolute_url()}/{view}")
                axe = Axe().run(page, options={"resultTypes": ["violations"]})
                if axe.violations_count:
                    found[view, width] = axe.generate_report()
                wide = page.evaluate("document.documentElement.scrollWidth")
                if wide > width:
                    cut_off[view, width] = wide
    assert found == {}
    assert cut_off == {}
