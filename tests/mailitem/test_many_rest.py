"""Many letters at once over REST: preview, do, ask, undo."""

from eakte.access.barring import bar
from eakte.access.protecting import protect
from eakte.casefile.states import State as CaseFileState
from eakte.mailitem import many
from eakte.mailitem.states import State
from plone import api
from tests.builders import a_case_file
from tests.builders import a_mail_item
from tests.builders import as_system
from tests.builders import put_in_state
from tests.rest.conftest import client
from tests.rest.conftest import found_again
from tests.rest.conftest import site
from tests.rest.conftest import state_of
from uuid import uuid4

import pytest
import transaction


__all__ = ("client", "found_again", "site", "state_of")


@pytest.fixture
def letters(site):
    return [a_mail_item(State.ROUTED, team="a1", title=f"Nr. {n}") for n in range(3)]


def uids(letters):
    return [each.UID() for each in letters]


def look(person, letters, verb="accept", **said):
    body = {"verb": verb, "with": said, "uids": uids(letters)}
    return person.post("@many-preview", json=body)


def chosen(answer):
    return [
        {"uid": each["uid"], "mark": each["mark"]}
        for each in answer.json()["items"]
        if each["allowed"]
    ]


def test_preview_do_ask_and_undo(client, letters, state_of):
    anna = client("anna")
    seen = look(anna, letters)
    assert seen.status_code == 200, seen.text
    assert (seen.json()["allowed"], seen.json()["refused"]) == (3, 0)
    assert seen.json()["items"][0]["after"] == {
        "review_state": "accepted",
        "team": "a1",
        "desk": "a1-1",
        "case_file": None,
    }
    assert {state_of(uid) for uid in uids(letters)} == {State.ROUTED}

    done = anna.post("@many", json={"verb": "accept", "items": chosen(seen)})
    assert done.status_code == 201, done.text
    assert done.json()["counts"] == {"waiting": 0, "done": 3, "refused": 0}
    assert {state_of(uid) for uid in uids(letters)} == {State.ACCEPTED}
    assert anna.get(done.headers["Location"]).json() == done.json()

    undone = anna.patch(done.json()["@id"], json={"do": "undo"})
    assert undone.status_code == 201, undone.text
    assert undone.json()["undoes"] == done.json()["id"]
    assert {state_of(uid) for uid in uids(letters)} == {State.ROUTED}
    again = anna.patch(done.json()["@id"], json={"do": "undo"})
    assert again.status_code == 409
    asked = anna.get(done.json()["@id"]).json()
    assert (asked["can_be_undone"], asked["undone_by"]) == (False, undone.json()["id"])


def test_one_refusal_keeps_no_other_letter(client, letters):
    anna = client("anna")
    items = chosen(look(anna, letters))
    client("tom").patch(letters[1].absolute_url(), json={"title": "Anders"})
    done = anna.post("@many", json={"verb": "accept", "items": items}).json()
    assert [each["outcome"] for each in done["items"]] == ["done", "refused", "done"]
    assert "changed since" in done["items"][1]["reasons"][0]


def test_unknown_and_hidden_letters_answer_the_same(client, letters):
    hidden = a_mail_item(State.ROUTED, team="a2", title="Geheim").UID()
    unknown, anna = uuid4().hex, client("anna")
    answers = []
    for uid in (hidden, unknown):
        body = {"verb": "accept", "uids": [uid]}
        seen = anna.post("@many-preview", json=body).text.replace(uid, "X")
        body = {"verb": "accept", "items": [{"uid": uid, "mark": "x"}]}
        done = anna.post("@many", json=body).json()
        done["items"][0]["uid"] = "X"
        answers.append((seen, done["items"]))
    assert answers[0] == answers[1]


def test_the_same_request_sent_again_is_done_once(client, letters):
    anna, word = client("anna"), uuid4().hex
    body = {"verb": "accept", "items": chosen(look(anna, letters)), "id": word}
    first, again = (anna.post("@many", json=body).json() for _ in range(2))
    assert first == again
    assert first["counts"]["done"] == 3


def test_more_than_a_few_are_answered_before_they_are_done(
    client, letters, monkeypatch
):
    monkeypatch.setattr(many, "AT_ONCE", 2)
    anna = client("anna")
    body = {"verb": "accept", "items": chosen(look(anna, letters))}
    begun = anna.post("@many", json=body)
    assert begun.status_code == 202
    assert begun.json()["state"] == "running"
    assert begun.json()["counts"]["waiting"] == 3


