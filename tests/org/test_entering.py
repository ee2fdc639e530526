"""Who may enter a deputyship or an absence, and what is refused: all reasons at once."""

from datetime import date
from datetime import timedelta
from eakte.errors import NotAllowed
from eakte.errors import WrongState
from eakte.org.applying import apply_office
from eakte.org.entering import DeputyshipWrong
from eakte.org.entering import end
from eakte.org.entering import enter_absence
from eakte.org.entering import enter_deputyship
from eakte.org.entering import may_enter_for
from eakte.org.interfaces import IDeputyshipEnded
from eakte.org.interfaces import IDeputyshipEntered
from eakte.org.interfaces import IDeputyships
from eakte.testing import OFFICE
from plone import api
from tests.access.people import PEOPLE
from tests.deputies import at
from tests.deputies import BETWEEN
from tests.deputies import ENTERED
from tests.deputies import FIRST
from tests.deputies import LAST
from zope.component import getGlobalSiteManager
from zope.component import getUtility

import pytest
import shutil


@pytest.fixture(autouse=True)
def a_day_before_all(portal):
    with at(ENTERED):
        yield


@pytest.fixture
def apply_with(portal, tmp_path):
    """Returns ``apply_with((old, new), …)``: the file of department a says that."""
    folder = shutil.copytree(OFFICE, tmp_path / "office")

    def apply_with(*changes):
        path = folder / "amt-a.yaml"
        for old, new in changes:
            text = path.read_text("utf-8")
            assert old in text
            path.write_text(text.replace(old, new), "utf-8")
        apply_office(folder)

    return apply_with


def enter(who, deputy="alex", represented="anna", first=FIRST, last=LAST, **said):
    with api.env.adopt_user(username=who):
        return enter_deputyship(deputy, represented, first, last, **said)


def reasons(*args, **said):
    with pytest.raises(DeputyshipWrong) as caught:
        enter(*args, **said)
    return [str(reason) for reason in caught.value.reasons]


ADMINISTRATORS = {"admin": "Manager", "ines": "Site Administrator"}
"""Whom the office's files do not name, and their role."""


@pytest.mark.parametrize("person", sorted(PEOPLE))
def test_person_lead_and_head_enter_and_nobody_else(person):
    if person in ADMINISTRATORS:
        roles = [ADMINISTRATORS[person]]
        with api.env.adopt_roles(roles), pytest.raises(NotAllowed):
            enter_deputyship("alex", "anna", FIRST, LAST)
    elif person in {"anna", "tom", "hanna"}:
        assert enter(person).entered_by == person
    else:
        with pytest.raises(NotAllowed):
            enter(person)
        with api.env.adopt_user(username=person), pytest.raises(NotAllowed):
            enter_absence("anna", FIRST, LAST)


def test_the_leads_standing_deputy_enters_while_the_lead_is_away(apply_with):
    apply_with(("lead: [tom]", "lead: [tom]\n    lead_deputies: [arno]"))
    assert not may_enter_for("anna", "arno")
    with api.env.adopt_user(username="tom"):
        enter_absence("tom", FIRST, LAST)
    assert not may_enter_for("anna", "arno")
    with at(BETWEEN):
        assert may_enter_for("anna", "arno")
        assert not may_enter_for("alex", "arno")
        enter("arno", first=BETWEEN.date())


def test_who_leads_one_of_two_teams_opens_nothing_of_the_other(apply_with):
    apply_with(("people: [alex]", "people: [alex, anna]"))
    with pytest.raises(NotAllowed):
        enter("tom", deputy="arno")
    assert enter("tom", deputy="arno", teams=["a1"]).teams == ("a1",)
    assert enter("hanna", deputy="arno").teams == ()


def test_nobody_represents_himself():
    assert reasons("anna", deputy="anna") == ["Nobody represents himself or herself."]


def test_two_do_not_represent_each_other_on_the_same_day():
    enter("alex", deputy="anna", represented="alex")
    (reason,) = reasons("anna", deputy="alex", represented="anna")
    assert "cannot represent each other" in reason
    week_later = {"first": LAST + timedelta(1), "last": LAST + timedelta(5)}
    assert enter("anna", deputy="alex", represented="anna", **week_later)


