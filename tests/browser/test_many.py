"""Several letters at once in a real browser: by keyboard alone, and for everybody."""

from axe_playwright_python.sync_playwright import Axe
from eakte.mailitem import many
from eakte.mailitem.states import State
from playwright.sync_api import expect
from plone import api
from tests.browser.test_everyone import RULES
from tests.builders import a_case_file
from tests.builders import a_mail_item

import pytest
import transaction


@pytest.fixture
def letters(office):
    return [
        a_mail_item(
            State.ROUTED,
            team="a1",
            title=f"Antrag auf Verlängerung {n}",
            sender="Bundesamt",
            mail_class="deadline" if n == 1 else "normal",
        )
        for n in range(4)
    ]


@pytest.fixture
def desks(letters):
    """Return ``desks()``: for which desk each letter is meant now."""

    def desks():
        transaction.begin()
        brains = api.portal.get_tool("portal_catalog").unrestrictedSearchResults(
            UID=[each.UID() for each in letters]
        )
        return sorted(brain.desk or "" for brain in brains)

    return desks


def choose(page, *places):
    """Choose rows by keyboard: down with j, and x where it is wanted."""
    for place in range(1, max(places) + 1):
        page.keyboard.press("j")
        if place in places:
            page.keyboard.press("x")


def press_until(page, selector):
    """Go on with the tabulator until it is there."""
    wanted = page.locator(selector)
    for _stop in range(40):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the tabulator never comes to {selector}")


def test_three_letters_are_assigned_and_that_is_undone_by_keyboard_alone(
    at_work, screen, letters, desks
):
    page = at_work("anna")
    page.goto(screen("team-box"))
    choose(page, 1, 2, 4)
    expect(page.locator("[data-many-count]")).to_have_text("3 Sendungen ausgewählt")
    page.keyboard.press("m")
    press_until(page, "#many button[value=assign]")
    page.keyboard.press("Enter")

    expect(page.locator("h1")).to_have_text("Zuweisen: 3 Sendungen")
    expect(page.locator("#many-desk")).to_be_focused()
    page.keyboard.type("Stelle A1-2")
    page.keyboard.press("Tab")
    page.keyboard.type("Buchstabe K bis Z")
    page.keyboard.press("Enter")

    expect(page.locator("#many-verdict")).to_have_text("Es spricht nichts dagegen.")
    expect(page.locator("button[value=do]")).to_be_focused()
    assert desks() == ["", "", "", ""]
    page.keyboard.press("Enter")

    expect(page.locator(".eakte-many-sum")).to_have_text("3 erledigt")
    assert desks() == ["", "a1-2", "a1-2", "a1-2"]
    expect(page.locator("button[value=undo]")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.locator("h1")).to_have_text("Rückgängig gemacht: Zuweisen")
    expect(page.locator(".eakte-many-sum")).to_be_focused()
    assert desks() == ["", "", "", ""]
    page.keyboard.press("u")
    expect(page.locator(".eakte-row")).to_have_count(4)


def test_the_list_of_shortcuts_names_those_that_choose(at_work, screen, letters):
    page = at_work("anna")
    page.goto(screen("team-box"))
    page.keyboard.press("?")
    expect(page.locator("#eakte-shortcuts")).to_contain_text("Sendung auswählen")


def test_a_range_all_of_the_page_and_none_are_chosen(at_work, screen, letters):
    page = at_work("anna")
    page.goto(screen("team-box"))
    said = page.locator("[data-many-count]")
    acts = page.locator("[data-many-acts]")
    expect(said).to_have_text("Keine Sendung ausgewählt")
    expect(acts).to_be_hidden()
    rows = page.locator("input[data-choose]")
    rows.nth(0).click()
    expect(said).to_have_text("1 Sendung ausgewählt")
    expect(acts).to_be_visible()
    rows.nth(2).click(modifiers=["Shift"])
    expect(said).to_have_text("3 Sendungen ausgewählt")
    page.locator("[data-many-page]").check()
    expect(said).to_have_text("4 Sendungen ausgewählt")
    rows.nth(3).uncheck()
    expect(page.locator("[data-many-page]")).to_have_js_property("indeterminate", True)
    page.locator(".eakte-row-link").first.focus()
    page.keyboard.press(" ")
    expect(said).to_have_text("2 Sendungen ausgewählt")


