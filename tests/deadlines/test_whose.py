"""Whose it is to do: of whom that cannot, it falls to the next, and never to nobody."""

from ..builders import a_case_file
from ..builders import a_mail_item
from ..deputies import absence
from ..deputies import at
from ..deputies import BETWEEN
from ..deputies import deputyship
from .conftest import a_deadline
from .conftest import a_resubmission
from .conftest import by
from .conftest import is_for
from datetime import date
from eakte.access.barring import bar
from eakte.access.protecting import protect
from eakte.access.sharing import share
from eakte.deadlines.acting import TermWrong
from eakte.deadlines.digest import lines_of
from eakte.deadlines.whose import people_to_name
from eakte.mailitem.states import State
from eakte.org.applying import apply_office
from eakte.testing import OFFICE
from plone import api
from Products.ZCatalog.CatalogBrains import AbstractCatalogBrain

import pytest
import shutil


PEOPLE = ("alex", "anna", "arno", "bert", "hanna", "rita", "rolf", "tina", "tom")

DEPUTY = ("people: [anna]}", "people: [anna], deputies: [alex]}")
NO_LEAD = ("lead: [tom]", "lead: []")
LEADS_DEPUTY = ("lead: [tom]", "lead: [tom]\n    lead_deputies: [arno]")


@pytest.fixture
def office(portal, tmp_path):
    """Apply the small office with some lines of department A replaced."""

    def applied(*changes):
        shutil.copytree(OFFICE, tmp_path, dirs_exist_ok=True)
        path = tmp_path / "amt-a.yaml"
        text = path.read_text("utf-8")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        path.write_text(text, "utf-8")
        apply_office(tmp_path)

    return applied


def whose(term):
    """Return who has it on the list, in the middle of the week."""
    with at(BETWEEN):
        return {each for each in PEOPLE if is_for(each, term)}


def barred(case_file, *people):
    with by("hanna"):
        bar(case_file, people, "Befangen wegen Verwandtschaft")


def warned(content, user="anna"):
    """Return a deadline whose early warning has come in the middle of the week."""
    return a_deadline(content, user, end=date(2027, 3, 12), early=3)


def test_with_the_deputy_away_too_it_falls_to_the_team(case_file, office):
    office(DEPUTY)
    terms = [a_resubmission(case_file), a_resubmission(case_file, person="anna")]
    deadline = warned(case_file)
    absence("anna")
    for term in terms:
        assert whose(term) == {"anna", "alex"}
    assert whose(deadline) == {"anna", "alex", "tom"}
    absence("alex")
    for term in (*terms, deadline):
        assert whose(term) == {"anna", "alex", "arno", "tom"}


def test_only_who_answers_for_the_object_and_sees_it_is_named(case_file):
    letter = a_mail_item(State.ACCEPTED, team="a1", desk="a1-1", mail_class="personal")
    barred(case_file, "tom")
    with by("anna"):
        share(case_file, "alex", date(2027, 3, 3), "Sie kennt die Familie")
    for content, may in (
        (case_file, {"anna", "arno", "rolf", "hanna"}),
        # Of the personal letter the lead and the registry know nothing either.
        (letter, {"anna"}),
    ):
        assert set(people_to_name(content)) == may
        for person in PEOPLE:
            if person in may:
                assert is_for(person, a_resubmission(content, person=person))
            else:
                with pytest.raises(TermWrong):
                    a_resubmission(content, person=person)
    deputyship("alex", "anna")
    with at(BETWEEN):
        assert "alex" in people_to_name(case_file)


def test_who_is_named_and_has_another_place_or_none_is_gone(case_file, office):
    term = a_resubmission(case_file, person="arno")
    assert whose(term) == {"arno"}
    nobody = ("people: [arno]", "people: []")
    office(nobody, ("people: [alex]", "people: [alex, arno]"))
    assert whose(term) == {"anna", "tom"}
    office(nobody)
    assert whose(term) == {"anna", "tom"}
    office()
    assert whose(term) == {"arno"}


def test_who_is_named_and_then_barred_is_gone_until_that_is_lifted(case_file):
    term = a_resubmission(case_file, person="arno")
    barred(case_file, "arno")
    assert whose(term) == {"anna", "tom"}
    barred(case_file)
    assert whose(term) == {"arno"}


