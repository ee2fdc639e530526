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


def test_a_rare_word_is_found_beside_one_that_many_have(portal):
    for given_name in ("Ali", "Berta", "Cem", "Zoë"):
        case_file = a_case_file(family_name="Müller", given_name=given_name)
    with api.env.adopt_user(username="anna"):
        assert len(find_case_files("müller", limit=1)) == 1
        (hit,) = find_case_files("müller zoe", limit=1)
    assert hit.reference == case_file.reference
    assert found_by("anna", "müller zoe ali") == []
    assert found_by("anna", "müller xaver") == []


def test_an_umlaut_is_found_by_a_name_that_has_none(portal):
    case_file = a_case_file(family_name="Muller")
    other = a_case_file(family_name="Mueller")
    found = {(case_file.reference, None), (other.reference, None)}
    assert set(found_by("anna", "Müller")) == found


def test_who_types_the_whole_of_a_double_name_means_no_half_of_it(portal):
    a_case_file(family_name="Yılmaz")
    case_file = a_case_file(family_name="Yılmaz-Müller")
    assert found_by("anna", "yılmaz-müller") == [(case_file.reference, None)]


def test_several_words_find_nothing_of_another_team(portal):
    a_case_file(team="a2", family_name="Haddad", given_name="Rania")
    assert found_by("anna", "haddad rania") == []
    assert len(found_by("alex", "haddad rania")) == 1


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
        assert len(found_by("anna", text)) == (text == "ha")
