"""Many letters at the screens: chosen in a box, looked at, done, undone."""

from eakte.access.barring import bar
from eakte.access.protecting import protect
from eakte.casefile.states import State as CaseFileState
from eakte.desk.manyforms import FORMS
from eakte.jobs.server import work_folder
from eakte.jobs.worker import run_pending
from eakte.mailitem import many
from eakte.mailitem.manyinterfaces import IManyVerb
from eakte.mailitem.states import State
from eakte.mailitem.store import mail_store
from plone import api
from tests.builders import a_case_file
from tests.builders import a_mail_item
from tests.builders import as_system
from tests.builders import put_in_state
from zope.component import getUtility

import pytest
import transaction


@pytest.fixture
def letters(site):
    return [a_mail_item(State.ROUTED, team="a1", title=f"Brief {n}") for n in range(3)]


@pytest.fixture
def choose(as_person):
    """Return ``choose(person, letters, verb, box)``: the page after the button."""

    def choose(person, letters, verb, box="team-box", **more):
        page = as_person(person).open(f"@@{box.partition(':')[0]}")
        values = {
            "uid": [each.UID() for each in letters],
            "verb": verb,
            "box": box,
            "_authenticator": token(page),
        }
        return page.visitor.send("@@many", values | more)

    return choose


def token(page):
    return page.root.cssselect("[name=_authenticator]")[0].get("value")


def look(page, **fields):
    """Fill in what is asked and look at the preview."""
    form = page.root.cssselect("form[data-many-asks]")[0]
    values = [*form.form_values(), ("do", "preview")]
    values = [(n, v) for n, v in values if n not in fields] + list(fields.items())
    return page.visitor.send("@@many", values)


def do(page):
    """Press the button below the preview."""
    form = page.root.cssselect("[data-many-verdict] form")[0]
    return page.visitor.send("@@many", [*form.form_values(), ("do", "do")])


def verbs(page):
    return {each.get("value") for each in page.root.cssselect("#many [name=verb]")}


def test_the_verbs_of_the_buttons_are_there(site):
    for form in FORMS:
        assert getUtility(IManyVerb, form.verb), form.verb


def test_a_box_offers_what_can_be_done_with_many(as_person, letters):
    a_mail_item(State.CAPTURED)
    anna, lotte = as_person("anna"), as_person("lotte")
    box = anna.open("@@team-box")
    assert len(box.root.cssselect("input[name=uid][form=many]")) == 3
    assert {"accept", "assign", "route", "file", "resubmit"} <= verbs(box)
    assert {"check", "release", "route"} <= verbs(lotte.open("@@mailroom"))
    assert "check" not in verbs(box)


def test_an_empty_box_has_no_bar(as_person):
    page = as_person("anna").open("@@team-box")
    assert not page.root.cssselect("#many")


def test_whoever_has_no_desk_is_not_offered_to_take_letters(as_person, letters):
    page = as_person("rolf").open("@@team-box")
    assert "route" in verbs(page)
    assert "accept" not in verbs(page)


def test_letters_are_taken_after_a_preview_and_given_back(choose, letters, now):
    page = choose("anna", letters, "accept")
    assert "Nothing is against it" in page.text
    assert "Stelle A1-1" in page.text
    assert {now(each).desk for each in letters} == {None}
    result = do(page)
    assert "@@many-result" in result.url
    assert result.all(".eakte-many-sum") == ["3 done"]
    assert {now(each).desk for each in letters} == {"a1-1"}
    undone = result.press("undo")
    assert undone.all(".eakte-many-sum") == ["3 done"]
    assert "Undone: Accept" in undone.text
    assert {now(each).desk for each in letters} == {None}
    # What was undone says so, and offers it no more.
    again = undone.visitor.open(result.url)
    assert "It was undone already" in again.text
    assert again.buttons == set()


