"""What a browser makes of a scan's answers: it shows pages and saves files."""

from base64 import b64encode
from eakte.mailitem.states import State
from plone import api
from tests.scans.conftest import PASSWORD

import pytest
import transaction


SCRIPT = b"<script>document.title = 'it ran'</script><p>Guten Tag</p>"


@pytest.fixture
def browser_of_anna(functional_portal, chromium):
    """A page of a browser in which Anna is known to the server."""
    api.user.get(username="anna").setSecurityProfile(password=PASSWORD)
    transaction.commit()
    known = b64encode(f"anna:{PASSWORD}".encode()).decode()
    context = chromium.new_context(
        extra_http_headers={"Authorization": f"Basic {known}"}, accept_downloads=True
    )
    page = context.new_page()
    page.set_default_timeout(60_000)
    yield page
    context.close()


@pytest.fixture
def linked(browser_of_anna, functional_portal):
    """Returns what is saved when Anna follows a link on a page of ours, or None."""
    page = browser_of_anna

    def linked(address):
        # A small page of the site's own origin.
        page.goto(f"{functional_portal.absolute_url()}/robots.txt")
        page.evaluate(
            """address => {
                const link = document.createElement("a");
                link.href = address;
                link.textContent = "Scan";
                document.body.append(link);
            }""",
            address,
        )
        with page.expect_download() as saved:
            page.click("a")
        return saved.value

    return linked


@pytest.mark.parametrize(
    "path", ["@@scan", "@@download/scan/scan.pdf", "@@display-file/scan"]
)
def test_a_pdf_is_saved_and_no_plugin_of_the_browser_opens_it(
    a_scan, typed, read_all, linked, path
):
    item = a_scan(typed("Antrag"), state=State.ROUTED, team="a1")
    read_all()
    saved = linked(f"{item.absolute_url()}/{path}")

    assert saved.suggested_filename == "scan.pdf"
    assert saved.path().read_bytes() == item.scan.data


def test_a_page_with_a_script_that_came_as_a_scan_is_saved_and_not_run(
    a_scan, read_all, linked, browser_of_anna
):
    item = a_scan(SCRIPT, "brief.html", state=State.ROUTED, team="a1")
    item.scan.contentType = "text/html"
    read_all()
    saved = linked(f"{item.absolute_url()}/@@scan")

    assert saved.suggested_filename == "brief.html"
    assert browser_of_anna.title() != "it ran"


def test_page_images_are_shown_on_pages_of_ours_and_of_nobody_else(
    a_scan, typed, read_all, browser_of_anna, functional_portal
):
    item = a_scan(typed("Antrag"), state=State.ROUTED, team="a1")
    read_all()
    page, image = browser_of_anna, f"{item.absolute_url()}/@@page/1/180"
    width = """address => new Promise(done => {
        const image = new Image();
        image.onload = () => done(image.naturalWidth);
        image.onerror = () => done(0);
        image.src = address;
    })"""

    page.goto(f"{functional_portal.absolute_url()}/robots.txt")
    assert page.evaluate(width, image) == 180
    # Another origin on the same machine; the request itself would be answered.
    page.goto("data:text/html,<p>elsewhere</p>")
    assert page.evaluate(width, image) == 0
