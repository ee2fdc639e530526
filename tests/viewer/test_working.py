"""What a case worker does with pages all day, in a real browser."""

from .places import place_on_page
from .shelf import Document
from .shelf import RARE_BOX
from playwright.sync_api import expect

import pytest
import re


@pytest.fixture
def shelf(lay_out):
    return lay_out(Document(60))


def read(page, address):
    page.goto(address)
    page.locator(".dv-scroller").focus()


def sheet(page, number):
    return page.locator(f'.dv-page[data-page="{number}"]')


def number_of(page):
    return page.get_by_role("textbox", name="Go to page")


def sight_of(page):
    return page.locator(".dv-scroller").bounding_box()


def test_the_viewer_is_used_by_keyboard_alone(page, shelf):
    page.goto(shelf.url)
    expect(sheet(page, 1).locator("img")).to_be_visible()
    while page.evaluate("document.activeElement.className") != "dv-scroller":
        page.keyboard.press("Tab")

    page.keyboard.press("g")
    page.keyboard.type("42")
    page.keyboard.press("Enter")
    expect(sheet(page, 42).locator("img")).to_be_visible()
    page.keyboard.press("Escape")

    page.keyboard.press("/")
    page.keyboard.type("arbeitsvertrag")
    page.keyboard.press("Enter")
    expect(page.locator(".dv-found")).to_have_text("42 of 60")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")

    page.keyboard.press("/")
    page.keyboard.type("seite")
    expect(page.locator(".dv-found")).to_have_text("42 of 60")
    page.keyboard.press("Tab")
    page.keyboard.press("n")
    expect(page.locator(".dv-found")).to_have_text("43 of 60")
    expect(sheet(page, 43).locator(".dv-mark-current")).to_be_visible()

    page.keyboard.press("1")
    page.keyboard.press("+")
    expect(page.get_by_role("combobox", name="Zoom")).to_have_value("1.25")
    page.keyboard.press("r")
    before = sheet(page, 43).bounding_box()
    assert before["width"] > before["height"]
    page.keyboard.press("2")
    spread = page.get_by_role("button", name="Two pages side by side")
    expect(spread).to_have_attribute("aria-pressed", "true")

    page.keyboard.press("l")
    expect(page.get_by_text("was copied").last).to_be_visible()
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.keyboard.press("End")
    expect(number_of(page)).to_have_value("60")


def test_two_pages_lie_side_by_side_and_are_turned_together(page, shelf):
    read(page, shelf.url)
    page.keyboard.press("2")
    left, right = sheet(page, 1).bounding_box(), sheet(page, 2).bounding_box()
    sight = sight_of(page)

    assert left["y"] == right["y"]
    assert left["x"] + left["width"] < right["x"]
    assert right["x"] + right["width"] <= sight["x"] + sight["width"]
    page.keyboard.press("ArrowRight")
    expect(number_of(page)).to_have_value("3")
    page.keyboard.press("ArrowLeft")
    expect(number_of(page)).to_have_value("1")


def test_a_click_on_a_tool_leaves_the_keys_with_the_pages(page, shelf):
    page.goto(shelf.url)
    page.get_by_role("button", name="Next page").click()
    expect(number_of(page)).to_have_value("2")
    page.keyboard.press("ArrowRight")

    expect(number_of(page)).to_have_value("3")


def test_the_focus_goes_along_in_the_small_pages(page, shelf):
    page.goto(shelf.url)
    page.get_by_role("link", name="Page 1", exact=True).focus()
    page.keyboard.press("End")

    expect(page.get_by_role("link", name="Page 60", exact=True)).to_be_focused()


def test_fit_height_shows_the_page_from_top_to_bottom(page, shelf):
    read(page, shelf.url)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("h")
    box, sight = sheet(page, 2).bounding_box(), sight_of(page)

    assert box["y"] >= sight["y"]
    assert box["y"] + box["height"] <= sight["y"] + sight["height"]
    assert box["height"] > sight["height"] * 0.9


def test_zoom_keeps_the_middle_of_the_sight_where_it_is(page, shelf):
    read(page, shelf.url)
    page.keyboard.press("1")
    middle = """scroller => {
        const sight = scroller.getBoundingClientRect();
        const [x, y] = [sight.x + sight.width / 2, sight.y + sight.height / 2];
        const page = document.elementFromPoint(x, y).closest(".dv-page");
        const box = page.getBoundingClientRect();
        return [page.dataset.page, (x - box.x) / box.width, (y - box.y) / box.height];
    }"""
    scroller = page.locator(".dv-scroller")
    scroller.evaluate("scroller => { scroller.scrollTop = 5000; }")
    # Pages are laid out when they come into sight.
    page.wait_for_function(
        """() => {
            const box = document.querySelector(".dv-scroller").getBoundingClientRect();
            const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
            return document.elementFromPoint(x, y).closest(".dv-page");
        }"""
    )
    number, across, down = scroller.evaluate(middle)
    for key in ("+", "+", "-", "+"):
        page.keyboard.press(key)

        now, across_now, down_now = scroller.evaluate(middle)
        assert now == number
        assert across_now == pytest.approx(across, abs=0.01)
        assert down_now == pytest.approx(down, abs=0.01)


