from eakte.mailitem.setting_aside import set_aside
from eakte.mailitem.store import mail_store
from eakte.scans.interfaces import IScanPages
from playwright.sync_api import expect
from plone import api
from tests.builders import a_mail_item
from tests.builders import as_system
from tests.capture.conftest import PASSWORD
from tests.capture.papers import image
from tests.capture.papers import pdf

import pytest
import re
import transaction


@pytest.fixture
def page(house, chromium):
    """A page of a browser in which Oskar, who scans, is logged in."""
    api.user.get(username="oskar").setSecurityProfile(password=PASSWORD)
    transaction.commit()
    context = chromium.new_context(
        locale="de-DE", viewport={"width": 1200, "height": 900}
    )
    page = context.new_page()
    page.set_default_timeout(30_000)
    page.goto(f"{house.absolute_url()}/login")
    page.fill("[name=__ac_name]", "oskar")
    page.fill("[name=__ac_password]", PASSWORD)
    page.click("[name=buttons\\.login]")
    page.wait_for_load_state()
    yield page
    context.close()


@pytest.fixture
def upload(page):
    page.goto(f"{mail_store().absolute_url()}/@@upload")
    return page


def a_file(name, content):
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def drop(page, files):
    """Drop files on the zone as a person does."""
    transfer = page.evaluate_handle(
        """files => {
            const transfer = new DataTransfer();
            for (const [name, text] of files)
                transfer.items.add(new File([text], name));
            return transfer;
        }""",
        files,
    )
    for event in ("dragenter", "dragover", "drop"):
        page.dispatch_event(".eakte-upload-zone", event, {"dataTransfer": transfer})


def row(page, name):
    return page.locator(".eakte-upload-row", has_text=name)


def the_items():
    transaction.begin()
    return {item.scan.filename: item for item in mail_store().objectValues()}


def test_many_files_are_taken_in_each_with_its_number(upload):
    files = [a_file(f"Brief {n}.pdf", pdf(f"Nummer {n}")) for n in range(1, 6)]
    upload.set_input_files("#eakte-upload-files", files)
    expect(upload.locator(".eakte-upload-row[data-state=taken]")).to_have_count(5)
    expect(upload.get_by_role("status")).to_have_text(re.compile(r"^5 .* 5 "))
    items = the_items()
    for name, item in items.items():
        link = row(upload, name).get_by_role("link")
        expect(link).to_have_text(item.number)
        expect(link).to_have_attribute("href", item.absolute_url())
    assert len(items) == 5
    assert {item.channel for item in items.values()} == {"upload"}
    assert {item.getOwner().getId() for item in items.values()} == {"oskar"}


def test_dropped_files_are_taken_in(upload):
    drop(upload, [["eins.txt", "kein Scan"], ["zwei.txt", "auch nicht"]])
    expect(upload.locator(".eakte-upload-row[data-state=taken]")).to_have_count(2)
    assert set(the_items()) == {"eins.txt", "zwei.txt"}


def test_the_chosen_team_goes_with_the_files(upload):
    upload.select_option("[name=team]", "a2")
    upload.set_input_files("#eakte-upload-files", [a_file("a.pdf", pdf())])
    expect(row(upload, "a.pdf")).to_have_attribute("data-state", "taken")
    assert the_items()["a.pdf"].team == "a2"


def test_a_duplicate_says_of_which_letter(upload):
    upload.set_input_files("#eakte-upload-files", [a_file("eins.pdf", pdf())])
    expect(row(upload, "eins.pdf")).to_have_attribute("data-state", "taken")
    upload.set_input_files("#eakte-upload-files", [a_file("zwei.pdf", pdf())])
    first = the_items()["eins.pdf"]
    expect(row(upload, "zwei.pdf").locator("[data-kind=duplicate]")).to_contain_text(
        first.number
    )


def test_a_named_problem_appears_when_the_file_was_looked_into(upload, intake):
    upload.set_input_files("#eakte-upload-files", [a_file("kein-scan.pdf", b"Hallo")])
    expect(row(upload, "kein-scan.pdf")).to_have_attribute("data-state", "taken")
    intake.recognise()
    problem = row(upload, "kein-scan.pdf").locator("[data-kind=problem]")
    expect(problem).to_be_visible()
    assert IScanPages(the_items()["kein-scan.pdf"]).problem == "unsupported"


