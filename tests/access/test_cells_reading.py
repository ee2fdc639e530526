"""Whatever is found and counted is seen by those of the tables: person × day × state.

Asked over HTTP of one office, in which nothing is changed meanwhile. Who is barred, a
circle, a deputy and a guest before, during and after: see ``cells``.
"""

from .doors import tells
from eakte.desk.places import WAITING_AT_DESK
from eakte.document.states import State as DocumentState
from eakte.mailitem.boxes import DESK_STATES
from eakte.mailitem.boxes import MAILROOM_STATES
from eakte.mailitem.boxes import TEAM_STATES
from urllib.parse import urlencode

import pytest
import re


ANY = ("mail_item", "case_file", "case_document")
SCANNED = ("mail_item", "case_document")


# Found


def by_kind(client):
    asked = urlencode([("portal_type", kind) for kind in ANY])
    return _items(client.get(f"@search?{asked}&b_size=200"))


def by_subject(client):
    return _items(client.get("@search?SearchableText=Zebrastreifen&b_size=200"))


def by_word_of_the_page(client):
    return _items(client.get("@search?SearchableText=Zebrawolle&b_size=200"))


def by_suggestion(client):
    return _items(client.get("@case-file-suggestions?text=Zebulon"))


def by_suggestion_on_a_screen(client):
    answer = client.get("@@case-file-suggestions?text=Zebulon", headers=ANYTHING)
    if answer.status_code == 302:
        return set()
    return {each["uid"] for each in answer.json()["items"]}


def by_vocabulary(client):
    answer = client.get("@vocabularies/plone.app.vocabularies.Catalog?b_size=200")
    return {each["token"] for each in answer.json()["items"]}


def by_picker(client):
    asked = {
        "name": "plone.app.vocabularies.Catalog",
        "attributes": '["UID"]',
        "batch": '{"page": 1, "size": 200}',
    }
    answer = client.get(f"@@getVocabulary?{urlencode(asked)}", headers=ANYTHING).json()
    assert answer["total"] == len(answer["results"])
    return {each["UID"] for each in answer["results"]}


ANYTHING = {"Accept": "*/*"}


def _items(answer):
    """Return UIDs or addresses of what was found; the total is the number of them."""
    if not answer.ok:
        assert answer.status_code == 401, answer.url
        assert not tells(answer)
        return set()
    said = answer.json()
    assert said["items_total"] == len(said["items"])
    return {each.get("UID") or each["@id"] for each in said["items"]}


def has_words_of_pages(thing):
    """A cancelled document is found by its fields and not by its pages."""
    scanned = thing.kind in SCANNED
    return scanned and thing.state != DocumentState.CANCELLED


def is_case_file(thing):
    return thing.kind == "case_file"


WAYS = {
    by_kind: bool,
    by_subject: bool,
    by_word_of_the_page: has_words_of_pages,
    by_suggestion: is_case_file,
    by_suggestion_on_a_screen: is_case_file,
    by_vocabulary: bool,
    by_picker: bool,
}
"""By which way what is found by those who see it."""


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_found_is_what_is_seen_and_the_total_counts_no_more(things, clients, way):
    names = {name: str(thing) for thing in things for name in (thing.uid, thing.url)}
    wrong = {}
    for somebody, client in clients.at_their_moments():
        found = {names[name] for name in way(client) if name in names}
        sees = {
            str(thing)
            for thing in things
            if WAYS[way](thing) and thing.is_for(somebody)
        }
        if found != sees:
            wrong[str(somebody)] = {"told": found - sees, "missed": sees - found}
    assert not wrong


def test_the_search_screen_shows_and_counts_what_is_seen(things, clients):
    wrong = {}
    for somebody, client in clients.at_their_moments():
        sees = {thing.url for thing in things if thing.is_for(somebody)}
        shown, counted = set(), 0
        for start in range(0, len(sees) + 1, 20):
            text = client.get(f"@@find?text=Zebra&start={start}", headers=ANYTHING).text
            shown |= {thing.url for thing in things if f'{thing.url}"' in text}
            counts = re.findall(r'<span class="eakte-count[^>]*>\s*(\d+)', text)
            counted = max([counted, *map(int, counts)])
        if (shown, counted) != (sees, len(sees)):
            wrong[str(somebody)] = len(sees), counted, sees ^ shown
    assert not wrong


# Boxes


WORKS = {
    "anna": (("a1-1",), ("a1",)),
    "arno": (("a1-2",), ("a1",)),
    "tom": ((), ("a1",)),
    "alex": (("a2-1",), ("a2",)),
    "tina": ((), ("a2",)),
    "rolf": ((), ("a1", "a2")),
    "bert": (("b1-1",), ("b1",)),
    "holger": ((), ("b1",)),
}
"""Desks and teams whose boxes a person has."""

COUNTED = {
    "tom": ("a1",),
    "hanna": ("a1", "a2"),
    "tina": ("a2",),
    "holger": ("b1",),
}
"""Teams whose numbers a person knows."""

IN_THE_MAILROOM = ("oskar", "quirin", "lotte")

NO_DESK = ("ines", "admin", None)