def test_with_the_whole_desk_barred_it_falls_to_the_team_then_to_the_head(case_file):
    term, deadline = a_resubmission(case_file), warned(case_file)
    barred(case_file, "anna")
    assert whose(term) == {"arno", "tom"}
    assert whose(deadline) == {"arno", "tom"}
    barred(case_file, "anna", "tom")
    assert whose(term) == {"arno"}
    assert whose(deadline) == {"arno", "hanna"}
    barred(case_file, "anna", "tom", "arno")
    assert whose(term) == whose(deadline) == {"hanna"}


def test_with_a_barred_person_represented_nobody_comes_in(case_file):
    term = a_resubmission(case_file)
    deputyship("alex", "anna")
    barred(case_file, "arno")
    assert whose(term) == {"anna", "alex"}
    absence("anna")
    assert whose(term) == {"anna", "alex"}
    barred(case_file, "anna")
    assert whose(term) == {"arno", "tom"}


def test_with_no_lead_there_a_deadline_comes_to_the_head(case_file, office):
    deadline = warned(case_file)
    assert whose(deadline) == {"anna", "tom"}
    barred(case_file, "tom")
    assert whose(deadline) == {"anna", "hanna"}
    barred(case_file)
    absence("tom")
    assert whose(deadline) == {"anna", "tom", "hanna"}
    with at(BETWEEN):
        told = lines_of(api.user.get(userid="hanna"))
    assert [line.term.id for line in told] == [deadline.id]
    absence("hanna")
    # Nobody there above the desk: everybody in the team sees to it.
    assert whose(deadline) == {"anna", "tom", "hanna", "arno"}
    office(NO_LEAD)
    assert whose(deadline) == {"anna", "hanna", "arno"}


def test_with_a_leads_deputy_there_it_does_not_come_to_the_head(case_file, office):
    deadline = warned(case_file)
    office(LEADS_DEPUTY)
    assert whose(deadline) == {"anna", "tom"}
    barred(case_file, "tom")
    assert whose(deadline) == {"anna", "arno"}
    barred(case_file)
    absence("tom")
    assert whose(deadline) == {"anna", "tom", "arno"}
    absence("arno")
    assert whose(deadline) == {"anna", "tom", "arno", "hanna"}


def test_who_represents_the_head_has_what_comes_to_the_head(case_file, office):
    deadline, term = warned(case_file), a_resubmission(case_file)
    office(NO_LEAD, ("people: [arno]", "people: [arno, hanna]"))
    assert whose(deadline) == {"anna", "hanna"}
    deputyship("alex", "hanna")
    assert whose(deadline) == {"anna", "hanna", "alex"}
    assert whose(term) == {"anna"}


def test_what_the_head_does_not_see_comes_to_the_team(office):
    deadline = warned(a_mail_item(State.ACCEPTED, team="a1", desk="a1-1"))
    office(NO_LEAD)
    assert whose(deadline) == {"anna", "arno"}


def test_in_a_protected_case_file_it_falls_to_the_rest_of_the_circle(case_file):
    with by("hanna"):
        protect(case_file, "vip", ("alex", "anna", "arno"), "Steht in der Zeitung")
    terms = [a_resubmission(case_file, person=each) for each in ("arno", "alex")]
    assert set(people_to_name(case_file)) == {"alex", "anna", "arno"}
    assert [whose(term) for term in terms] == [{"arno"}, {"alex"}]
    deputyship("tom", "arno")
    assert whose(terms[0]) == {"arno"}
    absence("arno")
    assert whose(terms[0]) == {"alex", "anna", "arno"}
    assert whose(a_resubmission(case_file)) == {"alex", "anna", "arno"}


def test_whose_it_is_is_found_without_waking_an_object(case_file, monkeypatch):
    def woken(brain, *args, **said):
        raise AssertionError(f"{brain.getPath()} was woken")

    barred(case_file, "anna", "tom")
    term, deadline = a_resubmission(case_file, "arno"), warned(case_file, "arno")
    other = a_resubmission(a_case_file(desk="a1-1"))
    absence("anna")
    for name in ("getObject", "_unrestrictedGetObject"):
        monkeypatch.setattr(AbstractCatalogBrain, name, woken)
    assert whose(term) == {"arno"}
    assert whose(deadline) == {"arno", "hanna"}
    assert whose(other) == {"anna", "arno", "tom"}
