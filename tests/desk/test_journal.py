"""The journal on the screen: of an object for those who lead, of the office after a reason."""

from eakte.journal.interfaces import IJournal
from eakte.journal.interfaces import Kind
from eakte.journal.interfaces import Query
from tests.builders import a_case_file
from tests.builders import a_mail_item
from tests.builders import as_system
from urllib.parse import urljoin
from zope.component import getUtility

import csv
import io
import json
import pytest
import time_machine
import transaction


@pytest.fixture
def case_file(site):
    return a_case_file(
        title="Duldung", family_name="Haddad", given_name="Rania", team="a1"
    )


@pytest.fixture
def journal(site):
    """Return ``journal(**query)``: the entries as they are stored now."""

    def journal(**query):
        transaction.abort()
        return getUtility(IJournal).find(Query(**query), size=1000).entries

    return journal


@pytest.fixture
def dora(as_person, case_file):
    """The data protection officer, who said why."""
    visitor = as_person("dora")
    page = visitor.open("@@journal").press("consult", reason="Beschwerde vom 2. März")
    visitor.opened = page
    return visitor


def download(page, step="export", **fields):
    """Press a button that answers with a file; return the response."""
    button = page.root.cssselect(f"[name=do][value='{step}']")[-1]
    form = next(button.iterancestors("form"))
    values = dict(form.form_values()) | {"do": step} | fields
    address = urljoin(page.visitor.site, form.get("action"))
    return page.visitor.session.post(address, data=values, timeout=60)


def rows_of(answer):
    text = answer.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


@pytest.mark.parametrize(
    ("person", "status"),
    [("tom", 200), ("hanna", 200), ("anna", 401), ("bert", 401), ("admin", 401)],
)
def test_the_journal_of_a_case_file_is_for_those_who_lead(
    as_person, case_file, person, status
):
    page = as_person(person).open(f"akten/{case_file.getId()}/@@journal")

    assert (page.status == 200) is (status == 200)
    assert ("Duldung" in page.text) is (status == 200)


def test_the_data_protection_officer_uses_the_journal_of_the_office(
    as_person, case_file
):
    page = as_person("dora").open(f"akten/{case_file.getId()}/@@journal")

    assert "Duldung" not in page.text


def test_the_journal_of_a_case_file_tells_who_read_it(as_person, case_file):
    as_person("anna").open(f"akten/{case_file.getId()}")
    page = as_person("tom").open(f"akten/{case_file.getId()}/@@journal")

    first, last = page.all(".eakte-journal-entry")
    assert "Read" in first
    assert "Anna Arbeit (anna)" in first
    assert "Browser" in first
    assert "Created" in last


def test_looking_into_the_journal_is_not_reading_the_case_file(
    as_person, case_file, journal
):
    as_person("tom").open(f"akten/{case_file.getId()}/@@journal")

    assert journal(kinds=(Kind.READ,)) == ()


def test_the_lead_finds_the_journal_from_the_case_file_and_others_do_not(
    as_person, case_file
):
    address = f"akten/{case_file.getId()}"
    page = as_person("tom").open(address).follow(".eakte-journal-link a")
    assert page.status == 200
    assert "Journal" in page.all("h1")

    assert as_person("anna").open(address).all(".eakte-journal-link a") == []


def test_the_office_s_journal_asks_for_a_reason_first(as_person, case_file):
    page = as_person("dora").open("@@journal")
    assert "Duldung" not in page.text
    assert page.all(".eakte-journal-entry") == []

    page = page.press("consult", reason="   ")
    assert page.status == 400
    assert page.refusals == [
        "Say why you look into the journal. The reason is kept in it."
    ]


def test_the_reason_opens_the_journal_and_stands_in_it(dora, case_file, journal):
    assert "Duldung" in dora.opened.text
    (entry,) = journal(kinds=(Kind.CONSULTED,))
    assert (entry.who, entry.why) == ("dora", "Beschwerde vom 2. März")


def test_a_reason_holds_for_its_person_and_its_day_only(dora, case_file, as_person):
    address = dora.opened.url
    assert "Duldung" in dora.open(address).text
    with time_machine.travel("2099-01-01T12:00:00Z"):
        assert "Duldung" not in dora.open(address).text
    for word in ("", "x", "1", "office.1", "a.1", "..", "1.-1"):
        assert "Duldung" not in dora.open(f"@@journal?consultation={word}").text

    assert "Duldung" not in as_person("tom").open(address).text


@pytest.mark.parametrize("person", ["anna", "tom", "lotte", "hanna"])
def test_the_office_s_journal_is_for_the_data_protection_officer(as_person, person):
    assert as_person(person).open("@@journal").all(".eakte-journal-screen") == []


