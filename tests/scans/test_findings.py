"""What the quality checker is told of a scan before it is released."""

from eakte.mailitem.states import State
from eakte.scanning.model import Colour
from eakte.scanning.model import PageImage
from eakte.scans.interfaces import Finding
from eakte.scans.interfaces import IScanPages
from eakte.scans.interfaces import ScanStatus
from eakte.scans.problems import findings_of
from eakte.scans.problems import in_short
from eakte.scans.problems import where_found
from plone import api
from zope.i18n import translate

import pytest


GOOD = PageImage(2480, 3508, 300.0, Colour.COLOUR)
COARSE = PageImage(1240, 1754, 150.0, Colour.COLOUR)
FAX = PageImage(1728, 1145, 98.0, Colour.BITONAL)


def test_a_letter_scanned_as_it_should_be_is_plain_success(a_paper):
    pages = IScanPages(a_paper((GOOD, 93.0), (GOOD, None)))
    assert (pages.status, pages.findings) == (ScanStatus.DONE, ())


def test_each_finding_names_its_pages(a_paper):
    pages = IScanPages(
        a_paper(
            (GOOD, 90.0),
            (COARSE, 90.0),
            (FAX, 60.0),
            (FAX, 90.0),
            (COARSE, 90.0),
            (GOOD, 60.0),
        )
    )
    found = {problem.code: problem for problem in findings_of(pages)}

    assert pages.findings == (
        Finding.LOW_RESOLUTION,
        Finding.COLOUR_LOST,
        Finding.UNCERTAIN,
    )
    assert found[Finding.LOW_RESOLUTION].pages == (2, 3, 4, 5)
    said = translate(found[Finding.LOW_RESOLUTION].explanation)
    assert said.endswith("with 300 dpi. This concerns pages 2–5.")
    assert found[Finding.COLOUR_LOST].pages == (3, 4)
    assert found[Finding.UNCERTAIN].pages == (3, 6)


def test_where_something_was_found_is_said_in_one_sentence():
    assert where_found((1,), 1) == "", "there is no other page"
    assert where_found((), 3) == "", "it is said of the scan as a whole"
    assert where_found((1, 2), 2) == "This concerns all pages."
    one = where_found((2,), 3)
    assert (one, one.mapping) == ("This concerns page ${page}.", {"page": "2"})
    some = where_found((2, 5, 6, 7), 9)
    assert some.mapping == {"pages": "2, 5–7"}


@pytest.mark.parametrize(
    "numbers, said",
    [
        ([], ""),
        ([3], "3"),
        ([1, 2], "1, 2"),
        ([1, 2, 3], "1–3"),
        ([2, 5, 6, 7, 9, 11, 12], "2, 5–7, 9, 11, 12"),
    ],
)
def test_page_numbers_are_written_as_people_write_them(numbers, said):
    assert in_short(numbers) == said


def test_quality_is_told_with_the_letter_but_counted_in_no_box(a_paper, as_user):
    item = a_paper((FAX, 60.0), (GOOD, 90.0), state=State.ROUTED, team="a1")
    catalog = api.portal.get_tool("portal_catalog")
    [brain] = catalog.unrestrictedSearchResults(UID=item.UID())
    anna = as_user("anna")
    told = anna.get(f"{item.absolute_url()}/@@scan-status").json()["findings"]

    assert brain.scan_problem is None
    assert [each["code"] for each in told] == [
        "low_resolution",
        "colour_lost",
        "uncertain",
    ]
    assert [each["pages"] for each in told] == [[1], [1], [1]]
    assert "page 1" in told[0]["explanation"]
    assert told == anna.get(f"{item.absolute_url()}/@scan").json()["findings"]


def test_what_the_image_of_a_page_is_can_be_asked(a_paper, as_user):
    item = a_paper((FAX, 60.0), (None, None), state=State.ROUTED, team="a1")
    anna = as_user("anna")
    fax = {
        "width": 1728,
        "height": 1145,
        "dpi": 98,
        "colour": "bitonal",
        "findings": ["low_resolution", "colour_lost"],
    }
    pages = anna.get(f"{item.absolute_url()}/@pages").json()["items"]
    text = anna.get(f"{item.absolute_url()}/@@page-text/1").json()

    assert [page["image"] for page in pages] == [fax, None]
    assert (text["image"], text["uncertain"]) == (fax, True)