def test_three_do_not_represent_each_other_round_a_corner():
    enter("anna", deputy="arno", represented="anna")
    enter("arno", deputy="alex", represented="arno")
    assert reasons("alex", deputy="anna", represented="alex")


def test_a_circle_that_was_ended_is_none():
    entry = enter("alex", deputy="anna", represented="alex")
    with api.env.adopt_user(username="alex"):
        end(entry.id)
    assert enter("anna", deputy="alex", represented="anna")


def test_nobody_sees_over_the_wall():
    (reason,) = reasons("anna", deputy="bert")
    assert "another department" in reason


def test_who_has_no_place_in_the_office_represents_nobody():
    assert reasons("anna", deputy="dora") == ["“${person}” has no place in the office."]
    assert reasons("anna", deputy="nobody")


def test_who_sits_at_no_desk_has_nothing_to_be_represented_in():
    (reason,) = reasons("tom", represented="tom")
    assert "sits at no desk" in reason


def test_every_reason_is_said_at_once():
    found = reasons(
        "anna",
        deputy="bert",
        first=date(2027, 2, 9),
        last=date(2027, 2, 8),
        teams=["a1", "a2"],
    )
    assert len(found) == 4
    assert reasons("anna", deputy="anna", first=None, last=None) == [
        "Nobody represents himself or herself.",
        "Name the first day.",
        "Name the last day.",
    ]


@pytest.mark.parametrize(
    ("first", "last", "wrong"),
    [
        (date(2027, 3, 1), date(2027, 3, 1), 0),
        (date(2027, 3, 2), date(2027, 3, 1), 1),
        (date(2027, 2, 28), date(2027, 3, 1), 1),
        (date(2027, 2, 1), date(2027, 2, 28), 2),
    ],
)
def test_a_deputyship_begins_today_or_later(first, last, wrong):
    if wrong:
        assert len(reasons("anna", first=first, last=last)) == wrong
    else:
        assert enter("anna", first=first, last=last)


def test_an_illness_may_be_entered_some_days_late():
    with api.env.adopt_user(username="tom"):
        assert enter_absence("anna", date(2027, 2, 25), date(2027, 3, 3), "krank")
        with pytest.raises(DeputyshipWrong):
            enter_absence("anna", date(2027, 2, 25), date(2027, 2, 28))


def test_what_was_ended_stays_in_the_book_with_who_and_when():
    entry = enter("anna", reason="Urlaub")
    with at(BETWEEN), api.env.adopt_user(username="hanna"):
        ended = end(entry.id)
        with pytest.raises(WrongState):
            end(entry.id)
    assert getUtility(IDeputyships).by_deputy("alex") == (ended,)
    assert (ended.reason, ended.entered_by) == ("Urlaub", "anna")
    assert (ended.ended_by, ended.ended) == ("hanna", BETWEEN)


def test_the_deputy_does_not_end_it_and_a_stranger_learns_not_that_it_is_there():
    entry = enter("anna")
    with api.env.adopt_user(username="alex"), pytest.raises(NotAllowed):
        end(entry.id)
    with api.env.adopt_user(username="bert"), pytest.raises(DeputyshipWrong) as caught:
        end(entry.id)
    with api.env.adopt_user(username="bert"), pytest.raises(DeputyshipWrong) as other:
        end("0" * 32)
    assert caught.value.reasons == other.value.reasons


def test_others_hear_of_what_is_entered_and_ended():
    heard = []
    site = getGlobalSiteManager()
    for interface in (IDeputyshipEntered, IDeputyshipEnded):
        site.registerHandler(heard.append, (interface,))
    try:
        entry = enter("anna")
        with api.env.adopt_user(username="anna"):
            ended = end(entry.id)
    finally:
        for interface in (IDeputyshipEntered, IDeputyshipEnded):
            site.unregisterHandler(heard.append, (interface,))
    assert [event.entry for event in heard] == [entry, ended]
