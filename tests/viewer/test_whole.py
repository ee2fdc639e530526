"""A person reads a file of 500 pages: from the stored scan to the mark on the page."""

from ..builders import a_mail_item
from .places import place_on_page
from .places import ROUNDING
from axe_playwright_python.sync_playwright import Axe
from eakte.jobs.server import work_folder
from eakte.jobs.worker import run_pending
from eakte.mailitem.states import State
from eakte.scans.interfaces import IScanPages
from fpdf import FPDF
from playwright.sync_api import expect
from plone import api

import base64
import pytest
import re
import transaction


PASSWORD = "Ein-langes-Passwort-1"
RARE_PAGE = 250


def typed_file(pages):
    """Return a PDF of typed pages; "Duldung" stands on one of them only."""
    pdf = FPDF()
    pdf.set_font("helvetica", size=14)
    for number in range(1, pages + 1):
        pdf.add_page()
        pdf.multi_cell(0, 10, f"Blatt {number} der Akte")
        if number == RARE_PAGE:
            pdf.set_xy(40, 120)
            pdf.cell(0, 10, "Die Duldung ist erloschen.")
    return bytes(pdf.output())


@pytest.fixture
def item(functional_portal):
    """A mail item of team a1 whose 500 pages have been read."""
    api.user.get(username="anna").setSecurityProfile(password=PASSWORD)
    item = a_mail_item(
        State.ROUTED, pdf=typed_file(500), title="Akteneinsicht", team="a1"
    )
    transaction.commit()
    run_pending(item._p_jar.db(), work_folder())
    transaction.begin()
    return item


@pytest.fixture
def short_item(functional_portal):
    """A mail item of team a1 whose three pages have been read."""
    api.user.get(username="anna").setSecurityProfile(password=PASSWORD)
    item = a_mail_item(State.ROUTED, pdf=typed_file(3), title="Antrag", team="a1")
    transaction.commit()
    run_pending(item._p_jar.db(), work_folder())
    transaction.begin()
    return item


@pytest.fixture
def anna(page):
    """Anna's browser."""
    pair = base64.b64encode(f"anna:{PASSWORD}".encode()).decode()
    page.set_extra_http_headers({"Authorization": f"Basic {pair}"})
    return page


def word_of(item, number, text):
    words = IScanPages(item).page(number).words
    return next(word for word in words if word.text == text)


def test_a_file_of_500_pages_is_read_searched_and_marked(item, anna):
    asked = []
    anna.on("request", lambda request: asked.append(request.url))
    anna.goto(f"{item.absolute_url()}/documentviewer")
    number = anna.locator(".dv-number")
    expect(anna.locator('.dv-page[data-page="1"] img')).to_be_visible()
    expect(anna.locator('.dv-page[data-page="1"] .dv-unseen').last).to_contain_text(
        "Blatt 1 der Akte"
    )
    for _stop in range(60):
        anna.keyboard.press("Tab")
        if anna.evaluate("document.activeElement.matches('.dv-scroller')"):
            break
    anna.keyboard.press("ArrowRight")
    anna.wait_for_url("**/documentviewer#document/p2")

    anna.keyboard.press("/")
    anna.keyboard.type("duldung")
    mark = anna.locator(".dv-mark-current")
    expect(mark).to_be_visible()
    expect(number).to_have_value(str(RARE_PAGE))
    word = word_of(item, RARE_PAGE, "Duldung")
    stored = (word.left, word.top, word.right, word.bottom)
    assert place_on_page(mark) == pytest.approx(stored, abs=ROUNDING)
    anna.wait_for_url(f"**/documentviewer#search/p{RARE_PAGE}/duldung")
    expect(anna.locator(f'.dv-page[data-page="{RARE_PAGE}"] img')).to_be_visible()

    pages = {int(n) for url in asked for n in re.findall(r"/@@page/(\d+)/", url)}
    near = {*range(1, 9), *range(RARE_PAGE - 6, RARE_PAGE + 7)}
    assert pages <= near


def test_nothing_is_fetched_from_elsewhere(item, anna):
    asked = []
    anna.on("request", lambda request: asked.append(request.url))
    anna.goto(f"{item.absolute_url()}/documentviewer")
    expect(anna.locator('.dv-page[data-page="1"] img')).to_be_visible()

    assert {url for url in asked if not url.startswith("http://localhost:")} == set()


