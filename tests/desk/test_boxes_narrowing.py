"""Filters and orders of a box: in its address, as chips, and never more than the box."""

from datetime import date
from datetime import datetime
from datetime import timedelta
from eakte.clock import today
from eakte.desk.boxes import BoxAddress
from eakte.desk.counters import lines_of
from eakte.desk.countersaddress import CountersAddress
from eakte.desk.exporting import rows_of
from eakte.desk.narrowing import Narrowing
from eakte.desk.rows import deadline_badge
from eakte.desk.rows import mail_row
from eakte.mailitem.boxes import BoxWrong
from eakte.mailitem.content import MailItem
from eakte.mailitem.states import State
from eakte.org.interfaces import IOffice
from plone import api
from tests.builders import a_mail_item
from tests.builders import put_in_state
from tests.deadlines.conftest import a_deadline
from tests.deputies import at
from tests.deputies import HOUSE
from tests.desk.test_boxes import titles
from zope.component import getUtility

import pytest
import transaction


def days_ago(days):
    return today() - timedelta(days)


@pytest.fixture
def letters(site):
    """Five letters in the box of team a1, one in another team's."""
    for title, fields in {
        "court": {"mail_class": "deadline", "sender": "Amtsgericht"},
        "old": {"received": days_ago(20), "sender": "Müller & Söhne"},
        "week": {"received": days_ago(7), "sender": "Stadtkasse"},
        "fresh": {"sender": "stadtkasse Auental"},
    }.items():
        a_mail_item(State.ROUTED, team="a1", title=title, **fields)
    a_mail_item(State.ACCEPTED, team="a1", desk="a1-2", title="Arno's", sender="Zoll")
    a_mail_item(State.ROUTED, team="a2", title="theirs", sender="Stadtkasse")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("class=deadline", ["court"]),
        ("class=deadline&class=urgent", ["court"]),
        ("age=0", ["court", "fresh", "Arno's"]),
        ("age=7", ["old", "week"]),
        ("age=14", ["old"]),
        ("age=5w", ["old", "week"]),
        ("sender=STADT", ["week", "fresh"]),
        ("sender=mueller", ["old"]),
        ("sender=Muller", ["old"]),
        ("person=arno", ["Arno's"]),
        ("person=anna", []),
        ("person=nobody", []),
        ("sender=stadt&age=7", ["week"]),
        ("sender=stadt&state=accepted", []),
        ("deadline=red", []),
    ],
)
def test_a_filter_shows_what_it_says(as_person, letters, query, found):
    page = as_person("anna").open(f"@@team-box?{query}")
    assert titles(page) == found
    total = page.all(".eakte-tab")[0]
    assert total.startswith("All")


def test_filters_add_up_and_each_is_taken_away_alone(as_person, letters):
    visitor = as_person("anna")
    page = visitor.open("@@team-box?sender=stadt&age=7&state=routed&sort=-sender")
    chips = page.all(".eakte-chip")
    assert chips == ["Take away: 7 days or older ×", "Take away: Sender: stadt ×"]
    without_age = page.follow(".eakte-chip")
    assert titles(without_age) == ["fresh", "week"]
    assert "sort=-sender" in without_age.url and "state=routed" in without_age.url
    unfiltered = page.follow(".eakte-chips li:last-child a")
    assert titles(unfiltered) == ["fresh", "week", "old", "court"]


def test_the_tabs_count_what_the_filters_let_through(as_person, letters):
    tabs = as_person("anna").open("@@team-box?sender=zoll").all(".eakte-tab")
    assert tabs[:3] == ["All 1", "New 0", "Accepted 1"]


def test_no_hit_says_what_to_do(as_person, letters):
    page = as_person("anna").open("@@team-box?sender=qqqq")
    assert "No letter matches." in page.text
    assert len(titles(page.follow(".eakte-empty a"))) == 5


@pytest.mark.parametrize(
    ("sort", "found"),
    [
        ("received", ["old", "week", "court", "fresh", "Arno's"]),
        ("-received", ["Arno's", "fresh", "court", "week", "old"]),
        ("title", ["Arno's", "court", "fresh", "old", "week"]),
        ("sender", ["court", "old", "week", "fresh", "Arno's"]),
        ("-number", ["Arno's", "fresh", "week", "old", "court"]),
        ("class", ["court", "old", "week", "fresh", "Arno's"]),
        ("state", ["old", "week", "court", "fresh", "Arno's"]),
        ("-desk", ["Arno's", "fresh", "court", "week", "old"]),
        ("nonsense", ["court", "old", "week", "fresh", "Arno's"]),
    ],
)
def test_a_box_is_ordered_by_every_column(as_person, letters, sort, found):
    page = as_person("anna").open(f"@@team-box?sort={sort}")
    assert titles(page) == found


def test_an_order_that_is_chosen_again_is_turned_round(as_person, letters):
    page = as_person("anna").open("@@team-box?sort=sender")
    assert page.all(".eakte-order[aria-current]") == ["Sender ↑ascending"]
    page = page.follow(".eakte-order[aria-current]")
    assert "sort=-sender" in page.url
    assert page.all(".eakte-order[aria-current]") == ["Sender ↓descending"]


