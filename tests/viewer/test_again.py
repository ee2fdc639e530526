"""A page whose text is poor is recognised anew, by whoever may."""

from .shelf import Document
from playwright.sync_api import expect


AGAIN = "Recognise page anew"

ALOUD = '[aria-live="polite"], [role="status"]'
"""What a screen reader speaks whenever it is written to."""

HEAR = """(aloud) => {
  window.heard = [];
  for (const region of document.querySelectorAll(aloud)) {
    const hear = () => region.textContent && window.heard.push(region.textContent);
    new MutationObserver(hear).observe(region, { childList: true });
  }
}"""
"""Keeps in ``heard`` what is written to the regions that are spoken."""


def spoken(page, number):
    return page.locator(f'.dv-page[data-page="{number}"] .dv-spoken')


def test_a_page_is_recognised_anew_and_its_text_arrives_by_itself(page, lay_out):
    document = Document(60)
    page.goto(f"{lay_out(document).url}#document/p3")
    expect(spoken(page, 3)).to_contain_text("Sehr geehrte")
    page.get_by_role("button", name=AGAIN).click()

    expect(page.locator(".dv-notice")).to_have_text(
        "Page 3 is recognised anew. Its text appears by itself."
    )
    assert document.again == {3}
    expect(spoken(page, 3)).to_have_text(
        "The text of this page is still being recognised."
    )
    expect(spoken(page, 2)).to_contain_text("Sehr geehrte")
    document.end_reading("Neuerdings")

    expect(spoken(page, 3)).to_contain_text("Neuerdings Seite 3")
    expect(page.locator(".dv-notice")).to_be_hidden()
    expect(page.get_by_text("Page 3 was recognised anew.").last).to_be_visible()


def test_it_is_asked_for_by_keyboard_and_told_aloud(page, lay_out):
    document = Document(60)
    page.goto(lay_out(document).url)
    page.locator(".dv-scroller").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("a")
    page.keyboard.press("?")
    row = page.get_by_role("dialog").get_by_role("row", name=AGAIN)
    expect(row).to_contain_text("⇧ A")
    page.keyboard.press("Escape")
    assert not document.again, "without the shift key nothing is set off"
    page.locator(".dv-scroller").focus()
    page.keyboard.press("Shift+A")

    told = page.locator(ALOUD).filter(has_text="Page 2 is recognised")
    expect(told).to_have_count(1)
    assert document.again == {2}
    document.end_reading("Neuerdings")
    told = page.locator(ALOUD).filter(has_text="was recognised anew")
    expect(told).to_have_count(1)


def test_no_sentence_is_told_aloud_twice(page, lay_out):
    document = Document(60)
    page.goto(lay_out(document).url)
    expect(spoken(page, 1)).to_contain_text("Sehr geehrte")
    page.evaluate(HEAR, ALOUD)
    page.get_by_role("button", name=AGAIN).click()
    expect(page.locator(".dv-notice")).to_contain_text("Page 1 is recognised anew.")
    for _ in range(2):
        # Asked about how far it is, it is still waiting.
        with page.expect_response(lambda answer: "@scan" in answer.url):
            pass
    document.end_reading("Neuerdings")
    expect(spoken(page, 1)).to_contain_text("Neuerdings")
    expect(page.locator(".dv-notice")).to_be_hidden()

    assert page.evaluate("window.heard") == [
        "Page 1 is recognised anew. Its text appears by itself.",
        "Page 1 was recognised anew.",
    ]


def test_whoever_reads_the_text_finds_it_below_also_at_320_pixels(page, lay_out):
    document = Document(60)
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(lay_out(document).url)
    page.get_by_role("button", name="Text instead of image").click()
    text = page.locator(".dv-reading-text")
    expect(text).to_contain_text("Sehr geehrte")
    page.locator(".dv-reading").get_by_role("button", name=AGAIN).click()
    expect(text).to_contain_text("still being recognised")
    document.end_reading("Neuerdings")

    expect(text).to_contain_text("Neuerdings Seite 1")


def test_who_may_not_is_not_offered_it(page, lay_out):
    document = Document(60, may_read_again=False)
    page.goto(lay_out(document).url)
    expect(spoken(page, 1)).to_contain_text("Sehr geehrte")
    page.locator(".dv-scroller").focus()
    page.keyboard.press("Shift+A")
    page.keyboard.press("t")

    expect(page.get_by_role("button", name=AGAIN)).to_have_count(0)
    assert not document.again


def test_a_refusal_is_told_and_the_text_stays(page, lay_out):
    for status, sentence in (
        (403, "The page cannot be recognised anew at the moment. Try again later."),
        (401, "You are no longer logged in. Load the page again."),
    ):
        page.goto(lay_out(Document(60, may_read_again=status)).url)
        expect(spoken(page, 1)).to_contain_text("Sehr geehrte")
        page.get_by_role("button", name=AGAIN).click()

        expect(page.locator(".dv-message")).to_have_text(sentence)
        expect(spoken(page, 1)).to_contain_text("Sehr geehrte")
        expect(page.get_by_role("button", name=AGAIN)).to_be_enabled()
