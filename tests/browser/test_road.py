"""A letter on its road, as the people on it see it, by keyboard."""

from datetime import date
from datetime import timedelta
from eakte.clock import today
from eakte.mailitem.states import State
from playwright.sync_api import expect
from plone import api
from tests.browser.conftest import typed
from tests.builders import a_case_file
from tests.builders import a_mail_item

import pytest
import transaction


@pytest.fixture
def letters(office, read_scans):
    """Three letters in the mailroom and the case file that the first belongs to."""
    case_file = a_case_file(
        family_name="Demir",
        given_name="Mehmet Can",
        birth_date=date(1979, 5, 14),
        title="Niederlassungserlaubnis",
    )
    a_case_file(family_name="Demirel", given_name="Ece", title="Familiennachzug")
    for days, title in ((4, "Verlängerung"), (3, "Ummeldung"), (2, "Beschwerde")):
        a_mail_item(
            State.CHECKING,
            title=title,
            sender="Mehmet Can Demir",
            received=today() - timedelta(days=days),
            pdf=typed(f"{title}\n\nSehr geehrte Damen und Herren,", "Anlage"),
        )
    read_scans()
    return case_file


def state_of(title):
    transaction.begin()
    catalog = api.portal.get_tool("portal_catalog")
    (brain,) = catalog.unrestrictedSearchResults(portal_type="mail_item", Title=title)
    return brain.review_state


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def test_the_whole_road_by_keyboard(letters, at_work, screen, picture):
    # The mailroom releases the oldest letter and routes it at once.
    quirin = at_work("quirin", arrives=True)
    expect(quirin).to_have_url(screen("mailroom"))
    picture(quirin, "desk-mailroom")
    press(quirin, "j", "Enter")
    expect(quirin.locator("h1")).to_have_text("Verlängerung")
    expect(quirin.locator(".eakte-pages .dv-page img").first).to_be_visible()
    picture(quirin, "desk-checking")
    press(quirin, "s")
    expect(quirin.locator("#inline-target")).to_be_focused()
    quirin.locator("#inline-target").select_option("a1")
    press(quirin, "Tab", "Enter")
    # On to the next letter of the box.
    expect(quirin.locator("h1")).to_have_text("Ummeldung")
    assert state_of("Verlängerung") == "routed"
    quirin.locator("#inline-target").select_option("a1:a1-2")
    quirin.locator("button[value=release]").click()
    expect(quirin.locator("h1")).to_have_text("Beschwerde")

    # The case worker files it: open, choose, file. No hand leaves the keyboard.
    anna = at_work("anna")
    anna.goto(screen("team-box"))
    picture(anna, "desk-team-box")
    press(anna, "j", "Enter")
    field = anna.locator("#filing-text")
    expect(field).to_be_focused()
    field.press_sequentially("demi")
    expect(anna.locator("[role=option]")).to_have_count(2)
    expect(field).to_have_attribute("aria-expanded", "true")
    press(anna, "ArrowDown")
    chosen = anna.locator("[role=option][aria-selected=true]")
    expect(chosen).to_contain_text("Demir, Mehmet Can")
    expect(field).to_have_attribute("aria-activedescendant", chosen.get_attribute("id"))
    picture(anna, "desk-filing")
    press(anna, "Enter")
    expect(anna.locator("button[value=file]")).to_be_focused()
    press(anna, "Enter")
    expect(anna.locator("#global_statusmessage")).to_contain_text(letters.reference)
    expect(anna.locator("h1")).to_have_text("Ummeldung")
    picture(anna, "desk-after-filing")
    assert state_of("Verlängerung") == "filed"

    # Its case file shows it, and reads it at the side.
    anna.goto(letters.absolute_url())
    anna.locator(".eakte-row-link", has_text="Verlängerung").click()
    expect(anna.locator("#eakte-reading .dv-page img").first).to_be_visible()
    anna.locator("#eakte-viewers summary").click()
    expect(anna.locator(".eakte-viewers")).to_contain_text("Anna Arbeit")
    picture(anna, "desk-case-file")


def test_the_registry_resolves_what_a_team_finds_unclear(
    letters, at_work, screen, picture
):
    letter = a_mail_item(State.ROUTED, team="a1", title="Ohne Zeichen")
    arno = at_work("arno")
    arno.goto(letter.absolute_url())
    arno.locator("[data-opens=dialog-mark_unclear]").click()
    dialog = arno.locator("#dialog-mark_unclear")
    expect(dialog.locator("textarea")).to_be_focused()
    picture(arno, "desk-reason")
    dialog.locator("textarea").fill("Passt zu keiner Akte")
    dialog.locator("button[value=mark_unclear]").click()
    arno.wait_for_load_state()
    assert state_of("Ohne Zeichen") == "unclear"

    rolf = at_work("rolf")
    rolf.goto(screen("team-box"))
    rolf.locator(".eakte-tab", has_text="Ungeklärt").click()
    picture(rolf, "desk-unclear")
    rolf.locator(".eakte-row-link").first.click()
    expect(rolf.locator(".eakte-way")).to_contain_text("Passt zu keiner Akte")
    rolf.locator("#inline-target").select_option("a2")
    rolf.locator("button[value=route]").click()
    rolf.wait_for_load_state()
    assert state_of("Ohne Zeichen") == "routed"


def test_another_department_sees_nothing(letters, at_work, screen, picture):
    letter = a_mail_item(State.ROUTED, team="a1", title="Nur für A1")
    bert = at_work("bert")
    for name in ("my-desk", "team-box", "find?text=demir"):
        bert.goto(screen(name))
        expect(bert.locator(".eakte-row")).to_have_count(0)
    picture(bert, "desk-another-department")
    for address in (letter.absolute_url(), letters.absolute_url(), screen("mailroom")):
        bert.goto(address)
        expect(bert.locator("#content")).not_to_contain_text("Nur für A1")
        expect(bert.locator("#content")).not_to_contain_text("Demir")
        assert bert.url != address


def test_a_letter_without_a_case_file_gets_one_beside_its_pages(
    letters, at_work, picture
):
    letter = a_mail_item(
        State.ROUTED, team="a1", title="Erstantrag", pdf=typed("Erstantrag")
    )
    anna = at_work("anna")
    anna.goto(letter.absolute_url())
    anna.locator("#filing-text").press_sequentially("Rania Haddad")
    expect(anna.locator(".eakte-option-none")).to_be_visible()
    anna.locator(".eakte-new-case-file summary").click()
    # What was typed in vain and what is known of the letter is taken over.
    expect(anna.locator("#cf-family-name")).to_have_value("Haddad")
    expect(anna.locator("#cf-given-name")).to_have_value("Rania")
    expect(anna.locator("#cf-title")).to_have_value("Erstantrag")
    anna.locator("#cf-unit").select_option("10.1")
    picture(anna, "desk-new-case-file")
    anna.locator("button[value=open-and-file]").click()
    anna.wait_for_load_state()
    assert state_of("Erstantrag") == "filed"
