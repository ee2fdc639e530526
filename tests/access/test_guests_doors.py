"""A guest before, during and after: every door answers as the days say.

alex of team a2 is the guest of a case file of team a1 by each way; the same addresses
and words as in ``doors``.
"""

from ..builders import as_system
from ..deputies import at
from ..deputies import BETWEEN
from ..deputies import DAY_AFTER
from ..deputies import ENTERED
from ..deputies import LAST_SECOND
from ..guests import asked
from ..guests import REASON
from ..guests import shared
from ..guests import with_readers_elsewhere
from .doors import a_striking_case_file
from .doors import a_striking_document
from .doors import a_striking_letter
from .doors import answers_as
from .doors import answers_nothing
from .doors import got
from .doors import lists_nothing
from .doors import read_all
from datetime import timedelta
from eakte.access.barring import bar
from eakte.access.protecting import protect
from eakte.mailitem.filing import file_into
from eakte.mailitem.states import State
from plone import api

import pytest
import transaction


END_OF_BETWEEN = BETWEEN.replace(hour=23, minute=59, second=59)

DAYS = {
    "elsewhere": {
        BETWEEN - timedelta(days=1): False,
        BETWEEN: True,
        END_OF_BETWEEN: True,
        END_OF_BETWEEN + timedelta(seconds=1): False,
    },
    "shared": {
        ENTERED - timedelta(days=1): False,
        ENTERED: True,
        LAST_SECOND: True,
        DAY_AFTER: False,
    },
}
"""By which way, at which moment, whether it holds."""

CELLS = [(way, moment) for way, days in DAYS.items() for moment in days]


@pytest.fixture
def contents(functional_portal, tmp_path):
    """A case file of team a1, a letter that is filed in it and a document."""
    with_readers_elsewhere(tmp_path, "alex")
    with as_system():
        case_file = a_striking_case_file()
        letter = file_into(a_striking_letter(State.ACCEPTED), case_file)
        document = a_striking_document(case_file)
    read_all(functional_portal)
    return case_file, letter, document


def become_guest(way, case_file):
    if way == "shared":
        return shared(case_file, "alex")
    with at(BETWEEN):
        return asked("alex", case_file)


@pytest.mark.parametrize(("way", "moment"), CELLS, ids=str)
def test_search_suggestions_images_downloads_and_counts_follow_the_days(
    ask, contents, way, moment
):
    case_file, letter, document = contents
    become_guest(way, case_file)
    holds = DAYS[way][moment]
    with at(moment):
        alex = ask("alex")
        for content in contents:
            assert alex.get(content.absolute_url()).ok == holds
            seen = got(alex, f"{content.absolute_url()}/view")
            assert (seen.status_code == 200) == holds
        found = alex.get("@search?SearchableText=Zebrawolle").json()
        assert found["items_total"] == (2 if holds else 0)
        found = alex.get("@search?portal_type=case_file").json()
        assert found["items_total"] == holds
        suggested = alex.get("@case-file-suggestions?text=Zebulon").json()["items"]
        assert len(suggested) == holds
        for content in (letter, document):
            for address in (
                "@@page/1/180",
                "@@scan",
                "@@page-text/1",
                "@@download/scan",
            ):
                url = f"{content.absolute_url()}/{address}"
                assert (got(alex, url).status_code == 200) == holds, url
        found = got(alex, "@@find?text=Zebra*").text
        assert ("Zebrafink" in found) == holds


@pytest.mark.parametrize("way", DAYS)
def test_before_and_after_no_address_answers_the_guest(ask, contents, way):
    become_guest(way, contents[0])
    for moment, holds in DAYS[way].items():
        if holds:
            continue
        with at(moment):
            answers_nothing(ask("alex"), contents)
            lists_nothing(ask("alex"))


def test_meanwhile_reading_answers_the_guest_as_it_answers_the_head(ask, contents):
    """The head of the department reads and does nothing, too."""
    become_guest("shared", contents[0])
    with at(BETWEEN):
        answers_as(ask("alex"), ask("hanna"), contents)


def test_no_box_of_the_guest_has_what_lies_in_the_case_file(ask, contents):
    become_guest("shared", contents[0])
    with at(BETWEEN):
        alex = ask("alex")
        for box in ("desk", "team&team=a1", "team&team=a2"):
            assert not any(alex.get(f"@mail-box?box={box}").json()["counts"].values())
        assert got(alex, "@@desk-counts").json()["my-desk"] == 0


DEEDS = (
    ("POST", "@workflow/close", None),
    ("PATCH", "", {"title": "Anders"}),
    ("POST", "", {"@type": "case_document", "title": "Vermerk"}),
    ("DELETE", "", None),
    ("POST", "@shares", {"person": "tina", "last_day": "2027-03-11"}),
    ("POST", "@move", {"source": "/akten"}),
    ("POST", "@lock", None),
    ("POST", "@resubmissions", {"day": "2027-04-01", "reason": "Nochmals lesen"}),
    ("POST", "@deadlines", {"kind": "objection", "start": "2027-03-11"}),
)


