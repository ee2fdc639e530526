"""What administrators change is noted and told; no address leads to the entries."""

from eakte.access.byhand import OF_PLACES
from eakte.journal.interfaces import IJournal
from eakte.journal.interfaces import Kind
from eakte.journal.interfaces import Query
from eakte.journal.lanes import KEY
from eakte.org.noticing import notices
from plone import api
from tests.builders import a_case_file
from zope.annotation.interfaces import IAnnotations
from zope.component import getUtility

import pytest
import re
import transaction


@pytest.mark.parametrize(
    "path",
    [
        "__annotations__",
        "__annotations__/eakte.journal",
        f"{KEY}",
        "@@" + KEY,
        "++attribute++__annotations__",
        "posteingang/__annotations__/eakte.journal",
        "++etc++site",
    ],
)
def test_no_address_leads_to_the_entries(site, browse, letter, path):
    browse("anna", f"posteingang/{letter.getId()}")
    transaction.begin()
    assert KEY in IAnnotations(site)

    for method in ("GET", "POST", "PUT", "DELETE"):
        answer = browse("admin", path, method=method)
        assert answer.status_code >= 400 or "eakte.journal" not in answer.text


def test_a_role_that_an_administrator_takes_is_noted(site, ask):
    body = {"roles": {"Reviewer": True}}
    assert ask("admin", "@users/bert", "PATCH", json=body).status_code == 204
    transaction.begin()

    query = Query(kinds=(Kind.CONFIGURED,))
    entry = getUtility(IJournal).find(query).entries[0]
    assert entry.who == "admin"
    before, after = entry.details["roles"]["bert"]
    assert "Reviewer" in set(after) - set(before)


@pytest.mark.parametrize("role", sorted(OF_PLACES))
def test_no_administrator_gives_a_role_of_a_place_in_the_whole_site(site, ask, role):
    answer = ask("admin", "@users/bert", "PATCH", json={"roles": {role: True}})
    assert answer.status_code == 403
    transaction.begin()
    assert role not in api.user.get_roles(username="bert")
    assert not getUtility(IJournal).find(Query(kinds=(Kind.CONFIGURED,))).entries


def test_what_an_administrator_configures_is_noted_and_what_they_look_at_is_not(
    site, ask
):
    ask("admin", "@controlpanels/site")
    answer = ask("admin", "@controlpanels/site", "PATCH", json={"site_title": "Amt"})
    assert answer.status_code == 204
    transaction.begin()

    entries = getUtility(IJournal).find(Query(kinds=(Kind.CONFIGURED,))).entries
    assert [entry.details["page"] for entry in entries] == [
        "/plone/@controlpanels/site"
    ]


def test_local_roles_that_an_administrator_sets_in_zope_s_own_pages_are_noted(
    site, browse
):
    case_file = a_case_file(title="Duldung")
    path = f"akten/{case_file.getId()}/manage_setLocalRoles"
    form = browse("admin", "@@eakte-organisation").text
    token = re.search(r'name="_authenticator"[^>]*value="(\w+)"', form).group(1)
    body = {
        "userid": "admin",
        "roles:list": "Case Worker",
        "_authenticator": token,
    }
    assert browse("admin", path, method="POST", data=body).status_code == 200
    transaction.begin()
    assert "Case Worker" in dict(case_file.get_local_roles())["admin"]

    query = Query(objects=(case_file.UID(),), kinds=(Kind.RIGHTS,))
    (entry,) = getUtility(IJournal).find(query).entries
    assert entry.who == "admin"
    assert entry.details["page"].endswith("manage_setLocalRoles")


def test_a_password_that_the_administrator_sets_is_told_to_whom_it_concerns(site, ask):
    body = {"password": "Ein-anderes-Passwort-1"}
    assert ask("anna", "@place-notices").json()["items"] == []
    assert ask("admin", "@users/anna", "PATCH", json=body).status_code == 204

    for person, items in (("hanna", 1), ("tom", 0), ("bert", 0)):
        told = ask(person, "@place-notices").json()["items"]
        assert len(told) == items, person
    (notice,) = ask("hanna", "@place-notices").json()["items"]
    assert (notice["person"]["id"], notice["by"]["id"]) == ("anna", "admin")
    assert notice["place"] == {"id": "account", "title": "another password"}
    transaction.begin()
    (own,) = notices("anna")
    assert own.entry.by == "admin"
