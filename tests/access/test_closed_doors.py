"""No door tells of a protected case file, and none of them opens to who is barred."""

from ..builders import a_case_file
from ..builders import a_mail_item
from ..builders import as_system
from ..deputies import at
from ..deputies import BETWEEN
from ..deputies import deputyship
from .closed import CIRCLE
from .doors import a_striking_case_file
from .doors import a_striking_document
from .doors import a_striking_letter
from .doors import got
from .doors import lists_nothing
from .doors import OF_CONTENT
from .doors import read_all
from .doors import tells
from .doors import views_of
from eakte.access.barring import bar
from eakte.access.protecting import protect
from eakte.mailitem.filing import file_into
from eakte.mailitem.states import State
from plone import api

import pytest
import re
import transaction


OUTSIDE = ("tom", "hanna", "rolf", "rita", "bert", "dora", "lotte", "admin", None)
"""Team and lead, head, registry, records, another department, the mailroom, the data
protection officer, the administrator, somebody from outside."""

MORE_OF_CONTENT = (
    *OF_CONTENT,
    "@protection",
    "@barred",
    "@journal",
    "@deadlines",
    "@resubmissions",
    "@contents",
    "@addons",
    "@unknown-service",
    "@@protection",
    "@@journal",
    "@@change-case-file",
    "@@unknown-page",
    "manage_main",
    "unknown-object",
)


A_FEW = ("", "case-file", "@@page/1/180", "@@scan", "@who-may-see", "@@unknown-page")
"""One of each kind: for programs, a screen, an image, a file, what is not there."""


@pytest.fixture
def made(functional_portal):
    """A case file of team a1 with a letter and a document, at anna's desk."""
    with as_system():
        case_file = a_striking_case_file(desk="a1-1")
        document = a_striking_document(case_file)
        letter = file_into(a_striking_letter(State.ROUTED), case_file)
    read_all(functional_portal)
    return case_file, document, letter


@pytest.fixture
def protected(made):
    with api.env.adopt_user(username="hanna"):
        protect(made[0], "witness", CIRCLE, "Zeugenschutz")
    transaction.commit()
    return made


@pytest.fixture
def barred(made):
    """Arno of the team, and rolf of the registry, are barred."""
    with api.env.adopt_user(username="hanna"):
        bar(made[0], ["arno", "rolf"], "Befangen")
    transaction.commit()
    return made


def alike(answer, name):
    """Return what of an answer can tell two addresses apart, but for the name."""
    # Tokens, dates and the like are different each time.
    text = re.sub(r"\b[0-9a-f]{32,}\b", "", answer.text.replace(name, "NAME"))
    kept = {"WWW-Authenticate", "Location", "Content-Type", "Cache-Control", "Allow"}
    headers = {k: v for k, v in answer.headers.items() if k in kept}
    return answer.status_code, text, headers


@pytest.mark.parametrize("person", OUTSIDE)
def test_its_address_answers_as_if_there_were_nothing(ask, protected, person):
    stranger = ask(person)
    case_file = protected[0]
    name, missing = case_file.getId(), "10.1-4711-1999"
    asked = MORE_OF_CONTENT if person in ("tom", None) else A_FEW
    for content in protected[:2] if asked is MORE_OF_CONTENT else protected:
        address = content.absolute_url()
        for below in asked:
            there = got(stranger, f"{address}/{below}")
            nothing = got(stranger, f"{address.replace(name, missing)}/{below}")
            assert nothing.status_code == 404
            assert alike(there, name) == alike(nothing, missing), there.url


@pytest.mark.parametrize("person", ["hanna", None])
@pytest.mark.parametrize(
    "method", ["HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"]
)
def test_no_other_way_of_asking_tells_it_either(ask, protected, person, method):
    address = protected[0].absolute_url()
    name, missing = protected[0].getId(), "10.1-4711-1999"
    for below in ("", "/@protection", "/@barred", "/@workflow/close", "/@lock"):
        there = ask(person).request(method, address + below, json={})
        nothing = ask(person).request(
            method, address.replace(name, missing) + below, json={}
        )
        assert alike(there, name) == alike(nothing, missing), (method, below)


