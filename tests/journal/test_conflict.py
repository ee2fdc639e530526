"""Who is barred from a case file reads of it in no journal: not as an officer either."""

from ..access.closed import barred_from
from ..access.closed import protected
from ..access.test_case_file_rights import a_document
from ..builders import a_case_file
from ..builders import a_mail_item
from ..builders import as_system
from ..rest.client import Client
from ..rest.client import give_passwords
from eakte.access.barring import bar
from eakte.journal.consulting import case_files_about
from eakte.journal.consulting import everything_about
from eakte.journal.exporting import entries_for_export
from eakte.journal.indexing import index_some
from eakte.journal.interfaces import IJournal
from eakte.journal.interfaces import Kind
from eakte.mailitem.filing import file_into
from eakte.mailitem.states import State
from plone import api
from zope.component import getUtility

import pytest
import re
import transaction


WORD = "Zebrafink"
"""Stands in every title of the case file from which the officer is barred."""


@pytest.fixture(params=["not yet", "taken in"])
def office(request, functional_portal):
    """Two case files with the same deeds; from the second the officer is barred."""
    give_passwords("anna", "dora")
    plain = a_case_file(team="a1", title="Duldung", family_name="Haddad")
    closed = barred_from("dora", title=WORD, family_name="Haddad")
    for case_file in (plain, closed):
        title = case_file.title
        a_document(case_file).title = title
        letter = a_mail_item(State.ROUTED, team="a1", title=title)
        with as_system():
            file_into(letter, case_file)
            case_file.title = f"{title} neu"
            getUtility(IJournal).append(Kind.PRINTED, case_file, first=1, last=1)
            getUtility(IJournal).append(
                Kind.EXPORTED, why=f"{title} Haddad", case_files=[case_file.UID()]
            )
    transaction.commit()
    if request.param == "taken in":
        while index_some(functional_portal):
            transaction.commit()
    yield plain, closed
    transaction.abort()


@pytest.fixture
def dora(office, functional_portal):
    """Asks as the officer, who said why."""
    with Client("dora", site=functional_portal.absolute_url()) as client:
        word = client.post("@journal", json={"reason": "Prüfung"}).json()
        client.word = word["consultation"]
        yield client


def pages(client, query=""):
    """Return the items of the office's journal, and the totals that were said."""
    items, totals, start = [], set(), 0
    while True:
        answer = client.get(
            f"@journal?consultation={client.word}&b_size=3&b_start={start}{query}"
        ).json()
        items += answer["items"]
        totals.add(answer["items_total"])
        start += 3
        if start >= answer["items_total"]:
            return items, totals


def test_the_officer_reads_nothing_of_it_and_no_number_tells_of_it(office, dora):
    plain, closed = office
    items, totals = pages(dora)
    assert WORD not in str(items)
    assert closed.UID() not in str(items)
    assert closed.reference not in str(items)
    assert totals == {len(items)}
    # What there is of the other one is all there.
    kinds = sorted(each["kind"] for each in items if plain.UID() in str(each))
    assert {"created", "filed", "printed", "exported"} <= set(kinds)


@pytest.mark.parametrize("filter_", ["object", "reference", "kind", "person"])
def test_no_filter_finds_it(office, dora, filter_):
    _plain, closed = office
    asked = {
        "object": f"&object={closed.UID()}",
        "reference": f"&reference={closed.reference}",
        "kind": "&kind=printed",
        "person": "&person=hanna",
    }[filter_]
    items, totals = pages(dora, asked)
    assert len(items) == {"kind": 1}.get(filter_, 0)
    assert totals == {len(items)}


def test_the_screen_and_its_search_for_a_person_do_not_show_it(office, dora):
    plain, closed = office
    page = dora.get(
        f"@@journal?consultation={dora.word}&subject=Haddad",
        headers={"Accept": "text/html"},
    ).text
    assert plain.reference in page
    assert closed.reference not in page
    assert WORD not in page


def test_no_file_holds_it(office, dora):
    plain, closed = office
    page = dora.get(
        f"@@journal?consultation={dora.word}", headers={"Accept": "text/html"}
    ).text
    token = re.search(r'name="_authenticator"[^>]*value="(\w+)"', page).group(1)
    form = {"do": "export", "consultation": dora.word, "_authenticator": token}
    table = dora.post("@@journal", data=form, headers={"Accept": "text/html"})
    assert table.headers["Content-Type"].startswith("text/csv")
    assert "Duldung" in table.text
    assert WORD not in table.text

    said = {"disclose": "json", "case_files:list": [plain.UID(), closed.UID()]}
    told = dora.post("@@journal", data=form | said, headers={"Accept": "text/html"})
    assert "Duldung" in told.text
    assert WORD not in told.text


def test_another_officer_reads_all_of_it(office):
    """Without the conflict nothing is left out, of a protected case file neither."""
    plain, closed = office
    witness = protected(title="Zeugin", family_name="Haddad")
    with api.env.adopt_user(username="hanna"):
        bar(closed, [], "Erledigt")
    uids = [each.UID() for each in (plain, closed, witness)]
    with api.env.adopt_user(username="dora"):
        assert {each.UID for each in case_files_about("Haddad")} == set(uids)
        told = entries_for_export(everything_about(uids))
    assert set(uids) <= {entry.uid for entry in told}
    assert any(WORD in entry.title for entry in told)


def test_only_officers_and_who_works_there_can_be_barred(portal):
    case_file = a_case_file(team="a1")
    with api.env.adopt_user(username="hanna"):
        bar(case_file, ["dora"], "Verwandt")
        assert case_file.barred == ("dora",)
        with pytest.raises(Exception, match="no place in the department"):
            bar(case_file, ["dora", "lotte"], "Verwandt")
    assert case_file.barred == ("dora",)


def test_a_document_that_lay_there_before_does_not_tell_of_it(functional_portal):
    """Its journal goes on in the other case file; the lead there is barred here."""
    give_passwords("tina")
    before = barred_from("tina", team="a2", title=WORD)
    document = a_document(before)
    with as_system():
        getUtility(IJournal).append(Kind.PRINTED, document, first=1, last=1)
        now = a_case_file(team="a2", title="Duldung")
        document = api.content.move(document, now)
        getUtility(IJournal).append(Kind.PRINTED, document, first=2, last=2)
    transaction.commit()
    with Client("tina", site=functional_portal.absolute_url()) as client:
        said = client.get(f"{document.absolute_url()}/@journal?kind=printed").json()
    assert [each["details"]["first"] for each in said["items"]] == [2]
    assert said["items_total"] == 1
