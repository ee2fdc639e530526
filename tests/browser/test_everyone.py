"""Nobody is kept out: axe finds nothing, nothing is cut off, everything shows its focus."""

from axe_playwright_python.sync_playwright import Axe
from datetime import date
from eakte.jobs.outbox import make_outbox
from eakte.mailitem.filing import file_into
from eakte.mailitem.states import State
from eakte.mailitem.store import mail_store
from eakte.scans.facts import facts_of
from playwright.sync_api import expect
from plone import api
from tests.browser.conftest import typed
from tests.browser.test_jobs import give_up
from tests.builders import a_case_file
from tests.builders import a_mail_item

import pytest
import re


WIDE = {"width": 1280, "height": 900}
MAGNIFIED = {"width": 640, "height": 450}
"""What is left of 1280 pixels at a zoom of 200 %."""
NARROW = {"width": 320, "height": 640}

RULES = {
    "runOnly": {
        "type": "tag",
        "values": [
            "wcag2a",
            "wcag2aa",
            "wcag21a",
            "wcag21aa",
            "wcag22aa",
            "best-practice",
        ],
    },
    "resultTypes": ["violations"],
}

POLICY = (
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "object-src 'none'",
    "base-uri 'self'",
    "frame-ancestors 'self'",
    "form-action 'self'",
)
"""What a screen may do; the viewer alone on its page brings no styles in the page."""

PEOPLE = ("anna", "lotte", None)

FOCUS = """() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  // A row is one link: the row itself shows the focus.
  const shown = element.matches(".eakte-row-link") ? element.closest("li") : element;
  const style = getComputedStyle(shown);
  return {
    what: element.outerHTML.slice(0, 100),
    visible: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
  };
}"""


@pytest.fixture
def screens(office, screen, read_scans):
    """``[(person, name, address)]`` of every screen, with something on it."""
    case_file = a_case_file(family_name="Demir", birth_date=date(1979, 5, 14))
    letters = {}
    for state in (
        State.CAPTURED,
        State.CHECKING,
        State.RELEASED,
        State.ROUTED,
        State.ACCEPTED,
        State.UNCLEAR,
        State.RESCAN,
        State.BLOCKED,
    ):
        letters[state] = a_mail_item(
            state,
            team="a1",
            desk="a1-1",
            title=f"Antrag auf Verlängerung ({state})",
            sender="Bundesamt",
            mail_class="deadline" if state == State.ROUTED else "normal",
            pdf=typed(f"Antrag auf Verlängerung {state}", "Anlage"),
        )
    with api.env.adopt_user("anna"):
        filed = file_into(
            a_mail_item(State.ROUTED, team="a1", title="Anlage", pdf=typed("Anlage")),
            case_file,
        )
    read_scans()
    encrypted = a_mail_item(State.CHECKING, title="Verschlüsselt", pdf=typed("x"))
    facts_of(encrypted).note_problem("encrypted")
    broken = a_mail_item(State.CHECKING, title="Kaputt", pdf=b"%PDF-1.7 kaputt")
    give_up(make_outbox(office), broken.UID(), "ToolMissing: tesseract")
    facts_of(broken).note_problem("recognition-failed")
    upload = f"{mail_store().absolute_url()}/@@upload"
    of_lotte = (State.CAPTURED, State.CHECKING, State.RELEASED, State.RESCAN)
    return [
        ("lotte", "mailroom", screen("mailroom")),
        ("lotte", "upload", upload),
        ("lotte", "rescan", f"{letters[State.RESCAN].absolute_url()}/@@rescan"),
        ("lotte", "jobs", screen("jobs")),
        ("lotte", "encrypted", encrypted.absolute_url()),
        ("lotte", "failed", broken.absolute_url()),
        ("lotte", "blocked", letters[State.BLOCKED].absolute_url()),
        *(("lotte", state, letters[state].absolute_url()) for state in of_lotte),
        ("anna", "my-desk", screen("my-desk")),
        ("anna", "team-box", screen("team-box")),
        ("anna", "routed", letters[State.ROUTED].absolute_url()),
        (
            "anna",
            "viewer",
            f"{letters[State.ROUTED].absolute_url()}/documentviewer",
        ),
        ("anna", "accepted", letters[State.ACCEPTED].absolute_url()),
        ("anna", "filed", filed.absolute_url()),
        ("anna", "case-file", case_file.absolute_url()),
        ("anna", "history", f"{case_file.absolute_url()}?show=history"),
        ("anna", "viewers", f"{case_file.absolute_url()}?show=viewers"),
        ("anna", "change-case-file", f"{case_file.absolute_url()}/@@change-case-file"),
        ("anna", "open-case-file", screen("open-case-file")),
        ("anna", "find", screen("find")),
        ("anna", "found", screen("find?text=verl%C3%A4ngerung")),
        ("anna", "found-nothing", screen("find?text=qqqq")),
        ("anna", "no-right", screen("mailroom")),
        ("anna", "not-found", f"{office.absolute_url()}/gibt-es-nicht"),
        (None, "login", f"{office.absolute_url()}/login"),
    ]


