"""The journal through the REST interface: who gets it, and what of it."""

from ..builders import a_case_file
from ..rest.client import Client
from ..rest.client import give_passwords

import pytest
import transaction


PEOPLE = ("anna", "tom", "tina", "hanna", "holger", "bert", "rolf", "lotte", "dora")


@pytest.fixture
def case_file(functional_portal):
    give_passwords(*PEOPLE)
    yield a_case_file(team="a1", title="Duldung")
    transaction.abort()


@pytest.fixture
def ask(case_file, functional_portal):
    """Return ``ask(person, path, method="GET", **options)``: the answer."""

    def ask(person, path, method="GET", **options):
        transaction.commit()
        with Client(person, site=functional_portal.absolute_url()) as client:
            return client.request(method, path, **options)

    return ask


def consult(ask, person="dora"):
    answer = ask(person, "@journal", "POST", json={"reason": "Beschwerde"})
    return answer.json()["consultation"]


@pytest.mark.parametrize("person", [*PEOPLE, "admin", None])
def test_the_journal_of_a_case_file_is_for_those_who_lead_its_team_or_department(
    ask, case_file, person
):
    answer = ask(person, f"akten/{case_file.getId()}/@journal")

    if person in ("tom", "hanna"):
        assert answer.json()["items"][-1]["title"] == "Duldung"
    else:
        assert answer.status_code in (401, 403)
        assert "Duldung" not in answer.text


@pytest.mark.parametrize("person", [*PEOPLE, None])
def test_the_office_s_journal_is_for_the_data_protection_officer(ask, person):
    for method in ("GET", "POST"):
        answer = ask(person, "@journal", method, json={"reason": "Neugier"})
        if person == "dora":
            assert answer.status_code == {"GET": 403, "POST": 201}[method]
        else:
            assert answer.status_code in (401, 403)
        assert "Duldung" not in answer.text


def test_a_reason_opens_it_to_the_one_who_gave_it(ask, case_file):
    word = consult(ask)
    path = f"@journal?consultation={word}&object={case_file.UID()}"
    assert [each["title"] for each in ask("dora", path).json()["items"]] == ["Duldung"]

    assert ask("tom", path).status_code in (401, 403)


def test_the_word_of_an_administrator_opens_no_content(ask, case_file):
    word = consult(ask, "admin")
    for query in ("", f"&object={case_file.UID()}", "&kind=created", "&kind=consulted"):
        answer = ask("admin", f"@journal?consultation={word}{query}")
        assert answer.status_code == 200
        assert "Duldung" not in answer.text
        kinds = {each["kind"] for each in answer.json()["items"]}
        assert kinds <= {"place", "account", "configured", "expired"}
    assert ask("dora", f"@journal?consultation={word}").status_code == 403


@pytest.mark.parametrize(
    "query", ["kind=x", "first=x", "first=2026-03-02&last=2026-03-01", "b_size=x"]
)
def test_a_filter_that_is_not_understood_is_refused(ask, case_file, query):
    answer = ask("tom", f"akten/{case_file.getId()}/@journal?{query}")

    assert answer.status_code == 400
    assert answer.json()["reasons"]


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "POST"])
def test_no_verb_changes_an_entry(ask, case_file, method):
    word = consult(ask)
    for path in (f"akten/{case_file.getId()}/@journal", f"@journal/{word}"):
        for person in ("admin", "dora", "tom"):
            answer = ask(person, path, method, json={"kind": "read"})
            assert answer.status_code >= 400
