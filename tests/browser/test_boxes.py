"""The boxes in a real browser: filters, views, what comes in, and for everybody."""

from axe_playwright_python.sync_playwright import Axe
from datetime import timedelta
from eakte.clock import today
from eakte.desk.places import Place
from eakte.mailitem.states import State
from math import ceil
from playwright.sync_api import expect
from plone import api
from tests.browser.test_everyone import RULES
from tests.builders import a_mail_item

import pytest


@pytest.fixture
def letters(office):
    """Some letters of team a1, new and taken."""
    senders = ("Bundesamt", "Müller & Söhne", "Stadtkasse", "Ärztekammer")
    for number in range(8):
        a_mail_item(
            State.ROUTED if number % 2 else State.ACCEPTED,
            team="a1",
            desk=None if number % 2 else "a1-1",
            title=f"Antrag Nummer {number}",
            sender=senders[number % 4],
            mail_class="deadline" if number == 3 else "normal",
            received=today() - timedelta(number * 3),
        )


def titles(page):
    return page.locator(".eakte-row-link").all_inner_texts()


def test_filters_are_set_and_taken_away_by_keyboard_and_back_leads_back(
    at_work, screen, letters
):
    page = at_work("anna")
    page.goto(screen("team-box"))
    assert len(titles(page)) == 8
    page.keyboard.press("f")
    page.keyboard.press("Enter")
    page.locator("#filter-sender").fill("soeh")
    page.keyboard.press("Enter")
    page.wait_for_url("**sender=soeh**")
    assert titles(page) == ["Antrag Nummer 5", "Antrag Nummer 1"]
    chip = page.locator(".eakte-chip")
    expect(chip).to_contain_text("Absender: soeh")
    chip.click()
    expect(page.locator(".eakte-row")).to_have_count(8)
    page.go_back()
    expect(page.locator(".eakte-row")).to_have_count(2)


def test_what_comes_in_is_told_and_the_list_stays(at_work, screen, letters):
    page = at_work("anna")
    page.goto(screen("team-box"))
    before = titles(page)
    for _ in range(3):
        a_mail_item(State.ROUTED, team="a1", title="Gerade gekommen")
    api.portal.get()._p_jar.transaction_manager.commit()
    page.locator(".eakte-changes").dispatch_event("eakte:look")
    changes = page.locator(".eakte-changes")
    expect(changes).to_contain_text("3 neue Sendungen")
    expect(page).to_have_title(f"(3) {page.title().removeprefix('(3) ')}")
    expect(page.locator(".eakte-tab").first).to_contain_text("11")
    assert titles(page) == before
    changes.get_by_role("link", name="anzeigen").click()
    expect(page.locator(".eakte-row")).to_have_count(11)
    expect(page.locator(".eakte-changes")).to_be_empty()


TIMERS = """
window.pauses = [];
const later = window.setTimeout;
window.setTimeout = (act, milliseconds, ...rest) => {
  if (act.name === "look") {
    window.pauses.push(milliseconds / 1000);
    document.documentElement.dataset.pauses = window.pauses.length;
  }
  return later(act, milliseconds, ...rest);
};
"""
"""Tells when the next look at the server is to be."""