@pytest.mark.parametrize("person", ["rolf"])
def test_no_view_at_all_tells_it(ask, protected, person):
    stranger = ask(person)
    for content in protected[:1]:
        for view in sorted(views_of(content)):
            answer = got(stranger, f"{content.absolute_url()}/{view}")
            assert answer.status_code == 404, answer.url
            assert not tells(answer), answer.url


@pytest.mark.parametrize("person", ["tom", "hanna", "rita", "admin"])
def test_no_list_search_or_suggestion_tells_it(ask, protected, person):
    _tells_nothing(ask(person), protected)


def _tells_nothing(stranger, contents):
    case_file = contents[0]
    names = case_file.getId(), case_file.reference
    lists_nothing(stranger, *names)
    for content in contents:
        answer = got(stranger, f"resolveuid/{content.UID()}")
        assert not tells(answer), answer.url
        said = answer.text + str(answer.headers)
        assert not [name for name in names if name in said], answer.url


@pytest.mark.parametrize("person", ["tom", "hanna", "rolf", "arno"])
def test_no_count_tells_how_much_there_is(ask, protected, person):
    asked = ask(person)
    found = asked.get("@search?SearchableText=Zebra").json()
    assert found["items_total"] == 0
    found = asked.get("@search?portal_type=case_file").json()
    assert found["items_total"] == 0
    uids = "&".join(f"uid={content.UID()}" for content in protected)
    assert got(asked, f"@@reading-progress?{uids}").json() == {}
    for reference in (protected[0].reference, "Zebrafink"):
        answer = asked.get(f"@case-file-suggestions?text={reference}").json()
        assert answer["items_total"] == 0


def test_no_letter_is_filed_into_what_is_not_there(ask, protected):
    case_file = protected[0]
    letter = a_mail_item(State.ROUTED, team="a1")
    address = f"{letter.absolute_url()}/@file"
    said = []
    for named in (case_file.UID(), "0" * 32):
        answer = ask("tom").post(address, json={"case_file": named})
        said.append((answer.status_code, answer.text.replace(named, "")))
    assert said[0] == said[1]
    assert said[0][0] == 409


def test_the_circle_gets_everything_by_the_same_addresses(ask, protected):
    case_file, document, letter = (each.absolute_url() for each in protected)
    for person in sorted(CIRCLE):
        asked = ask(person)
        for address in (
            f"{case_file}/",
            f"{document}/",
            f"{letter}/",
            f"{letter}/@@page/1/700",
            f"{letter}/@@scan",
            f"{letter}/@routing-history",
            f"{letter}/@who-may-see",
            f"{case_file}/@closing",
            f"{case_file}/@journal",
            f"{case_file}/@protection",
        ):
            assert got(asked, address).status_code == 200, address
        found = asked.get("@search?SearchableText=Zebrawolle").json()
        assert found["items_total"] == 2
        hit = asked.get("@case-file-suggestions?text=Zebulon").json()["items"]
        assert [each["via"] for each in hit] == ["Zebulon"]


def test_what_the_circle_may_not_is_refused_and_not_denied(ask, protected):
    address = protected[0].absolute_url()
    assert got(ask("anna"), f"{address}/manage_main").status_code in (302, 401)
    assert got(ask("anna"), f"{address}/@@unknown-page").status_code == 404


def test_a_deputy_finds_nothing_of_it_meanwhile(ask, protected):
    deputyship("arno", "anna")
    with at(BETWEEN):
        asked = ask("arno")
        for content in protected:
            assert asked.get(content.absolute_url()).status_code == 404
        _tells_nothing(asked, protected)


@pytest.mark.parametrize("person", ["arno", "rolf"])
def test_who_is_barred_is_answered_as_any_stranger(ask, barred, person):
    """alex, of another team, is as much of a stranger to it."""
    asked, stranger = ask(person), ask("alex")
    for content in barred:
        for below in (*A_FEW, "@protection", "@barred", "@journal", "@@protection"):
            address = f"{content.absolute_url()}/{below}"
            mine, theirs = got(asked, address), got(stranger, address)
            assert mine.status_code == theirs.status_code, address
            assert not tells(mine), address
            assert "barred" not in mine.text.replace("@barred", ""), address
    _tells_nothing(asked, barred)


