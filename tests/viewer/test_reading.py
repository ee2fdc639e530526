"""A person reads a document in the viewer, in a real browser."""

from .places import place_on_page
from .places import ROUNDING
from .shelf import Document
from .shelf import RARE_BOX
from playwright.sync_api import expect

import pytest


def image_of(page, number):
    return page.locator(f'.dv-page[data-page="{number}"] img')


def read(page, address):
    page.goto(address)
    page.locator(".dv-scroller").focus()


def number_of(page):
    return page.get_by_role("textbox", name="Go to page")


@pytest.fixture
def shelf(lay_out):
    return lay_out(Document(500))


def test_500_pages_open_at_once_and_only_those_in_sight_are_asked_for(page, shelf):
    page.goto(shelf.url)
    expect(image_of(page, 1)).to_be_visible()
    page.wait_for_load_state("networkidle")

    assert page.get_by_text("of 500", exact=True).is_visible()
    assert set(shelf.images()) <= {1, 2, 3, 4}


def test_a_jump_to_the_end_asks_for_no_page_on_the_way(page, shelf):
    read(page, shelf.url)
    page.keyboard.press("End")
    expect(image_of(page, 500)).to_be_visible()
    page.wait_for_load_state("networkidle")

    assert all(number < 5 or number > 494 for number in shelf.images())


def test_flying_through_the_document_asks_only_for_where_it_ends(page, shelf):
    read(page, shelf.url)
    expect(image_of(page, 1)).to_be_visible()
    page.locator(".dv-scroller").evaluate(
        """async scroller => {
            for (let step = 1; step <= 40; step += 1) {
                scroller.scrollTop = step * 8000;
                await new Promise(requestAnimationFrame);
            }
        }"""
    )
    page.wait_for_load_state("networkidle")

    assert len(set(shelf.images())) < 20


def test_the_page_number_stands_in_the_address_and_leads_back(page, shelf):
    read(page, shelf.url)
    for _step in range(3):
        page.keyboard.press("ArrowRight")
    page.wait_for_url("**/#document/p4")
    page.reload()

    expect(number_of(page)).to_have_value("4")
    expect(image_of(page, 4)).to_be_visible()


def test_a_search_marks_the_word_at_the_place_that_is_stored(page, shelf):
    read(page, shelf.url)
    page.keyboard.press("/")
    page.keyboard.type("duldung")
    page.keyboard.press("Enter")
    mark = page.locator(".dv-mark-current")
    expect(mark).to_be_visible()

    assert place_on_page(mark) == pytest.approx(RARE_BOX, abs=ROUNDING)
    expect(page.get_by_text("1 of 10", exact=True)).to_be_visible()
    expect(number_of(page)).to_have_value("50")


def test_from_hit_to_hit_by_keyboard_and_round(page, shelf):
    read(page, shelf.url)
    page.keyboard.press("/")
    page.keyboard.type("duldung")
    expect(page.get_by_text("1 of 10", exact=True)).to_be_visible()
    page.keyboard.press("Enter")
    expect(number_of(page)).to_have_value("100")
    page.locator(".dv-scroller").focus()
    page.keyboard.press("n")
    expect(number_of(page)).to_have_value("150")
    for _step in range(3):
        page.keyboard.press("Shift+N")
    expect(number_of(page)).to_have_value("500")


def test_escape_empties_the_search_and_then_leaves_it(page, shelf):
    read(page, f"{shelf.url}#search/p1/duldung")
    expect(page.locator(".dv-mark-current")).to_be_visible()
    page.get_by_role("searchbox").focus()
    page.keyboard.press("Escape")
    expect(page.locator(".dv-mark")).to_have_count(0)
    expect(page.get_by_role("searchbox")).to_have_value("")
    page.wait_for_url("**/#document/p50")
    page.keyboard.press("Escape")

    expect(page.locator(".dv-scroller")).to_be_focused()


def test_the_list_of_hits_leads_to_the_page(page, shelf):
    read(page, f"{shelf.url}#search/p1/duldung")
    page.get_by_role("button", name="Page 300").click()

    expect(number_of(page)).to_have_value("300")
    expect(page.locator('[data-page="300"] .dv-mark-current')).to_be_visible()


