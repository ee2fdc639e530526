"""Reading elsewhere, sharing, notices and records in a real browser."""

from axe_playwright_python.sync_playwright import Axe
from eakte.casefile.states import State
from playwright.sync_api import expect
from plone import api
from tests.browser.conftest import PASSWORD
from tests.builders import a_case_file
from tests.builders import as_system
from tests.builders import put_in_state
from tests.deputies import at
from tests.deputies import BETWEEN
from tests.deputies import DAY_AFTER
from tests.guests import asked
from tests.guests import REASON
from tests.guests import shared
from tests.guests import with_readers_elsewhere

import pytest
import transaction


@pytest.fixture
def at_work_too(office, at_work, tmp_path):
    """Like ``at_work``; alex reads elsewhere, rita manages the records."""
    with_readers_elsewhere(tmp_path, "alex")
    plugin = api.portal.get_tool("acl_users").source_users
    for person in ("alex", "rita", "tom", "hanna"):
        plugin.updateUserPassword(person, PASSWORD)
    transaction.commit()
    return at_work


@pytest.fixture
def case_file(at_work_too):
    return a_case_file(team="a1", title="Aufenthaltserlaubnis", family_name="Demir")


def test_a_case_file_of_another_team_is_opened_by_keyboard_alone(
    at_work_too, office, case_file
):
    with at(BETWEEN):
        page = at_work_too("alex")
        page.goto(f"{office.absolute_url()}/@@find")
        page.get_by_role("link", name="Andere Teams").press("Enter")
        field = page.get_by_label("Aktenzeichen, vollständig")
        field.focus()
        page.keyboard.type(case_file.reference)
        page.keyboard.press("Tab")
        page.keyboard.type("eilt")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        refused = page.get_by_role("alert")
        expect(refused).to_contain_text("warum Sie die Akte lesen müssen")
        expect(field).to_have_value(case_file.reference)
        page.get_by_label("Warum Sie sie lesen müssen").focus()
        page.keyboard.press("Control+a")
        page.keyboard.type(REASON)
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_url(f"{case_file.absolute_url()}*")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Demir")
        expect(page.locator(".eakte-guests-line-told")).to_contain_text(
            "bis heute, 24 Uhr"
        )
        expect(page.get_by_role("link", name="Akte schließen")).to_have_count(0)
    with at(DAY_AFTER):
        tom = at_work_too("tom", arrives=True)
        notice = tom.get_by_text("1 × hat jemand außerhalb des Teams eine Akte gelesen")
        expect(notice).to_be_visible()
        notice.press("Enter")
        expect(tom.locator("#readings")).to_contain_text(REASON)
        tom.get_by_role("button", name="Gesehen").press("Enter")
        expect(tom.locator("#readings")).to_contain_text("gesehen von Tom Lead")
        tom.goto(office.absolute_url())
        expect(tom.locator(".eakte-notices")).to_have_count(0)


def test_a_case_file_is_shared_by_keyboard_alone(at_work_too, case_file):
    with at(BETWEEN):
        page = at_work_too("anna")
        page.goto(case_file.absolute_url())
        link = page.get_by_role("link", name="Mit einer Kollegin oder einem Kollegen")
        link.press("Enter")
        page.get_by_label("Mit wem").focus()
        page.keyboard.type("Alex")
        page.get_by_label("Letzter Tag").fill("2027-03-12")
        page.get_by_label("Letzter Tag").press("Enter")
        row = page.locator(".eakte-guest")
        expect(row).to_contain_text("Alex Arbeit")
        expect(row).to_contain_text("geteilt von Anna Arbeit")
        row.get_by_role("button").press("Enter")
        expect(row).to_contain_text("beendet von Anna Arbeit")


SCREENS = {
    "read-elsewhere": ("alex", "@@read-elsewhere"),
    "guest": ("alex", "{file}"),
    "share": ("anna", "{file}/@@share"),
    "shared": ("anna", "{file}?show=viewers"),
    "notices-lead": ("tom", "@@notices"),
    "notices-head": ("hanna", "@@notices"),
    "notices-start": ("tom", "@@team-box"),
    "notices-head-start": ("hanna", "@@find"),
    "records": ("rita", "@@records"),
    "record": ("rita", "@@record?uid={uid}"),
}
"""Who looks at which address."""


def test_axe_finds_nothing_and_nothing_is_cut_off(
    at_work_too, office, picture, case_file
):
    closed = a_case_file(team="a2", unit="10.2")
    put_in_state(closed, "case_file_workflow", State.CLOSED)
    with as_system():
        api.group.add_user(groupname="team-a1", username="bert")
    shared(case_file, "alex", reason="Rückfragen zum Verfahren")
    second = a_case_file(team="a1", family_name="Haddad")
    site, uid = office.absolute_url(), case_file.UID()
    path = case_file.absolute_url().removeprefix(f"{site}/")
    pages, found, cut_off = {}, {}, {}
    with at(BETWEEN):
        asked("alex", second)
        for name, (person, address) in SCREENS.items():
            if person not in pages:
                pages[person] = at_work_too(person)
            page = pages[person]
            for width in (1280, 320):
                page.set_viewport_size({"width": width, "height": 900})
                page.goto(f"{site}/{address.format(file=path, uid=uid)}")
                picture(page, f"{name}-{width}")
                axe = Axe().run(page, options={"resultTypes": ["violations"]})
                if axe.violations_count:
                    found[name, width] = axe.generate_report()
                wide = page.evaluate("document.documentElement.scrollWidth")
                if wide > width:
                    cut_off[name, width] = wide
    assert found == {}
    assert cut_off == {}
