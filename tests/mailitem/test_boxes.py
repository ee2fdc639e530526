from datetime import date
from eakte.mailitem.boxes import BoxWrong
from eakte.mailitem.boxes import desk_box
from eakte.mailitem.boxes import mailroom
from eakte.mailitem.boxes import team_box
from eakte.mailitem.states import State
from plone import api
from tests.builders import a_mail_item

import pytest


def numbers(brains):
    return [brain.number for brain in brains]


def test_the_oldest_letter_comes_first(portal):
    young = a_mail_item(State.ROUTED, team="a1", received=date(2026, 3, 2))
    old = a_mail_item(State.ROUTED, team="a1", received=date(2026, 3, 1))
    same_day = a_mail_item(State.ROUTED, team="a1", received=date(2026, 3, 1))

    with api.env.adopt_user(username="anna"):
        box = team_box("a1")
        oldest_first = numbers(box.items())
        newest_first = numbers(box.items(sort="-received"))

    assert oldest_first == [old.number, same_day.number, young.number]
    assert newest_first == list(reversed(oldest_first))


def test_a_batch_knows_how_many_letters_there_are(portal):
    items = [
        a_mail_item(State.ROUTED, team="a1", received=date(2026, 3, day))
        for day in range(1, 8)
    ]
    with api.env.adopt_user(username="anna"):
        batch = team_box("a1").items(start=5, size=3)

        assert numbers(batch) == [item.number for item in items[5:]]
        assert batch.actual_result_count == 7


def test_counts_name_every_state_of_the_box_and_only_what_the_user_may_see(portal):
    a_mail_item(State.ROUTED, team="a1")
    a_mail_item(State.ROUTED, team="a2")
    a_mail_item(State.ACCEPTED, team="a1", desk="a1-1")

    with api.env.adopt_user(username="anna"):
        own = team_box(["a1", "a2"]).counts()
        foreign = team_box("a2").counts()
        waiting = mailroom().counts()

    assert own == {State.ROUTED: 1, State.ACCEPTED: 1, State.UNCLEAR: 0}
    assert not any(foreign.values())
    assert not any(waiting.values())


def test_who_sits_nowhere_has_an_empty_desk(portal):
    a_mail_item(State.ACCEPTED, team="a1", desk="a1-1")

    with api.env.adopt_user(username="anna"):
        assert desk_box(["a1-1"]).count() == 1
        assert desk_box([]).count() == 0
        assert numbers(desk_box([]).items()) == []


def test_a_filter_narrows_a_box_and_never_widens_it(portal):
    a_mail_item(State.CAPTURED, team="a1", mail_class="urgent")
    a_mail_item(State.CAPTURED, team="a2", mail_class="normal")

    with api.env.adopt_user(username="lotte"):
        box = mailroom()
        assert box.narrowed(mail_class="urgent").count() == 1
        assert box.narrowed(team="a2", mail_class="").count() == 1
        assert box.narrowed(team="a2").narrowed(team="a1").count() == 0


def test_a_box_refuses_what_it_does_not_know(portal):
    with pytest.raises(BoxWrong):
        team_box("a1").items(state="captured")
    with pytest.raises(BoxWrong):
        team_box("a1").items(sort="channel")
    with pytest.raises(BoxWrong):
        team_box("a1").narrowed(Title="x")