def test_a_form_asks_first_and_keeps_the_letters(choose, letters, state):
    page = choose("anna", letters, "assign")
    assert not page.root.cssselect("[data-many-verdict]")
    assert page.all("h1") == ["Assign: 3 letters"]
    refused = look(page, desk="a1-2", reason="")
    assert "It is refused for every letter" in refused.text
    assert "Say why the letter is passed on" in refused.text
    allowed = look(refused, desk="a1-2", reason="Buchstabe K")
    assert do(allowed).all(".eakte-many-sum") == ["3 done"]
    assert {state(each) for each in letters} == {State.ROUTED}


def test_a_preview_tells_who_is_refused_and_why_and_does_the_others(
    choose, letters, now
):
    accepted = a_mail_item(State.ACCEPTED, team="a1", desk="a1-2", title="Arnos")
    page = choose("anna", [*letters, accepted], "accept")
    assert "3 can be done, 1 cannot" in page.text
    assert page.all(".eakte-many-reasons li") == [
        "The letter is no longer where it was. Load the page again to see its state."
    ]
    assert do(page).all(".eakte-many-sum") == ["3 done"]
    assert now(accepted).desk == "a1-2"


def test_what_changed_since_the_preview_is_refused_alone(choose, letters, as_person):
    page = choose("anna", letters, "accept")
    as_person("tom").open(letters[0].absolute_url()).press("describe", title="Neu")
    result = do(page)
    assert result.all(".eakte-many-sum") == ["2 done 1 refused"]
    assert "changed since the preview" in result.text


def test_letters_are_filed_by_what_was_typed(choose, letters, state):
    case_file = a_case_file(team="a1", family_name="Haddad")
    page = choose("anna", letters, "file")
    nothing = look(page, text="Nirgendwo")
    assert nothing.status == 409
    assert nothing.refusals
    found = look(nothing, text="haddad", case_file="")
    assert case_file.reference in found.text
    result = do(found)
    assert result.all(".eakte-many-sum") == ["3 done"]
    assert "undo" not in result.buttons
    assert {state(each) for each in letters} == {State.FILED}


def test_letters_are_resubmitted_and_that_is_undone(choose, letters):
    page = choose("anna", letters, "resubmit")
    seen = look(page, day="2036-03-05", reason="Antwort da?")
    result = do(seen)
    assert result.all(".eakte-many-sum") == ["3 done"]
    listed = result.visitor.open("@@deadlines?when=all")
    assert "Antwort da?" in listed.text
    assert result.press("undo").all(".eakte-many-sum") == ["3 done"]
    assert "Antwort da?" not in result.visitor.open("@@deadlines?when=all").text


def test_a_day_that_is_over_is_refused(choose, letters):
    page = look(
        choose("anna", letters, "resubmit"), day="2020-03-05", reason="Antwort da?"
    )
    assert "The day is over" in page.text
    assert not page.root.cssselect("[data-many-verdict] form")


def test_the_way_of_a_letter_tells_both_steps(choose, letters):
    result = do(choose("anna", letters, "accept"))
    result.press("undo")
    way = result.visitor.open(letters[0].absolute_url()).text
    assert "Undone: it lies where it lay before" in way
    assert "Taken by" in way


def test_all_letters_of_the_box_are_chosen_with_one_press(choose, letters, monkeypatch):
    monkeypatch.setattr("eakte.desk.box.BATCH", 2)
    a_mail_item(State.ROUTED, team="a2", title="eines anderen Teams")
    page = choose("anna", letters[:1], "accept", all="1")
    assert page.all("h1") == ["Accept: 3 letters"]
    # The tab that was open decides what all of them are.
    a_mail_item(State.UNCLEAR, team="a1", title="ungeklärt")
    page = choose("tom", letters[:1], "accept", all="1", box="team-box::routed")
    assert page.all("h1") == ["Accept: 3 letters"]


def test_all_letters_are_those_that_the_filters_let_through(choose, letters):
    a_mail_item(State.ROUTED, team="a1", title="eilig", mail_class="urgent")
    box = "team-box:::class=urgent"
    page = choose("anna", letters, "accept", all="1", box=box)
    assert page.all("h1") == ["Accept: 1 letter"]
    # The way back leads to the box as it was.
    assert "class=urgent" in page.root.cssselect(".eakte-head a")[0].get("href")
    assert "class=urgent" in do(page).root.cssselect(".eakte-head a")[0].get("href")


