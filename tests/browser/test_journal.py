"""The data protection officer looks into the journal, in a real browser."""

from axe_playwright_python.sync_playwright import Axe
from datetime import date
from eakte.casefile.content import ICaseFile
from eakte.mailitem.filing import file_into
from eakte.mailitem.states import State
from playwright.sync_api import expect
from plone import api
from tests.browser.conftest import PASSWORD
from tests.browser.conftest import typed
from tests.builders import a_case_file
from tests.builders import a_mail_item
from tests.builders import as_system
from zope.event import notify
from zope.lifecycleevent import Attributes
from zope.lifecycleevent import ObjectModifiedEvent

import pytest
import transaction


@pytest.fixture
def busy(office):
    """A case file that was changed and read; returns its address."""
    plugin = api.portal.get_tool("acl_users").source_users
    for person in ("dora", "tom"):
        plugin.updateUserPassword(person, PASSWORD)
    case_file = a_case_file(
        team="a1",
        title="Aufenthaltserlaubnis",
        family_name="Haddad",
        given_name="Rania",
        birth_date=date(1990, 3, 14),
    )
    a_mail_item(title="Antrag auf Duldung")
    transaction.commit()
    with api.env.adopt_user(username="anna"):
        case_file.family_name = "Al-Haddad"
        case_file.nationality = "Syrien"
        notify(ObjectModifiedEvent(case_file, Attributes(ICaseFile, "family_name")))
    transaction.commit()
    return case_file.absolute_url()


def faults(page):
    """Return what axe finds on the page."""
    found = Axe().run(page).response["violations"]
    return [(each["id"], [n["target"] for n in each["nodes"]]) for each in found]


def test_the_officer_says_why_and_finds_who_read_a_case_file(
    busy, at_work, screen, picture
):
    at_work("anna").goto(busy)
    dora = at_work("dora", arrives=True)
    dora.click("#portal-globalnav a[href$='/@@journal']")
    picture(dora, "journal-reason")
    assert faults(dora) == []
    dora.keyboard.type("Beschwerde vom 2. März 2026")
    dora.click("button[value=consult]")
    expect(dora.locator(".eakte-journal-entry").first).to_be_visible()
    dora.fill("[name=person]", "anna")
    dora.keyboard.press("Enter")
    expect(dora.locator(".eakte-journal-entry")).to_have_count(2)
    expect(dora.locator(".eakte-journal-entry").first).to_contain_text("Gelesen")
    expect(dora.locator(".eakte-journal-entry").nth(1)).to_contain_text(
        "Haddad → Al-Haddad"
    )
    picture(dora, "journal-office")
    assert faults(dora) == []

    dora.click("#eakte-disclosure summary")
    dora.fill("[name=subject]", "haddad")
    dora.keyboard.press("Enter")
    dora.check("#eakte-disclosure [type=checkbox]")
    picture(dora, "journal-disclosure")
    assert faults(dora) == []
    with dora.expect_download() as download:
        dora.click("button[value=csv]")
    assert download.value.suggested_filename == "auskunft.csv"
    assert "Al-Haddad" in download.value.path().read_text("utf-8-sig")

    dora.set_viewport_size({"width": 320, "height": 640})
    picture(dora, "journal-narrow")
    assert dora.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_lead_comes_from_the_case_file_to_its_journal(busy, at_work, picture):
    tom = at_work("tom")
    tom.goto(busy)
    picture(tom, "journal-link")
    assert faults(tom) == []
    tom.click(".eakte-journal-link a")
    expect(tom.locator("h1")).to_have_text("Protokoll")
    expect(tom.locator(".eakte-journal-entry")).to_have_count(3)
    picture(tom, "journal-object")
    assert faults(tom) == []


def test_who_prints_stands_in_the_journal_with_what_was_printed(
    office, at_work, read_scans, picture
):
    plugin = api.portal.get_tool("acl_users").source_users
    plugin.updateUserPassword("tom", PASSWORD)
    case_file = a_case_file(team="a1", title="Aufenthaltserlaubnis")
    letter = a_mail_item(State.ROUTED, team="a1", pdf=typed("Antrag", "Anlage"))
    with as_system():
        letter = file_into(letter, case_file)
    read_scans()
    anna = at_work("anna")
    anna.add_init_script("window.print = () => {};")
    anna.goto(f"{letter.absolute_url()}/@@item")
    anna.locator(".dv-scroller").focus()
    with anna.expect_response("**/@@printed-pages") as answer:
        anna.keyboard.press("d")
        anna.keyboard.press("Enter")
    assert answer.value.status == 200

    anna.goto(case_file.absolute_url())
    with anna.expect_response("**/@@printed-screen") as answer:
        # What a browser says when its own key or menu is used.
        anna.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert answer.value.status == 204

    tom = at_work("tom")
    tom.goto(f"{letter.absolute_url()}/@@item")
    picture(tom, "journal-link-letter")
    tom.click(".eakte-journal-link a")
    expect(tom.locator("h1")).to_have_text("Protokoll")
    tom.goto(f"{case_file.absolute_url()}/@@journal?kind=printed")
    entries = tom.locator(".eakte-journal-entry")
    expect(entries).to_have_count(2)
    expect(entries.nth(1)).to_contain_text("1 bis 2")
    for entry in entries.all():
        expect(entry).to_contain_text("Browser")
    expect(entries.first).to_contain_text("Gedruckt")
    picture(tom, "journal-printed")
    assert faults(tom) == []