def test_a_small_page_leads_to_the_large_one_by_arrow_keys(page, shelf):
    read(page, shelf.url)
    page.get_by_role("link", name="Page 1", exact=True).focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")

    expect(number_of(page)).to_have_value("3")
    expect(page.get_by_role("link", name="Page 3", exact=True)).to_be_focused()
    small = page.get_by_role("link", name="Page 3", exact=True)
    expect(small).to_have_attribute("aria-current", "page")


FOCUSED = """() => {
    const at = document.activeElement;
    const name = at.getAttribute("aria-label") ?? at.textContent;
    return [name, parseFloat(getComputedStyle(at).outlineWidth)];
}"""


def walk_with(page, key, last):
    """Press a key until the focus comes to ``last``; return where it was."""
    reached = []
    while not reached or reached[-1] != last:
        page.keyboard.press(key)
        name, outline = page.evaluate(FOCUSED)
        reached.append(name)
        assert outline >= 2, f"{name} does not show its focus"
        assert len(reached) < 40, reached
    return reached


def test_the_tab_key_stops_once_at_the_tools_and_arrows_lead_through_them(page, shelf):
    page.goto(shelf.url)
    expect(image_of(page, 1)).to_be_visible()
    stops = walk_with(page, "Tab", "Pages of the document")
    page.get_by_role("button", name="Side column").focus()
    tools = walk_with(page, "ArrowRight", "Side column")

    assert stops == [
        "Side column",
        "Search in the document",
        "Pages",
        "Page 1",
        "Pages of the document",
    ]
    assert tools == [
        "Previous page",
        "Go to page",
        "Next page",
        "Two pages side by side",
        "Turn pages",
        "Text instead of image",
        "Recognise page anew",
        "Smaller",
        "Zoom",
        "Larger",
        "Copy link",
        "Print",
        "Save",
        "Full screen",
        "Keyboard shortcuts",
        "Side column",
    ]
    assert walk_with(page, "ArrowLeft", "Side column") == [
        *tools[-2::-1],
        "Side column",
    ]


def test_the_shortcuts_are_listed(page, shelf):
    read(page, shelf.url)
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keyboard shortcuts")
    for name in ("Next hit", "Whole page", "Two pages side by side", "Copy link"):
        expect(dialog.get_by_role("cell", name=name)).to_be_visible()
    page.keyboard.press("Escape")

    expect(dialog).to_be_hidden()


def test_zoom_keeps_the_reader_on_the_page(page, shelf):
    read(page, f"{shelf.url}#document/p20")
    expect(image_of(page, 20)).to_be_visible()
    for key in ("p", "1", "+", "-", "w"):
        page.keyboard.press(key)
        expect(number_of(page)).to_have_value("20")
    page.keyboard.press("1")
    box = page.locator('.dv-page[data-page="20"]').bounding_box()

    # A4 is 595 points wide, a CSS pixel is 3/4 of a point.
    assert box["width"] == pytest.approx(793, abs=1)


def test_larger_pages_are_fetched_in_a_larger_size(page, shelf):
    read(page, shelf.url)
    expect(image_of(page, 1)).to_be_visible()
    page.keyboard.press("p")
    expect(image_of(page, 1)).to_have_attribute("src", "/doc/@@page/1/700")
    page.keyboard.press("w")

    expect(image_of(page, 1)).to_have_attribute("src", "/doc/@@page/1/2000")


def test_a_turned_page_keeps_its_marks_on_the_words(page, shelf):
    read(page, f"{shelf.url}#search/p50/duldung")
    mark = page.locator(".dv-mark-current")
    expect(mark).to_be_visible()
    page.locator(".dv-scroller").focus()
    page.keyboard.press("r")
    left, top, right, bottom = RARE_BOX
    turned = (1 - bottom, left, 1 - top, right)

    assert place_on_page(mark) == pytest.approx(turned, abs=ROUNDING)


def test_the_text_of_a_page_is_there_for_a_screen_reader(page, shelf):
    page.goto(shelf.url)
    first = page.locator('.dv-page[data-page="1"]')

    expect(first.get_by_role("heading", name="Page 1 of 500")).to_be_attached()
    expect(first.locator(".dv-unseen").last).to_contain_text("Aufenthaltserlaubnis")


def test_the_text_is_shown_in_place_of_the_image(page, shelf):
    read(page, shelf.url)
    page.keyboard.press("t")
    text = page.get_by_role("region", name="Text of the page")
    expect(text).to_contain_text("Seite 1 Sehr geehrte")
    expect(text).to_be_focused()
    page.keyboard.press("ArrowRight")

    expect(text).to_contain_text("Seite 2 Sehr geehrte")