@pytest.mark.parametrize("person", ["anna", "tom", "hanna"])
def test_the_others_work_on_as_before(ask, barred, person):
    for content in barred:
        assert ask(person).get(content.absolute_url()).status_code == 200
    found = ask(person).get("@search?SearchableText=Zebrawolle").json()
    assert found["items_total"] == 2
    viewers = ask(person).get(f"{barred[0].absolute_url()}/@who-may-see").text
    assert "~not~" not in viewers
    assert "Arno" not in viewers


def test_no_account_tells_of_the_case_files_that_are_closed(ask, protected):
    other = a_case_file(team="a1")
    with api.env.adopt_user(username="hanna"):
        bar(other, ["arno"], "Befangen")
    for person, address in (
        ("admin", "@users/anna"),
        ("admin", "@users"),
        ("anna", "@users/anna"),
        ("admin", "@groups"),
        ("admin", "@@usergroup-usermembership?userid=anna"),
    ):
        answer = got(ask(person), address)
        assert answer.status_code == 200, address
        assert "circle-" not in answer.text
        assert "~not~" not in answer.text
    groups = ask("admin").get("@users/anna").json()["groups"]["items"]
    assert "team-a1" in {each["id"] for each in groups}


def test_nobody_becomes_a_member_of_a_computed_group_by_hand(ask, protected):
    for name in (f"circle-{protected[0].UID()}", f"guest-{protected[0].UID()}"):
        body = {"groupname": name, "users": ["bert"]}
        made = ask("admin").post("@groups", json=body)
        assert made.status_code == 403, made.text
        assert ask("admin").post("@groups", json={"groupname": name}).ok
        body = {"users": {"bert": True}}
        assert ask("admin").patch(f"@groups/{name}", json=body).status_code == 403
        assert ask("bert").get(protected[0].absolute_url()).status_code == 404
        assert ask("bert").get("@search?SearchableText=Zebra").json()["items"] == []


def test_the_store_tells_nobody_which_case_files_there_are_nor_how_many(ask, protected):
    name, missing = protected[0].getId(), "10.1-4711-1999"
    doors = "has_key?id=", "hasObject?id=", "generateId?rand_ceiling=1&prefix="
    for person in ("hanna", "bert", "admin", None):
        asked = ask(person)
        for door in doors:
            there = got(asked, f"akten/{door}{name}")
            nothing = got(asked, f"akten/{door}{missing}")
            assert there.status_code in (302, 401, 403, 404), there.url
            assert alike(there, name) == alike(nothing, missing), there.url
        count = got(asked, "akten/objectCount")
        assert count.status_code in (302, 401, 403, 404)


OF_ZOPE = (
    "akten/manage_main",
    "akten/manage_exportObject?download=1&id=",
    "akten/manage_FTPlist",
    "akten/manage_propertiesForm",
    "manage_exportObject?download=1&id=akten&was=",
    "portal_catalog/manage_catalogView?was=",
    "portal_catalog/manage_objectInformation?rid=0&was=",
)


def test_no_page_of_zope_and_no_webdav_tells_an_administrator(ask, protected):
    admin, name = ask("admin"), protected[0].getId()
    for page in OF_ZOPE:
        answer = got(admin, f"{page}{name}")
        assert answer.status_code in (302, 401, 403, 404), answer.url
        assert not tells(answer), answer.url
    for address in ("akten", "posteingang", protected[0].absolute_url()):
        for depth in ("0", "1", "infinity"):
            answer = admin.request("PROPFIND", address, headers={"Depth": depth})
            assert name not in answer.text, (address, depth)
            assert not tells(answer), (address, depth)


def test_nobody_tries_out_addresses_by_opening_case_files(ask, protected):
    for person in ("anna", "bert", "rolf"):
        said = []
        for name in (protected[0].getId(), "10-1-4711-1999"):
            body = {"@type": "case_file", "id": name, "title": "Probe", "team": "a1"}
            answer = ask(person).post("akten", json=body | {"unit": "10.1"})
            said.append((answer.status_code, answer.text.replace(name, "")))
        assert said[0] == said[1], person
        assert 400 <= said[0][0] < 500, person
