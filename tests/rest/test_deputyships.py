"""Deputyships and absences over REST: switched on and off, and asked for."""

from eakte.mailitem.states import State
from tests import deputies
from tests.builders import a_mail_item
from tests.deputies import at
from tests.deputies import BETWEEN
from tests.deputies import DURING
from tests.deputies import ENTERED
from tests.deputies import EVERY

import pytest
import transaction


DAYS = {"first_day": "2027-03-08", "last_day": "2027-03-12"}


@pytest.fixture
def ask(client):
    """Return ``ask(person, method, path, **options)``; the clock stands as set."""

    def ask(person, method, path, **options):
        transaction.commit()
        return client(person).request(method, path, **options)

    return ask


def test_a_deputyship_is_switched_on_asked_for_and_switched_off(ask):
    with at(ENTERED):
        body = {"deputy": "alex", **DAYS, "reason": "Urlaub", "teams": ["a1"]}
        made = ask("anna", "POST", "@deputyships", json=body)
        assert made.status_code == 201, made.text
        assert made.headers["Location"] == made.json()["@id"]
        entry = made.json()
        assert entry["represented"] == {"id": "anna", "name": "Anna Arbeit"}
        assert (entry["active"], entry["over"], entry["ended"]) == (False, False, None)
        for person in ("anna", "alex", "tom"):
            listed = ask(person, "GET", "@deputyships").json()
            assert [each["id"] for each in listed["items"]] == [entry["id"]]
            assert listed["now"] == []
        assert ask("bert", "GET", "@deputyships").json()["items_total"] == 0
    with at(BETWEEN):
        (now,) = ask("alex", "GET", "@deputyships").json()["now"]
        assert now["desk"]["id"] == "a1-1"
        assert (now["until"], now["standing"]) == ("2027-03-12", False)
        ended = ask("tom", "PATCH", entry["@id"], json={"active": False})
        assert ended.status_code == 200
        assert ended.json()["ended_by"] == {"id": "tom", "name": "Tom Lead"}
        assert (
            ask("tom", "PATCH", entry["@id"], json={"active": False}).status_code == 409
        )
        listed = ask("alex", "GET", "@deputyships").json()
        assert (listed["now"], listed["items"][0]["over"]) == ([], True)


def test_each_field_of_the_messages_0620_and_0621_has_its_place(ask):
    """Types of xdomea 3.1.0: VertretungZumAktivierenOderDeaktivieren (0620) and
    VertretungsstatusZumAbfragen (0621). Both are answered with deputies and status.
    """
    message = {"ZuVertretender": "anna", "Vertreter": "alex", "Aktivieren": True}
    with at(BETWEEN):
        day = BETWEEN.date().isoformat()
        body = {
            "represented": message["ZuVertretender"],
            "deputy": message["Vertreter"],
            "first_day": day,
            "last_day": day,
        }
        on = ask("tom", "POST", "@deputyships", json=body).json()
        assert on["deputy"] == {"id": "alex", "name": "Alex Arbeit"}
        assert on["active"] is message["Aktivieren"]
        for asked, found in (("anna", 1), ("alex", 1), ("arno", 0)):
            status = ask("tom", "GET", f"@deputyships?person={asked}").json()
            assert [
                (each["represented"]["id"], each["deputy"]["name"], each["active"])
                for each in status["items"]
            ] == [("anna", "Alex Arbeit", True)] * found
        message["Aktivieren"] = False
        body = {"active": message["Aktivieren"]}
        off = ask("tom", "PATCH", on["@id"], json=body).json()
        assert (off["deputy"]["id"], off["active"]) == ("alex", False)
        status = ask("tom", "GET", "@deputyships?person=anna").json()
        assert [each["active"] for each in status["items"]] == [False]