def test_with_the_shift_key_the_keyboard_chooses_a_range(at_work, screen, letters):
    page = at_work("anna")
    page.goto(screen("team-box"))
    choose(page, 1)
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Shift+X")
    said = page.locator("[data-many-count]")
    expect(said).to_have_text("3 Sendungen ausgewählt")


def test_all_letters_of_a_long_box_are_chosen(at_work, screen, letters, monkeypatch):
    monkeypatch.setattr("eakte.desk.box.BATCH", 2)
    page = at_work("anna")
    page.goto(screen("team-box"))
    page.locator("[data-many-page]").check()
    page.get_by_role("button", name="Alle 4 Treffer auswählen").click()
    expect(page.locator("[data-many-count]")).to_have_text("4 Sendungen ausgewählt")
    page.locator("#many button[value=accept]").click()
    expect(page.locator("h1")).to_have_text("Übernehmen: 4 Sendungen")


def test_a_preview_holds_for_what_was_typed_and_for_nothing_else(
    at_work, screen, letters
):
    page = at_work("anna")
    page.goto(screen("team-box"))
    page.locator("[data-many-page]").check()
    page.locator("#many button[value=route]").click()
    page.locator("#many-target").select_option("a2")
    page.locator("#many-reason").fill("Zuständig")
    page.locator("button[value=preview]").click()
    expect(page.locator("button[value=do]")).to_be_visible()
    page.locator("#many-reason").fill("Doch nicht")
    expect(page.locator("button[value=do]")).to_be_hidden()


def test_a_case_file_is_found_as_in_filing(at_work, screen, letters):
    case_file = a_case_file(team="a1", family_name="Haddad", given_name="Rania")
    page = at_work("anna")
    page.goto(screen("team-box"))
    page.locator("[data-many-page]").check()
    page.locator("#many button[value=file]").click()
    page.locator("#filing-text").press_sequentially("haddad")
    expect(page.locator("[role=option]")).to_contain_text(case_file.reference)
    page.keyboard.press("Enter")
    expect(page.locator("button[value=preview]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".eakte-many-after").first).to_contain_text(case_file.reference)
    expect(page.locator("button[value=do]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".eakte-many-sum")).to_have_text("4 erledigt")


def test_one_waits_for_the_result_of_many(
    at_work, screen, letters, read_scans, monkeypatch
):
    monkeypatch.setattr(many, "AT_ONCE", 2)
    page = at_work("anna")
    page.goto(screen("team-box"))
    page.locator("[data-many-page]").check()
    page.locator("#many button[value=accept]").click()
    page.locator("button[value=do]").click()
    expect(page.locator("[data-many-progress-text]")).to_have_text(
        "0 von 4 Sendungen sind bearbeitet"
    )
    read_scans()
    expect(page.locator(".eakte-many-sum")).to_have_text("4 erledigt")


@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing_and_nothing_is_cut_off(
    at_work, screen, letters, picture, width
):
    a_mail_item(State.ACCEPTED, team="a1", desk="a1-2", title="Liegt bei Arno")

    def looked_at(name):
        picture(page, f"many-{name}-{width}", full_page=True)
        found = Axe().run(page, options=RULES)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name

    page = at_work("anna", {"width": width, "height": 900})
    page.goto(screen("team-box"))
    page.locator("[data-many-page]").check()
    looked_at("box")
    page.locator("#many button[value=resubmit]").click()
    looked_at("asked")
    page.goto(screen("team-box"))
    page.locator("[data-many-page]").check()
    page.locator("#many button[value=accept]").click()
    looked_at("preview")
    page.locator("button[value=do]").click()
    expect(page.locator(".eakte-many-sum")).to_have_text("4 erledigt")
    looked_at("result")
    page.locator("button[value=undo]").click()
    expect(page.locator("h1")).to_contain_text("Rückgängig")
    looked_at("undone")