HIDE = """(hidden) => {
  Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""


class Watching:
    """A page that stands open, with a clock that goes on when the test says so."""

    def __init__(self, page, address, service):
        self.page = page
        self.service = service
        self.asked = 0
        page.on("request", self._count)
        # The figures of the frame are asked for as well: not here.
        page.route("**/@@desk-counts", lambda route: route.fulfill(status=404))
        page.clock.install()
        page.add_init_script(TIMERS)
        page.goto(address)
        self.pauses = self._told(2)
        # From now on nothing passes by itself.
        page.clock.pause_at(page.evaluate("Date.now() / 1000 + 1"))

    def _count(self, request):
        self.asked += f"@@{self.service}" in request.url

    def _told(self, number):
        """Return the pauses, in seconds, as soon as there are so many."""
        told = self.page.locator("html")
        expect(told).to_have_attribute("data-pauses", str(number))
        return self.page.evaluate("window.pauses")

    def pass_by(self, seconds):
        """Let the time pass."""
        self.page.clock.fast_forward(ceil(seconds * 1000))

    def look(self):
        """Let just so much time pass that the page asks, and return the next pause."""
        self.pass_by(self.pauses[-1])
        self.pauses = self._told(len(self.pauses) + 1)
        return self.pauses[-1]

    def hide(self, hidden=True):
        self.page.evaluate(HIDE, hidden)


@pytest.fixture(params=["box", "counters"])
def watching(request, at_work, screen, letters):
    """A box, or the counters, standing open."""
    person, name, service = {
        "box": ("anna", "team-box", "box-changes"),
        "counters": ("tom", "counters", "counters-now"),
    }[request.param]
    return Watching(at_work(person), screen(name), service)


def a_letter_comes_in(**fields):
    a_mail_item(State.ROUTED, team="a1", title="Gerade gekommen", **fields)
    api.portal.get()._p_jar.transaction_manager.commit()


def shows(page, number):
    """Hold that the page shows how many letters are new in team a1."""
    figures = page.locator("[data-count-of=routed], [data-figure='a1:routed']")
    expect(figures).to_have_text(str(number))


def test_a_letter_appears_by_itself_after_a_while(watching):
    a_letter_comes_in()
    watching.pass_by(10)
    assert watching.asked == 0
    shows(watching.page, 4)
    watching.pass_by(10)
    shows(watching.page, 5)
    assert watching.asked == 1


def test_filtered_counters_count_by_themselves_and_lead_to_the_letters(
    at_work, screen, letters
):
    watching = Watching(at_work("tom"), screen("counters?class=urgent"), "counters-now")
    a_letter_comes_in()
    watching.look()
    shows(watching.page, 0)
    a_letter_comes_in(mail_class="urgent")
    watching.look()
    shows(watching.page, 1)
    watching.page.locator("[data-figure='a1:routed']").click()
    expect(watching.page.locator(".eakte-row")).to_have_count(1)
    expect(watching.page.locator(".eakte-chip")).to_contain_text("Eilt")


def test_the_pauses_grow_while_nothing_changes_and_are_short_again_afterwards(watching):
    pauses = [watching.look() for _ in range(9)]
    assert pauses == [15, 22.5, 33.75, 50.625, 75.9375, *pauses[5:7], 180, 180]
    assert pauses == sorted(pauses)
    assert watching.asked == 9
    a_letter_comes_in()
    assert watching.look() == 15
    shows(watching.page, 5)


def test_nobody_asks_while_nobody_looks_and_at_once_when_somebody_does(watching):
    watching.look()
    watching.hide()
    a_letter_comes_in()
    watching.pass_by(3600)
    assert watching.asked == 1
    shows(watching.page, 4)
    watching.hide(False)
    shows(watching.page, 5)
    assert watching.asked == 2


def test_nobody_asks_any_more_once_the_session_has_ended(watching):
    page, service = watching.page, f"**/@@{watching.service}**"
    page.route(service, lambda route: route.fulfill(status=401))
    with page.expect_response(service):
        watching.pass_by(20)
    for _ in range(3):
        watching.pass_by(200)
        watching.hide()
        watching.hide(False)
    assert watching.asked == 1


def test_a_server_that_fails_is_asked_more_and_more_seldom_and_again(watching):
    service = f"**/@@{watching.service}**"
    watching.page.route(service, lambda route: route.fulfill(status=503))
    assert [watching.look() for _ in range(5)] == [30, 60, 120, 180, 180]
    watching.page.unroute(service)
    a_letter_comes_in()
    assert watching.look() == 15
    shows(watching.page, 5)


ENTRIES = (
    Place("my-desk", "Mein Schreibtisch", lambda: 12),
    Place("team-box", "Teampostkorb", lambda: 128),
    Place("find", "Suche"),
    Place("deadlines", "Fristen", lambda: 3),
    Place("open-case-file", "Akte anlegen"),
    Place("read-elsewhere", "Andere Teams"),
    Place("counters", "In Zahlen"),
    Place("mailroom", "Poststelle", lambda: 41),
    Place("records", "Aktenverzeichnis"),
    Place("journal", "Journal"),
)
"""What the navigation offers at most; a case worker who leads has the first seven."""

OVERLAPS = """() => {
  const boxes = [...document.querySelectorAll(
    "#portal-logo, #portal-globalnav .nav-link, .eakte-searchfield, #user-name"
  )].map((each) => each.getBoundingClientRect());
  const apart = (a, b) =>
    a.right <= b.left + 1 || b.right <= a.left + 1 ||
    a.bottom <= b.top + 1 || b.bottom <= a.top + 1;
  return boxes.some((a, i) => boxes.some((b, j) => i < j && !apart(a, b))) ||
    boxes.some((each) => each.left < 0 || each.right > window.innerWidth);
}"""


def test_the_navigation_has_room_for_all_that_is_offered(
    at_work, screen, office, picture, monkeypatch
):
    page = at_work("anna")
    for width, count in ((1280, 6), (1280, 7), (1280, 10), (1024, 7), (1024, 10)):
        entries = ENTRIES[:count]
        monkeypatch.setattr("eakte.desk.frame.places", lambda shown=entries: shown)
        page.set_viewport_size({"width": width, "height": 700})
        page.goto(screen("team-box"))
        picture(page, f"navigation-{count}-{width}")
        assert not page.evaluate(OVERLAPS), (width, count)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        links = page.locator("#portal-globalnav .nav-link").all()
        assert len(links) == count
        if width == 1280 and count <= 7:
            assert len({round(each.bounding_box()["y"]) for each in links}) == 1
            field = page.locator(".eakte-searchfield").bounding_box()
            assert field["width"] >= 150


@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing_and_nothing_is_cut_off(
    at_work, screen, letters, picture, width
):
    page = at_work("anna", {"width": width, "height": 900})
    for name, query, opened in (
        ("box-filtered", "team-box?class=normal&age=2&sender=a&sort=-received", True),
        ("box-nothing", "team-box?sender=qqqq", False),
        ("box-usual", "team-box", False),
        ("desk-usual", "my-desk", False),
    ):
        page.goto(screen(query))
        if opened:
            for tool in page.locator(".eakte-tool summary").all():
                tool.click()
            page.locator("#view-name").fill("Älteres")
            page.locator("button[value=keep-view]").click()
            expect(page.locator("#global_statusmessage")).to_be_visible()
            for tool in page.locator(".eakte-tool summary").all():
                tool.click()
        picture(page, f"{name}-{width}")
        assert Axe().run(page, options=RULES).response["violations"] == []
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width
    for person, name, query in (
        ("tom", "counters", "counters"),
        ("hanna", "counters-filtered", "counters?team=a1&class=normal&age=5w"),
    ):
        page = at_work(person, {"width": width, "height": 900})
        page.goto(screen(query))
        if name != "counters":
            page.keyboard.press("f")
            page.keyboard.press("Enter")
            expect(page.locator("[name=class]").first).to_be_focused()
        picture(page, f"{name}-{width}")
        assert Axe().run(page, options=RULES).response["violations"] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
