"""The viewer is for everyone: what axe-core finds, and what it cannot see."""

from .shelf import Document
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

import pytest


EVERYTHING = {
    "runOnly": [
        "wcag2a",
        "wcag2aa",
        "wcag21a",
        "wcag21aa",
        "wcag22aa",
        "best-practice",
    ],
    "resultTypes": ["violations"],
}
FINDINGS = (
    {
        "code": "low_resolution",
        "title": "Below 300 dpi",
        "explanation": "Small print may be lost.",
        "ways": [],
        "pages": [1, 3],
    },
)
SIZES = {"wide": (1280, 900), "narrow": (320, 640)}


def first_open(page, address):
    page.goto(address)


def search_with_hits(page, address):
    page.goto(f"{address}#search/p50/duldung")
    expect(page.locator(".dv-mark-current")).to_be_visible()
    if page.locator(".dv-sidebar").is_hidden():
        page.get_by_role("button", name="Side column").click()
    expect(page.locator(".dv-hit").first).to_be_visible()


def text_view(page, address):
    page.goto(address)
    page.get_by_role("button", name="Text instead of image").click()
    expect(page.locator(".dv-reading")).to_contain_text("Sehr geehrte")


def help_dialog(page, address):
    page.goto(address)
    page.get_by_role("button", name="Keyboard shortcuts").click()
    expect(page.get_by_role("dialog")).to_be_visible()


def print_dialog(page, address):
    page.goto(address)
    page.get_by_role("button", name="Print").click()
    expect(page.get_by_role("dialog")).to_be_visible()


def save_menu(page, address):
    page.goto(address)
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("button", name="Searchable PDF/A").click()
    expect(page.get_by_text("The PDF/A is being made: page 0 of 60.")).to_be_visible()


def open_notices(page, address):
    page.goto(address)
    page.locator(".dv-findings summary").click()
    expect(page.get_by_text("Small print may be lost.")).to_be_visible()


STATES = {
    "first open": (first_open, {}),
    "search with hits": (search_with_hits, {}),
    "text view": (text_view, {}),
    "help": (help_dialog, {}),
    "print": (print_dialog, {}),
    "save": (save_menu, {}),
    "not yet recognised": (first_open, {"status": "running", "pages_done": 0}),
    "page that cannot be shown": (first_open, {"unmade": {1}}),
    "with notices": (open_notices, {"findings": FINDINGS}),
}


def a_document(findings=(), **facts):
    document = Document(60, **facts)
    document.findings = findings
    return document


@pytest.fixture
def what_axe_finds(page, errors):
    """Have axe-core look at the page: ``{rule: what breaks it}``."""

    def look():
        page.wait_for_load_state("networkidle")
        before = len(errors)
        found = Axe().run(page, options=EVERYTHING).response["violations"]
        # It sets styles into the page itself, which the policy refuses.
        del errors[before:]
        return {
            violation["id"]: [node["html"] for node in violation["nodes"]]
            for violation in found
        }

    return look


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing(page, lay_out, what_axe_finds, state, size):
    reach, facts = STATES[state]
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    shelf = lay_out(a_document(**facts))
    reach(page, shelf.url)

    assert what_axe_finds() == {}
    assert page.evaluate("document.documentElement.scrollWidth") <= width


FOCUS = """() => {
    const at = document.activeElement;
    if (!at || at === document.body) return null;
    const style = getComputedStyle(at);
    const box = at.getBoundingClientRect();
    return {
        what: at.outerHTML.slice(0, 120),
        place: [...document.querySelectorAll("*")].indexOf(at),
        kinds: [...at.classList, at.getAttribute("name"), at.localName].filter(Boolean),
        isSeen: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2
            && style.outlineColor !== "rgba(0, 0, 0, 0)"
            && style.visibility === "visible" && box.width > 4 && box.height > 4,
    };
}"""

STOPS = {
    "first open": {"dv-scroller", "dv-thumbnail", "dv-query", "dv-tab"},
    "search with hits": {"dv-scroller", "dv-hit", "dv-query", "dv-button"},
    "text view": {"dv-reading", "dv-text-button"},
    "help": {"dv-button"},
    "print": {"dv-button", "dv-range", "dv-main-button"},
    "save": {"dv-menu-entry"},
    "not yet recognised": {"dv-scroller"},
    "page that cannot be shown": {"dv-scroller", "dv-text-button"},
    "with notices": {"summary", "dv-jump"},
}
"""What the Tab key has to come by, beside all else, in each of the states."""


