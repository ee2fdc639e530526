"""The administrator's pages for what the office decided, in a real browser."""

from axe_playwright_python.sync_playwright import Axe
from base64 import b64encode
from eakte.deadlines.settings import IDeadlineSettings
from playwright.sync_api import expect
from plone.app.testing import SITE_OWNER_NAME
from plone.app.testing import SITE_OWNER_PASSWORD
from plone.registry.interfaces import IRegistry
from zope.component import getUtility

import pytest
import transaction


@pytest.fixture
def admin(chromium, office):
    """A page of the administrator, who has no place in the office."""
    said = f"{SITE_OWNER_NAME}:{SITE_OWNER_PASSWORD}".encode()
    headers = {"Authorization": f"Basic {b64encode(said).decode()}"}
    context = chromium.new_context(locale="de-DE", extra_http_headers=headers)
    page = context.new_page()
    page.set_default_timeout(20_000)
    yield page
    context.close()


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("eakte-deadline-settings", "Fristen und tägliche E-Mail"),
        ("eakte-journal-settings", "Aufbewahrung des Protokolls"),
    ],
)
def test_the_page_speaks_german_and_is_for_everybody(
    admin, screen, picture, name, title
):
    for width in (1280, 320):
        admin.set_viewport_size({"width": width, "height": 900})
        admin.goto(screen(name))
        expect(admin.locator("h1")).to_have_text(title)
        picture(admin, f"{name}-{width}")
        found = Axe().run(
            admin, context="#content", options={"resultTypes": ["violations"]}
        )
        assert found.violations_count == 0, found.generate_report()


def test_the_daily_mail_is_turned_off_by_keyboard(admin, screen):
    admin.goto(screen("eakte-deadline-settings"))
    admin.get_by_label("Tägliche E-Mail", exact=True).focus()
    admin.keyboard.press("Space")
    admin.get_by_label("Stunde der täglichen E-Mail").focus()
    admin.keyboard.press("Enter")
    expect(admin.locator("#global_statusmessage")).to_contain_text("gespeichert")
    transaction.begin()
    assert getUtility(IRegistry).forInterface(IDeadlineSettings).digest is False