@pytest.mark.parametrize("person", ["bert", "alex", "tom", "lotte", "hanna", None])
def test_a_result_is_nobody_elses_business(client, letters, person):
    anna = client("anna")
    body = {"verb": "accept", "items": chosen(look(anna, letters))}
    at = anna.post("@many", json=body).json()["@id"]
    other = client(person)
    expected = (404,) if person else (401,)
    assert other.get(at).status_code in expected
    assert other.patch(at, json={"do": "undo"}).status_code in expected
    assert anna.get(at).json()["undone_by"] is None


@pytest.mark.parametrize("named", ["UID", "reference"])
@pytest.mark.parametrize("way", ["protected", "barred"])
def test_a_result_names_nothing_that_was_closed_since(
    client, letters, found_again, named, way
):
    case_file, anna = a_case_file(team="a1"), client("anna")
    at = []
    meant = case_file.UID() if named == "UID" else case_file.reference
    said = {"case_file": meant}
    looks = [chosen(look(anna, [each], "file", **said)) for each in letters[:2]]
    for items in looks:
        body = {"verb": "file", "with": said, "items": items}
        at.append(anna.post("@many", json=body).json()["@id"])
        case_file = found_again(case_file.UID())
        with as_system():
            put_in_state(case_file, "case_file_workflow", CaseFileState.CLOSED)
        transaction.commit()
    assert [anna.get(each).json()["with"] for each in at] == [said, said]
    assert letters[0].number in anna.get(at[0]).text
    assert case_file.reference in anna.get(at[1]).text
    with api.env.adopt_user(username="hanna"):
        if way == "protected":
            protect(case_file, "vip", ["tom"], "Wunsch der Leitung")
        else:
            bar(case_file, ["anna"], "Befangen")
    transaction.commit()
    done, refused = (anna.get(each) for each in at)
    for answer in (done, refused):
        assert case_file.reference not in answer.text
        assert case_file.UID() not in answer.text
        assert answer.json()["with"] == {}
    (item,) = done.json()["items"]
    assert (item["@id"], item["number"], item["outcome"]) == (None, None, "done")
    assert item["reasons"] == [many.NOT_YOURS.default or str(many.NOT_YOURS)]
    (item,) = refused.json()["items"]
    assert (item["number"], item["outcome"]) == (letters[1].number, "refused")
    assert len(item["reasons"]) == 1


def test_a_case_file_that_is_closed_answers_like_one_that_never_was(client, letters):
    closed, anna = a_case_file(team="a1"), client("anna")
    with api.env.adopt_user(username="hanna"):
        protect(closed, "vip", ["tom"], "Wunsch der Leitung")
    transaction.commit()
    items = chosen(look(anna, letters[:1]))
    answers = []
    for wanted in (closed.reference, "10.1-999/2026"):
        body = {"verb": "file", "with": {"case_file": wanted}, "items": items}
        done = anna.post("@many", json=body).json()
        assert done["counts"]["refused"] == 1
        answers.append((done["with"], done["items"]))
    assert answers[0] == answers[1]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("@many-preview", {}),
        ("@many-preview", {"verb": "accept", "uids": "x"}),
        ("@many-preview", {"verb": "accept", "uids": [1]}),
        ("@many-preview", {"verb": ["accept"], "uids": ["x"]}),
        ("@many-preview", {"verb": "route", "uids": ["x"]}),
        ("@many-preview", {"verb": "accept", "with": "x", "uids": ["x"]}),
        ("@many-preview", {"verb": "accept", "uids": ["x"], "colour": "red"}),
        ("@many", {"verb": "accept", "items": ["x"]}),
        ("@many", {"verb": "accept", "items": [{"uid": "x"}]}),
        ("@many", {"verb": "accept", "items": [{"uid": "x", "mark": 1}]}),
        ("@many", {"verb": "accept", "items": [{"uid": "x", "mark": ""}], "id": "1"}),
    ],
)
def test_a_wrong_body_is_refused_with_reasons(client, site, path, body):
    answer = client("anna").post(path, json=body)
    assert answer.status_code == 400, answer.text
    assert answer.json()["reasons"]


def test_whoever_has_no_desk_has_no_such_service(client, letters):
    for person in (None, "admin"):
        assert look(client(person), letters).status_code in (401, 403)