def test_a_failed_file_is_sent_again_by_a_button(upload):
    upload.route("**/@intake*", lambda route: route.abort())
    upload.set_input_files("#eakte-upload-files", [a_file("a.pdf", pdf())])
    expect(row(upload, "a.pdf")).to_have_attribute("data-state", "failed")
    assert the_items() == {}
    upload.unroute("**/@intake*")
    row(upload, "a.pdf").locator("button:visible").first.press("Enter")
    expect(row(upload, "a.pdf")).to_have_attribute("data-state", "taken")
    assert len(the_items()) == 1


def test_what_the_server_says_is_shown(upload):
    upload.evaluate(
        "document.querySelector('[name=team]').append(new Option('Fort', 'a9'))"
    )
    upload.select_option("[name=team]", "a9")
    upload.set_input_files("#eakte-upload-files", [a_file("a.pdf", pdf())])
    expect(row(upload, "a.pdf").locator(".eakte-upload-state")).to_contain_text(
        re.compile("team", re.IGNORECASE)
    )
    assert the_items() == {}


def test_files_are_sent_in_their_order_and_a_pause_holds_the_others(upload):
    held = []
    upload.route("**/@intake*", lambda route: held.append(route))
    files = [a_file(f"{n}.png", image(str(n))) for n in range(5)]
    upload.set_input_files("#eakte-upload-files", files)
    expect(upload.locator("[data-state=sending]")).to_have_count(1)
    expect(upload.locator("[data-state=waiting]")).to_have_count(4)

    upload.locator(".eakte-upload-pause").press("Enter")
    for route in held:
        route.continue_()
    expect(upload.locator("[data-state=taken]")).to_have_count(1)
    expect(upload.locator("[data-state=waiting]")).to_have_count(4)

    row(upload, "4.png").locator("button:visible").press("Enter")
    upload.unroute("**/@intake*")
    upload.locator(".eakte-upload-pause").press("Enter")
    expect(upload.locator("[data-state=taken]")).to_have_count(4)
    names = [f"{n}.png" for n in range(4)]
    items = the_items()
    assert sorted(items, key=lambda name: items[name].number) == names


def test_files_are_chosen_by_keyboard(upload):
    # Asked for long before the key is pressed: the browser learns of it by and by.
    upload.on("filechooser", lambda it: it.set_files([a_file("a.pdf", pdf())]))
    upload.locator("[name=team]").focus()
    upload.keyboard.press("Tab")
    expect(upload.locator("#eakte-upload-files")).to_be_focused()
    upload.keyboard.press("Enter")
    expect(row(upload, "a.pdf")).to_have_attribute("data-state", "taken")


def test_nothing_comes_from_the_network_and_nothing_is_wider_than_a_telephone(upload):
    upload.set_viewport_size({"width": 320, "height": 700})
    addresses = []
    upload.on("request", lambda request: addresses.append(request.url))
    upload.reload()
    name = "Ein-sehr-langer-Dateiname-ohne-Leerzeichen-aus-dem-Scanner-0001.pdf"
    upload.set_input_files("#eakte-upload-files", [a_file(name, pdf())])
    expect(row(upload, name)).to_have_attribute("data-state", "taken")
    here = upload.evaluate("location.origin")
    assert [a for a in addresses if not a.startswith((here, "data:", "blob:"))] == []
    article = upload.locator(".eakte-upload")
    assert article.evaluate("it => it.scrollWidth <= it.clientWidth")


def test_a_better_scan_is_brought_on_the_letters_page(page):
    item = a_mail_item(pdf=pdf("alt"))
    with as_system():
        set_aside(item, "rescan", "Seite 2 fehlt")
    transaction.commit()
    page.goto(f"{item.absolute_url()}/@@rescan")
    page.set_input_files("#eakte-upload-files", [a_file("neu.pdf", pdf("neu"))])
    expect(row(page, "neu.pdf")).to_have_attribute("data-state", "taken")
    (item,) = the_items().values()
    assert item.scan.data == pdf("neu")
    assert api.content.get_state(item) == "captured"
    page.reload()
    expect(page.locator(".eakte-upload-earlier li")).to_contain_text("scan.pdf")
    expect(page.locator(".eakte-upload-zone")).to_have_count(0)