def boxes_of(somebody, things):
    """Return ``{box: {state: letters}}`` of what the person sees there."""
    desks, teams = WORKS.get(somebody.user, ((), ()))
    if str(somebody) == "alex during":
        desks, teams = (*desks, "a1-1"), (*teams, "a1")
    letters = [
        thing
        for thing in things
        if thing.kind == "mail_item" and thing.is_for(somebody)
    ]
    boxes = {}
    if desks:
        boxes["my-desk"] = DESK_STATES, [each for each in letters if "a1-1" in desks]
    if teams:
        boxes["team-box"] = TEAM_STATES, [each for each in letters if "a1" in teams]
    if somebody.user in IN_THE_MAILROOM:
        boxes["mailroom"] = MAILROOM_STATES, letters
    return {
        name: {
            str(state): {each.uid for each in lying if each.state == state}
            for state in states
        }
        for name, (states, lying) in boxes.items()
    }


def numbers(box):
    return {state: len(letters) for state, letters in box.items()}


def test_a_box_counts_and_lists_the_letters_that_are_seen(things, clients):
    wrong = {}
    for somebody, client in clients.at_their_moments():
        boxes = boxes_of(somebody, things)
        answer = client.get("@boxes")
        if somebody.user in NO_DESK:
            assert answer.status_code == 401
            continue
        told = {each["name"]: each.get("counts") for each in answer.json()["items"]}
        told.pop("counters", None)
        cells = {"@boxes": (told, {name: numbers(box) for name, box in boxes.items()})}
        for name in ("my-desk", "team-box", "mailroom"):
            answer = client.get(f"@boxes/{name}?b_size=200")
            if name not in boxes:
                cells[name] = answer.status_code, 404
                continue
            open_states = WAITING_AT_DESK if name == "my-desk" else boxes[name]
            lies = set().union(*(boxes[name][state] for state in open_states))
            cells[name] = _items(answer), lies
            cells[name, "counts"] = answer.json()["counts"], numbers(boxes[name])
        wrong |= {
            f"{somebody}, {cell}": (seen, expected)
            for cell, (seen, expected) in cells.items()
            if seen != expected
        }
    assert not wrong


def test_the_figures_of_the_navigation_are_those_of_the_boxes(things, clients):
    wrong = {}
    for somebody, client in clients.at_their_moments():
        answer = client.get("@@desk-counts", headers=ANYTHING)
        if somebody.user in NO_DESK:
            assert answer.status_code == 302
            continue
        boxes = {name: numbers(box) for name, box in boxes_of(somebody, things).items()}
        waiting = {"my-desk": WAITING_AT_DESK, "team-box": ("routed",)}
        waiting["mailroom"] = ("captured", "checking", "released")
        expected = {
            name: sum(box[state] for state in waiting[name])
            for name, box in boxes.items()
        }
        told = answer.json()
        told.pop("deadlines", None)
        if told != expected:
            wrong[str(somebody)] = told, expected
    assert not wrong


ADDRESSES = {
    "my-desk:a1-1:": ("desk=a1-1", DESK_STATES),
    "team-box:a1:": ("team=a1", TEAM_STATES),
    "mailroom::": ("", MAILROOM_STATES),
}
"""Addresses of boxes that anybody can ask for."""


@pytest.mark.parametrize("address", ADDRESSES)
def test_whatever_box_is_named_nothing_is_counted_that_is_not_seen(
    things, clients, address
):
    _, states = ADDRESSES[address]
    wrong = {}
    for somebody, client in clients.at_their_moments():
        sees = [
            thing
            for thing in things
            if thing.kind == "mail_item" and thing.is_for(somebody)
        ]
        at_most = {str(state): sum(t.state == state for t in sees) for state in states}
        changes = client.get(f"@@box-changes?box={address}", headers=ANYTHING)
        kind = {"my-desk": "desk&desk=a1-1", "team-box": "team&team=a1"}
        name = kind.get(address.partition(":")[0], "mailroom")
        box = client.get(f"@mail-box?box={name}")
        if somebody.user in NO_DESK:
            assert (changes.status_code, box.status_code) == (302, 401)
            continue
        if box.json()["counts"] != at_most:
            wrong[f"{somebody}, @mail-box"] = box.json()["counts"], at_most
        counts = changes.json()["counts"]
        own = boxes_of(somebody, things).get(address.partition(":")[0])
        if address.startswith("mailroom"):
            own = at_most
        elif own is not None:
            own = numbers(own)
        else:
            own = dict.fromkeys(at_most, 0)
        counts.pop("")
        if counts != own:
            wrong[f"{somebody}, @@box-changes"] = counts, own
    assert not wrong


def test_who_leads_knows_how_many_there_are_and_nobody_else(things, clients):
    every = {
        state: sum(t.kind == "mail_item" and t.state == state for t in things)
        for state in TEAM_STATES
    }
    assert all(every.values())
    wrong = {}
    for somebody, client in clients.at_their_moments():
        answer = client.get("@boxes/counters")
        if somebody.user not in COUNTED:
            told, expected = (
                answer.status_code,
                401 if somebody.user in NO_DESK else 404,
            )
        else:
            told = {
                team["team"]: team["states"]
                for department in answer.json()["items"]
                for team in department["teams"]
            }
            expected = {
                team: {
                    str(state): n if team == "a1" else 0 for state, n in every.items()
                }
                for team in COUNTED[somebody.user]
            }
        if told != expected:
            wrong[str(somebody)] = told, expected
    assert not wrong
