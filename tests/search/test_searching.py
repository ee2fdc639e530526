from ..builders import a_case_file
from ..builders import a_mail_item
from eakte.mailitem.states import State
from eakte.search.searching import counts
from eakte.search.searching import search
from eakte.search.searching import SearchWrong
from plone import api

import pytest


ODD = (
    "", " ", '"', '""', "*", "?", "*a", "(", ")(", "((((", "AND", "NOT x", "x OR",
    '"Antrag', 'Antrag"', "-Antrag", "a-", "\\", "\x00", "%", "日本", "мать", "½ ²",
    "a" * 10000, "a " * 10000, '"' * 999, "ß", "\ud83d\ude00", "Antrag AND (", "[]{}",
)  # fmt: skip


def found(user, text, **options):
    with api.env.adopt_user(username=user):
        return [brain.Title for brain in search(text, **options)]


@pytest.fixture
def letter(portal):
    return a_mail_item(
        State.ROUTED, team="a1", title="Antrag von Müller-Yılmaz", sender="Bauer GmbH"
    )


@pytest.mark.parametrize(
    "text",
    [
        "Müller",
        "mueller",
        "MULLER",
        "müll",
        "Antrag Bauer",
        "bauer antrag",
        '"Antrag von"',
        "Müller-Yılmaz",
        "(Müller)",
        "Antrag!",
    ],
)
def test_a_letter_is_found_as_people_type(letter, text):
    assert found("anna", text) == ["Antrag von Müller-Yılmaz"]


@pytest.mark.parametrize(
    "text", ['"von Antrag"', "Antrag Schmidt", "trag", "not or and"]
)
def test_all_words_must_be_there_and_a_phrase_in_order(letter, text):
    assert found("anna", text) == []


@pytest.mark.parametrize("text", ODD)
def test_whatever_is_typed_is_a_question_and_no_error(letter, text):
    titles = found("anna", text)
    with api.env.adopt_user(username="anna"):
        assert sum(counts(text).values()) >= len(titles)


def test_signs_alone_find_nothing_rather_than_everything(letter):
    for text in ("", "*", '""', "()", "-"):
        assert found("anna", text) == []


def test_case_files_are_found_by_reference(portal):
    case_file = a_case_file(title="Aufenthalt", family_name="Haddad")
    a_case_file(title="Andere")
    assert found("anna", case_file.reference) == ["Aufenthalt"]


def test_only_what_the_user_may_see_is_found_and_counted(letter):
    a_mail_item(State.BLOCKED, team="a1", title="Antrag gesperrt")
    for user in ("bert", "alex", "rita", "dora", "hanna"):
        assert found(user, "Antrag") == [], user
        with api.env.adopt_user(username=user):
            assert not any(counts("Antrag").values())
    assert found("lotte", "gesperrt") == ["Antrag gesperrt"]


def test_an_answer_is_one_batch_and_knows_the_whole(portal):
    for number in range(5):
        a_mail_item(State.ROUTED, team="a1", title=f"Antrag {number}")
    with api.env.adopt_user(username="anna"):
        batch = search("Antrag", sort="oldest", start=2, size=2)
        assert len(batch) == 2
        assert batch.actual_result_count == 5


def test_a_search_is_narrowed_down_by_known_names_only(letter):
    assert found("anna", "Antrag", review_state="routed", team="")
    assert not found("anna", "Antrag", kinds=["case_file"])
    for wrong in ({"path": "/"}, {"kinds": ["Document"]}, {"sort": "Title"}):
        with pytest.raises(SearchWrong):
            found("anna", "Antrag", **wrong)
