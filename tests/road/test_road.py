"""A letter's whole road in the office that ``make start`` starts, as four people."""

from pathlib import Path
from playwright.sync_api import expect

import pytest
import requests
import shutil
import time


PICTURES = Path(__file__).parents[2] / "screenshots"

NAME = "masks.pdf"
"""A page of a German encyclopaedia, scanned: a real input."""


@pytest.fixture
def at_work(chromium, office):
    """Log a person in and return the page in front of them."""
    contexts = []

    def log_in(person):
        context = chromium.new_context(
            viewport={"width": 1440, "height": 900}, locale="de-DE"
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.goto(f"{office.url}/login")
        page.fill("#__ac_name", person)
        page.fill("#__ac_password", office.password)
        page.click("#buttons-login")
        page.wait_for_load_state()
        return page

    yield log_in
    for context in contexts:
        context.close()


def picture(page, name):
    """Keep what the person sees, for people to look at."""
    PICTURES.mkdir(exist_ok=True)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=PICTURES / f"{name}.png")


def ask(office, person, path, **query):
    """Return the answer of the REST service to the person."""
    return requests.get(
        f"{office.url}{path}",
        params=query,
        auth=(person, office.password),
        headers={"Accept": "application/json"},
        timeout=60,
    )


def wait_until(found, seconds, what):
    """Return what ``found`` returns as soon as it is something."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if result := found():
            return result
        time.sleep(0.5)
    raise AssertionError(f"waited {seconds} s in vain: {what}")


@pytest.fixture(scope="module")
def letter(office, material):
    """Drop a real scan in the mailroom's folder; return the mail item it becomes."""
    box = ("p.lang", "/@mail-box")
    before = {
        item["@id"]
        for item in ask(office, *box, box="mailroom", b_size=100).json()["items"]
    }
    folder = office.folder / "var" / "intake" / "poststelle"
    shutil.copyfile(material / "scans" / NAME, folder / f".{NAME}.part")
    (folder / f".{NAME}.part").rename(folder / NAME)

    def arrived():
        items = ask(office, *box, box="mailroom", b_size=100).json()["items"]
        return next((item for item in items if item["@id"] not in before), None)

    return wait_until(arrived, 60, "the scan is taken in")


@pytest.fixture(scope="module")
def material():
    folder = Path(__file__).parents[3] / "shared" / "material"
    if not folder.is_dir():
        pytest.skip("the real inputs are not beside the checkout")
    return folder


def open_row(page, number):
    """Click the letter in the box."""
    page.locator(".eakte-row", has_text=number).first.get_by_role("link").first.click()
    page.wait_for_load_state()


def test_a_real_letter_goes_from_the_scanner_to_its_case_file(office, letter, at_work):
    number = letter["number"]

    scanning = at_work("p.lang")
    scanning.goto(f"{office.url}/@@mailroom")
    picture(scanning, "1-mailroom-box")
    scanning.goto(letter["@id"])
    picture(scanning, "2-captured")
    scanning.click("button[name=do][value=check]")
    scanning.wait_for_load_state()

    checking = at_work("d.fuchs")
    checking.goto(letter["@id"])
    checking.click("button[name=do][value=release]")
    checking.wait_for_load_state()

    routing = at_work("g.winter")
    routing.goto(letter["@id"])
    picture(routing, "3-released")
    target = routing.locator("form:has(button[value=route]) select[name=target]").first
    target.select_option("aufenthalt")
    routing.locator("button[name=do][value=route]").first.click()
    routing.wait_for_load_state()

    working = at_work("t.hartmann")
    working.goto(f"{office.url}/@@team-box")
    picture(working, "4-team-box")
    # From the box to filed: open, choose, file.
    open_row(working, number)
    expect(working.locator("#filing-text")).to_be_focused()
    working.keyboard.type("33.21")
    working.locator("#filing-list [role=option]").first.wait_for()
    picture(working, "5-filing")
    working.keyboard.press("ArrowDown")
    chosen = working.locator("#filing-list [role=option][aria-selected=true]")
    reference = chosen.inner_text().split()[0]
    working.keyboard.press("Enter")
    working.locator("button[name=do][value=file]").first.click()
    working.wait_for_load_state()
    picture(working, "6-after-filing")

    def filed():
        found = ask(office, "t.hartmann", "/@search", number=number).json()
        return found["items"] and found["items"][0]

    item = wait_until(filed, 10, "the letter is in its case file")
    assert item["review_state"] == "filed"
    case_file = item["@id"].rpartition("/")[0]
    working.goto(case_file)
    expect(working.locator("body")).to_contain_text(reference)
    expect(working.locator("body")).to_contain_text(number)
    picture(working, "7-case-file")

    def recognised():
        scan = ask(
            office, "t.hartmann", f"{item['@id'][len(office.url) :]}/@scan"
        ).json()
        return scan["status"] in ("done", "failed") and scan

    assert wait_until(recognised, 240, "the scan is recognised")["status"] == "done"
    working.goto(item["@id"])
    working.locator(".eakte-pages img").first.wait_for()
    picture(working, "8-in-the-viewer")

    elsewhere = at_work("n.krause")
    answer = elsewhere.goto(item["@id"])
    assert number not in elsewhere.content() or answer.status in (401, 403, 404)
    picture(elsewhere, "9-another-department")


def test_another_department_gets_nothing_of_it(office, letter):
    path = letter["@id"][len(office.url) :]
    for address in (path, f"{path}/@scan", f"{path}/@pages"):
        assert ask(office, "n.krause", address).status_code in (401, 403, 404)
    found = ask(office, "n.krause", "/@search", number=letter["number"]).json()
    assert found["items_total"] == 0


def test_the_boxes_are_alive_at_the_first_start(office):
    for person, box in (("g.winter", "mailroom"), ("t.hartmann", "team")):
        query = {"box": box, "team": "aufenthalt"} if box == "team" else {"box": box}
        answer = ask(office, person, "/@mail-box", **query).json()
        assert answer["items_total"] > 2, (person, answer)


def test_a_stopped_office_loses_nothing(office, letter):
    def how_many():
        return ask(office, "g.winter", "/@mail-box", box="mailroom").json()[
            "items_total"
        ]

    before = how_many()
    office.stop()
    office.start(240)
    assert how_many() == before
