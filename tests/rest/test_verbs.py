"""What another system can do with a letter, and what it is told when it cannot."""

from ..builders import a_case_file
from ..builders import a_mail_item
from datetime import date
from eakte.mailitem.interfaces import IRoutingHistory
from eakte.mailitem.states import State
from plone import api
from plone.uuid.interfaces import IUUID

import pytest


@pytest.fixture
def letter(site):
    """A letter in the box of team a1."""
    return a_mail_item(
        State.ROUTED, title="Antrag", team="a1", received=date(2026, 3, 2)
    )


@pytest.fixture
def case_file(site):
    return a_case_file(team="a1", family_name="Yılmaz", given_name="Ayşe")


def path(content):
    return "/".join(content.getPhysicalPath()[2:])


def test_a_letter_goes_the_whole_road(client, site, state_of, case_file):
    letter = a_mail_item(State.CAPTURED, title="Antrag")
    uid, at = IUUID(letter), path(letter)
    lotte, anna = client("lotte"), client("anna")

    assert lotte.post(f"{at}/@workflow/check").status_code == 200
    assert lotte.post(f"{at}/@workflow/release").json()["review_state"] == "released"
    routed = lotte.post(f"{at}/@route", json={"team": "a1"}).json()
    assert routed["team"]["token"] == "a1"
    accepted = anna.post(f"{at}/@accept").json()
    assert accepted["desk"]["token"] == "a1-1"
    filed = anna.post(f"{at}/@file", json={"case_file": case_file.reference})
    assert filed.status_code == 200
    assert filed.json()["@id"] == filed.headers["Location"]
    assert filed.json()["parent"]["@id"] == case_file.absolute_url()
    assert anna.get(at).status_code == 404
    settled = anna.post(f"{filed.json()['@id']}/@workflow/settle")
    assert settled.json()["review_state"] == "done"
    assert state_of(uid) == State.DONE


def test_a_case_file_is_named_by_uid_too(client, letter, case_file):
    answer = client("anna").post(
        f"{path(letter)}/@file", json={"case_file": IUUID(case_file)}
    )
    assert answer.json()["review_state"] == "filed"


def test_a_letter_and_its_new_case_file_come_together(client, letter, state_of):
    answer = client("anna").post(
        f"{path(letter)}/@open-case-file",
        json={"unit": "10.1", "family_name": "Yılmaz", "birth_date": "1990-03-14"},
    )
    assert answer.status_code == 201
    assert answer.json()["review_state"] == "filed"
    case_file = client("anna").get(answer.json()["parent"]["@id"]).json()
    assert case_file["title"] == "Antrag"
    assert case_file["birth_date"] == "1990-03-14"
    assert case_file["team"]["token"] == "a1"
    assert case_file["reference"].startswith("10.1-")
    assert [item["review_state"] for item in case_file["items"]] == ["filed"]


def test_a_case_file_is_not_opened_when_the_letter_cannot_be_filed(client, site):
    letter = a_mail_item(State.UNCLEAR, title="Antrag", team="a1")
    before = len(site["akten"].objectIds())

    answer = client("tom").post(
        f"{path(letter)}/@open-case-file", json={"unit": "10.1"}
    )

    assert answer.status_code == 409
    site._p_jar.sync()
    assert len(site["akten"].objectIds()) == before


def test_every_mistake_in_the_fields_of_a_new_case_file_is_named(client, letter):
    answer = client("anna").post(
        f"{path(letter)}/@open-case-file",
        json={"unit": "10.1", "azr_number": "12", "birth_date": "gestern", "x": 1},
    )
    assert answer.status_code == 400
    assert len(answer.json()["reasons"]) == 3


def test_a_letter_is_set_aside_with_a_reason_that_is_kept(client, letter, found_again):
    uid = IUUID(letter)
    without = client("anna").post(f"{path(letter)}/@set-aside", json={"to": "unclear"})
    assert without.status_code == 400

    answer = client("anna").post(
        f"{path(letter)}/@set-aside", json={"to": "unclear", "reason": "Kein Name"}
    )

    assert answer.json()["review_state"] == "unclear"
    assert IRoutingHistory(found_again(uid)).entries()[-1].why == "Kein Name"