@pytest.fixture
def visits(screens, at_work, chromium):
    """Yields each screen's name and its page, loaded, 1280 pixels wide.

    What the browser has to say against a screen is kept in ``visits.said``.
    """
    contexts, said = [], []

    def visits():
        pages = {person: at_work(person, WIDE) for person in PEOPLE if person}
        contexts.append(chromium.new_context(viewport=WIDE, locale="de-DE"))
        pages[None] = contexts[-1].new_page()
        for page in pages.values():
            # Twenty-five screens one after the other, on a machine that works beside.
            page.set_default_timeout(90_000)
            page.on("console", lambda message: said.append(message.text))
        for person, name, address in screens:
            page = pages[person]
            page.set_viewport_size(WIDE)
            page.goto(address)
            page.wait_for_load_state("networkidle")
            yield name, page

    visits.said = said
    yield visits
    for context in contexts:
        context.close()


def test_axe_finds_nothing_and_nothing_has_to_be_pushed_sideways(visits, picture):
    axe, found, wide = Axe(), {}, {}
    for name, page in visits():
        for viewport in (WIDE, MAGNIFIED, NARROW):
            page.set_viewport_size(viewport)
            picture(page, f"everyone-{viewport['width']}-{name}")
            width = page.evaluate("document.documentElement.scrollWidth")
            if width > viewport["width"]:
                wide[name, viewport["width"]] = width
            if viewport is MAGNIFIED:
                continue
            for each in axe.run(page, options=RULES).response["violations"]:
                nodes = [node["html"][:120] for node in each["nodes"]]
                found[name, viewport["width"], each["id"]] = nodes
    assert found == {}
    assert wide == {}


def test_the_focus_is_seen_and_no_screen_does_what_its_policy_forbids(visits):
    hidden = {}
    for name, page in visits():
        served = page.request.get(page.url, headers={"Accept": "text/html"}).headers
        policy = "; ".join(POLICY)
        if name == "viewer":
            policy = policy.replace(" 'unsafe-inline'", "")
        assert served["content-security-policy"] == policy, name
        assert served["x-content-type-options"] == "nosniff", name
        assert served["referrer-policy"] == "same-origin", name
        for _stop in range(30):
            page.keyboard.press("Tab")
            focus = page.evaluate(FOCUS)
            if focus and not focus["visible"]:
                hidden.setdefault(name, set()).add(focus["what"])
    assert hidden == {}
    assert [text for text in visits.said if "Content Security Policy" in text] == []


def test_the_first_stop_leads_past_the_frame(screens, at_work):
    anna = at_work("anna")
    anna.goto(next(address for _who, name, address in screens if name == "team-box"))
    anna.keyboard.press("Tab")
    skip = anna.locator("#eakte-skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    anna.keyboard.press("Enter")
    expect(anna.locator("#eakte-main")).to_be_focused()


def test_the_shortcuts_are_shown_on_box_and_letter(screens, at_work):
    anna = at_work("anna")
    for wanted in ("team-box", "routed"):
        anna.goto(next(address for _who, name, address in screens if name == wanted))
        anna.locator("h1").click()
        anna.keyboard.press("?")
        keys = anna.locator("#eakte-shortcuts")
        expect(keys).to_be_visible()
        expect(keys).to_contain_text("Nächste Sendung")
        anna.keyboard.press("Escape")


def test_the_list_that_the_persons_name_opens_is_sound(screens, at_work):
    anna = at_work("anna", NARROW, arrives=True)
    anna.locator("#user-name").click()
    expect(anna.get_by_role("link", name="Abmelden")).to_be_visible()
    assert Axe().run(anna, options=RULES).response["violations"] == []
    anna.keyboard.press("Escape")
    anna.get_by_role("button", name="Menü").click()
    expect(anna.get_by_role("link", name="Teampostkorb")).to_be_visible()
    anna.wait_for_timeout(400)
    assert Axe().run(anna, options=RULES).response["violations"] == []


def test_a_field_that_was_refused_says_why(screens, at_work):
    anna = at_work("anna")
    address = next(
        address for _who, name, address in screens if name == "open-case-file"
    )
    anna.goto(address)
    anna.fill("#cf-title", "Aufenthaltserlaubnis")
    anna.locator("#cf-unit").select_option("10.1")
    # The browser would hold it back; a browser that does not is answered too.
    field = anna.locator("#cf-azr-number")
    field.evaluate("field => field.removeAttribute('pattern')")
    field.fill("12")
    anna.click("button[value=save]")
    expect(anna.locator(".eakte-refused")).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(re.compile("12 Ziffern"))
