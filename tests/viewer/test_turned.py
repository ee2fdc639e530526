"""A page that was scanned turned is read, searched, copied and printed upright."""

from .places import ROUNDING
from .shelf import Document
from .shelf import LINES
from .shelf import RARE_BOX
from .test_working import number_of
from .test_working import read
from .test_working import sheet
from .test_working import sight_of
from playwright.sync_api import expect

import pytest
import re


ROTATIONS = (90, 180, 270)
TURNED = 50
"""The turned page; the rare word stands on it."""


@pytest.fixture(params=ROTATIONS)
def shelf(request, lay_out):
    return lay_out(Document(60, rotations={TURNED: request.param}))


def upright(page):
    """Show the turned page; return it once it stands upright."""
    found = sheet(page, TURNED)
    expect(found.locator("img")).to_be_visible()
    expect(found.locator(".dv-words span").first).to_be_attached()
    return found


IN_PAGE = """part => {
    const box = part.getBoundingClientRect();
    const page = part.closest(".dv-page").getBoundingClientRect();
    return [
        (box.left - page.left) / page.width,
        (box.top - page.top) / page.height,
        (box.right - page.left) / page.width,
        (box.bottom - page.top) / page.height,
    ];
}"""


def test_it_opens_upright(page, shelf):
    read(page, f"{shelf.url}#document/p{TURNED}")
    box = upright(page).bounding_box()
    image = sheet(page, TURNED).locator("img").bounding_box()

    assert box["width"] < box["height"]
    for side in ("x", "y", "width", "height"):
        assert image[side] == pytest.approx(box[side], abs=1)
    assert box["y"] == pytest.approx(sight_of(page)["y"] + 14, abs=1)
    expect(number_of(page)).to_have_value(str(TURNED))


DARK = """async image => {
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.naturalWidth;
    canvas.height = image.naturalHeight;
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    const turn = new DOMMatrix(
        getComputedStyle(image.closest(".dv-paper")).transform,
    );
    let [dark, above] = [0, 0];
    for (let at = 0; at < data.length; at += 4) {
        if (data[at] > 128) continue;
        const x = ((at / 4) % canvas.width) / canvas.width - 0.5;
        const y = Math.floor(at / 4 / canvas.width) / canvas.height - 0.5;
        dark += 1;
        if (turn.b * x + turn.d * y < 0) above += 1;
    }
    return above / dark;
}"""


def test_its_head_is_at_the_top(page, shelf):
    """All lines but the last stand in the upper half of the page."""
    read(page, f"{shelf.url}#document/p{TURNED}")
    image = upright(page).locator("img")

    assert image.evaluate(DARK) > 0.8


def test_what_is_copied_of_it_has_its_lines(page, shelf):
    read(page, f"{shelf.url}#document/p{TURNED}")
    words = upright(page).locator(".dv-words")
    words.evaluate("words => getSelection().selectAllChildren(words)")
    text = page.evaluate("getSelection().toString()")

    assert text.strip().split("\n") == [f"Seite {TURNED}", *LINES, "Duldung"]


def test_its_words_lie_on_their_boxes(page, shelf):
    read(page, f"{shelf.url}#document/p{TURNED}")
    upright(page)
    word = sheet(page, TURNED).locator(".dv-words span", has_text="Duldung")

    # The typeface is higher than its letters; its width is fitted to the box.
    left, top, right, _bottom = word.evaluate(IN_PAGE)
    assert left == pytest.approx(RARE_BOX[0], abs=ROUNDING)
    assert top == pytest.approx(RARE_BOX[1], abs=ROUNDING)
    # With the space that follows.
    assert right == pytest.approx(RARE_BOX[2], abs=0.02)
    word.scroll_into_view_if_needed()
    box = word.bounding_box()
    page.mouse.dblclick(box["x"] + box["width"] / 3, box["y"] + box["height"] / 2)
    assert page.evaluate("getSelection().toString().trim()") == "Duldung"


def test_a_line_of_it_is_selected_with_the_mouse(page, shelf):
    read(page, f"{shelf.url}#document/p{TURNED}")
    words = upright(page).locator(".dv-words span")
    first, last = words.nth(2).bounding_box(), words.nth(6).bounding_box()
    page.mouse.move(first["x"] + 1, first["y"] + first["height"] / 2)
    page.mouse.down()
    page.mouse.move(last["x"] + last["width"] * 0.97, last["y"] + last["height"] / 2)
    page.mouse.up()

    assert page.evaluate("getSelection().toString().trim()") == LINES[0]


