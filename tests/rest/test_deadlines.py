"""Resubmissions and deadlines over REST: entered, settled, listed."""

from eakte.mailitem.filing import file_into
from eakte.mailitem.states import State
from tests import deputies
from tests.builders import a_case_file
from tests.builders import a_mail_item
from tests.builders import as_system
from tests.deputies import at
from tests.deputies import DURING
from tests.deputies import ENTERED
from tests.deputies import EVERY

import pytest
import transaction


DEADLINE = {"kind": "Klage", "event": "Zustellung", "start": "2027-03-01"}
RESUBMISSION = {"day": "2027-03-10", "reason": "Antwort da?"}


@pytest.fixture
def ask(client):
    """Return ``ask(person, method, path, **options)``; the clock stands as set."""

    def ask(person, method, path, **options):
        transaction.commit()
        return client(person).request(method, path, **options)

    return ask


@pytest.fixture
def case_file(site):
    return a_case_file(team="a1", desk="a1-1").absolute_url()


def test_a_resubmission_is_entered_listed_postponed_and_done(ask, case_file):
    with at(ENTERED):
        made = ask("anna", "POST", f"{case_file}/@resubmissions", json=RESUBMISSION)
        assert made.status_code == 201, made.text
        term = made.json()
        assert made.headers["Location"] == term["@id"]
        assert term["desk"] == {"id": "a1-1", "title": "Stelle A1-1"}
        assert (term["urgency"], term["open"]) == ("later", True)
        listed = ask("anna", "GET", "@resubmissions").json()
        assert [each["id"] for each in listed["items"]] == [term["id"]]
        assert listed["items"][0]["content"]["@id"] == case_file
        assert ask("tom", "GET", "@resubmissions").json()["items_total"] == 0
        team = ask("tom", "GET", "@resubmissions?whose=team").json()
        assert team["items_total"] == 1
        early = ask("anna", "GET", "@resubmissions?until=2027-03-09").json()
        assert early["items_total"] == 0
        body = {"do": "postpone", "day": "2027-03-15", "why": "noch nichts"}
        later = ask("tom", "PATCH", term["@id"], json=body)
        assert later.json()["day"] == "2027-03-15"
        done = ask("tom", "PATCH", term["@id"], json={"do": "done", "note": "da"})
        assert [each["deed"] for each in done.json()["notes"]] == [
            "entered",
            "postponed",
            "done",
        ]
        again = ask("tom", "PATCH", term["@id"], json={"do": "done"})
        assert again.status_code == 409
        assert ask("anna", "GET", "@resubmissions").json()["items_total"] == 0
        kept = ask("anna", "GET", f"{case_file}/@resubmissions").json()
        assert kept["items_total"] == 1


def test_a_deadline_is_entered_confirmed_changed_and_closed(ask, case_file):
    with at(ENTERED):
        body = DEADLINE | {"length": {"count": 2, "unit": "weeks"}, "early": 3}
        made = ask("anna", "POST", f"{case_file}/@deadlines", json=body)
        assert made.status_code == 201, made.text
        term = made.json()
        assert (term["end"], term["warning"]) == ("2027-03-15", "2027-03-12")
        own = ask("anna", "PATCH", term["@id"], json={"do": "confirm"})
        assert own.status_code == 403
        early = ask("anna", "PATCH", term["@id"], json={"do": "close", "why": "x"})
        assert early.status_code == 409
        confirmed = ask("tom", "PATCH", term["@id"], json={"do": "confirm"})
        assert confirmed.json()["confirmed_by"] == {"id": "tom", "name": "Tom Lead"}
        body = {"do": "change", "why": "verlängert", "end": "2027-04-12"}
        changed = ask("anna", "PATCH", term["@id"], json=body).json()
        assert (changed["end"], changed["confirmed_by"]) == ("2027-04-12", None)
        ask("tom", "PATCH", term["@id"], json={"do": "confirm"})
        closing = ask("anna", "GET", f"{case_file}/@closing").json()
        assert any("Klage" in each for each in closing["reasons"])
        body = {"do": "close", "why": "zurückgenommen"}
        closed = ask("anna", "PATCH", term["@id"], json=body).json()
        assert (closed["open"], closed["urgency"]) == (False, None)
        assert ask("anna", "GET", "@deadlines").json()["items_total"] == 0


