"""Views of a box: a person's own, by name, and the box may begin with one."""

from eakte.desk import savedviews
from eakte.desk.boxes import BoxAddress
from eakte.desk.savedviews import ViewWrong
from eakte.mailitem.states import State
from plone import api
from tests.builders import a_mail_item
from tests.desk.test_boxes import titles

import pytest


@pytest.fixture
def letters(site):
    a_mail_item(State.ROUTED, team="a1", title="court", mail_class="deadline")
    a_mail_item(State.ROUTED, team="a1", title="normal")


def names(page):
    return page.all(".eakte-views li > p > a")


def test_what_is_shown_is_kept_under_a_name_and_opened_again(as_person, letters):
    visitor = as_person("anna")
    page = visitor.open("@@team-box?class=deadline&sort=-received")
    page = page.press("keep-view", name="  Gerichts-\tsachen ")
    assert "The view is kept." in page.messages
    assert "class=deadline" in page.url and "sort=-received" in page.url
    page = visitor.open("@@team-box")
    assert titles(page) == ["court", "normal"]
    assert names(page) == ["Gerichts- sachen"]
    assert titles(page.follow(".eakte-views a")) == ["court"]


def test_a_view_is_its_persons_alone(as_person, letters):
    as_person("anna").open("@@team-box?class=deadline").press("keep-view", name="mine")
    arno = as_person("arno")
    page = arno.open("@@team-box")
    assert names(page) == []
    anna = as_person("anna").open("@@team-box")
    view = anna.root.cssselect(".eakte-views input[name=id]")[0].get("value")
    form = page.root.cssselect(".eakte-view-form")[0]
    for step in ("delete-view", "rename-view", "begin-with-view"):
        values = dict(form.form_values()) | {"do": step, "id": view, "name": "x"}
        assert arno.send("@@team-box", values).refusals == ["There is no such view."]
    assert names(as_person("anna").open("@@team-box")) == ["mine"]


def test_a_view_is_renamed_and_deleted(as_person, letters):
    visitor = as_person("anna")
    page = visitor.open("@@team-box?class=deadline").press("keep-view", name="one")
    page = page.press("rename-view", name="two")
    assert names(page) == ["two"]
    assert names(page.press("delete-view")) == []


def test_a_box_begins_with_a_view_until_told_otherwise(as_person, letters):
    visitor = as_person("anna")
    page = visitor.open("@@team-box?class=deadline").press("keep-view", name="one")
    page.press("begin-with-view")
    page = visitor.open("@@team-box")
    assert titles(page) == ["court"]
    assert "class=deadline" in page.url
    # All letters are still a click away.
    page = page.follow(".eakte-chip")
    assert titles(page) == ["court", "normal"]
    assert titles(visitor.open("@@team-box?state=routed")) == ["court", "normal"]
    page.press("begin-with-all")
    assert titles(visitor.open("@@team-box")) == ["court", "normal"]


def test_a_box_may_begin_with_a_view_of_all_its_letters(as_person, letters):
    visitor = as_person("anna")
    visitor.open("@@team-box").press("keep-view", name="all").press("begin-with-view")
    assert titles(visitor.open("@@team-box")) == ["court", "normal"]


def test_a_refusal_says_why_and_keeps_what_was_typed(as_person, letters):
    visitor = as_person("anna")
    page = visitor.open("@@team-box").press("keep-view", name="x" * 61)
    assert page.refusals == ["The name has more than 60 characters."]
    typed = page.root.cssselect("#view-name")[0].get("value")
    assert typed == "x" * 61
    assert page.press("keep-view", name=" ").refusals == ["Give the view a name."]


def test_nothing_is_kept_without_a_token(as_person, letters):
    visitor = as_person("anna")
    page = visitor.send("@@team-box", {"do": "keep-view", "name": "x"})
    assert page.status == 403
    assert names(visitor.open("@@team-box")) == []


def test_a_name_is_used_once_in_a_box_and_the_number_of_views_has_an_end(site):
    team, desk = BoxAddress("team-box", "a1"), BoxAddress("my-desk")
    with api.env.adopt_user("anna"):
        first = savedviews.keep_view("same", team)
        savedviews.keep_view("Same", BoxAddress("team-box", "a1", "routed"))
        savedviews.keep_view("same", desk)
        assert [view.place.state for view in savedviews.views("team-box")] == ["routed"]
        assert first.id not in {view.id for view in savedviews.views()}
        other = savedviews.keep_view("other", team)
        with pytest.raises(ViewWrong):
            savedviews.rename_view(other.id, "SAME")
        savedviews.rename_view(other.id, "OTHER")
        for number in range(savedviews.MOST - 3):
            savedviews.keep_view(f"view {number}", team)
        with pytest.raises(ViewWrong):
            savedviews.keep_view("one more", team)
        # What has the name already is replaced even then.
        savedviews.keep_view("same", desk)
    with api.env.adopt_user("arno"):
        assert savedviews.views() == []


def test_only_one_view_of_a_box_is_the_one_to_begin_with(site):
    with api.env.adopt_user("anna"):
        one = savedviews.keep_view("one", BoxAddress("team-box"))
        two = savedviews.keep_view("two", BoxAddress("team-box"))
        desk = savedviews.keep_view("desk", BoxAddress("my-desk"))
        for view in (one, desk, two):
            savedviews.begin_with(view.id)
        assert savedviews.default_view("team-box").id == two.id
        assert savedviews.default_view("my-desk").id == desk.id
        assert savedviews.default_view("mailroom") is None
        savedviews.delete_view(two.id)
        assert savedviews.default_view("team-box") is None
