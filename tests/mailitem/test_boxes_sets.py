"""What a box finds, orders and counts is what the catalog would, in large and in small."""

from BTrees.IIBTree import IITreeSet
from contextlib import closing
from datetime import date
from datetime import timedelta
from eakte.clock import today
from eakte.mailitem import orders
from eakte.mailitem import rowsets
from eakte.mailitem.boxes import DESK_STATES
from eakte.mailitem.boxes import mailroom
from eakte.mailitem.boxes import MAILROOM_STATES
from eakte.mailitem.boxes import SORTS
from eakte.mailitem.boxes import team_box
from eakte.mailitem.boxes import TEAM_STATES
from eakte.mailitem.counting import count_of
from eakte.mailitem.counting import EVERY_TEAM
from eakte.mailitem.rowsets import bitmap_of
from eakte.mailitem.rowsets import number_of
from eakte.mailitem.rowsets import RowSets
from eakte.mailitem.states import State
from persistent import Persistent
from plone import api
from Products.PluginIndexes.FieldIndex.FieldIndex import FieldIndex
from tests.builders import a_mail_item
from ZODB.DB import DB
from ZODB.MappingStorage import MappingStorage

import pytest
import random
import transaction


class Thing:
    def __init__(self, colour):
        self.colour = colour


class Catalog(Persistent):
    """A catalog with one index, as ``RowSets`` asks for it."""

    def __init__(self):
        self.indexes = {"colour": FieldIndex("colour")}

    @property
    def _catalog(self):
        return self


@pytest.fixture
def db():
    with closing(DB(MappingStorage())) as db:
        yield db


@pytest.fixture
def catalog(db):
    """A catalog with 3,000 red things, stored."""
    with closing(db.open()) as connection:
        catalog = connection.root()["catalog"] = Catalog()
        for number in range(-1500, 1500):
            catalog.indexes["colour"].index_object(number, Thing("red"))
        transaction.commit()
        yield catalog
        transaction.abort()


def red(catalog):
    return {number_of(each) for each in RowSets(catalog).of("colour", "red")}


def really_red(catalog):
    return set(catalog.indexes["colour"]._index["red"])


def test_a_large_set_is_known_with_its_negative_numbers(catalog):
    assert red(catalog) == set(range(-1500, 1500))


@pytest.mark.parametrize("seed", range(5))
def test_a_set_follows_every_change_however_the_tree_splits(catalog, seed):
    chance = random.Random(seed)  # noqa: S311
    index = catalog.indexes["colour"]
    for _ in range(12):
        red(catalog)
        for _ in range(chance.choice((1, 3, 400))):
            number = chance.randrange(-3000, 3000)
            if chance.random() < 0.5:
                index.unindex_object(number)
            else:
                index.index_object(number, Thing(chance.choice(("red", "blue"))))
        # Before it is stored, and afterwards.
        assert red(catalog) == really_red(catalog)
        if chance.random() < 0.7:
            transaction.commit()
        else:
            transaction.abort()
        assert red(catalog) == really_red(catalog)


@pytest.mark.parametrize("seed", range(5))
def test_a_set_follows_when_whole_leaves_come_and_go(catalog, db, seed):
    """At the ends of the tree too, and for who still sees the moment before.

    A leaf of what was indexed in its order has 60 numbers.
    """
    chance = random.Random(seed)  # noqa: S311
    index = catalog.indexes["colour"]
    with closing(db.open(transaction.TransactionManager())) as other:
        before = other.root()["catalog"]
        for _ in range(12):
            for _ in range(chance.choice((1, 2, 5))):
                first = chance.choice((-1500, 1300, chance.randrange(-1500, 1500)))
                comes = chance.random() < 0.3
                for number in range(first, first + chance.choice((1, 60, 200))):
                    if comes:
                        index.index_object(number, Thing("red"))
                    else:
                        index.unindex_object(number)
            transaction.commit()
            late = chance.random() < 0.5
            looking = (before, catalog) if late else (catalog, before)
            for each in looking:
                assert red(each) == really_red(each)
            if chance.random() < 0.5:
                other.transaction_manager.begin()


def test_what_is_not_committed_is_seen_by_nobody_else(catalog, db):
    index = catalog.indexes["colour"]
    assert len(red(catalog)) == 3000
    index.index_object(5000, Thing("red"))
    transaction.savepoint()
    assert 5000 in red(catalog)
    with closing(db.open(transaction.TransactionManager())) as other:
        assert 5000 not in red(other.root()["catalog"])
    transaction.abort()
    assert 5000 not in red(catalog)


