from ..builders import a_case_file
from eakte.casefile.finding import find_case_files
from plone import api


def found_by(user, text):
    with api.env.adopt_user(username=user):
        return [(hit.reference, hit.via) for hit in find_case_files(text)]


def test_a_new_case_file_has_no_other_names(portal):
    assert a_case_file().aliases == []
    assert found_by("anna", "edit") == []


def test_a_person_is_found_by_name_in_any_order_and_spelling(portal):
    case_file = a_case_file(family_name="Yılmaz-Müller", given_name="Ayşe")
    for text in ("yilmaz", "Ayse Mueller", "müll", "MULLER, ayşe", "yılmaz-müller"):
        assert found_by("anna", text) == [(case_file.reference, None)], text


def test_a_hit_through_an_alias_says_so(portal):
    case_file = a_case_file(family_name="Haddad", aliases=["Rania al-Hadad"])
    assert found_by("anna", "hadad") == [(case_file.reference, "Rania al-Hadad")]


def test_a_case_file_is_found_by_reference_and_by_azr_number(portal):
    case_file = a_case_file(azr_number="900314123456")
    assert found_by("anna", case_file.reference) == [(case_file.reference, None)]
    assert found_by("anna", "90031412") == [(case_file.reference, None)]


def test_nothing_of_another_team_is_suggested(portal):
    a_case_file(team="a2", family_name="Haddad")
    assert found_by("anna", "haddad") == []
    assert found_by("bert", "haddad") == []
    assert len(found_by("alex", "haddad")) == 1


def test_whatever_is_typed_is_a_question_and_no_error(portal):
    a_case_file(family_name="Haddad")
    for text in (
        "",
        " ",
        "*",
        '"',
        "((",
        "%",
        "ha",
        "ß",
        "日本",
        "\\",
        "a AND",
        "a" * 5000,
    ):
        found_by("anna", text)