def test_a_searchable_pdf_is_made_when_asked_for_and_saved(short_item, anna):
    anna.goto(f"{short_item.absolute_url()}/documentviewer")
    anna.get_by_role("button", name="Save", exact=True).click()
    anna.get_by_role("button", name="Searchable PDF/A").click()
    expect(anna.locator(".dv-menu-state")).to_contain_text("waiting to be made")

    with anna.expect_download(timeout=60_000) as saved:
        run_pending(short_item._p_jar.db(), work_folder())
    assert saved.value.path().read_bytes().startswith(b"%PDF-")
    expect(anna.get_by_text("The PDF/A is ready.")).to_be_visible()


def test_a_page_is_recognised_anew_from_the_viewer(short_item, anna):
    anna.goto(f"{short_item.absolute_url()}/documentviewer#document/p2")
    spoken = anna.locator('.dv-page[data-page="2"] .dv-spoken')
    expect(spoken).to_contain_text("Blatt 2 der Akte")
    anna.locator(".dv-scroller").focus()
    anna.keyboard.press("Shift+A")
    expect(spoken).to_have_text("The text of this page is still being recognised.")

    run_pending(short_item._p_jar.db(), work_folder())
    expect(spoken).to_contain_text("Blatt 2 der Akte", timeout=20_000)
    expect(anna.get_by_text("Page 2 was recognised anew.").last).to_be_visible()


def test_a_page_that_came_sideways_is_read_upright(functional_portal, anna):
    api.user.get(username="anna").setSecurityProfile(password=PASSWORD)
    pdf = FPDF()
    pdf.set_font("helvetica", size=14)
    pdf.add_page()
    with pdf.rotation(90, x=100, y=150):
        pdf.text(40, 150, "Die Duldung ist erloschen.")
        pdf.text(40, 160, "Der Pass liegt bei.")
    item = a_mail_item(State.ROUTED, pdf=bytes(pdf.output()), title="Quer", team="a1")
    transaction.commit()
    run_pending(item._p_jar.db(), work_folder())
    transaction.begin()
    assert IScanPages(item).page(1).rotation == 90
    anna.goto(f"{item.absolute_url()}/documentviewer")
    paper = anna.locator('.dv-page[data-page="1"] .dv-paper')
    expect(paper).to_have_css("transform", re.compile(r"matrix\(0, 1, -1, 0, "))
    words = paper.locator(".dv-words")
    words.evaluate("words => getSelection().selectAllChildren(words)")

    lines = anna.evaluate("getSelection().toString()").strip().split("\n")
    assert lines == ["Die Duldung ist erloschen.", "Der Pass liegt bei."]


def test_alone_on_its_page_it_needs_no_styles_in_the_page(short_item, anna, errors):
    served = anna.goto(f"{short_item.absolute_url()}/documentviewer")
    expect(anna.locator('.dv-page[data-page="1"] img')).to_be_visible()
    anna.get_by_role("button", name="Save", exact=True).click()
    anna.keyboard.press("Escape")
    anna.get_by_role("button", name="Keyboard shortcuts").click()
    anna.keyboard.press("Escape")
    anna.locator("#user-name").click()
    expect(anna.locator(".dropdown-menu.show")).to_be_visible()

    assert served.headers["content-security-policy"] == (
        "default-src 'self'; script-src 'self'; style-src 'self'; "
        "img-src 'self' data: blob:; object-src 'none'; base-uri 'self'; "
        "frame-ancestors 'self'; form-action 'self'"
    )
    assert errors == []


def test_axe_finds_nothing_in_the_viewer_as_a_page_of_its_own(short_item, anna, errors):
    anna.goto(f"{short_item.absolute_url()}/documentviewer")
    expect(anna.locator('.dv-page[data-page="1"] img')).to_be_visible()
    before = len(errors)
    found = Axe().run(anna, context=".dv-alone").response["violations"]
    # It sets styles into the page itself, which the policy refuses; some come late.
    anna.goto("about:blank")
    del errors[before:]

    assert [violation["id"] for violation in found] == []