def test_the_administrator_sees_what_was_done_to_the_system_and_no_content(
    as_person, case_file, site
):
    with as_system():
        site.acl_users.source_groups.addPrincipalToGroup("bert", "Reviewers")
    as_person("anna").open(f"akten/{case_file.getId()}")
    admin = as_person("admin")
    for query in ("", "?kind=read", "?kind=created", f"?object={case_file.UID()}"):
        page = admin.open(f"@@journal{query}")
        assert page.status == 200
        for word in ("Duldung", "Haddad", case_file.reference, "akten/"):
            assert word not in page.text

    assert "Reviewers" in admin.open("@@journal").text


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("person=anna", 1),
        ("kind=created", 2),
        ("kind=created&reference=REFERENCE", 1),
        ("first=2099-01-01", 0),
        ("last=1999-01-01", 0),
        ("deputies=1", 0),
        ("person=nobody", 0),
    ],
)
def test_filters_narrow_what_is_shown(dora, case_file, as_person, query, count):
    a_mail_item()
    as_person("anna").open(f"akten/{case_file.getId()}")
    query = query.replace("REFERENCE", case_file.reference)
    page = dora.open(f"{dora.opened.url}&{query}")

    assert len(page.all(".eakte-journal-entry")) == count


def test_a_filter_that_is_not_understood_shows_nothing(dora, case_file):
    page = dora.open(f"{dora.opened.url}&kind=kaputt&first=gestern")

    assert page.status == 400
    assert len(page.refusals) == 2
    assert page.all(".eakte-journal-entry") == []


def test_long_lists_go_by_the_page(dora, site):
    with as_system():
        for number in range(120):
            getUtility(IJournal).append(Kind.CONFIGURED, page=f"/page-{number}")
    transaction.commit()
    page = dora.open(f"{dora.opened.url}&kind=configured")
    shown = []
    while True:
        entries = page.all(".eakte-journal-entry dd")
        shown += entries
        if not page.root.cssselect("a[rel=next]"):
            break
        page = page.follow("a[rel=next]")

    assert shown == [f"/page-{number}" for number in range(119, -1, -1)]
    assert page.follow("a[rel=prev]").all(".eakte-journal-entry dd")[0] == "/page-69"


def test_the_table_holds_what_is_shown_and_is_noted(dora, case_file, journal):
    page = dora.open(f"{dora.opened.url}&kind=created")
    answer = download(page)

    assert answer.headers["Content-Type"].startswith("text/csv")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert [row["Subject"] for row in rows_of(answer)] == ["Duldung"]
    (entry,) = journal(kinds=(Kind.EXPORTED,))
    assert entry.details["filters"] == {"kind": "created"}


def test_a_cell_is_no_formula(dora, site, case_file):
    case_file.title = '=HYPERLINK("http://x")'
    with as_system():
        getUtility(IJournal).append(Kind.MOVED, case_file)
    transaction.commit()
    answer = download(dora.open(f"{dora.opened.url}&kind=moved"))

    assert rows_of(answer)[0]["Subject"] == '\'=HYPERLINK("http://x")'


def test_without_the_reason_no_table_leaves_the_house(dora, case_file, journal):
    page = dora.open(f"{dora.opened.url}&kind=created")
    answer = download(page, consultation="")

    assert answer.status_code == 403
    assert "text/html" in answer.headers["Content-Type"]
    assert journal(kinds=(Kind.EXPORTED,)) == ()


@pytest.mark.parametrize("asked", ["haddad", "Rania Hadd", "REFERENCE"])
def test_a_person_is_told_everything_about_the_own_case_files(
    dora, case_file, as_person, journal, asked
):
    other = a_case_file(title="Visum", family_name="Meier", team="a1")
    as_person("anna").open(f"akten/{case_file.getId()}")
    as_person("anna").open(f"akten/{other.getId()}")
    asked = asked.replace("REFERENCE", case_file.reference)
    page = dora.open(f"{dora.opened.url}&subject={asked}")
    (label,) = page.all("#eakte-disclosure fieldset label")
    assert "Haddad, Rania" in label

    answer = download(page, disclose="csv", **{"case_files:list": case_file.UID()})
    rows = rows_of(answer)
    assert {row["Subject"] for row in rows} == {"Duldung"}
    assert {row["What"] for row in rows} == {"created", "read"}
    (entry,) = journal(kinds=(Kind.EXPORTED,))
    assert entry.details["case_files"] == [case_file.UID()]

    answer = download(page, disclose="json", **{"case_files:list": case_file.UID()})
    kinds = {each["kind"] for each in json.loads(answer.content)}
    assert kinds == {"created", "read"}


def test_nobody_is_told_about_without_a_choice(dora, case_file):
    page = dora.open(f"{dora.opened.url}&subject=haddad")
    answer = download(page, disclose="csv")

    assert answer.status_code == 400


def test_the_administrator_is_told_of_no_case_file(as_person, case_file):
    page = as_person("admin").open("@@journal?subject=haddad")

    assert "Haddad" not in page.text