@pytest.mark.parametrize(
    ("body", "reasons"),
    [
        ({}, 3),
        ({"kind": 1, "event": "x", "start": "1.3.2027", "ende": "x"}, 3),
        (DEADLINE | {"length": {"count": 1}, "early": "drei"}, 2),
        (DEADLINE | {"counts_first_day": "ja"}, 1),
        (DEADLINE | {"kind": "Erfunden"}, 2),
        (DEADLINE | {"length": {"count": 10**6, "unit": "years"}}, 1),
    ],
)
def test_every_reason_is_said_and_nothing_entered(ask, case_file, body, reasons):
    with at(ENTERED):
        answer = ask("anna", "POST", f"{case_file}/@deadlines", json=body)
        assert answer.status_code == 400, answer.text
        assert len(answer.json()["reasons"]) == reasons, answer.text
        assert ask("anna", "GET", "@deadlines").json()["items_total"] == 0


def test_a_letter_with_an_open_deadline_is_not_settled(ask, site):
    case_file = a_case_file(team="a1")
    with as_system():
        letter = file_into(a_mail_item(State.ROUTED, team="a1"), case_file)
    letter = letter.absolute_url()
    with at(ENTERED):
        assert (
            ask("anna", "POST", f"{letter}/@deadlines", json=DEADLINE).status_code
            == 201
        )
        answer = ask("anna", "POST", f"{letter}/@workflow/settle")
        assert answer.status_code == 409
        assert "Klage" in answer.json()["reasons"][0]


@pytest.mark.parametrize("name", ["@deadlines", "@resubmissions"])
def test_strangers_learn_and_change_nothing(ask, case_file, name):
    body = DEADLINE if name == "@deadlines" else RESUBMISSION
    with at(ENTERED):
        term = ask("anna", "POST", f"{case_file}/{name}", json=body).json()
        for person in ("bert", "alex", "lotte", "admin", None):
            for method, path in (
                ("GET", f"{case_file}/{name}"),
                ("POST", f"{case_file}/{name}"),
                ("PATCH", term["@id"]),
            ):
                answer = ask(person, method, path, json=body | {"do": "done"})
                assert answer.status_code in (401, 403), (person, method)
                assert "Klage" not in answer.text
        for person in ("bert", "alex", "lotte"):
            for whose in ("mine", "team"):
                listed = ask(person, "GET", f"{name}?whose={whose}").json()
                assert listed["items_total"] == 0
        # The head sees the case file and changes nothing in it.
        seen = ask("hanna", "GET", f"{case_file}/{name}")
        assert seen.json()["items_total"] == 1
        refused = ask("hanna", "POST", f"{case_file}/{name}", json=body)
        assert refused.status_code == 403
        absent = ask("anna", "PATCH", f"{case_file}/{name}/x", json={"do": "close"})
        assert absent.status_code in (400, 404)


@pytest.mark.parametrize("moment", EVERY, ids=str)
def test_a_deputy_reads_and_does_it_while_it_holds(ask, case_file, moment):
    with at(ENTERED):
        made = ask("anna", "POST", f"{case_file}/@resubmissions", json=RESUBMISSION)
    deputies.deputyship("alex", "anna")
    with at(moment):
        listed = ask("alex", "GET", "@resubmissions").json()
        done = ask("alex", "PATCH", made.json()["@id"], json={"do": "done"})
        if moment in DURING:
            assert listed["items_total"] == 1
            last = done.json()["notes"][-1]
            assert last["acting_for"] == {"id": "anna", "name": "Anna Arbeit"}
        else:
            assert listed["items_total"] == 0
            assert done.status_code == 401
