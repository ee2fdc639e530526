"""By no UID and no count is anything told of what is closed to a person.

What lies in a protected case file is there for its circle, in every list that is asked
for by UIDs; and who is barred finds no figure of it at the own desk.
"""

from .cells import answered
from .cells import BARRED
from .cells import Somebody
from .doors import a_scan
from .doors import read_all
from .doors import taken_along
from .doors import tells
from eakte.access.barring import bar
from eakte.mailitem.states import State
from plone import api

import pytest
import transaction


UNKNOWN = "0" * 32

ANYTHING = {"Accept": "*/*"}

NO_DESK = ("ines", "admin", None)
"""Who administers, or has not logged in, is answered by no service of the desk."""


@pytest.fixture(scope="module")
def letters(house):
    """Filed letters of anna's desk in each of the case files, and one that is not."""
    scan = {"scan": a_scan()}
    letters = {name: house.letter(State.FILED, name, **scan) for name in house.files}
    letters[""] = house.letter(State.ACCEPTED, **scan)
    house.close_up()
    read_all(house.portal)
    return letters


def at_work(clients):
    """Yield those who have a desk, with their clients, at their moments."""
    for somebody, client in clients.at_their_moments():
        if somebody.user not in NO_DESK:
            yield somebody, client


def test_no_preview_tells_of_a_letter_by_its_uid(letters, clients):
    uids = {UNKNOWN: None} | {letter.uid: letter for letter in letters.values()}
    body = {"verb": "settle", "uids": list(uids)}
    wrong = {}
    for somebody, client in clients.at_their_moments():
        answer = client.post("@many-preview", json=body)
        if somebody.user in NO_DESK:
            assert answer.status_code == 401
            continue
        told = {each.pop("uid"): each for each in answer.json()["items"]}
        nothing = told[UNKNOWN]
        assert set(nothing) == {"allowed", "reasons"}
        for uid, letter in uids.items():
            sees = letter is not None and letter.is_for(somebody)
            if (told[uid] != nothing) != sees:
                wrong[f"{somebody}, {letter}"] = told[uid]
    assert not wrong


def test_no_deed_with_many_letters_tells_of_one_or_changes_it(house, letters, clients):
    items = [{"uid": UNKNOWN, "mark": "f" * 32}]
    items += [{"uid": each.uid, "mark": "f" * 32} for each in letters.values()]
    said = {"verb": "settle", "items": items}
    wrong = {}
    for somebody, client in at_work(clients):
        answer = client.post("@many", json=said)
        assert answer.status_code == 201, answer.text
        told = {each.pop("uid"): each for each in answer.json()["items"]}
        again = client.get(answer.headers["Location"])
        assert {each["uid"] for each in again.json()["items"]} == set(told)
        for letter in letters.values():
            sees = letter.is_for(somebody)
            if (told[letter.uid] != told[UNKNOWN]) != sees:
                wrong[f"{somebody}, {letter}"] = told[letter.uid]
        if not any(letter.is_for(somebody) for letter in letters.values()):
            assert not tells(again)
    assert not wrong
    transaction.begin()
    for letter in letters.values():
        assert api.content.get_state(letter.content) == letter.state


@pytest.mark.parametrize(
    "address",
    [
        "@@reading-progress?uid={uid}",
        "@search?UID={uid}",
        "@boxes/my-desk?b_size=200",
        "@mail-box?box=desk&desk=a1-1&state=filed",
    ],
)
def test_no_list_has_a_letter_that_is_not_seen(letters, clients, address):
    told, sees = set(), set()
    for somebody, client in at_work(clients):
        for letter in letters.values():
            if letter.state != State.FILED:
                continue
            answer = answered(client, client.site + address.format(uid=letter.uid))
            found = letter.uid in answer.json() or letter.url in listed(answer)
            told |= {f"{somebody}, {letter}"} if found else set()
            sees |= {f"{somebody}, {letter}"} if letter.is_for(somebody) else set()
    assert told <= sees
    assert told


def listed(answer):
    """Return the addresses of the items of a list."""
    return {each["@id"] for each in answer.json().get("items", ())}


def test_the_records_have_metadata_for_their_managers_and_nothing_else(house, clients):
    wrong = {}
    for somebody, client in clients.at_their_moments():
        if somebody.user == "rita":
            expected = dict.fromkeys(("open", "closed", "barred"), 200)
            expected |= dict.fromkeys(("protected", "none"), 404)
        else:
            status = 401 if somebody.user in NO_DESK else 403
            expected = dict.fromkeys((*house.files, "none"), status)
        uids = {name: file.uid for name, file in house.files.items()}
        said = {
            name: client.get(f"@records/{uid}")
            for name, uid in {**uids, "none": UNKNOWN}.items()
        }
        told = {name: answer.status_code for name, answer in said.items()}
        if told != expected or any(map(tells, said.values())):
            wrong[str(somebody)] = told
        listed = client.get("@records")
        assert not tells(listed)
        if somebody.user == "rita":
            found = {each["UID"] for each in listed.json()["items"]}
            assert found == {uids[name] for name in uids if name != "protected"}
            assert listed.json()["items_total"] == len(found)
        else:
            assert listed.status_code in (401, 403)
    assert not wrong


# Barred from a letter of the own desk


def desk_of(client):
    """Return every figure of anna's desk, as each of the doors tells it."""
    changes = client.get("@@box-changes?box=my-desk:a1-1:filed", headers=ANYTHING)
    box = client.get("@mail-box?box=desk&desk=a1-1").json()
    mine = client.get("@boxes/my-desk?team=a1-1&state=filed").json()
    (entry,) = (
        each
        for each in client.get("@boxes").json()["items"]
        if each["name"] == "my-desk"
    )
    lines = taken_along(client, "my-desk:a1-1:filed").text.strip().splitlines()
    return {
        "@@box-changes": changes.json()["count"],
        "@@box-changes, counts": changes.json()["counts"]["filed"],
        "@mail-box": box["counts"]["filed"],
        "@boxes": entry["counts"]["filed"],
        "@boxes/my-desk": mine["items_total"],
        "@boxes/my-desk, counts": mine["counts"]["filed"],
        "@@desk-counts": client.get("@@desk-counts", headers=ANYTHING).json()[
            "my-desk"
        ],
        "@@export-letters": len(lines) - 1,
        "@search": client.get("@search?desk=a1-1&review_state=filed").json()[
            "items_total"
        ],
    }


PEOPLE_AT_THE_DESK = (Somebody("anna"), Somebody("alex"))
"""Who sits there, and who represents her."""


def test_who_is_barred_finds_no_figure_of_it_at_the_own_desk(house, letters, clients):
    seen = {}
    for barred in (True, False):
        with api.env.adopt_user(username="hanna"):
            people = BARRED if barred else ()
            bar(house.files["barred"].content, people, "Befangen")
        transaction.commit()
        for somebody, client in clients.at_their_moments(PEOPLE_AT_THE_DESK):
            seen[somebody.user, barred] = desk_of(client)
    filed = {
        ("anna", True): ["open", "closed", "protected"],
        ("anna", False): ["open", "closed", "protected", "barred"],
        ("alex", True): ["open", "closed"],
        ("alex", False): ["open", "closed", "barred"],
    }
    for cell, figures in seen.items():
        count = len(filed[cell])
        expected = dict.fromkeys(figures, count) | {"@@desk-counts": count + 1}
        assert figures == expected, cell