def test_a_walk_follows_filters_and_order(as_person, letters):
    visitor = as_person("anna")
    page = visitor.open("@@team-box?sender=stadt&sort=-sender")
    assert titles(page) == ["fresh", "week"]
    page = page.follow(".eakte-row-link")
    assert page.all(".eakte-walk-position") == ["1 of 2"]
    page = page.follow(".eakte-walk a[data-key=j]")
    assert page.all(".eakte-item-title h1") == ["week"]


def test_a_deadline_that_is_red_or_near_is_found(as_person, site):
    red = a_mail_item(State.ACCEPTED, team="a1", desk="a1-1", title="red")
    near = a_mail_item(State.ACCEPTED, team="a1", desk="a1-1", title="near")
    a_mail_item(State.ACCEPTED, team="a1", desk="a1-1", title="none")
    with at(datetime(2027, 3, 1, 8, tzinfo=HOUSE)):
        a_deadline(red, user="anna")
        a_deadline(near, user="anna", early=1, end=date(2027, 6, 7))
    with at(datetime(2027, 6, 1, 8, tzinfo=HOUSE)), api.env.adopt_user("anna"):
        address = BoxAddress.parse("team-box:::deadline=red")
        assert [brain.Title for brain in address.brains()] == ["red"]
        soon = BoxAddress.parse("team-box:::deadline=soon")
        assert [brain.Title for brain in soon.brains()] == ["near"]
    with at(datetime(2027, 6, 1, 8, tzinfo=HOUSE)), api.env.adopt_user("alex"):
        assert len(address.brains()) == len(soon.brains()) == 0


def test_the_mailroom_finds_the_red_deadlines_that_it_sees(as_person, site):
    """It has no team; a letter whose addressee is unclear keeps that of its team."""
    letter = a_mail_item(State.ACCEPTED, team="a1", desk="a1-1", title="red")
    a_mail_item(State.UNCLEAR, team="a1", title="none")
    with at(datetime(2027, 3, 1, 8, tzinfo=HOUSE)):
        a_deadline(letter, user="anna")
    put_in_state(letter, "mail_item_workflow", State.UNCLEAR)
    with at(datetime(2027, 6, 1, 8, tzinfo=HOUSE)), api.env.adopt_user("lotte"):
        (shown,) = BoxAddress.parse("mailroom:::deadline=red").brains()
        assert shown.Title == "red"
        assert deadline_badge(shown.UID, today()).tone == "alarm"


@pytest.mark.parametrize(
    ("month", "tone"), [(3, "eakte-tone-plain"), (6, "eakte-tone-alarm")]
)
def test_a_letter_says_its_deadline_and_whether_it_is_red(as_person, site, month, tone):
    letter = a_mail_item(State.ACCEPTED, team="a1", desk="a1-1", title="Klage")
    with at(datetime(2027, 3, 1, 8, tzinfo=HOUSE)):
        deadline = a_deadline(letter, user="anna")
    with at(datetime(2027, month, 1, 8, tzinfo=HOUSE)):
        page = as_person("anna").open("@@team-box")
    text = f"Deadline {deadline.end:%d.%m.%Y}"
    (badge,) = (
        each
        for each in page.root.cssselect(".eakte-row .eakte-badge")
        if each.text_content() == text
    )
    assert tone in badge.get("class")


def test_an_address_carries_filters_and_order():
    address = BoxAddress(
        "team-box",
        "a1",
        "routed",
        Narrowing(mail_class=("urgent", "deadline"), sender="Müller & Söhne: 50 %"),
        "-sender",
    )
    assert BoxAddress.parse(str(address)) == address


def test_an_old_bookmark_still_leads_to_the_box(as_person, letters):
    page = as_person("anna").open(
        "@@team-box?class=gone&age=1000000&deadline=blue&sort=x&state=x&team=x"
    )
    assert len(titles(page)) == 5


def test_who_asks_strictly_is_told_every_mistake():
    with pytest.raises(BoxWrong) as caught:
        Narrowing.read({"class": ["gone", "urgent"], "age": "x"}, strict=True)
    assert len(caught.value.reasons) == 2
    with pytest.raises(BoxWrong):
        BoxAddress.read("team-box", {"sort": "x"}, strict=True)


def test_a_box_wakes_no_letter(site, monkeypatch):
    """Whatever is shown, counted, ordered and taken along is known to the catalog."""
    for number in range(12):
        a_mail_item(State.ROUTED, team="a1", sender=f"S{number}")
    transaction.commit()
    site._p_jar.cacheMinimize()
    woken = []
    known = MailItem.__setstate__
    monkeypatch.setattr(
        MailItem,
        "__setstate__",
        lambda self, state: woken.append(self) or known(self, state),
    )
    with api.env.adopt_user("tom"):
        address = BoxAddress.parse("team-box:::sender=s&age=0&sort=-title")
        brains = address.brains(size=10)
        rows = [mail_row(brain, address) for brain in brains]
        assert len(rows) == 10
        assert address.box.place(rows[3].uid, sort="-title") == 3
        assert sum(address.box.counts().values()) == 12
        assert len(list(rows_of(address.brains(), site.REQUEST))) == 13
        teams = getUtility(IOffice).teams("amt-a")
        assert lines_of(teams)[0].total == 12
        counted = CountersAddress.parse("counters::age=0&class=normal")
        assert lines_of(teams, counted.box)[0].total == 12
    assert woken == []
    # The counter counts: one that is looked at is woken.
    assert brains[0]._unrestrictedGetObject().title
    assert len(woken) == 1
