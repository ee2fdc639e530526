"""The boxes: what lies in them, in which order, and for whom."""

from datetime import timedelta
from eakte.clock import today
from eakte.desk import box
from eakte.desk import boxes
from eakte.desk.boxes import BoxAddress
from eakte.mailitem.states import State
from eakte.scans.facts import facts_of
from eakte.scans.interfaces import ScanStatus
from plone import api
from tests.builders import a_mail_item

import pytest


def days_ago(days):
    return today() - timedelta(days=days)


def titles(page, within="#content"):
    return page.all(f"{within} .eakte-row-link")


def test_the_oldest_letter_comes_first(as_person):
    a_mail_item(title="young", received=days_ago(1))
    a_mail_item(title="old", received=days_ago(9))
    page = as_person("quirin").open("@@mailroom")
    assert titles(page) == ["old", "young"]
    assert page.all(".eakte-row-day .eakte-muted") == ["9 days ago", "yesterday"]


def test_urgent_letters_and_deadlines_stand_above_and_say_so(as_person):
    a_mail_item(title="old", received=days_ago(9))
    a_mail_item(title="court", mail_class="deadline")
    page = as_person("quirin").open("@@mailroom")
    assert titles(page, ".eakte-pressing") == ["court"]
    assert "Deadline" in page.all(".eakte-pressing .eakte-badge")
    assert titles(page) == ["court", "old"]


def test_the_tabs_count_by_state_and_lead_there(as_person):
    a_mail_item(State.CAPTURED, title="new")
    a_mail_item(State.CHECKING, title="checked")
    visitor = as_person("quirin")
    tabs = visitor.open("@@mailroom").all(".eakte-tab")
    assert tabs[:4] == ["All 2", "Captured 1", "To be checked 1", "Released 0"]
    assert titles(visitor.open("@@mailroom?state=checking")) == ["checked"]


def test_an_empty_box_says_what_to_do(as_person):
    assert "upload files" in as_person("quirin").open("@@mailroom").text
    assert "the mailroom routes" in as_person("anna").open("@@team-box").text
    assert "Take a letter" in as_person("anna").open("@@my-desk").text


def test_a_long_box_is_shown_in_parts(as_person, monkeypatch):
    monkeypatch.setattr(box, "BATCH", 2)
    for number in range(5):
        a_mail_item(title=f"letter {number}", received=days_ago(9 - number))
    first = as_person("quirin").open("@@mailroom")
    assert titles(first) == ["letter 0", "letter 1"]
    assert first.all(".eakte-batch span") == ["1 to 2 of 5"]
    second = first.follow(".eakte-batch a")
    assert titles(second) == ["letter 2", "letter 3"]
    assert titles(second.follow(".eakte-batch a:last-child")) == ["letter 4"]


def test_a_team_sees_its_own_box_only(as_person):
    a_mail_item(State.ROUTED, team="a1", title="ours")
    a_mail_item(State.ROUTED, team="a2", title="theirs")
    a_mail_item(State.ROUTED, team="b1", title="another department's")
    assert titles(as_person("anna").open("@@team-box")) == ["ours"]
    # Asking for another team by its address gives nothing of it.
    assert titles(as_person("anna").open("@@team-box?team=a2")) == ["ours"]
    assert titles(as_person("bert").open("@@team-box")) == ["another department's"]


def test_the_registry_chooses_among_the_boxes_of_its_department(as_person):
    a_mail_item(State.ROUTED, team="a1", title="one", received=days_ago(2))
    a_mail_item(State.UNCLEAR, team="a2", title="two", received=days_ago(1))
    visitor = as_person("rolf")
    everything = visitor.open("@@team-box")
    assert titles(everything) == ["one", "two"]
    assert everything.all(".eakte-choice") == ["All teams", "Team A1", "Team A2"]
    assert titles(visitor.open("@@team-box?team=a2")) == ["two"]


def test_my_desk_shows_what_i_took_and_what_is_new_in_my_team(as_person):
    a_mail_item(State.ACCEPTED, team="a1", desk="a1-1", title="mine")
    a_mail_item(State.ACCEPTED, team="a1", desk="a1-2", title="Arno's")
    a_mail_item(State.ROUTED, team="a1", title="new")
    page = as_person("anna").open("@@my-desk")
    assert titles(page) == ["mine", "new"]
    assert titles(page, ".eakte-section") == ["new"]