def test_each_connection_sees_its_own_moment(catalog, db):
    with closing(db.open(transaction.TransactionManager())) as other:
        before = other.root()["catalog"]
        assert len(red(before)) == 3000
        catalog.indexes["colour"].index_object(5000, Thing("red"))
        transaction.commit()
        assert 5000 in red(catalog)
        assert 5000 not in red(before)
        assert 5000 in red(catalog)


def test_only_leaves_that_have_changed_are_read_again(catalog, monkeypatch):
    red(catalog)
    catalog.indexes["colour"].unindex_object(0)
    transaction.commit()
    read = []
    known = rowsets.array
    monkeypatch.setattr(
        rowsets, "array", lambda kind, *rows: read.append(rows) or known(kind, *rows)
    )
    assert len(red(catalog)) == 2999
    leaves = [rows for rows in read if rows and not isinstance(rows[0], bytes)]
    assert len(leaves) == 1


def test_what_is_kept_stays_within_bounds(catalog, monkeypatch):
    monkeypatch.setattr(rowsets, "KEPT", 5000)
    index = catalog.indexes["colour"]
    for number in range(2000):
        index.index_object(10_000 + number, Thing("blue"))
        index.index_object(20_000 + number, Thing("green"))
    transaction.commit()
    sets = RowSets(catalog)
    for colour in ("red", "blue", "green", "red"):
        assert len(sets.of("colour", colour)) in (2000, 3000)
    memory = rowsets._memory(catalog._p_jar.db())
    assert memory._rows == sum(len(each.rows) for each in memory._kept.values())
    assert memory._rows <= 5000


def test_a_bitmap_and_the_catalogs_numbers_are_two_ways_to_say_the_same():
    rows = [-2_000_000_000, -1, 0, 1, 2_000_000_000]
    assert sorted(map(number_of, bitmap_of(rows))) == rows
    assert sorted(map(number_of, bitmap_of(IITreeSet(rows)))) == rows


# The boxes


@pytest.fixture
def letters(portal):
    """30 letters of all kinds in the mailroom."""
    chance = random.Random(7)  # noqa: S311
    classes = ("normal", "normal", "urgent", "deadline", "personal")
    return [
        a_mail_item(
            chance.choice((State.CAPTURED, State.CHECKING)),
            title=chance.choice(("Antrag", "bescheid", "Çelik", "Widerspruch")),
            sender=chance.choice((None, "Amt", "Müller", "Zoll", "äußerst")),
            mail_class=chance.choice(classes),
            received=date(2026, 3, chance.randrange(1, 6)),
        )
        for _ in range(30)
    ]


@pytest.mark.parametrize("turned", ["", "-"])
@pytest.mark.parametrize("name", SORTS)
def test_an_order_is_the_same_walked_through_and_sorted(
    letters, monkeypatch, name, turned
):
    with api.env.adopt_user(username="lotte"):
        box, sort = mailroom(), turned + name
        sorted_ = [brain.UID for brain in box.items(sort=sort)]
        monkeypatch.setattr(orders, "FEW", 1)
        walked = [brain.UID for brain in box.items(sort=sort)]
        parts = [
            brain.UID
            for start in range(0, 30, 7)
            for brain in box.items(sort=sort, start=start, size=7)
        ]
        places = [box.place(uid, sort=sort) for uid in sorted_]
    assert walked == parts == sorted_
    assert places == list(range(30))
    assert len(set(sorted_)) == 30


def test_the_order_of_urgency_begins_with_what_cannot_wait(letters):
    with api.env.adopt_user(username="lotte"):
        found = list(mailroom().items(sort="pressing"))
    pressing = [brain.mail_class in ("urgent", "deadline") for brain in found]
    assert pressing == sorted(pressing, reverse=True)
    days = [brain.received for brain in found if brain.mail_class == "normal"]
    assert days == sorted(days)


def test_letters_without_a_sender_come_last_in_both_directions(letters):
    with api.env.adopt_user(username="lotte"):
        box = mailroom()
        forth = [brain.sender for brain in box.items(sort="sender")]
        back = [brain.sender for brain in box.items(sort="-sender")]
    named = [name for name in forth if name]
    # As in a telephone book, where ä is ae.
    assert list(dict.fromkeys(named)) == ["äußerst", "Amt", "Müller", "Zoll"]
    assert [name for name in back if name] == named[::-1]
    assert not any(forth[len(named) :]) and not any(back[len(named) :])


