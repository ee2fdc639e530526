"""Who may see it, said to those who see it."""

from ..builders import a_case_file
from ..deputies import at
from ..deputies import BETWEEN
from ..deputies import DAY_AFTER
from ..deputies import DAY_BEFORE
from ..deputies import deputyship
from ..deputies import FIRST_MINUTE
from ..deputies import LAST
from ..deputies import LAST_SECOND
from ..guests import asked
from ..guests import shared
from ..guests import with_readers_elsewhere
from .closed import barred_from
from .closed import protected
from .letters import a_letter_in
from .test_case_file_rights import a_document
from dataclasses import replace
from eakte.access.barring import bar
from eakte.access.guests import Way
from eakte.access.protecting import protect
from eakte.access.seeing import who_may_see
from eakte.access.seeing import Why
from eakte.desk.viewers import members_said
from eakte.desk.viewers import why_said
from eakte.mailitem.states import State
from plone import api
from zope.i18n import translate

import pytest


NAMES = {
    "anna": "Anna Arbeit",
    "arno": "Arno Arbeit",
    "tom": "Tom Lead",
    "rolf": "Rolf Registry",
    "hanna": "Hanna Head",
    "lotte": "Lotte Lead",
    "oskar": "Oskar Operator",
    "quirin": "Quirin Checker",
}


@pytest.mark.parametrize("state", State)
def test_the_list_names_exactly_those_who_may_see_a_letter(who_may, state):
    letter = a_letter_in(state)
    named = {person for viewer in who_may_see(letter) for person in viewer.people}
    assert named == {NAMES[person] for person in who_may("View", letter)}


def a_plain_one(folder):
    return a_case_file(team="a1", desk="a1-1")


def one_with_a_guest(folder):
    case_file = a_plain_one(folder)
    shared(case_file, "alex")
    return case_file


def one_that_is_read_elsewhere(folder):
    with_readers_elsewhere(folder / "office", "alex")
    case_file = a_plain_one(folder)
    with at(BETWEEN):
        asked("alex", case_file)
    return case_file


def one_with_a_deputy(folder):
    deputyship("alex", "anna")
    return a_plain_one(folder)


def one_that_is_barred(folder):
    return barred_from("arno", "rolf", desk="a1-1")


def one_whose_represented_person_is_barred(folder):
    deputyship("alex", "anna")
    return barred_from("anna", desk="a1-1")


def one_whose_deputy_is_barred(folder):
    deputyship("alex", "anna")
    return barred_from("alex", desk="a1-1")


def one_whose_guest_is_barred(folder):
    case_file = one_with_a_guest(folder)
    with api.env.adopt_user(username="hanna"):
        bar(case_file, ["alex", "tom"], "Befangen")
    return case_file


def a_protected_one(folder):
    deputyship("arno", "anna")
    return protected(circle={"anna", "alex"}, desk="a1-1")


def a_protected_one_with_a_guest(folder):
    case_file = one_with_a_guest(folder)
    with api.env.adopt_user(username="hanna"):
        protect(case_file, "staff", ["anna"], "Eigene Sache")
    return case_file


OWN = {"anna", "arno", "tom", "rolf", "hanna"}
"""Who sees a case file of team a1 by a place of its own."""

CASE_FILES = {
    a_plain_one: OWN,
    one_with_a_guest: OWN | {"alex"},
    one_that_is_read_elsewhere: OWN | {"alex"},
    one_with_a_deputy: OWN | {"alex"},
    one_that_is_barred: OWN - {"arno", "rolf"},
    one_whose_represented_person_is_barred: OWN - {"anna"},
    one_whose_deputy_is_barred: OWN,
    one_whose_guest_is_barred: OWN - {"tom"},
    a_protected_one: {"anna", "alex"},
    a_protected_one_with_a_guest: {"anna"},
}


def ids_of(content):
    return {member.id for viewer in who_may_see(content) for member in viewer.members}


@pytest.mark.parametrize("made", CASE_FILES, ids=lambda each: each.__name__)
def test_the_list_names_exactly_those_who_may_see_a_case_file(
    who_may, who_finds, tmp_path, made
):
    case_file = made(tmp_path)
    document = a_document(case_file)
    for content in (case_file, document):
        with at(BETWEEN):
            assert ids_of(content) == who_may("View", content) == CASE_FILES[made]
            assert who_finds(content) == CASE_FILES[made]
        # Who was there for a time only is no longer on the list.
        with at(DAY_AFTER):
            assert (
                ids_of(content)
                == who_may("View", content)
                == CASE_FILES[made] - (set() if made is a_protected_one else {"alex"})
            )