def test_a_hit_on_it_is_marked_and_brought_into_sight(page, shelf):
    read(page, f"{shelf.url}#search/p{TURNED}/duldung")
    upright(page)
    mark = page.locator(".dv-mark-current")
    expect(mark).to_be_in_viewport()

    assert mark.evaluate(IN_PAGE) == pytest.approx(RARE_BOX, abs=ROUNDING)
    sight, box = sight_of(page), mark.bounding_box()
    assert sight["y"] < box["y"] < sight["y"] + sight["height"] / 2
    page.wait_for_url(f"**/#search/p{TURNED}/duldung")


def test_what_the_reader_turns_comes_on_top(page, shelf):
    read(page, f"{shelf.url}#document/p{TURNED}")
    upright(page)
    page.keyboard.press("r")
    box = sheet(page, TURNED).bounding_box()
    word = sheet(page, TURNED).locator(".dv-words span", has_text="Duldung")

    assert box["width"] > box["height"]
    left, _top, right, bottom = word.evaluate(IN_PAGE)
    assert right == pytest.approx(1 - RARE_BOX[1], abs=ROUNDING)
    assert left >= 1 - RARE_BOX[3] - 0.02
    assert bottom == pytest.approx(RARE_BOX[2], abs=0.02)


def test_a_hit_on_a_page_that_the_reader_has_turned_is_brought_into_sight(page, shelf):
    read(page, shelf.url)
    page.keyboard.press("r")
    page.keyboard.press("/")
    page.keyboard.type("duldung")
    mark = page.locator(".dv-mark-current")
    upright(page)

    expect(mark).to_be_in_viewport()


def test_its_small_image_is_upright_too(page, shelf):
    read(page, f"{shelf.url}#document/p{TURNED}")
    upright(page)
    image = page.locator(f'.dv-thumbnail[data-page="{TURNED}"] img')
    expect(image).to_be_visible()
    small, link = image.bounding_box(), image.locator("../..").bounding_box()

    assert small["width"] < small["height"]
    assert small["y"] == pytest.approx(link["y"], abs=1)
    assert small["x"] >= link["x"]


def test_it_is_printed_upright_though_nobody_has_looked_at_it(page, shelf):
    page.add_init_script("window.print = () => {};")
    read(page, shelf.url)
    page.keyboard.press("d")
    page.get_by_label("From page").fill(str(TURNED - 1))
    page.get_by_label("To page", exact=True).fill(str(TURNED))
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Print")).to_be_hidden()
    page.emulate_media(media="print")
    paper = page.locator(".dv-print-page").last
    image, whole = paper.locator("img").bounding_box(), paper.bounding_box()
    turned = paper.locator("img").evaluate(
        "image => new DOMMatrix(getComputedStyle(image).transform)"
        ".transformPoint({ x: 1, y: 0, w: 0 }).toJSON()"
    )
    rotation = shelf.document.rotation(TURNED)

    for side in ("x", "y", "width", "height"):
        assert image[side] == pytest.approx(whole[side], abs=2)
    direction = {90: (0, 1), 180: (-1, 0), 270: (0, -1)}[rotation]
    assert (turned["x"], turned["y"]) == pytest.approx(direction, abs=0.001)
    boxes = re.findall(
        rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", page.pdf(prefer_css_page_size=True)
    )
    # The page before it is one of those that lie across as they are.
    assert [float(width) > float(height) for width, height in boxes] == [True, False]


def test_a_stack_fed_sideways_fills_the_width_from_its_first_page_on(page, lay_out):
    sideways = dict.fromkeys(range(1, 61), 90)
    read(page, lay_out(Document(60, rotations=sideways)).url)
    first = sheet(page, 1)
    expect(first.locator(".dv-words span").first).to_be_attached()
    box, sight = first.bounding_box(), sight_of(page)

    assert box["height"] > box["width"] > 0.9 * sight["width"]


def test_a_page_recognised_anew_is_turned_as_it_is_known_then(page, lay_out):
    document = Document(3, rotations={1: 180})
    shelf = lay_out(document)
    read(page, shelf.url)
    paper = sheet(page, 1).locator(".dv-paper")
    expect(paper).to_have_css("transform", re.compile(r"matrix\(-1, "))
    page.keyboard.press("Shift+A")
    expect(page.locator(".dv-notice")).to_contain_text("recognised anew")
    document.rotations = {}
    document.end_reading("Neu")

    expect(paper).to_have_css("transform", re.compile(r"matrix\(1, "), timeout=15_000)
