"""What is taken along of a document: a link, its text, print, a PDF for the archive."""

from .shelf import Document
from .test_working import read
from .test_working import sheet
from playwright.sync_api import expect

import pytest
import re


@pytest.fixture
def shelf(lay_out):
    return lay_out(Document(60))


def test_the_copied_link_is_the_address_of_page_or_hit(page, shelf):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    copied = "navigator.clipboard.readText()"
    read(page, f"{shelf.url}#document/p9")
    page.keyboard.press("l")
    expect(page.locator(".dv-message")).to_have_text("The link to page 9 was copied.")
    assert page.evaluate(copied) == f"{shelf.url}#document/p9"

    page.keyboard.press("/")
    page.keyboard.type("duldung")
    expect(page.locator(".dv-found")).to_have_text("1 of 1")
    page.get_by_role("button", name="Copy link").click()
    expect(page.locator(".dv-message")).to_contain_text("to this hit on page 50")
    assert page.evaluate(copied) == f"{shelf.url}#search/p50/duldung"


def test_what_is_copied_has_the_lines_and_spaces_of_the_page(page, shelf):
    page.goto(shelf.url)
    words = sheet(page, 1).locator(".dv-words")
    expect(words.locator("span").first).to_be_attached()
    words.evaluate("words => getSelection().selectAllChildren(words)")
    text = page.evaluate("getSelection().toString()")

    assert text.strip().split("\n")[:3] == [
        "Seite 1",
        "Sehr geehrte Damen und Herren,",
        "hiermit beantrage ich die Verlängerung meiner",
    ]


def test_a_range_of_pages_is_printed_one_a_sheet(page, shelf):
    page.add_init_script("window.print = () => {};")
    read(page, shelf.url)
    page.keyboard.press("d")
    page.get_by_label("From page").fill("6")
    page.get_by_label("To page", exact=True).fill("8")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Print")).to_be_hidden()
    paper = page.pdf(prefer_css_page_size=True)

    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", paper)
    across = [float(width) > float(height) for width, height in boxes]
    # Every seventh page of this document lies across.
    assert across == [False, True, False]
    assert {6, 7, 8} <= set(shelf.images(2000))
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(page.locator(".dv-print")).to_have_count(0)


def test_a_long_file_is_printed_in_parts(page, lay_out):
    shelf = lay_out(Document(130))
    page.add_init_script(
        "window.print = () => {"
        "  window.sheets = document.querySelectorAll('.dv-print-page').length;"
        "  setTimeout(() => window.dispatchEvent(new Event('afterprint')));"
        "};"
    )
    read(page, shelf.url)
    page.keyboard.press("d")
    page.get_by_label("From page").fill("21")
    page.keyboard.press("Enter")
    onward = page.get_by_role("button", name="Print pages 121 to 130")
    expect(onward).to_be_focused(timeout=120_000)
    assert page.evaluate("window.sheets") == 100
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Print")).to_be_hidden()

    assert page.evaluate("window.sheets") == 10
    assert [(sent["first"], sent["last"]) for sent in shelf.sent] == [
        (["21"], ["120"]),
        (["121"], ["130"]),
    ]
    assert {sent["_authenticator"][0] for sent in shelf.sent} == {"a-token"}


def test_nothing_is_printed_when_it_cannot_be_noted(page, shelf):
    page.add_init_script("window.print = () => { window.printed = true; };")
    shelf.document.notes_printing = False
    read(page, shelf.url)
    page.keyboard.press("d")
    page.get_by_label("The page in view").check()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Nothing was printed")).to_be_visible()
    assert page.evaluate("window.printed") is None

    shelf.document.notes_printing = True
    page.get_by_role("dialog").get_by_role("button", name="Print").click()
    expect(page.get_by_role("dialog", name="Print")).to_be_hidden()
    assert page.evaluate("window.printed") is True


def test_a_pdf_for_the_archive_is_asked_for_awaited_and_saved(page, shelf):
    document = shelf.document
    read(page, shelf.url)
    page.keyboard.press("e")
    original = page.get_by_role("link", name="Original file")
    expect(original).to_be_focused()
    expect(original).to_contain_text("Antrag.pdf, 1,2 MB")
    page.get_by_role("button", name="Searchable PDF/A").click()
    expect(page.get_by_text("page 0 of 60")).to_be_visible()
    assert shelf.sent == [{"_authenticator": ["a-token"]}]
    document.copy = {"status": "running", "pages_done": 30}
    expect(page.get_by_text("page 30 of 60")).to_be_visible()
    expect(page.get_by_role("progressbar")).to_have_attribute("value", "30")

    with page.expect_download() as saved:
        document.copy = {"status": "ready", "pages_done": 60}
    assert saved.value.url.endswith("/@@archive-copy/file")
    expect(page.get_by_text("The PDF/A is ready.")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Save", exact=True)).to_be_focused()


def test_a_pdf_for_the_archive_says_which_pages_were_drawn_anew(page, shelf):
    drawn = {"title": "Drawn anew", "explanation": "A font is missing.", "pages": [3]}
    many = {"title": "Crossed", "explanation": "Scan again.", "pages": [*range(20, 32)]}
    shelf.document.copy = {
        "status": "ready",
        "pages_done": 60,
        "findings": [drawn, many],
    }
    read(page, shelf.url)
    page.keyboard.press("e")

    expect(page.locator(".dv-menu-state")).to_have_text(
        "The PDF/A is ready. Drawn anew (3). A font is missing. "
        "Crossed (20, 21, 22, 23, 24, 25, 26, 27, 28, 29 …). Scan again."
    )


def test_a_pdf_for_the_archive_that_fails_says_why_and_can_be_asked_for_again(
    page, shelf
):
    document = shelf.document
    problem = {"title": "Damaged", "explanation": "Scan the letter again."}
    document.copy = {"status": "failed", "pages_done": 3, "problem": problem}
    read(page, shelf.url)
    page.keyboard.press("e")
    expect(page.get_by_text("Damaged. Scan the letter again.")).to_be_visible()
    page.get_by_role("button", name="Searchable PDF/A").click()

    expect(page.get_by_text("page 0 of 60")).to_be_visible()