def stops_of(page):
    """Walk a step back and then round; return where the focus was, each place once."""
    found = {}
    for key in ("Shift+Tab", *["Tab"] * 80):
        page.keyboard.press(key)
        focus = page.evaluate(FOCUS)
        if focus and focus["place"] in found:
            break
        if focus:
            found[focus["place"]] = focus
    return found.values()


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("size", SIZES)
def test_whatever_has_the_focus_shows_it(page, lay_out, state, size):
    reach, facts = STATES[state]
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    shelf = lay_out(a_document(**facts))
    reach(page, shelf.url)
    page.wait_for_load_state("networkidle")
    stops = stops_of(page)

    assert [stop["what"] for stop in stops if not stop["isSeen"]] == []
    kinds = {kind for stop in stops for kind in stop["kinds"]}
    wanted = STOPS[state] - ({"dv-thumbnail", "dv-tab"} if size == "narrow" else set())
    assert wanted <= kinds


@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing_where_a_problem_stands_in_place_of_the_pages(
    page, lay_out, what_axe_finds, size
):
    width, height = SIZES[size]
    document = Document(0, status="failed")
    document.problem = {"title": "Locked", "explanation": "Ask the sender."}
    page.set_viewport_size({"width": width, "height": height})
    page.goto(lay_out(document).url)
    expect(page.get_by_text("Locked. Ask the sender.")).to_be_visible()

    assert what_axe_finds() == {}


@pytest.fixture
def shelf(lay_out):
    return lay_out(Document(60))


def test_the_recognised_text_is_read_page_by_page_in_its_language(page, shelf):
    page.goto(shelf.url)
    first = page.locator('section[data-page="1"]')
    text = first.locator(".dv-spoken")

    expect(first.get_by_role("heading", name="Page 1 of 60")).to_be_attached()
    expect(first.get_by_role("img", name="Image of page 1 of 60")).to_be_visible()
    expect(text.get_by_role("paragraph")).to_contain_text("Sehr geehrte Damen")
    expect(text).to_have_attribute("lang", "de")
    # Or all would be read twice.
    expect(first.locator(".dv-words")).to_have_attribute("aria-hidden", "true")


def test_a_sentence_of_ours_is_not_said_to_be_in_the_documents_language(page, lay_out):
    page.goto(lay_out(Document(3, status="running", pages_done=0)).url)
    text = page.locator('section[data-page="1"] .dv-spoken')
    expect(text).to_contain_text("still being recognised")

    assert text.get_attribute("lang") is None


def test_the_text_view_leads_from_page_to_page_and_begins_at_the_heading(page, shelf):
    page.goto(shelf.url)
    page.get_by_role("button", name="Text instead of image").click()
    reading = page.locator(".dv-reading")
    expect(reading.get_by_role("heading", name="Page 1 of 60")).to_be_visible()
    reading.get_by_role("button", name="Next page").press("Enter")

    expect(reading.get_by_role("heading", name="Page 2 of 60")).to_be_focused()
    expect(reading).to_contain_text("Seite 2 Sehr geehrte")


def test_the_text_view_needs_no_sideways_scrolling_at_320_pixels(page, shelf):
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{shelf.url}#document/p3")
    page.get_by_role("button", name="Text instead of image").click()
    reading = page.locator(".dv-reading")
    expect(reading).to_contain_text("Seite 3 Sehr geehrte")

    assert reading.evaluate("view => view.scrollWidth - view.clientWidth") == 0


def test_hits_are_counted_aloud(page, shelf):
    page.goto(f"{shelf.url}#search/p1/duldung")
    spoken = page.locator("[aria-live=polite]")

    expect(spoken).to_have_text("Hit 1 of 1, page 50")
    page.get_by_role("searchbox").fill("nirgends")
    expect(spoken).to_have_text("No hits")


def test_a_page_that_somebody_goes_to_is_told_aloud(page, shelf):
    page.goto(shelf.url)
    page.get_by_role("button", name="Next page").click()

    expect(page.locator("[aria-live=polite]")).to_have_text("Page 2 of 60")


def test_the_current_hit_is_told_apart_by_more_than_its_colour(page, lay_out):
    page.goto(f"{lay_out(Document(3)).url}#search/p1/e")
    page.get_by_role("searchbox").fill("er")
    current = page.locator(".dv-mark-current")
    expect(current).to_be_visible()

    frame = "mark => getComputedStyle(mark).outlineStyle"
    other = page.locator(".dv-mark:not(.dv-mark-current)").first
    assert current.evaluate(frame) == "solid"
    assert other.evaluate(frame) == "none"


def test_a_notice_about_a_page_is_shown_and_heard_with_it(page, lay_out):
    page.goto(lay_out(a_document(findings=FINDINGS)).url)
    line = page.locator(".dv-findings summary")
    expect(line).to_have_text("Page 1: Below 300 dpi")
    first = page.locator('section[data-page="1"]')
    expect(first).to_contain_text("Notice: Below 300 dpi.")
    expect(page.get_by_role("link", name="Page 3, with a notice")).to_be_attached()

    page.get_by_role("button", name="Next page").click()
    expect(line).to_have_text("Notices about the scan: Below 300 dpi")
    line.click()
    page.locator(".dv-jump", has_text="3").click()
    expect(line).to_have_text("Page 3: Below 300 dpi")