def test_who_loses_sight_of_a_letter_is_told_where_it_went_and_no_more(client, letter):
    answer = client("anna").post(
        f"{path(letter)}/@set-aside", json={"to": "blocked", "reason": "Persönlich"}
    )
    assert answer.status_code == 200
    assert answer.json() == {
        "@id": letter.absolute_url(),
        "review_state": "blocked",
    }


def test_passing_on_keeps_the_day_of_receipt_and_says_why(client, letter, found_again):
    uid = IUUID(letter)
    anna = client("anna")
    unreasoned = anna.post(f"{path(letter)}/@route", json={"team": "a2"})
    assert unreasoned.status_code == 400

    answer = anna.post(
        f"{path(letter)}/@route", json={"team": "a2", "reason": "Falsches Team"}
    )

    assert answer.status_code == 200
    letter = found_again(uid)
    assert letter.received == date(2026, 3, 2)
    last = IRoutingHistory(letter).entries()[-1]
    assert (last.who, last.from_team, last.to_team) == ("anna", "a1", "a2")
    way = client("alex").get(f"{path(letter)}/@routing-history").json()
    assert way["items"][-1]["to"]["team"]["title"] == "Team A2"
    assert way["items"][-1]["name"] == "Anna Arbeit"


@pytest.mark.parametrize(
    ("user", "service", "body", "status"),
    [
        ("anna", "@route", {}, 400),
        ("anna", "@route", {"team": "a9", "reason": "x"}, 400),
        ("anna", "@route", {"team": ["a2"]}, 400),
        ("anna", "@accept", {"desk": "a2-1"}, 400),
        ("anna", "@file", {"case_file": "10.1-99/2026"}, 409),
        ("anna", "@set-aside", {"to": "done", "reason": "x"}, 400),
        ("anna", "@workflow/release", {}, 409),
        ("anna", "@workflow/fly", {}, 400),
        ("anna", "@workflow/file", {}, 409),
        ("anna", "@workflow/route", {}, 400),
        ("anna", "@workflow/accept", {}, 400),
        ("lotte", "@accept", {}, 403),
        ("lotte", "@workflow/accept", {}, 403),
        ("bert", "@accept", {}, 401),
        ("bert", "@workflow/accept", {}, 401),
        (None, "@accept", {}, 401),
    ],
)
def test_a_refusal_has_its_status_and_changes_nothing(
    client, letter, state_of, user, service, body, status
):
    uid = IUUID(letter)
    answer = client(user).post(f"{path(letter)}/{service}", json=body)

    assert answer.status_code == status
    assert state_of(uid) == State.ROUTED
    if status != 401:
        assert answer.json()["reasons"]
        assert answer.json()["message"] == " ".join(answer.json()["reasons"])


def test_a_body_that_is_no_json_is_refused(client, letter):
    answer = client("anna").post(f"{path(letter)}/@route", data="team=a2")
    assert answer.status_code == 400
    assert answer.json()["reasons"]


def test_reasons_come_in_the_language_of_the_reader(client, letter):
    api.portal.set_registry_record("plone.available_languages", ["en", "de"])
    api.portal.set_registry_record("plone.use_request_negotiation", True)
    anna = client("anna")
    said = {}
    for language in ("en", "de"):
        anna.headers["Accept-Language"] = language
        said[language] = anna.post(f"{path(letter)}/@route", json={"team": "a9"}).json()
    assert said["en"]["reasons"] == ["There is no such team. Choose one from the list."]
    assert "Team" in said["de"]["message"]
    assert said["de"]["reasons"] != said["en"]["reasons"]


def test_number_place_and_scan_are_not_changed_by_writing_fields(client, letter):
    anna = client("anna")
    for field in ({"number": "PE-1"}, {"team": "a2"}, {"desk": "a1-2"}):
        answer = anna.patch(path(letter), json=field)
        assert answer.status_code == 403, field
        assert answer.json()["reasons"]
    seen = anna.get(path(letter)).json()
    assert (seen["number"], seen["team"]["token"]) == (letter.number, "a1")


def test_what_get_answered_can_be_sent_back(client, letter):
    anna = client("anna")
    seen = anna.get(path(letter)).json()
    answer = anna.patch(path(letter), json={**seen, "sender": "Finanzamt"})
    assert answer.status_code == 204, answer.text
    assert anna.get(path(letter)).json()["sender"] == "Finanzamt"


