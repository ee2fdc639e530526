"""Logging in at an OpenID provider, in a real browser."""

from axe_playwright_python.sync_playwright import Axe
from eakte.login.applying import apply_login
from playwright.sync_api import expect
from tests.browser.conftest import PASSWORD
from tests.login.account import SECRET

import pytest
import re
import transaction


FILE = """
openid:
  title: Kreis-Konto
  issuer: {issuer}
  client: eakte
"""


@pytest.fixture
def account(provider, office, monkeypatch):
    monkeypatch.setenv("EAKTE_OPENID_SECRET", SECRET)
    monkeypatch.setenv("NO_PROXY", "localhost,127.0.0.1")
    apply_login(FILE.format(issuer=provider.issuer))
    transaction.commit()
    return provider


@pytest.fixture
def page(chromium, office, account):
    transaction.commit()
    context = chromium.new_context(
        viewport={"width": 1280, "height": 900}, locale="de-DE"
    )
    page = context.new_page()
    page.set_default_timeout(20_000)
    # The provider's page asks for a style sheet from the net; there is none here.
    page.route(re.compile(r"^https://"), lambda route: route.abort())
    yield page
    context.close()


def sound(page):
    found = Axe().run(page, options={"resultTypes": ["violations"]})
    assert found.violations_count == 0, found.generate_report()


def button(page):
    return page.get_by_role("link", name="Mit Kreis-Konto anmelden")


def confirm(page, sub):
    page.fill("[name=sub]", sub)
    page.get_by_role("button", name="Authorize").click()


def test_by_the_button_to_the_provider_and_back_to_the_page(
    page,
    account,
    screen,
    picture,
):
    sub = account.knows("anna")
    page.goto(screen("open-case-file"))
    expect(button(page)).to_be_visible()
    sound(page)
    picture(page, "login-openid")
    button(page).click()
    confirm(page, sub)
    expect(page).to_have_url(screen("open-case-file"))
    expect(page.locator("#cf-title")).to_be_visible()
    page.goto(screen("desk"))
    sound(page)


def test_the_button_is_reached_by_the_keyboard(page, account, office):
    page.goto(f"{office.absolute_url()}/login")
    button(page).focus()
    page.keyboard.press("Enter")
    expect(page.locator("[name=sub]")).to_be_visible()


def test_logging_out_here_logs_out_there(page, account, office, screen):
    sub = account.knows("anna")
    page.goto(screen("desk"))
    button(page).click()
    confirm(page, sub)
    page.goto(f"{office.absolute_url()}/logout")
    expect(page).to_have_url(re.compile(re.escape(account.issuer)))
    page.get_by_role("button").first.click()
    expect(page.locator("#login-form")).to_be_visible()
    page.goto(screen("open-case-file"))
    expect(page.locator("#login-form")).to_be_visible()


def test_when_the_login_has_ended_the_button_leads_back_to_the_same_page(
    page, account, screen
):
    sub = account.knows("anna")
    page.goto(screen("open-case-file"))
    button(page).click()
    confirm(page, sub)
    expect(page.locator("#cf-title")).to_be_visible()
    page.context.clear_cookies(name="__ac")
    page.reload()
    button(page).click()
    confirm(page, sub)
    expect(page).to_have_url(screen("open-case-file"))
    expect(page.locator("#cf-title")).to_be_visible()


def test_what_goes_wrong_is_told_and_the_password_opens(
    page,
    account,
    office,
    screen,
    picture,
):
    office.acl_users.eakte_openid.issuer = "http://localhost:1"
    transaction.commit()
    page.goto(screen("open-case-file"))
    button(page).click()
    told = page.get_by_role("alert")
    expect(told).to_contain_text("Der Dienst, der Ihr Konto prüft, antwortet nicht.")
    sound(page)
    picture(page, "login-openid-silent")
    page.fill("[name=__ac_name]", "anna")
    page.fill("[name=__ac_password]", PASSWORD)
    page.click("[name=buttons\\.login]")
    expect(page).to_have_url(screen("open-case-file"))


def test_whom_the_office_does_not_know_is_told(
    page,
    account,
    office,
    picture,
):
    sub = account.knows("nikolaus")
    page.goto(f"{office.absolute_url()}/login")
    button(page).click()
    confirm(page, sub)
    expect(page.get_by_role("alert")).to_contain_text("dieses Amt kennt es nicht")
    sound(page)
    picture(page, "login-openid-unknown")


@pytest.mark.parametrize("width", [320, 640])
def test_the_login_page_fits_small_screens(page, account, office, width):
    page.set_viewport_size({"width": width, "height": 700})
    page.goto(f"{office.absolute_url()}/login")
    expect(button(page)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_silent_directory_is_told_in_german(
    chromium, office, directory, monkeypatch, picture
):
    monkeypatch.setenv("EAKTE_LDAP_SECRET", SECRET)
    apply_login(
        f"""
ldap:
  title: Verzeichnis des Kreises
  uri: {directory.uri}
  bind: {directory.bind}
  people: ou=people,dc=amt,dc=example
"""
    )
    transaction.commit()
    directory.stop()
    context = chromium.new_context(
        viewport={"width": 1280, "height": 900}, locale="de-DE"
    )
    page = context.new_page()
    page.goto(f"{office.absolute_url()}/login")
    page.fill("[name=__ac_name]", "anna")
    page.fill("[name=__ac_password]", "Wort-im-Verzeichnis-1")
    page.click("[name=buttons\\.login]")
    expect(page.locator("#login-directory-silent")).to_contain_text(
        "Das Verzeichnis, das Passwörter prüft, antwortet nicht."
    )
    sound(page)
    picture(page, "login-directory-silent")
    page.fill("[name=__ac_name]", "anna")
    page.fill("[name=__ac_password]", PASSWORD)
    page.click("[name=buttons\\.login]")
    expect(page.locator("#login-form")).to_have_count(0)
    context.close()
