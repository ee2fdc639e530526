"""The small picture of a letter comes from one place, whatever list shows it."""

from eakte.mailitem.states import State
from lxml import html
from pathlib import Path
from plone import api
from plone.namedfile.file import NamedBlobFile
from tests.builders import a_case_file
from tests.builders import as_system

import pytest
import re


SOURCE = Path(__file__).parents[2] / "src" / "eakte"

ROUTE = "/@@page/1/180"


@pytest.fixture
def office(a_scan, typed, read_all):
    """The case file of team a1 with a document, and a letter in its box; read."""
    letter = a_scan(typed("Duldung"), state=State.ROUTED, team="a1", title="Antrag")
    case_file = a_case_file()
    with as_system():
        document = api.content.create(
            case_file,
            "case_document",
            title="Vermerk",
            scan=NamedBlobFile(typed("Duldung"), "application/pdf", "scan.pdf"),
        )
    read_all()
    return {"letter": letter, "case file": case_file, "document": document}


@pytest.mark.parametrize(
    ("place", "address", "shown"),
    [
        ("box", "{site}/@@team-box", {"letter"}),
        ("case file", "{case_file}", {"document"}),
        ("search", "{site}/@@find?text=duldung", {"letter", "document"}),
    ],
)
def test_each_list_asks_for_the_picture_where_the_viewer_does(
    office, as_user, functional_portal, place, address, shown
):
    anna = as_user("anna")
    anna.headers["Accept"] = "text/html"
    seen = anna.get(
        address.format(
            site=functional_portal.absolute_url(),
            case_file=office["case file"].absolute_url(),
        )
    )
    pictures = html.fromstring(seen.text).cssselect("#content .eakte-thumb img")

    assert {each.get("src") for each in pictures} == {
        f"{office[name].absolute_url()}{ROUTE}" for name in shown
    }
    for each in pictures:
        image = anna.get(each.get("src"))
        assert (image.status_code, image.headers["Content-Type"]) == (200, "image/jpeg")


def test_the_list_of_an_upload_shows_no_picture_of_its_own(
    office, as_user, functional_portal
):
    mailroom = as_user("lotte")
    mailroom.headers["Accept"] = "text/html"
    page = mailroom.get(f"{functional_portal.absolute_url()}/posteingang/@@upload")
    assert page.status_code == 200, page.url
    content = html.fromstring(page.text).cssselect("#content")[0]

    assert content.cssselect(".eakte-upload-list")
    assert content.cssselect("img") == []
    for script in (SOURCE / "capture" / "static").glob("*.js"):
        assert not re.search(r"\bimg\b|createObjectURL|toDataURL", script.read_text())


def test_no_template_or_script_knows_another_way_to_a_picture_of_a_page():
    found = set()
    for file in SOURCE.rglob("*.pt"):
        text = file.read_text("utf-8")
        for tag in re.findall(r"<img\b[^>]*>", text):
            if "logo" not in tag and "icon" not in tag:
                found.add((file.name, re.search(r'src="([^"]*)"', tag)[1]))

    assert found
    assert {src for _name, src in found} == {"${row/address}" + ROUTE}
    for file in SOURCE.rglob("*.py"):
        if "viewer" not in file.parts and "scans" not in file.parts:
            assert "@@page/" not in file.read_text("utf-8"), file