@pytest.mark.parametrize("way", DAYS)
def test_a_guest_does_nothing_and_shares_with_nobody(ask, contents, way):
    case_file, letter, document = contents
    become_guest(way, case_file)
    with at(BETWEEN):
        alex = ask("alex")
        for method, path, body in DEEDS:
            answer = alex.request(
                method, f"{case_file.absolute_url()}/{path}", json=body
            )
            assert answer.status_code in (400, 401, 403, 404), (method, path)
        copied = alex.post("akten/@copy", json={"source": case_file.absolute_url()})
        assert copied.status_code in (400, 401, 403, 404), copied.text
        for content in (letter, document):
            answer = alex.patch(content.absolute_url(), json={"title": "Anders"})
            assert answer.status_code in (401, 403)
            answer = alex.post(f"{content.absolute_url()}/@workflow/settle")
            assert answer.status_code in (400, 401, 403, 404)
    transaction.begin()
    assert {each.title for each in contents} == {"Zebrastreifen"}
    assert api.content.get_state(case_file) == "open"


@pytest.mark.parametrize("way", DAYS)
def test_barred_or_protected_the_guest_reads_nothing(ask, contents, way):
    case_file = contents[0]
    become_guest(way, case_file)
    with at(BETWEEN):
        assert ask("alex").get(case_file.absolute_url()).ok
    with at(BETWEEN), api.env.adopt_user(username="hanna"):
        if way == "shared":
            bar(case_file, ["alex"], "Befangen")
        else:
            protect(case_file, "vip", ["anna"], "Person des öffentlichen Lebens")
    with at(BETWEEN):
        answers_nothing(ask("alex"), contents)
        lists_nothing(ask("alex"))


# The services


def test_a_case_file_is_opened_over_rest_and_the_lead_is_told(ask, contents):
    case_file = contents[0]
    body = {"reference": case_file.reference, "reason": REASON}
    with at(BETWEEN):
        for person, status in (("tina", 403), ("admin", 401), (None, 401)):
            answer = ask(person).post("@read-elsewhere", json=body)
            assert answer.status_code == status, person
        alex, tom = ask("alex"), ask("tom")
        made = alex.post("@read-elsewhere", json=body)
        assert (made.status_code, made.json()["last_day"]) == (201, "2027-03-10")
        assert made.json()["case_file"]["@id"] == case_file.absolute_url()
        assert alex.get(case_file.absolute_url()).ok
        again = alex.post("@read-elsewhere", json=body)
        assert (again.status_code, again.json()["last_day"]) == (200, None)
        told = tom.get("@read-elsewhere?seen=no").json()
        (item,) = told["items"]
        assert (item["person"]["id"], item["reason"]) == ("alex", REASON)
        assert alex.get("@read-elsewhere").json()["items_total"] == 0
        for other in ("alex", "tina", "hanna", "bert"):
            answer = ask(other).patch(item["@id"], json={"seen": True})
            assert answer.status_code == 404, other
        assert tom.patch(item["@id"], json={"seen": False}).status_code == 400
        assert tom.patch(item["@id"], json={"seen": True}).json()["seen_by"] == {
            "id": "tom",
            "name": "Tom Lead",
        }
        assert tom.get("@read-elsewhere?seen=no").json()["items_total"] == 0
        assert tom.get("@read-elsewhere?seen=yes").json()["items_total"] == 1


def test_over_rest_what_is_protected_answers_like_what_is_not_there(ask, contents):
    case_file = contents[0]
    with api.env.adopt_user(username="hanna"):
        protect(case_file, "witness", ["anna"], "Zeuge")
    alex = ask("alex")
    answers = [
        alex.post("@read-elsewhere", json={"reference": each, "reason": REASON})
        for each in (case_file.reference, "10.1-77/2026")
    ]
    assert [each.status_code for each in answers] == [404, 404]
    assert answers[0].json()["reasons"] == answers[1].json()["reasons"]


def test_a_case_file_is_shared_and_that_is_ended_over_rest(ask, contents):
    case_file = contents[0]
    shares = f"{case_file.absolute_url()}/@shares"
    with at(BETWEEN):
        anna, alex = ask("anna"), ask("alex")
        assert alex.get(shares).status_code == 401
        made = anna.post(shares, json={"person": "alex", "last_day": "2027-03-12"})
        assert made.status_code == 201, made.text
        entry = made.json()
        assert (entry["active"], entry["shared_by"]["id"]) == (True, "anna")
        assert alex.get(shares).json()["items_total"] == 1
        answer = alex.patch(entry["@id"], json={"active": False})
        assert answer.status_code == 403
        ended = ask("tom").patch(entry["@id"], json={"active": False}).json()
        assert (ended["active"], ended["ended_by"]["id"]) == (False, "tom")
        assert anna.patch(entry["@id"], json={"active": False}).status_code == 409
        assert alex.get(case_file.absolute_url()).status_code == 401
        wrong = anna.post(shares, json={"person": "bert", "last_day": "2028-01-01"})
        assert (wrong.status_code, len(wrong.json()["reasons"])) == (400, 2)
        assert anna.post(shares, json={"person": "alex"}).status_code == 400
        for day in ("bald", "12.03.2027"):
            answer = anna.post(shares, json={"person": "alex", "last_day": day})
            assert answer.status_code == 400