def said_of(person, content):
    """Return what the list says of the person's membership, each once."""
    found = {
        members_said(replace(viewer, members=(member,)), translate)
        for viewer in who_may_see(content)
        for member in viewer.members
        if member.id == person
    }
    return sorted(found)


def test_of_a_deputy_the_list_tells_for_whom_and_the_last_day(portal, tmp_path):
    case_file = one_with_a_deputy(tmp_path)
    for moment in (FIRST_MINUTE, BETWEEN, LAST_SECOND):
        with at(moment):
            viewers = {
                viewer.why: member.cause
                for viewer in who_may_see(case_file)
                for member in viewer.members
                if member.id == "alex"
            }
            assert viewers.keys() == {Why.TEAM, Why.DESK}
            for cause in viewers.values():
                assert (cause.kind, cause.person) == ("deputy", "anna")
                assert cause.until == LAST
            (said,) = said_of("alex", case_file)
            assert "Anna Arbeit" in said
            assert "12" in said
            assert said_of("anna", case_file) == ["Anna Arbeit"]
    for moment in (DAY_BEFORE, DAY_AFTER):
        with at(moment):
            assert said_of("alex", case_file) == []


@pytest.mark.parametrize(
    ("made", "kind", "by", "until"),
    [
        (one_with_a_guest, Way.SHARED, "anna", LAST),
        (one_that_is_read_elsewhere, Way.ELSEWHERE, "alex", BETWEEN.date()),
    ],
)
def test_of_a_guest_the_list_tells_how_and_the_last_day(
    portal, tmp_path, made, kind, by, until
):
    case_file = made(tmp_path)
    with at(BETWEEN):
        (guests,) = [v for v in who_may_see(case_file) if v.why == Why.GUEST]
        (alex,) = guests.members
        assert (alex.id, alex.cause.kind, alex.cause.until) == ("alex", kind, until)
        assert alex.cause.person == by
        assert guests.roles == ("Guest",)


@pytest.mark.parametrize(
    "made", [one_that_is_barred, one_whose_deputy_is_barred, one_whose_guest_is_barred]
)
def test_the_list_does_not_tell_that_somebody_is_barred(portal, tmp_path, made):
    """Colleagues see the list; the conflict of interest is for those who decide."""
    case_file = made(tmp_path)
    plain = {viewer.title for viewer in who_may_see(a_plain_one(tmp_path))}
    with at(DAY_AFTER):
        viewers = who_may_see(case_file)
    assert {viewer.title for viewer in viewers} <= plain
    assert "~not~" not in str(viewers)


def test_of_a_protected_one_the_list_tells_the_circle_and_nothing_else(
    portal, tmp_path
):
    with at(BETWEEN):
        (circle,) = who_may_see(a_protected_one(tmp_path))
    assert circle.why == Why.CIRCLE
    assert [(each.id, each.cause) for each in circle.members] == [
        ("alex", None),
        ("anna", None),
    ]


def test_the_list_of_a_case_file_names_groups_and_why(portal):
    viewers = {viewer.title: viewer for viewer in who_may_see(a_case_file(team="a1"))}
    assert set(viewers) == {
        "Team A1",
        "Team A1: Leitung",
        "Amt A: Leitung",
        "Amt A: Registratur",
    }
    assert viewers["Amt A: Leitung"].roles == ("Department Head",)
    assert viewers["Team A1"].people == ("Anna Arbeit", "Arno Arbeit", "Tom Lead")


def test_a_person_alone_is_named_too(portal):
    case_file = a_case_file(team="a1")
    case_file.manage_setLocalRoles("alex", ["Case Worker"])
    assert api.user.has_permission("View", username="alex", obj=case_file)
    viewers = {viewer.title: viewer for viewer in who_may_see(case_file)}
    assert viewers["Alex Arbeit"].why == Why.ROLE
    assert why_said(viewers["Alex Arbeit"]) == "through a role"
    assert viewers["Team A1"].why == Why.TEAM


def test_a_person_with_a_role_in_the_whole_site_is_not_said_to_be_shared_with(portal):
    letter = a_letter_in(State.CAPTURED)
    api.user.grant_roles(username="alex", roles=["Scan Operator"])
    viewers = {viewer.title: viewer for viewer in who_may_see(letter)}
    assert viewers["Alex Arbeit"].why == Why.ROLE
