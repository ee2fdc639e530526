"""No door tells of a protected case file."""

from .closed import A_FEW
from .closed import alike
from .closed import CIRCLE
from .closed import made_and_protected
from .closed import tells_nothing
from .doors import got
from .doors import got_bare
from .doors import OF_CONTENT
from .doors import tells
from .doors import views_of

import pytest


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


@pytest.fixture(scope="module")
def protected(office):
    """What no test of this module changes."""
    return made_and_protected(office)


@pytest.mark.parametrize("person", OUTSIDE)
def test_its_address_answers_as_if_there_were_nothing(clients, protected, person):
    stranger = clients[person]
    case_file = protected[0]
    name, missing = case_file.getId(), "10.1-4711-1999"
    asked = MORE_OF_CONTENT if person in ("tom", None) else A_FEW
    for content in protected[:2] if asked is MORE_OF_CONTENT else protected:
        address = content.absolute_url()
        # Whole pages are compared for the case file, by two.
        as_asked = (
            got if asked is MORE_OF_CONTENT and content is case_file else got_bare
        )
        for below in asked:
            there = as_asked(stranger, f"{address}/{below}")
            nothing = as_asked(stranger, f"{address.replace(name, missing)}/{below}")
            assert nothing.status_code == 404
            assert alike(there, name) == alike(nothing, missing), there.url


@pytest.mark.parametrize("person", ["hanna", None])
@pytest.mark.parametrize(
    "method", ["HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"]
)
def test_no_other_way_of_asking_tells_it_either(clients, protected, person, method):
    address = protected[0].absolute_url()
    name, missing = protected[0].getId(), "10.1-4711-1999"
    for below in ("", "/@protection", "/@barred", "/@workflow/close", "/@lock"):
        there = clients[person].request(method, address + below, json={})
        nothing = clients[person].request(
            method, address.replace(name, missing) + below, json={}
        )
        assert alike(there, name) == alike(nothing, missing), (method, below)


@pytest.mark.parametrize("person", ["rolf"])
def test_no_view_at_all_tells_it(clients, protected, person):
    stranger = clients[person]
    for content in protected[:1]:
        for view in sorted(views_of(content)):
            answer = got_bare(stranger, f"{content.absolute_url()}/{view}")
            assert answer.status_code == 404, answer.url
            assert not tells(answer), answer.url


@pytest.mark.parametrize("person", ["tom", "hanna", "rita", "admin"])
def test_no_list_search_or_suggestion_tells_it(clients, protected, person):
    as_asked = got if person == "tom" else got_bare
    tells_nothing(clients[person], protected, got=as_asked)


@pytest.mark.parametrize("person", ["tom", "hanna", "rolf", "arno"])
def test_no_count_tells_how_much_there_is(clients, protected, person):
    asked = clients[person]
    found = asked.get("@search?SearchableText=Zebra").json()
    assert found["items_total"] == 0
    found = asked.get("@search?portal_type=case_file").json()
    assert found["items_total"] == 0
    uids = "&".join(f"uid={content.UID()}" for content in protected)
    assert got(asked, f"@@reading-progress?{uids}").json() == {}
    for reference in (protected[0].reference, "Zebrafink"):
        answer = asked.get(f"@case-file-suggestions?text={reference}").json()
        assert answer["items_total"] == 0


def test_the_circle_gets_everything_by_the_same_addresses(clients, protected):
    case_file, document, letter = (each.absolute_url() for each in protected)
    for person in sorted(CIRCLE):
        asked = clients[person]
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


def test_what_the_circle_may_not_is_refused_and_not_denied(clients, protected):
    address = protected[0].absolute_url()
    assert got(clients["anna"], f"{address}/manage_main").status_code in (302, 401)
    assert got(clients["anna"], f"{address}/@@unknown-page").status_code == 404


def test_the_store_tells_nobody_which_case_files_there_are_nor_how_many(
    clients, protected
):
    name, missing = protected[0].getId(), "10.1-4711-1999"
    doors = "has_key?id=", "hasObject?id=", "generateId?rand_ceiling=1&prefix="
    for person in ("hanna", "bert", "admin", None):
        asked = clients[person]
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


def test_no_page_of_zope_and_no_webdav_tells_an_administrator(clients, protected):
    admin, name = clients["admin"], protected[0].getId()
    for page in OF_ZOPE:
        answer = got(admin, f"{page}{name}")
        assert answer.status_code in (302, 401, 403, 404), answer.url
        assert not tells(answer), answer.url
    for address in ("akten", "posteingang", protected[0].absolute_url()):
        for depth in ("0", "1", "infinity"):
            answer = admin.request("PROPFIND", address, headers={"Depth": depth})
            assert name not in answer.text, (address, depth)
            assert not tells(answer), (address, depth)