def test_circles_and_teams_of_others_are_refused_and_nothing_is_entered(ask):
    deputies.deputyship("arno", "anna")
    deputies.deputyship("alex", "arno")
    with at(ENTERED):
        for deputy in ("anna", "arno"):
            body = {"deputy": deputy, **DAYS}
            answer = ask("alex", "POST", "@deputyships", json=body)
            assert answer.status_code == 400
            assert "represent each other" in answer.json()["message"]
        body = {"deputy": "anna", **DAYS, "teams": ["a1"]}
        answer = ask("alex", "POST", "@deputyships", json=body)
        assert "no desk in the team" in answer.json()["message"]
        items = ask("alex", "GET", "@deputyships").json()["items"]
        assert [each["represented"]["id"] for each in items] == ["arno"]


def test_an_absence_is_entered_by_the_lead(ask):
    with at(ENTERED):
        made = ask("tom", "POST", "@absences", json={"person": "anna", **DAYS})
        assert made.status_code == 201
        assert made.json()["entered_by"]["id"] == "tom"
        listed = ask("anna", "GET", "@absences").json()
        assert [each["person"]["id"] for each in listed["items"]] == ["anna"]
        assert ask("alex", "GET", "@absences").json()["items_total"] == 0
        ended = ask("anna", "PATCH", made.json()["@id"], json={"active": False})
        assert ended.json()["over"] is True


@pytest.mark.parametrize(
    ("body", "reasons"),
    [
        ({}, 3),
        ({"deputy": "alex", "first_day": "8.3.2027", "last_day": 7}, 2),
        ({"deputy": "anna", "first_day": "2027-02-02", "last_day": "2027-02-01"}, 3),
        ({"deputy": "alex", **DAYS, "teams": "a1", "stellvertreter": "x"}, 2),
        ({"deputy": "bert", **DAYS}, 1),
    ],
)
def test_every_reason_is_said_and_nothing_entered(ask, body, reasons):
    with at(ENTERED):
        answer = ask("anna", "POST", "@deputyships", json=body)
        assert answer.status_code == 400
        assert len(answer.json()["reasons"]) == reasons, answer.text
        assert ask("anna", "GET", "@deputyships").json()["items_total"] == 0


def test_nobody_makes_himself_a_deputy_over_rest(ask):
    with at(ENTERED):
        body = {"deputy": "alex", "represented": "anna", **DAYS}
        for person in ("alex", "bert", "fachverfahren", "lotte"):
            assert ask(person, "POST", "@deputyships", json=body).status_code == 403
        assert ask("admin", "POST", "@deputyships", json=body).status_code in (401, 403)
        assert ask(None, "POST", "@deputyships", json=body).status_code == 401


def test_a_stranger_learns_not_that_a_deputyship_is_there(ask):
    entry = deputies.deputyship("alex", "anna")
    with at(ENTERED):
        there = ask("bert", "PATCH", f"@deputyships/{entry.id}", json={"active": False})
        absent = ask(
            "bert", "PATCH", f"@deputyships/{'0' * 32}", json={"active": False}
        )
        assert (there.status_code, there.json()["reasons"]) == (
            absent.status_code,
            absent.json()["reasons"],
        )
        body = {"active": True}
        assert (
            ask("anna", "PATCH", f"@deputyships/{entry.id}", json=body).status_code
            == 400
        )


@pytest.mark.parametrize("moment", EVERY, ids=str)
def test_a_deputy_works_over_rest_while_it_holds(ask, moment):
    letter = a_mail_item(State.ROUTED, team="a1", title="Zebrastreifen")
    deputies.deputyship("alex", "anna")
    with at(moment):
        seen = ask("alex", "GET", letter.absolute_url()).status_code
        box = ask("alex", "GET", "@mail-box?box=team&team=a1").json()
        desks = ask("alex", "GET", "@office").json()["own_desks"]
        if moment in DURING:
            assert (seen, box["counts"]["routed"]) == (200, 1)
            assert desks == ["a2-1", "a1-1"]
            taken = ask("alex", "POST", f"{letter.absolute_url()}/@accept")
            assert taken.json()["desk"]["token"] == "a1-1"
            history = ask("alex", "GET", f"{letter.absolute_url()}/@routing-history")
            last = history.json()["items"][-1]
            assert last["acting_for"] == {"id": "anna", "name": "Anna Arbeit"}
        else:
            assert (seen, box["counts"]["routed"]) == (401, 0)
            assert desks == ["a2-1"]
