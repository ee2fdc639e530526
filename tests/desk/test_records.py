"""The records manager's screens: what case files say of themselves, and no more."""

from plone import api
from tests.builders import a_case_file
from tests.desk.visitor import PASSWORD

import pytest


@pytest.fixture
def rita(site, as_person):
    plugin = api.portal.get_tool("acl_users").source_users
    plugin.updateUserPassword("rita", PASSWORD)
    return lambda: as_person("rita")


@pytest.fixture
def case_file(site):
    return a_case_file(team="a1", title="Ausweisung", family_name="Demir")


def test_the_day_of_a_records_manager_begins_with_the_records(rita, case_file):
    page = rita().open()
    assert page.url.endswith("@@records")
    assert case_file.reference in page.text
    assert "Demir" not in page.text
    assert "Ausweisung" not in page.text


def test_one_record_says_unit_days_and_retention(rita, case_file):
    page = rita().open("@@records").follow(".eakte-records tbody a")
    for word in (case_file.reference, "10.1 Anträge", "Team A1", "Regel A", "Open"):
        assert word in page.text, word
    assert "Demir" not in page.text
    assert "Ausweisung" not in page.text


def test_the_list_is_narrowed_and_says_when_nothing_fits(rita, case_file):
    other = a_case_file(team="a2", unit="10.2")
    page = rita().open("@@records?unit=10.2")
    assert other.reference in page.text
    assert case_file.reference not in page.text
    page = rita().open("@@records?state=closed")
    assert "No case file is found." in page.text
    page = rita().open(f"@@records?reference={case_file.reference}")
    assert page.text.count(case_file.reference) == 1


def test_the_case_file_itself_stays_shut(rita, case_file):
    page = rita().open(case_file.absolute_url())
    assert "Demir" not in page.text
    assert page.status in (401, 403) or "require_login" in page.url


@pytest.mark.parametrize("person", ["anna", "tom", "hanna", "rolf", "bert", "dora"])
def test_nobody_else_has_the_screens(as_person, case_file, person):
    for address in ("@@records", f"@@record?uid={case_file.UID()}"):
        page = as_person(person).open(address)
        assert page.status == 403, address
        assert case_file.reference not in page.text


def test_a_record_that_is_none_is_not_there(rita, case_file):
    foreign = a_case_file(unit="20.1", team="b1")
    for uid in ("", "x", foreign.UID()):
        assert rita().open(f"@@record?uid={uid}").status == 404


@pytest.mark.parametrize("address", ["@@records?start=x", "@@records?start=-1"])
def test_an_address_that_was_changed_by_hand_shows_the_first_page(
    rita, case_file, address
):
    assert case_file.reference in rita().open(address).text
