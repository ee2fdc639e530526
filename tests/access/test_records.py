"""The records manager: what case files say of themselves, and nothing that lies in them.

rita manages the records of department amt-a, bert works in another one.
"""

from ..builders import a_case_file
from ..builders import as_system
from ..builders import put_in_state
from .doors import got
from .doors import OF_CONTENT
from .doors import OF_THE_SITE
from .doors import tells
from .people import PEOPLE
from .people import with_site_administrator
from .test_guests_doors import contents  # noqa: F401
from datetime import date
from eakte.access.barring import bar
from eakte.access.protecting import lift
from eakte.access.protecting import protect
from eakte.access.records import NoSuchRecord
from eakte.access.records import record
from eakte.access.records import records
from eakte.casefile.states import State
from eakte.errors import NotAllowed
from plone import api

import pytest


def seen_by(person):
    with api.env.adopt_user(username=person):
        return {each.uid for each in records().items}


def test_the_metadata_are_those_of_the_own_department(portal):
    own = {a_case_file(team=team).UID() for team in ("a1", "a2", "a1")}
    foreign = a_case_file(unit="20.1", team="b1")
    assert seen_by("rita") == own
    with api.env.adopt_user(username="rita"), pytest.raises(NoSuchRecord):
        record(foreign.UID())


def test_nobody_else_manages_records(portal):
    case_file = a_case_file(team="a1")
    with_site_administrator()
    for person in PEOPLE.keys() - {"rita", "admin"}:
        with api.env.adopt_user(username=person):
            with pytest.raises(NotAllowed):
                records()
            with pytest.raises(NotAllowed):
                record(case_file.UID())


def test_they_are_reference_place_state_days_and_retention(portal):
    case_file = a_case_file(
        team="a1", family_name="Geheim", title="Abschiebung", opened=date(2024, 2, 1)
    )
    put_in_state(case_file, "case_file_workflow", State.CLOSED)
    case_file.closed = date(2026, 5, 4)
    case_file.reindexObject()
    with api.env.adopt_user(username="rita"):
        found = record(case_file.UID())
    assert (found.reference, found.unit, found.unit_title, found.team) == (
        case_file.reference,
        "10.1",
        "Anträge",
        "a1",
    )
    assert (found.state, found.opened, found.closed) == (
        "closed",
        date(2024, 2, 1),
        date(2026, 5, 4),
    )
    assert (found.retention_years, found.retention_reason) == (10, "Regel A")
    assert found.kept_until == date(2036, 12, 31)
    assert "Geheim" not in repr(found)
    assert "Abschiebung" not in repr(found)


def test_an_open_case_file_has_no_end_of_retention(portal):
    case_file = a_case_file(team="a1")
    with api.env.adopt_user(username="rita"):
        assert record(case_file.UID()).kept_until is None


def test_the_list_goes_by_the_page_and_is_narrowed(portal):
    made = [a_case_file(team="a1", unit="10.1") for _ in range(3)]
    made.append(a_case_file(team="a2", unit="10.2"))
    put_in_state(made[0], "case_file_workflow", State.CLOSED)
    with api.env.adopt_user(username="rita"):
        page = records(start=1, size=2)
        assert (page.total, len(page.items)) == (4, 2)
        assert records(unit="10.2").total == 1
        assert records(review_state="closed").items[0].uid == made[0].UID()
        assert records(reference=made[1].reference).total == 1


def test_a_protected_case_file_is_in_no_list_and_no_count(portal):
    case_file, other = a_case_file(team="a1"), a_case_file(team="a1")
    with api.env.adopt_user(username="hanna"):
        protect(case_file, "witness", ["anna"], "Zeuge")
    assert seen_by("rita") == {other.UID()}
    with api.env.adopt_user(username="rita"), pytest.raises(NoSuchRecord):
        record(case_file.UID())
    with api.env.adopt_user(username="hanna"):
        lift(case_file, "Verfahren beendet")
    assert seen_by("rita") == {other.UID(), case_file.UID()}


def test_a_barred_records_manager_finds_nothing_of_it(portal):
    case_file = a_case_file(team="a1")
    with api.env.adopt_user(username="hanna"):
        bar(case_file, ["rita"], "Befangen")
    assert seen_by("rita") == set()
    with api.env.adopt_user(username="hanna"):
        bar(case_file, ["alex"], "Befangen ist jemand anderes")
    assert seen_by("rita") == {case_file.UID()}


def test_a_case_file_that_changes_the_department_goes_to_the_other_records(portal):
    case_file = a_case_file(team="a1")
    assert seen_by("rita") == {case_file.UID()}
    with as_system():
        case_file.team = "b1"
        case_file.reindexObject()
        case_file.reindexObjectSecurity()
    assert seen_by("rita") == set()


def test_no_address_search_or_count_gives_the_records_manager_more(
    ask,
    contents,  # noqa: F811
):
    case_file = contents[0]
    rita = ask("rita")
    assert rita.get(f"@records/{case_file.UID()}").ok
    for content in contents:
        for address in OF_CONTENT:
            answer = got(rita, f"{content.absolute_url()}/{address}")
            assert answer.status_code in (302, 401, 403, 404), answer.url
            assert not tells(answer), answer.url
    for address in OF_THE_SITE:
        answer = got(rita, address)
        assert not tells(answer), answer.url
        assert case_file.getId() not in answer.text, answer.url
    catalog = api.portal.get_tool("portal_catalog")
    with api.env.adopt_user(username="rita"):
        asked = "metadata:department-amt-a-records"
        kinds = ["case_file", "mail_item", "case_document"]
        assert not catalog(allowedRolesAndUsers=asked, portal_type=kinds)
        assert not catalog(SearchableText="Zebrawolle")
    for content in contents:
        for service in ("@records", "@shares", "@who-may-see"):
            answer = rita.get(f"{content.absolute_url()}/{service}")
            assert answer.status_code in (401, 404), answer.url


def test_the_records_over_rest_say_no_more_than_they_must(ask, contents):  # noqa: F811
    answer = ask("rita").get("@records?state=open&b_size=5")
    (item,) = answer.json()["items"]
    assert item["reference"] == contents[0].reference
    assert not tells(answer)
    assert set(item) == {
        "@id",
        "UID",
        "closed",
        "department",
        "kept_until",
        "opened",
        "reference",
        "retention_reason",
        "retention_years",
        "review_state",
        "team",
        "unit",
    }
    for person, status in (("anna", 403), ("hanna", 403), ("admin", 401), (None, 401)):
        assert ask(person).get("@records").status_code == status, person
        address = f"@records/{contents[0].UID()}"
        assert ask(person).get(address).status_code == status, person


def test_what_lies_in_a_case_file_has_no_row_among_the_records(portal, contents):  # noqa: F811
    catalog = api.portal.get_tool("portal_catalog")
    rows = catalog.unrestrictedSearchResults(
        allowedRolesAndUsers="metadata:department-amt-a-records"
    )
    assert {brain.portal_type for brain in rows} == {"case_file"}