def test_the_wheel_zooms_at_the_pointer(page, shelf):
    read(page, shelf.url)
    page.keyboard.press("1")
    before = sheet(page, 1).bounding_box()
    x, y = before["x"] + 100, before["y"] + 300
    page.mouse.move(x, y)
    page.keyboard.down("Control")
    page.mouse.wheel(0, -100)
    page.keyboard.up("Control")
    expect(page.get_by_role("combobox", name="Zoom")).to_have_value("custom")
    after = sheet(page, 1).bounding_box()

    assert after["width"] > before["width"] * 1.1
    share = (y - before["y"]) / before["height"]
    assert (y - after["y"]) / after["height"] == pytest.approx(share, abs=0.01)


def test_turning_holds_for_the_pages_that_follow(page, shelf):
    read(page, shelf.url)
    page.keyboard.press("r")
    page.keyboard.press("ArrowRight")
    box = sheet(page, 2).bounding_box()

    assert box["width"] > box["height"]


def test_one_page_alone_can_be_turned(page, shelf):
    read(page, shelf.url)
    page.keyboard.press("p")
    page.keyboard.press("Shift+R")
    turned, other = sheet(page, 1).bounding_box(), sheet(page, 2).bounding_box()

    assert turned["width"] > turned["height"]
    assert other["width"] < other["height"]


def test_what_somebody_has_chosen_is_there_the_next_time(page, shelf):
    read(page, shelf.url)
    page.keyboard.press("h")
    page.keyboard.press("2")
    page.keyboard.press("s")
    page.reload()

    zoom = page.get_by_role("combobox", name="Zoom")
    spread = page.get_by_role("button", name="Two pages side by side")
    expect(zoom).to_have_value("height")
    expect(spread).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".dv-sidebar")).to_be_hidden()


def test_the_address_of_a_hit_leads_back_to_this_very_hit(page, shelf):
    read(page, f"{shelf.url}#search/p7/er")
    mark = page.locator(".dv-mark-current")
    expect(mark).to_be_visible()
    page.keyboard.press("n")
    page.wait_for_url("**/#search/p7/er/h2")
    place = place_on_page(mark)
    address = page.url
    page.goto("about:blank")
    page.goto(address)

    expect(mark).to_be_visible()
    assert place_on_page(mark) == pytest.approx(place, abs=0.002)
    page.locator(".dv-scroller").focus()
    page.keyboard.press("Home")
    page.wait_for_url("**/#document/p1")


def test_a_mark_lies_on_its_box_to_two_pixels(page, shelf):
    read(page, f"{shelf.url}#search/p50/duldung")
    mark = page.locator(".dv-mark-current")
    expect(mark).to_be_visible()
    for key in ("w", "p", "1", "+"):
        page.keyboard.press(key)
        box, paper = mark.bounding_box(), sheet(page, 50).bounding_box()
        left, top, right, bottom = RARE_BOX
        assert box["x"] == pytest.approx(paper["x"] + left * paper["width"], abs=2)
        assert box["y"] == pytest.approx(paper["y"] + top * paper["height"], abs=2)
        width, height = right - left, bottom - top
        assert box["width"] == pytest.approx(width * paper["width"], abs=2)
        assert box["height"] == pytest.approx(height * paper["height"], abs=2)


def test_a_page_that_cannot_be_shown_says_why_and_can_be_tried_again(page, lay_out):
    shelf = lay_out(Document(5, unmade={1}))
    page.goto(shelf.url)
    expect(sheet(page, 1)).to_contain_text("Damaged. The file was cut off.")
    shelf.document.unmade.clear()
    sheet(page, 1).get_by_role("button", name="Try again: page 1").press("Enter")

    expect(sheet(page, 1).locator("img")).to_be_visible()
    expect(sheet(page, 1)).not_to_contain_text("Damaged")
    expect(page.locator(".dv-scroller")).to_be_focused()


def test_nobody_is_asked_about_a_scan_that_is_read(page, shelf):
    page.clock.install()
    page.goto(shelf.url)
    expect(sheet(page, 1).locator("img")).to_be_visible()
    page.clock.fast_forward(3_600_000)
    page.wait_for_timeout(200)

    assert "/doc/@@scan-status" not in shelf.asked


def opened(page, shelf):
    """Open a document; return how many elements it has and what was asked for."""
    page.goto(shelf.url)
    expect(sheet(page, 1).locator("img")).to_be_visible()
    page.wait_for_load_state("networkidle")
    kinds = sorted(re.sub(r"/\d+", "/n", path) for path in shelf.asked)
    return page.evaluate("document.querySelectorAll('*').length"), kinds


def test_a_thousand_pages_open_as_ten_do(page, lay_out):
    few, asked_for_few = opened(page, lay_out(Document(10)))
    many, asked_for_many = opened(page, lay_out(Document(1000)))

    assert many <= few + 2
    assert asked_for_many == asked_for_few


def test_a_thousand_hits_are_not_a_thousand_elements(page, lay_out):
    read(page, f"{lay_out(Document(1000)).url}#search/p1/seite")
    expect(page.locator(".dv-found")).to_have_text("1 of 1000")
    expect(page.locator(".dv-hit").first).to_be_visible()

    assert page.locator(".dv-hit").count() < 30
    page.locator(".dv-hit").first.focus()
    page.keyboard.press("ArrowDown")
    expect(number_of(page)).to_have_value("2")
    expect(page.locator('.dv-hit[aria-current="true"]')).to_be_focused()
