"""A personal letter's page ends it: its person has it. Other systems do it by REST."""

from eakte.mailitem.states import State
from plone import api
from tests.builders import a_case_file
from tests.builders import a_mail_item
from tests.desk.visitor import PASSWORD

import pytest
import requests


PERSONAL = {"team": "a1", "desk": "a1-1", "mail_class": "personal"}


@pytest.fixture
def letter(site):
    return a_mail_item(State.ACCEPTED, **PERSONAL)


def ask(method, address, person, **options):
    headers = {"Accept": "application/json"}
    login = person, PASSWORD
    return requests.request(
        method, address, auth=login, headers=headers, timeout=60, **options
    )


def test_its_page_offers_handing_over_and_no_filing(as_person, letter, now):
    page = as_person("anna").open(letter.absolute_url())
    assert "hand_over" in page.buttons
    assert not {"file", "open-and-file", "settle"} & page.buttons
    told = page.press("hand_over", reason="In die Hand gegeben")
    assert letter.number in told.messages
    assert api.content.get_state(now(letter)) == State.DONE

    page = as_person("anna").open(letter.absolute_url())
    assert not {"hand_over", "describe"} & page.buttons
    assert "In die Hand gegeben" in page.text
    assert letter.number not in as_person("anna").open("@@my-desk").text
    # Nobody else has it now, as nobody else had it before.
    for person in ("arno", "tom", "rolf", "hanna", "lotte", "dora"):
        assert ask("GET", letter.absolute_url(), person).status_code == 401, person


def test_no_other_letter_offers_it(as_person, site):
    letter = a_mail_item(State.ACCEPTED, team="a1", desk="a1-1")
    buttons = as_person("anna").open(letter.absolute_url()).buttons
    assert "hand_over" not in buttons
    assert {"file", "open-and-file"} <= buttons


def test_by_rest_those_of_the_desk_hand_it_over_and_nobody_else(
    as_person, letter, site, now
):
    case_file = a_case_file(team="a1")
    as_person("anna")
    step = f"{letter.absolute_url()}/@workflow/hand_over"
    for person in ("arno", "tom", "rolf", "hanna", "lotte", "dora", "bert"):
        assert ask("POST", step, person).status_code == 401, person
    filing = f"{letter.absolute_url()}/@file"
    refused = ask("POST", filing, "anna", json={"case_file": case_file.reference})
    assert refused.status_code == 409
    assert "handed over" in refused.json()["message"]

    possible = ask("GET", f"{letter.absolute_url()}/@workflow", "anna").json()
    assert step in {each["@id"] for each in possible["transitions"]}
    answer = ask("POST", step, "anna", json={"comment": "Übergeben"})
    assert (answer.status_code, answer.json()["review_state"]) == (200, "done")
    assert ask("POST", step, "anna").status_code == 409
    history = ask("GET", f"{letter.absolute_url()}/@routing-history", "anna").json()
    last = history["items"][-1]
    assert (last["step"], last["who"], last["why"]) == (
        "hand_over",
        "anna",
        "Übergeben",
    )
