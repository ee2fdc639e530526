"""Who has nothing to do with a letter gets nothing of it, through whatever door."""

from ..builders import as_system
from .doors import a_striking_case_file
from .doors import a_striking_document
from .doors import a_striking_letter
from .doors import answers_nothing
from .doors import got
from .doors import got_bare
from .doors import lists_nothing
from .doors import read_all
from .doors import taken_along
from .doors import tells
from .doors import views_of
from eakte.mailitem.states import State

import pytest


STRANGERS = ("bert", "alex", "oskar", "admin", None)
"""Another department, another team, the mailroom when the letter has left it, the
administrator, somebody from outside. All others: see ``test_matrix``."""


AS_A_BROWSER = "alex"
"""Who is answered with whole pages."""


def made(portal):
    """A letter at a desk of team a1, a case file of the team and what lies in it."""
    with as_system():
        letter = a_striking_letter(State.ACCEPTED)
        case_file = a_striking_case_file()
        document = a_striking_document(case_file)
    read_all(portal)
    return letter, case_file, document


@pytest.fixture
def contents(functional_portal):
    return made(functional_portal)


@pytest.fixture(scope="module")
def lying(office):
    """What no test of this module changes."""
    return made(office)


def way_of(person):
    return got if person == AS_A_BROWSER else got_bare


@pytest.mark.parametrize("person", STRANGERS)
def test_no_address_of_the_content_answers_a_stranger(clients, lying, person):
    answers_nothing(clients[person], lying, got=way_of(person))


@pytest.mark.parametrize("person", STRANGERS)
def test_no_list_search_or_suggestion_tells_a_stranger(clients, lying, person):
    lists_nothing(clients[person], lying[1].getId(), got=way_of(person))


@pytest.mark.parametrize("box", ["team-box:a1:", "my-desk:a1-1:"])
def test_the_file_of_a_box_tells_those_whose_box_it_is(clients, lying, box):
    assert tells(taken_along(clients["anna"], box)) == ["Zebrastreifen"]


@pytest.mark.parametrize("person", ["bert", "alex", "oskar"])
def test_no_count_tells_a_stranger_how_much_there_is(clients, lying, person):
    for box in ("mailroom", "team&team=a1", "desk&desk=a1-1"):
        answer = clients[person].get(f"@mail-box?box={box}").json()
        assert answer["items_total"] == 0
        assert not any(answer["counts"].values())
    found = clients[person].get("@search?SearchableText=Zebra").json()
    assert found["items_total"] == 0


def test_who_may_see_them_gets_them_by_the_same_addresses(clients, lying):
    letter, case_file, document = (each.absolute_url() for each in lying)
    anna = clients["anna"]
    for address in (
        f"{letter}/",
        f"{case_file}/",
        f"{document}/",
        f"{letter}/@@page/1/700",
        f"{letter}/@@page-text/1",
        f"{letter}/@@scan",
        f"{letter}/@@scan-status",
        f"{letter}/@routing-history",
        f"{letter}/@who-may-see",
        f"{letter}/@pages",
        f"{letter}/dv_data",
        f"{letter}/dv-search.json?q=Zebrawolle",
        f"{case_file}/@closing",
        f"{document}/@@page/1/700",
    ):
        assert got(anna, address).status_code == 200, address
    found = anna.get("@search?SearchableText=Zebrawolle").json()
    assert found["items_total"] == 2
    hit = anna.get("@case-file-suggestions?text=Zebulon").json()["items"]
    assert [each["via"] for each in hit] == ["Zebulon"]
    assert anna.get("@mail-box?box=desk").json()["counts"]["accepted"] == 1


@pytest.mark.parametrize("person", STRANGERS)
def test_whoever_asks_for_a_foreign_id_learns_nothing_of_its_scan(
    clients, lying, person
):
    uids = [content.UID() for content in lying]
    asked = "&".join(f"uid={uid}" for uid in uids)
    answer = got(clients[person], f"@@reading-progress?{asked}")
    assert not any(uid in answer.text for uid in uids)
    if answer.status_code == 200:
        assert answer.json() == {}
    else:
        assert answer.status_code in (302, 401)
    own = got(clients["anna"], f"@@reading-progress?{asked}").json()
    assert set(own) == set(uids)


@pytest.mark.parametrize("person", STRANGERS)
def test_the_figures_of_the_navigation_count_no_foreign_letter(clients, lying, person):
    answer = got(clients[person], "@@desk-counts")
    if answer.status_code == 200:
        assert not any(answer.json().values())
    else:
        assert answer.status_code in (302, 401)
    assert sum(got(clients["anna"], "@@desk-counts").json().values()) > 0


@pytest.mark.parametrize("person", ["bert", "admin"])
def test_no_view_at_all_tells_a_stranger(clients, lying, person):
    stranger = clients[person]
    for content in lying:
        for name in sorted(views_of(content)):
            answer = got_bare(stranger, f"{content.absolute_url()}/{name}")
            assert not tells(answer), answer.url
