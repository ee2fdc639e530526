"""A case file is protected in a real browser: by keyboard, readable by everybody."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from plone import api
from tests.browser.conftest import PASSWORD
from tests.builders import a_case_file

import pytest
import transaction


@pytest.fixture
def deciding(office, at_work):
    """Like ``at_work``, for those who decide."""
    plugin = api.portal.get_tool("acl_users").source_users
    for person in ("tom", "hanna"):
        plugin.updateUserPassword(person, PASSWORD)
    transaction.commit()
    return at_work


@pytest.fixture
def case_file(office):
    made = a_case_file(team="a1", family_name="Zebrafink")
    transaction.commit()
    return made.absolute_url()


def test_the_head_protects_it_by_keyboard_alone(deciding, office, case_file):
    page = deciding("hanna")
    page.goto(case_file)
    page.get_by_role("link", name="Schutz und Sperren").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Zeugenschutz").focus()
    page.keyboard.press("Space")
    page.get_by_role("group", name="Personenkreis").get_by_label("Anna Arbeit").focus()
    page.keyboard.press("Space")
    page.locator("#protection-reason").focus()
    page.keyboard.type("Schutzprogramm")
    page.get_by_role("button", name="Akte schützen").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("nur noch der Personenkreis")).to_be_visible()
    page.goto(case_file)
    expect(page.get_by_text("Diese Seite gibt es nicht")).to_be_visible()
    anna = deciding("anna")
    anna.goto(case_file)
    expect(anna.get_by_text("Geschützt: Zeugenschutz")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing_and_nothing_is_cut_off(deciding, office, case_file, width):
    page = deciding("hanna", {"width": width, "height": 900})
    site = office.absolute_url()
    for address in (
        case_file,
        f"{case_file}/@@protection",
        f"{site}/@@protected-case-file",
        f"{site}/@@protected-case-file?reference=10.1-99/2020",
    ):
        page.goto(address)
        found = Axe().run(page, options={"resultTypes": ["violations"]})
        assert found.violations_count == 0, found.generate_report()
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, address
