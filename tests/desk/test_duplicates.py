"""The flag of a file that came twice names no letter that its reader may not see."""

from eakte.access.barring import bar
from eakte.mailitem.filing import file_into
from eakte.mailitem.states import State
from eakte.scans.interfaces import IScanPages
from plone import api
from tests.access.doors import a_scan
from tests.builders import a_case_file
from tests.builders import a_mail_item
from tests.builders import as_system

import pytest


REASON = "Nachbarin"


@pytest.fixture
def twice(portal):
    """Two letters with the same file; the first is filed."""
    with as_system():
        scan, case_file = a_scan(), a_case_file(team="a1")
        first = a_mail_item(State.ROUTED, team="a1", scan=scan)
        first = file_into(first, case_file)
        second = a_mail_item(State.ROUTED, team="a1", scan=scan)
    assert IScanPages(second).duplicate_of == first.UID()
    return case_file, first, second


def test_no_flag_tells_of_a_letter_from_whose_case_file_somebody_is_barred(twice):
    case_file, first, second = twice
    with api.env.adopt_user(username="hanna"):
        bar(case_file, ["anna"], REASON)
        assert IScanPages(second).duplicate_of is None
        bar(case_file, [], "Erledigt")
    assert IScanPages(second).duplicate_of == first.UID()


def test_the_flag_goes_when_the_first_letter_is_filed_there(portal):
    with as_system():
        scan, case_file = a_scan(), a_case_file(team="a1")
        first, second = (
            a_mail_item(State.ROUTED, team="a1", scan=scan) for _ in range(2)
        )
    with api.env.adopt_user(username="hanna"):
        bar(case_file, ["anna"], REASON)
    assert IScanPages(second).duplicate_of == first.UID()
    with as_system():
        file_into(first, case_file)
    assert IScanPages(second).duplicate_of is None


def test_whoever_is_barred_meets_no_flag_on_any_screen_or_service(as_person, site):
    with as_system():
        scan, case_file = a_scan(), a_case_file(team="a1")
        first = a_mail_item(State.ROUTED, team="a1", scan=scan)
        first = file_into(first, case_file)
        second = a_mail_item(State.ROUTED, team="a1", scan=scan)
    before = as_person("anna").open(second.absolute_url())
    assert f"Duplicate of {first.number}" in before.text
    with api.env.adopt_user(username="hanna"):
        bar(case_file, ["anna"], REASON)
    anna = as_person("anna")
    for path in (second.absolute_url(), "@@team-box"):
        page = anna.open(path)
        assert second.Title() in page.text
        assert "Duplicate" not in page.text
    anna.session.headers["Accept"] = "application/json"
    (told,) = anna.ask("@boxes/team-box")["items"]
    assert (told["UID"], told["duplicate_of"]) == (second.UID(), None)
    (told,) = anna.ask("@search", UID=second.UID(), metadata_fields="_all")["items"]
    assert first.UID() not in told.values()
    assert anna.ask(f"{second.absolute_url()}/@scan")["duplicate_of"] is None