@pytest.mark.parametrize("one_by_one", [0, 5000])
def test_the_boxes_count_what_the_catalog_finds_for_each_person(
    letters, monkeypatch, one_by_one
):
    monkeypatch.setattr(rowsets, "ONE_BY_ONE", one_by_one)
    a_mail_item(State.ROUTED, team="a1")
    a_mail_item(State.UNCLEAR, team="a2", mail_class="personal")
    catalog = api.portal.get_tool("portal_catalog")
    for person in ("anna", "alex", "tom", "rolf", "lotte", "oskar", "hanna", "dora"):
        with api.env.adopt_user(username=person):
            for box in (mailroom(), team_box(["a1", "a2"])):
                for state, count in box.counts().items():
                    found = catalog(
                        portal_type="mail_item", review_state=str(state), **box.query
                    )
                    assert count == len(found), (person, state)


def test_nothing_but_a_letter_is_ever_in_a_state_of_a_box(portal):
    tool = api.portal.get_tool("portal_workflow")
    in_boxes = {*MAILROOM_STATES, *TEAM_STATES, *DESK_STATES}
    for content_type in api.portal.get_tool("portal_types").objectIds():
        if content_type != "mail_item":
            for workflow in tool.getChainFor(content_type):
                states = set(tool[workflow].states.objectIds())
                assert not states & in_boxes, (content_type, workflow)
    (own,) = tool.getChainFor("mail_item")
    assert in_boxes <= set(tool[own].states.objectIds())


def test_letters_are_found_by_the_day_they_came(letters):
    first, last = date(2026, 3, 2), date(2026, 3, 3)
    days = sorted(letter.received for letter in letters)
    with api.env.adopt_user(username="lotte"):
        for begin, end in ((first, last), (first, None), (None, last), (last, last)):
            box = mailroom().narrowed_to(received_from=begin, received_until=end)
            assert [brain.received for brain in box.items()] == [
                day for day in days if (begin or date.min) <= day <= (end or date.max)
            ]


def test_a_letter_that_was_changed_a_moment_ago_counts_as_it_is_now(portal):
    letter = a_mail_item(State.ROUTED, team="a1", mail_class="normal")
    with api.env.adopt_user(username="anna"):
        box = team_box("a1").narrowed(mail_class="urgent")
        assert box.count() == 0
        letter.mail_class = "urgent"
        letter.reindexObject()
        assert box.count() == 1


def test_a_letter_in_another_box_has_no_place(portal):
    letter = a_mail_item(State.ROUTED, team="a2")
    with api.env.adopt_user(username="anna"):
        assert team_box("a1").place(letter.UID()) is None
        assert team_box("a2").place(letter.UID()) is None
        assert team_box("a2").place("nothing") is None


@pytest.mark.parametrize("one_by_one", [0, 5000])
def test_the_counters_know_state_and_age_of_what_waits(portal, monkeypatch, one_by_one):
    monkeypatch.setattr(rowsets, "ONE_BY_ONE", one_by_one)
    for days in (0, 1, 2, 3, 6, 7, 29, 30, 400):
        a_mail_item(State.ROUTED, team="a1", received=today() - timedelta(days))
    a_mail_item(State.UNCLEAR, team="a1", received=today() + timedelta(1))
    a_mail_item(State.BLOCKED, team="a1")
    a_mail_item(State.DONE, team="a1")
    counted = count_of(["a1", "a2"])
    assert counted["a1"].states == (9, 0, 1)
    assert counted["a1"].ages == (2, 2, 2, 1, 1, 2)
    assert counted["a2"].states == (0, 0, 0)
    assert sum(counted["a2"].ages) == 0
    urgent = a_mail_item(State.ROUTED, team="a1", mail_class="urgent")
    narrowed = EVERY_TEAM.narrowed(mail_class="urgent")
    assert count_of(["a1"], narrowed)["a1"].states == (1, 0, 0)
    assert count_of(["a1"], EVERY_TEAM.narrowed(UID=[urgent.UID()])) == count_of(
        ["a1"], narrowed
    )
    month = EVERY_TEAM.narrowed_to(received_until=today() - timedelta(30))
    assert count_of(["a1"], month)["a1"].ages == (0, 0, 0, 0, 0, 2)
