"""Deadlines and resubmissions in a real browser: by keyboard, and for everybody."""

from axe_playwright_python.sync_playwright import Axe
from datetime import date
from datetime import datetime
from playwright.sync_api import expect
from tests.builders import a_case_file
from tests.deadlines.conftest import a_deadline
from tests.deadlines.conftest import a_resubmission
from tests.deputies import at
from tests.deputies import ENTERED
from tests.deputies import HOUSE

import pytest


ON_THE_DAY = datetime(2027, 3, 26, 8, tzinfo=HOUSE)


@pytest.fixture
def case_file(office):
    """With a deadline, its early warning come, and something overdue."""
    case_file = a_case_file(team="a1", desk="a1-1", family_name="Haddad")
    with at(ENTERED):
        a_deadline(case_file, user="arno")
        a_resubmission(case_file, day=date(2027, 3, 10), reason="Auskunft da?")
    return case_file


def test_a_resubmission_is_entered_by_keyboard_alone(at_work, case_file):
    with at(ENTERED):
        page = at_work("anna")
        page.goto(f"{case_file.absolute_url()}/@@deadlines")
        page.locator("#resubmit-day").fill("2027-03-20")
        page.locator("#resubmit-reason").focus()
        page.keyboard.type("Anruf beim Gericht")
        page.keyboard.press("Enter")
        line = page.locator(".eakte-term", has_text="Anruf beim Gericht")
        expect(line).to_contain_text("Wiedervorlage")
        line.locator("summary", has_text="Erledigt").focus()
        page.keyboard.press("Enter")
        line.locator("input[name=why]:visible").fill("angerufen")
        page.keyboard.press("Enter")
        expect(page.locator("#global_statusmessage")).to_contain_text("erledigt")


@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing_and_nothing_is_cut_off(
    at_work, office, case_file, picture, width
):
    address = case_file.absolute_url()
    site = office.absolute_url()
    with at(ON_THE_DAY):
        page = at_work("anna", {"width": width, "height": 900})
        for name, view in (
            ("list", f"{site}/@@deadlines"),
            ("object", f"{address}/@@deadlines"),
            ("panel", address),
        ):
            page.goto(view)
            for each in page.locator(".eakte-term-steps summary").all():
                each.click()
            picture(page, f"deadlines-{name}-{width}")
            found = Axe().run(page, options={"resultTypes": ["violations"]})
            assert found.violations_count == 0, found.generate_report()
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width