def test_the_day_of_receipt_is_corrected_before_the_release_only(client, site, letter):
    captured = a_mail_item(State.CAPTURED)
    lotte, anna = client("lotte"), client("anna")

    before = lotte.patch(path(captured), json={"received": "2026-01-05"})
    after = anna.patch(path(letter), json={"received": "2026-01-05"})

    assert before.status_code == 204
    assert after.status_code == 403
    assert anna.get(path(letter)).json()["received"] == "2026-03-02"


def test_another_system_brings_a_letter_with_its_day_of_receipt(client, site):
    answer = client("fachverfahren").post(
        "posteingang",
        json={"@type": "mail_item", "title": "Bescheid", "received": "2026-01-05"},
    )
    assert answer.status_code == 201
    assert answer.json()["received"] == "2026-01-05"
    assert answer.json()["review_state"] == "captured"


def test_a_case_file_is_opened_for_the_own_team_only(client, site):
    anna = client("anna")
    body = {"@type": "case_file", "unit": "10.1", "title": "Neu"}

    assert anna.post("akten", json={**body, "team": "a1"}).status_code == 201
    assert anna.post("akten", json={**body, "team": "a2"}).status_code == 403
    own = anna.get("@search?portal_type=case_file").json()["items"][0]["@id"]
    assert anna.patch(own, json={"team": "b1"}).status_code == 400
    assert anna.get(own).json()["team"]["token"] == "a1"
    wrong_unit = anna.post("akten", json={**body, "team": "a1", "unit": "20.1"})
    assert wrong_unit.status_code == 400
    set_number = anna.post("akten", json={**body, "team": "a1", "reference": "1"})
    assert set_number.status_code == 403


def test_a_case_file_keeps_its_unit_and_goes_to_teams_and_desks_it_may_go_to(
    client, case_file
):
    anna, at = client("anna"), path(case_file)
    for fields, status in (
        ({"unit": "10.2"}, 403),
        ({"team": "a2"}, 403),
        ({"desk": "a2-1"}, 400),
        ({"team": "b1", "desk": "a1-1"}, 400),
        ({"unit": "10.1", "desk": "a1-2"}, 204),
    ):
        answer = anna.patch(at, json=fields)
        assert answer.status_code == status, (fields, answer.text)
    seen = anna.get(at).json()
    assert (seen["unit"]["token"], seen["team"]["token"]) == ("10.1", "a1")
    assert seen["desk"]["token"] == "a1-2"
    moved = client("rolf").patch(at, json={"team": "a2", "desk": "a2-1"})
    assert moved.status_code == 204


def test_closing_names_every_reason_before_and_when_it_is_tried(
    client, letter, case_file, state_of
):
    uid = IUUID(case_file)
    anna = client("anna")
    assert anna.get(f"{path(case_file)}/@closing").json()["reasons"] == [
        "The case file is empty."
    ]
    anna.post(f"{path(letter)}/@file", json={"case_file": uid})
    anna.post(path(case_file), json={"@type": "case_document", "title": "Vermerk"})

    asked = anna.get(f"{path(case_file)}/@closing").json()
    tried = anna.post(f"{path(case_file)}/@workflow/close")

    assert len(asked["reasons"]) == 2
    assert asked["ready"] is False
    assert tried.status_code == 409
    assert sorted(tried.json()["reasons"]) == sorted(asked["reasons"])
    assert state_of(uid) == "open"


def test_a_scan_is_given_once_and_not_replaced_by_writing(client, site, found_again):
    letter = a_mail_item(State.ROUTED, team="a1", pdf=b"%PDF-1.4 the first")
    case_file = a_case_file(team="a1")
    uid, anna = IUUID(letter), client("anna")
    other = {"data": "%PDF-1.4 another", "encoding": "utf-8", "filename": "b.pdf"}

    assert anna.patch(path(letter), json={"scan": other}).status_code == 403
    assert anna.patch(path(letter), json={"scan": None}).status_code == 403
    assert found_again(uid).scan.data == b"%PDF-1.4 the first"

    document = anna.post(
        path(case_file),
        json={"@type": "case_document", "title": "Vermerk", "scan": other},
    ).json()
    assert document["scan"]["filename"] == "b.pdf"
    assert anna.patch(document["@id"], json={"scan": other}).status_code == 403
    seen = anna.get(document["@id"]).json()
    assert anna.patch(document["@id"], json=seen).status_code == 204
