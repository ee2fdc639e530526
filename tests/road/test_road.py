"""A letter's whole road in the office that ``make start`` starts, as four people."""

from pathlib import Path
from playwright.sync_api import expect
from tests.road.conftest import DEMO

import pytest
import requests
import shutil
import signal
import time


SCANS = ("masks.pdf", "phototest.tif", "typewriter.png")
"""Real inputs: a German encyclopaedia, a fax-like page, a typewriter at 2400 dpi."""


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


@pytest.fixture(scope="module", params=[*SCANS, DEMO])
def letter(office, request):
    """Return a mail item that waits in the mailroom, as the mailroom sees it."""
    if request.param == DEMO:
        return next(item for item in mailroom(office) if item["title"] == DEMO)
    scan = Path(__file__).parents[3] / "shared" / "material" / "scans" / request.param
    if not scan.is_file():
        pytest.skip("the real inputs are not beside the checkout")
    before = {item["@id"] for item in mailroom(office)}
    folder = office.folder / "var" / "intake" / "poststelle"
    unfinished = folder / f"{scan.name}.part"
    shutil.copyfile(scan, unfinished)
    unfinished.rename(folder / scan.name)

    def arrived():
        return next(
            (item for item in mailroom(office) if item["@id"] not in before), None
        )

    return wait_until(arrived, 60, "the scan is taken in")


def mailroom(office):
    """Return the summaries of all letters that the mailroom has."""
    answer = ask(office, "p.lang", "/@mail-box", box="mailroom", b_size=100)
    return answer.json()["items"]


def open_row(page, number):
    """Click the letter in the box."""
    page.locator(".eakte-row", has_text=number).first.get_by_role("link").first.click()
    page.wait_for_load_state()


def test_a_real_letter_goes_from_the_scanner_to_its_case_file(
    office, letter, at_work, picture
):
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

    assert wait_until(recognised, 400, "the scan is recognised")["status"] == "done"
    working.goto(item["@id"])
    working.locator(".eakte-pages img").first.wait_for()
    picture(working, "8-in-the-viewer")

    elsewhere = at_work("n.krause")
    elsewhere.goto(item["@id"])
    assert number not in elsewhere.content()
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


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_stopped_office_loses_nothing(office, stop):
    def everything():
        box = {item["number"]: item["title"] for item in mailroom(office)}
        found = ask(office, "t.hartmann", "/@search", portal_type="case_file").json()
        return box, found["items_total"]

    before = everything()
    office.stop(stop)
    office.start(240)
    assert everything() == before