def test_the_words_over_the_image_can_be_selected(page, shelf):
    page.goto(shelf.url)
    word = page.locator('.dv-page[data-page="1"] .dv-words span').nth(11)
    expect(word).to_have_text("Verlängerung ")
    box = word.bounding_box()
    page.mouse.dblclick(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

    assert page.evaluate("getSelection().toString().trim()") == "Verlängerung"


def test_a_page_without_image_says_so_and_the_others_show(page, lay_out):
    shelf = lay_out(Document(5, unmade={2}))
    read(page, f"{shelf.url}#document/p2")
    expect(page.get_by_text("The image of page 2 cannot be made.")).to_be_visible()
    page.keyboard.press("ArrowRight")

    expect(image_of(page, 3)).to_be_visible()


def test_text_arrives_by_itself_while_recognition_goes_on(page, lay_out):
    document = Document(60, status="running", pages_done=0)
    shelf = lay_out(document)
    read(page, shelf.url)
    expect(image_of(page, 1)).to_be_visible()
    notice = page.get_by_text("Text recognition: page 0 of 60.")
    expect(notice).to_be_visible()
    page.keyboard.press("/")
    page.keyboard.type("duldung")
    expect(page.locator(".dv-found")).to_have_text("No hits")

    document.pages_done = 60
    document.status = "done"
    expect(page.locator(".dv-found")).to_have_text("1 hit", timeout=15_000)
    expect(page.locator('[data-page="1"] .dv-unseen').last).to_contain_text("Seite 1")
    expect(page.locator(".dv-notice")).to_be_hidden()


def test_pages_appear_once_they_are_counted(page, lay_out):
    document = Document(0, status="waiting", pages_done=0)
    shelf = lay_out(document)
    page.goto(shelf.url)
    expect(page.get_by_text("The pages are being counted")).to_be_visible()

    document.pages = document.pages_done = 3
    document.status = "done"
    expect(image_of(page, 1)).to_be_visible(timeout=15_000)


def test_a_document_without_pages_says_so(page, lay_out):
    page.goto(lay_out(Document(0)).url)

    expect(page.get_by_text("There are no pages that can be shown.")).to_be_visible()


def test_what_is_wrong_with_a_scan_stands_in_place_of_its_pages(page, lay_out):
    document = Document(0, status="failed")
    document.problem = {"title": "Locked", "explanation": "Ask the sender."}
    page.goto(lay_out(document).url)

    expect(page.get_by_text("Locked. Ask the sender.")).to_be_visible()


def test_nothing_reaches_over_the_edge_at_320_pixels(page, shelf):
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(shelf.url)
    expect(image_of(page, 1)).to_be_visible()
    wide = page.evaluate("document.documentElement.scrollWidth")
    tools = page.locator(".dv-tools")

    assert wide <= 320
    assert tools.evaluate("tools => tools.scrollWidth - tools.clientWidth") == 0
    # The column at the left would cover the page; it opens when it is asked for.
    expect(page.get_by_role("link", name="Page 1", exact=True)).to_be_hidden()


def test_whoever_zooms_the_browser_loses_the_column_and_not_the_page(page, shelf):
    """400 % leave 320 of 1280 pixels, on a page that stood there wide."""
    page.goto(shelf.url)
    page.locator(".dv-scroller").focus()
    page.keyboard.press("2")
    small = page.get_by_role("link", name="Page 1", exact=True)
    expect(small).to_be_visible()
    page.set_viewport_size({"width": 320, "height": 640})
    expect(small).to_be_hidden()
    first, second = (image_of(page, number).bounding_box() for number in (1, 2))
    assert first["y"] + first["height"] <= second["y"]

    page.set_viewport_size({"width": 1280, "height": 900})
    expect(small).to_be_visible()


def test_settings_of_documentviewer_are_followed(page, lay_out):
    shelf = lay_out(Document(3), height=420, width="600", search=False, sidebar=False)
    page.goto(shelf.url)
    expect(image_of(page, 1)).to_be_visible()
    box = page.locator(".pat-documentviewer").bounding_box()

    assert (box["width"], box["height"]) == (600, 420)
    expect(page.get_by_role("searchbox")).to_be_hidden()
    expect(page.get_by_role("link", name="Page 1", exact=True)).to_be_hidden()