@pytest.mark.parametrize("person", ["anna", "rolf", "hanna", "dora"])
def test_the_mailroom_is_for_those_who_work_there(as_person, person):
    a_mail_item(title="not yet released")
    page = as_person(person).open("@@mailroom")
    assert "not yet released" not in page.text
    assert not page.all(".eakte-row")


def test_a_letter_is_taken_from_the_row(as_person, now):
    letter = a_mail_item(State.ROUTED, team="a1", title="Antrag")
    page = as_person("anna").open("@@team-box").press("accept")
    assert "/@@team-box" in page.url
    assert letter.number in page.messages
    assert now(letter).desk == "a1-1"


def test_a_row_names_what_is_wrong_with_the_scan(as_person):
    first = a_mail_item(title="locked", pdf=b"%PDF-1.7 locked")
    facts_of(first).note_problem("encrypted")
    first.reindexObject()
    badges = as_person("quirin").open("@@mailroom").all(".eakte-row .eakte-badge")
    assert badges == ["Protected by a password", "Captured"]


def test_the_same_file_once_more_is_marked(as_person):
    first = a_mail_item(title="first", pdf=b"%PDF-1.7 the same", received=days_ago(1))
    second = a_mail_item(title="second", pdf=b"%PDF-1.7 the same")
    visitor = as_person("quirin")
    rows = visitor.open("@@mailroom").all(".eakte-row")
    assert ["Duplicate" in row for row in rows] == [False, True]
    assert f"Duplicate of {first.number}" in visitor.open(second.absolute_url()).text


def test_a_letter_whose_scan_is_read_says_how_far_it_is(as_person):
    letter = a_mail_item(title="long", pdf=b"%PDF-1.7 long")
    facts = facts_of(letter)
    facts.status, facts.page_count = ScanStatus.RUNNING, 3
    facts.pages.put_problems({1: "damaged"})
    visitor = as_person("quirin")
    assert visitor.open("@@mailroom").root.cssselect("[data-reading]")
    answer = visitor.ask("@@reading-progress", uid=letter.UID())
    assert answer[letter.UID()]["text"] == "Text: page 1 of 3"
    assert as_person("anna").ask("@@reading-progress", uid=letter.UID()) == {}


def test_a_walk_through_a_box_follows_the_order_of_the_screen(as_person):
    a_mail_item(title="old", received=days_ago(9))
    a_mail_item(title="court", mail_class="deadline")
    a_mail_item(title="same day, first", received=days_ago(5))
    a_mail_item(title="same day, second", received=days_ago(5))
    a_mail_item(title="haste", mail_class="urgent", received=days_ago(2))
    visitor = as_person("quirin")
    shown = titles(visitor.open("@@mailroom"))
    assert shown[:2] == ["haste", "court"]

    page, walked = visitor.open("@@mailroom").follow(".eakte-row-link"), []
    for position in range(1, 6):
        assert page.all(".eakte-walk-position") == [f"{position} of 5"]
        walked += page.all(".eakte-item-title h1")
        last, page = page, page.follow(".eakte-walk a[data-key=j]")
    assert walked == shown
    # After the last comes the first.
    assert page.all(".eakte-item-title h1") == shown[:1]
    assert last.follow(".eakte-walk a[data-key=k]").all("h1") == [shown[3]]


def test_looking_around_in_a_full_box_reads_a_few_rows_only(site, monkeypatch):
    for number in range(12):
        letter = a_mail_item(State.ROUTED, team="a1", received=days_ago(number))
    read = []
    known = boxes.item_url
    monkeypatch.setattr(
        boxes,
        "item_url",
        lambda brain, address: read.append(brain) or known(brain, address),
    )
    with api.env.adopt_user("tom"):
        around = boxes.neighbours(BoxAddress("team-box", "a1"), letter.UID())
    assert (around.position, around.count, around.before) == (1, 12, None)
    assert len(read) == 1


def test_a_letter_that_left_its_box_leads_to_the_first_one(site):
    first = a_mail_item(State.ROUTED, team="a1", received=days_ago(3))
    a_mail_item(State.ROUTED, team="a1")
    gone = a_mail_item(State.FOREIGN, team="a1")
    with api.env.adopt_user("tom"):
        around = boxes.neighbours(BoxAddress("team-box", "a1"), gone.UID())
    assert (around.position, around.count, around.before) == (0, 2, None)
    assert around.after.startswith(first.absolute_url())


def test_a_box_address_survives_its_way_through_an_address():
    address = BoxAddress("team-box", "a1", "routed")
    assert BoxAddress.parse(str(address)) == address
    assert BoxAddress.parse("somewhere:else") is None
    assert BoxAddress.parse(None) is None