def test_letters_of_others_are_nothing_that_one_learns_of(choose, as_person):
    theirs = a_mail_item(State.ROUTED, team="a2", title="Geheim", sender="Gericht")
    transaction.commit()
    page = choose("anna", [theirs], "accept")
    assert "Geheim" not in page.text
    assert "Gericht" not in page.text
    assert theirs.number not in page.text
    assert "you may not see it" in page.text


def test_a_result_is_shown_to_whoever_asked_alone(choose, letters, as_person):
    url = do(choose("anna", letters, "accept")).url
    for person in ("arno", "tom", "rolf", "lotte", "dora", "admin"):
        other = as_person(person).open(url)
        assert other.status in (401, 403, 404), person
        assert letters[0].number not in other.text


@pytest.mark.parametrize("way", ["protected", "barred"])
def test_a_result_names_nothing_that_was_closed_since(choose, letters, now, way):
    case_file = a_case_file(team="a1", family_name="Haddad")
    filed, refused = letters[:2]
    page = look(choose("anna", [filed], "file"), text="haddad")
    later = look(choose("anna", [refused], "file"), text="haddad")
    done = do(page)
    with as_system():
        put_in_state(now(case_file), "case_file_workflow", CaseFileState.CLOSED)
    transaction.commit()
    not_done = do(later)
    assert filed.number in done.text
    assert case_file.reference in not_done.text
    case_file = now(case_file)
    with api.env.adopt_user(username="hanna"):
        if way == "protected":
            protect(case_file, "vip", ["tom"], "Wunsch der Leitung")
        else:
            bar(case_file, ["anna"], "Befangen")
    transaction.commit()
    after = done.visitor.open(done.url)
    assert after.all(".eakte-many-sum") == ["1 done"]
    assert "you may not see it" in after.text
    assert filed.number not in after.text
    after = done.visitor.open(not_done.url)
    assert after.all(".eakte-many-sum") == ["1 refused"]
    assert case_file.reference not in after.text
    # The letter itself never lay there: it still lies in the team's box.
    assert refused.number in after.text


def test_many_are_done_while_one_waits(choose, letters, site, monkeypatch, now):
    monkeypatch.setattr(many, "AT_ONCE", 2)
    result = do(choose("anna", letters, "accept"))
    assert "0 of 3 letters are done" in result.text
    assert "undo" not in result.buttons
    progress = result.root.cssselect("[data-many-progress]")[0]
    progress = progress.get("data-many-progress")
    assert result.visitor.ask(progress)["finished"] is False
    transaction.commit()
    run_pending(site._p_jar.db(), work_folder())
    answer = result.visitor.ask(progress)
    assert (answer["done"], answer["of"], answer["finished"]) == (3, 3, True)
    after = result.visitor.open(result.url)
    assert after.all(".eakte-many-sum") == ["3 done"]
    assert {now(each).desk for each in letters} == {"a1-1"}


def test_pressed_twice_it_is_done_once(choose, letters):
    page = choose("anna", letters, "accept")
    first, second = do(page), do(page)
    assert first.url == second.url


@pytest.mark.parametrize("values", [{"verb": "destroy"}, {"verb": ""}])
def test_a_button_that_there_is_not_leads_back(as_person, letters, values):
    page = as_person("anna").open("@@team-box")
    back = page.visitor.send("@@many", values | {"_authenticator": token(page)})
    assert "/@@my-desk" in back.url


def test_without_a_token_nothing_is_done(as_person, letters, state):
    visitor = as_person("anna")
    values = {"verb": "accept", "uid": [each.UID() for each in letters]}
    assert visitor.send("@@many", values).status == 403
    item = f"{letters[0].UID()}:x"
    answer = visitor.send("@@many", values | {"do": "do", "item": item})
    assert answer.status == 403
    assert {state(each) for each in letters} == {State.ROUTED}


def test_without_letters_there_is_nothing_to_do(choose, letters):
    page = choose("anna", [], "accept")
    assert page.status == 400
    assert "Choose at least one letter." in page.refusals
    assert mail_store().objectIds()
