"""Every door by which something is read opens to those of the tables and to nobody else.

Person × day × state × door. What asks for its right itself is asked in every cell, and
so is one door of each right that the publisher asks for. All others are registered with
the right of one of these; each person tries each of them at something that the person
may see and at something that the person may not, another thing each time.
"""

from .cells import answered
from .cells import Somebody
from .doors import OF_CONTENT
from .doors import OF_THE_SITE
from .readings import code_of
from .readings import DOORS
from .readings import NOBODY
from .readings import outcome
from .readings import right_of
from .readings import view_of
from .test_house import address_of
from .test_house import FOR_EVERYBODY
from .test_house import views
from .turns import Turns

import pytest
import re


IN_FULL = (
    "",
    "@pages",
    "@@page/1/180",
    "@@page-text/1",
    "@@scan",
    "@@scan-status",
    "@@archive-copy",
    "@@download/scan",
    "dv_data",
    "dv-search.json?q=Zebrawolle",
    "dv-page/1/small",
    "dv-page-text/1",
    "@@protection",
    "@barred",
    "@@fc-contextInfo",
)
"""For each right that the publisher asks for a door, and each that asks itself."""

TRIED = tuple(name for name in DOORS if name not in IN_FULL)


def opens(door, thing, somebody):
    """Whether the door opens to the person, by the tables."""
    return door.right != NOBODY and thing.is_for(somebody, door.right)


@pytest.mark.parametrize("name", IN_FULL)
def test_a_door_opens_in_every_cell_to_those_of_the_tables(things, clients, name):
    door = DOORS[name]
    asked = [each for each in things if each.kind in door.kinds]
    wrong = {}
    for somebody, client in clients.at_their_moments():
        for thing in asked:
            told = outcome(answered(client, f"{thing.url}/{name}"), door)
            if told != ("shown" if opens(door, thing, somebody) else "refused"):
                wrong[f"{somebody}, {thing}"] = told
    assert not wrong


JOURNALS = ("@journal", "@@journal")

LOOK_INTO_ANY = (Somebody("lotte"), Somebody("dora"))
"""Who has the right to look into journals everywhere, and sees only some contents."""


@pytest.mark.parametrize("name", JOURNALS)
def test_whoever_has_the_right_everywhere_uses_it_where_the_content_is_seen(
    things, clients, name
):
    door = DOORS[name]
    wrong = {}
    for somebody, client in clients.at_their_moments(LOOK_INTO_ANY):
        for thing in things:
            told = outcome(answered(client, f"{thing.url}/{name}"), door)
            if told != ("shown" if opens(door, thing, somebody) else "refused"):
                wrong[f"{somebody}, {thing}"] = told
    assert not wrong


@pytest.mark.parametrize("name", TRIED)
def test_a_door_is_tried_by_everybody(things, clients, name):
    door, place = DOORS[name], TRIED.index(name)
    wrong, shown = {}, 0
    for number, (somebody, client) in enumerate(clients.at_their_moments()):
        for thing in chosen(things, door, somebody, number + place):
            told = outcome(answered(client, f"{thing.url}/{name}"), door)
            may = opens(door, thing, somebody)
            if told != ("shown" if may else "refused"):
                wrong[f"{somebody}, {thing}"] = told
            shown += may
    assert not wrong
    assert bool(shown) == (door.right != NOBODY)


def chosen(things, door, somebody, turn):
    """Return what the person tries the door at: something seen and something unseen.

    Each person and each door take another. The screen itself is shown by turns in a
    third of all cells, other whole pages to a third of the people.
    """
    cells = {True: [], False: []}
    for thing in things:
        if thing.kind in door.kinds:
            cells[opens(door, thing, somebody)].append(thing)
    if not Turns.are_taken:
        return cells[True] + cells[False]
    found = []
    if door is DOORS["view"]:
        found = cells.pop(True)[turn % 3 :: 3]
    elif door.dear and turn % 3:
        cells.pop(True)
    return [*found, *(each[turn % len(each)] for each in cells.values() if each)]


@pytest.mark.parametrize("name", [name for name in TRIED if DOORS[name].right])
def test_a_door_that_is_tried_asks_for_the_same_as_one_that_is_asked_in_full(
    things, name
):
    door = DOORS[name]
    asked_in_full = {
        code_of(view_of(thing.content, other))
        for other in IN_FULL
        if DOORS[other].itself
        for thing in things
        if thing.kind in DOORS[other].kinds
    }
    for thing in things:
        if thing.kind not in door.kinds:
            continue
        # The screen has another name for each portal type.
        view = view_of(
            thing.content, thing.content.getLayout() if name == "view" else name
        )
        if door.itself:
            assert code_of(view) in asked_in_full, thing
        else:
            assert right_of(view) == door.right, thing


# Nothing is missing here


def stem(address):
    """Return the name of the view or service in an address."""
    address = re.sub("^(akten|posteingang)/(?=.)", "", address)
    return re.match(r"(?:@@)?([^/?]*)", address)[1]


def test_every_address_that_strangers_try_is_a_door():
    assert set(OF_CONTENT) <= set(DOORS)


OF_OURS = ("IMailItem", "ICaseFile", "ICaseDocument", "IHasScan", "IScanHolder")

ELSEWHERE = {
    # Answer only to who writes.
    ("printed-pages", "IHasScan"),
    ("printed-screen", "ICaseFile"),
    ("printed-screen", "IHasScan"),
    ("export-counters", "IPloneSiteRoot"),
    ("export-deadlines", "IPloneSiteRoot"),
    ("export-letters", "IPloneSiteRoot"),
    # Asked for by UID: test_closed_doors, test_cells_closed, test_another_department.
    ("resolveuid", "Interface"),
    ("redirect-to-uuid", "Interface"),
    ("reading-progress", "IPloneSiteRoot"),
    # What was done by oneself with many letters: test_cells_closed.
    ("@many", "IPloneSiteRoot"),
    ("many", "IPloneSiteRoot"),
    ("many-result", "IPloneSiteRoot"),
    ("many-progress", "IPloneSiteRoot"),
    # A case file that only its circle sees, and records by UID: test_cells_closed.
    ("record", "IPloneSiteRoot"),
    # For who configures, about the house and not about what lies in it.
    ("convert_all_unconverted", "Interface"),
    ("eakte-deadline-settings", "IPloneSiteRoot"),
    ("eakte-journal-settings", "IPloneSiteRoot"),
    ("eakte-office-file", "IPloneSiteRoot"),
    ("eakte-organisation", "IPloneSiteRoot"),
    ("eakte-scan-settings", "IPloneSiteRoot"),
    ("eakte-sharing-settings", "IPloneSiteRoot"),
}
"""Pages and services that no person of the matrix reads a content by."""

OF_PLONES_FILES = {"IFile", "INamedFileWidget"}
"""The office has none; they stand where Plone's own rights are."""


def test_every_page_and_service_of_the_product_is_a_door_or_has_its_reason(portal):
    site = {stem(address) for address in OF_THE_SITE}
    content = {stem(name) for name in DOORS}
    unasked = set()
    for each, _class in views():
        name, context = address_of(each)
        if each.name != name and not each.name.startswith("GET_"):
            continue
        if context in OF_PLONES_FILES or (name, context) in FOR_EVERYBODY:
            continue
        if name not in (content if context in OF_OURS else site):
            unasked.add((name, context))
    assert unasked == ELSEWHERE, unasked ^ ELSEWHERE
