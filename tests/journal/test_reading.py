"""Who reads leaves an entry, through the screens, the pages and the REST interface."""

from ..builders import a_case_file
from ..builders import a_mail_item
from ..builders import as_system
from ..guests import shared
from ..rest.client import Client
from ..rest.client import give_passwords
from eakte.access.byhand import OF_PLACES
from eakte.clock import now
from eakte.clock import today
from eakte.filingplan.plan import FilingPlan
from eakte.jobs.daily import put_due
from eakte.jobs.server import work_folder
from eakte.jobs.worker import run_pending
from eakte.journal.expiring import days_to_remember
from eakte.journal.indexing import Indexer
from eakte.journal.interfaces import IJournal
from eakte.journal.interfaces import Kind
from eakte.journal.interfaces import Query
from eakte.journal.lanes import KEY
from eakte.journal.lanes import store_of
from eakte.journal.verifying import verify
from eakte.mailitem.filing import file_into
from eakte.mailitem.states import State
from eakte.org.noticing import notices
from fpdf import FPDF
from plone import api
from zope.annotation.interfaces import IAnnotations
from zope.component import getUtility

import pytest
import re
import threading
import time_machine
import transaction


@pytest.fixture
def site(functional_portal):
    give_passwords("anna", "arno", "bert", "lotte", "rita", "tom", "hanna")
    yield functional_portal
    transaction.abort()


@pytest.fixture
def ask(site):
    """Return ``ask(person, path, method="GET")``: the answer's status."""
    clients = {}

    def ask(person, path, method="GET", **options):
        transaction.commit()
        if (person, str(options.get("headers"))) not in clients:
            client = Client(person, site=site.absolute_url())
            client.headers["Accept"] = options.pop("accept", "application/json")
            clients[person] = client
        return clients[person].request(method, path, **options)

    yield ask
    for client in clients.values():
        client.close()


@pytest.fixture
def browse(site):
    """Return ``browse(person, path)``: as a browser asks."""

    def browse(person, path, **options):
        transaction.commit()
        client = Client(person, site=site.absolute_url())
        client.headers["Accept"] = "text/html"
        with client:
            return client.request(options.pop("method", "GET"), path, **options)

    return browse


@pytest.fixture
def read(site):
    """Return ``read(content)``: the entries about reading it, oldest first."""

    def read(content):
        transaction.abort()
        query = Query(objects=(content.UID(),), kinds=(Kind.READ, Kind.DOWNLOADED))
        return getUtility(IJournal).find(query, size=1000).entries[::-1]

    return read


@pytest.fixture
def letter(site):
    pdf = FPDF()
    pdf.add_page()
    return a_mail_item(State.ROUTED, team="a1", pdf=bytes(pdf.output()))


def test_reading_a_case_file_on_the_screen_is_noted(site, browse, read):
    case_file = a_case_file(title="Duldung")
    assert browse("anna", f"akten/{case_file.getId()}").status_code == 200

    (entry,) = read(case_file)
    assert (entry.kind, entry.who, entry.door) == (Kind.READ, "anna", "web")
    assert entry.title == "Duldung"
    assert entry.address == "127.0.0.1"


def test_reading_by_rest_is_another_door(site, ask, browse, read, letter):
    path = f"posteingang/{letter.getId()}"
    assert ask("anna", path).status_code == 200
    assert browse("anna", path).status_code == 200

    assert [entry.door for entry in read(letter)] == ["rest", "web"]


def test_a_record_that_a_records_manager_opens_is_noted_and_shown(
    site, ask, browse, read
):
    case_file = a_case_file(team="a1", title="Duldung")
    uid = case_file.UID()
    with time_machine.travel("2026-03-02T09:05:00Z", tick=False):
        for _ in range(2):
            record = ask("rita", f"@records/{uid}").json()
            assert record["reference"] == case_file.reference
            assert case_file.reference in browse("rita", f"@@record?uid={uid}").text
    # The clock stood still: the order is that of the doors' names.
    entries = sorted(read(case_file), key=lambda entry: entry.door)
    assert [(e.kind, e.who, e.door, e.address, e.details) for e in entries] == [
        (Kind.READ, "rita", "rest", "127.0.0.1", {"page": "@records"}),
        (Kind.READ, "rita", "web", "127.0.0.1", {"page": "@@record"}),
    ]
    for person in ("tom", "hanna"):
        shown = browse(person, f"akten/{case_file.getId()}/@@journal").text
        assert "Rita Records (rita)" in shown
        assert "@@record" in shown
        assert "@records" in shown


def test_a_list_of_records_opens_none_and_who_is_refused_has_opened_none(
    site, ask, browse, read
):
    case_file = a_case_file(team="a1")
    assert ask("rita", "@records").json()["items_total"] == 1
    assert browse("rita", "@@records").status_code == 200
    assert ask("rita", f"@records/{'0' * 32}").status_code == 404
    for person in ("anna", "bert"):
        assert ask(person, f"@records/{case_file.UID()}").status_code == 403
        page = browse(person, f"@@record?uid={case_file.UID()}")
        assert case_file.reference not in page.text
    assert read(case_file) == ()


def test_whoever_reads_record_and_case_file_has_read_both(site, ask, read):
    """The one does not hide the other, within the same hour either."""
    case_file = a_case_file(team="a1")
    shared(case_file, "rita", until=today(), moment=now())
    assert ask("rita", f"@records/{case_file.UID()}").status_code == 200
    assert ask("rita", f"akten/{case_file.getId()}").status_code == 200
    assert [e.details for e in read(case_file)] == [{"page": "@records"}, {}]


@pytest.mark.parametrize(
    "below",
    ["/@@page/1/180", "/@@page-text/1", "/dv_data", "/@@documentviewer", "/@@item"],
)
def test_looking_into_the_scan_is_reading(site, browse, read, letter, below):
    answer = browse("anna", f"posteingang/{letter.getId()}{below}")

    assert answer.status_code == 200
    assert [entry.kind for entry in read(letter)] == [Kind.READ]


DELIVER = (
    "@@scan",
    "@@download/scan",
    "@@page/1/700",
    "@@page-text/1",
    "dv_data",
    "dv-search.json?q=duldung",
    "dv-page/1/normal",
    "dv-page-text/1",
    "@@archive-copy/file",
)
"""Doors that give something of a scan away and do nothing else."""

SHOW = ("@@documentviewer", "@@viewer-pane", "@@item")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_what_only_delivers_is_delivered_to_get_alone(site, ask, read, letter, method):
    for below in DELIVER:
        path = f"posteingang/{letter.getId()}/{below}"
        answer = ask("anna", path, method)
        assert answer.status_code == 405, below
        assert answer.headers["Allow"] == "GET, HEAD", below
        assert answer.json() == {"code": "method-not-allowed"}
    assert read(letter) == ()


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "PEEK", "OPTIONS"])
def test_whatever_shows_something_is_noted_by_whichever_method_it_is_asked_for(
    site, ask, read, letter, method
):
    """Who asks for JSON is led to a page by any method that services know."""
    shown = 0
    for hour, below in enumerate(SHOW):
        moment = f"2026-03-02T{9 + hour:02}:05:00Z"
        with time_machine.travel(moment, tick=False):
            path = f"posteingang/{letter.getId()}/{below}"
            answer = ask("anna", path, method)
        shown += answer.status_code == 200 and bool(answer.content)
        assert len(read(letter)) == shown, below
    assert method not in ("GET", "PUT", "PATCH") or shown == len(SHOW)


def test_whether_something_is_there_is_asked_without_reading(
    site, browse, read, letter
):
    for below in ("@@page/1/180", "@@page-text/1", "@@scan"):
        path = f"posteingang/{letter.getId()}/{below}"
        answer = browse("anna", path, method="HEAD")
        assert (answer.status_code, answer.content) == (200, b"")
    assert read(letter) == ()


def test_a_refused_form_shows_its_page_again_and_that_is_reading(
    site, browse, read, letter
):
    path = f"posteingang/{letter.getId()}/@@item"
    with time_machine.travel("2026-03-02T09:05:00Z", tick=False):
        page = browse("anna", path).text
    token = re.search(r'name="_authenticator"[^>]*value="(\w+)"', page).group(1)
    body = {"do": "no-such", "_authenticator": token}
    with time_machine.travel("2026-03-02T10:05:00Z", tick=False):
        refused = browse("anna", path, method="POST", data=body)
    assert (refused.status_code, letter.number in refused.text) == (403, True)
    assert len(read(letter)) == 2

    del body["_authenticator"]
    with time_machine.travel("2026-03-02T11:05:00Z", tick=False):
        away = browse("anna", path, method="POST", data=body)
    assert (away.status_code, letter.number in away.text) == (403, False)
    assert len(read(letter)) == 2


def test_a_changed_object_that_comes_back_with_the_answer_is_read(site, ask, read):
    case_file = a_case_file(team="a1", title="Duldung")
    path = f"akten/{case_file.getId()}"
    assert ask("anna", path, "PATCH", json={}).status_code == 204
    assert read(case_file) == ()

    full = {"Prefer": "return=representation"}
    answer = ask("anna", path, "PATCH", json={}, headers=full)
    assert answer.json()["title"] == "Duldung"
    assert [(e.who, e.door) for e in read(case_file)] == [("anna", "rest")]


def test_a_query_that_is_posted_reads_what_it_answers_whole(site, ask, read):
    case_file = a_case_file(team="a1", title="Duldung")
    query = {
        "query": [
            {
                "i": "portal_type",
                "o": "plone.app.querystring.operation.selection.any",
                "v": ["case_file"],
            }
        ]
    }
    assert ask("anna", "@querystring-search", "POST", json=query).status_code == 200
    assert read(case_file) == ()

    query["fullobjects"] = True
    found = ask("anna", "@querystring-search", "POST", json=query).json()
    assert found["items_total"] == 1
    assert len(read(case_file)) == 1


def test_a_line_of_a_page_that_the_search_shows_is_reading(site, browse, read):
    pdf = FPDF()
    pdf.set_font("helvetica", size=14)
    for _ in range(2):
        pdf.add_page()
        pdf.multi_cell(0, 10, "Hiermit wird die Duldung verlaengert.")
    with as_system():
        letters = [
            a_mail_item(State.ROUTED, team="a1", pdf=bytes(pdf.output()))
            for _ in range(2)
        ]
    unread = a_mail_item(State.ROUTED, team="b1", pdf=bytes(pdf.output()))
    transaction.commit()
    run_pending(site._p_jar.db(), work_folder())
    with time_machine.travel("2026-03-02T09:05:00Z", tick=False):
        for _ in range(2):
            page = browse("anna", "@@find?text=Duldung").text
            assert page.count("Hiermit wird die") == len(letters)
        # The number is none of the words on the pages.
        browse("anna", f"@@find?text={letters[0].number}")

    for letter in letters:
        assert [(e.kind, e.who, e.details) for e in read(letter)] == [
            (Kind.READ, "anna", {"page": "@@find"})
        ]
    assert read(unread) == ()


def test_what_scripts_of_our_pages_ask_for_comes_by_the_browser(
    site, ask, read, letter
):
    """They ask for JSON, as other systems do; but of pages, not of services."""
    for below in ("/@@page-text/1", "/dv_data"):
        assert ask("anna", f"posteingang/{letter.getId()}{below}").status_code == 200

    assert [entry.door for entry in read(letter)] == ["web"]


@pytest.mark.parametrize("below", ["", "/@scan", "/@pages", "/@routing-history"])
def test_every_service_of_the_object_is_reading(site, ask, read, letter, below):
    assert ask("anna", f"posteingang/{letter.getId()}{below}").status_code == 200

    assert [(e.kind, e.door) for e in read(letter)] == [(Kind.READ, "rest")]


def test_saving_the_file_is_a_download(site, browse, read, letter):
    assert browse("anna", f"posteingang/{letter.getId()}/@@scan").status_code == 200

    assert [entry.kind for entry in read(letter)] == [Kind.DOWNLOADED]


def test_a_person_reads_an_object_once_an_hour_however_often_they_look(
    site, browse, read, letter
):
    path = f"posteingang/{letter.getId()}"
    with time_machine.travel("2026-03-02T09:05:00Z", tick=False):
        for below in ("", "/@@page/1/180", "/@@page/1/700", "", "/@@page-text/1"):
            assert browse("anna", path + below).status_code == 200
    with time_machine.travel("2026-03-02T09:58:00Z", tick=False):
        browse("anna", path)
        browse("arno", path)
    with time_machine.travel("2026-03-02T10:01:00Z", tick=False):
        browse("anna", path)

    assert [entry.who for entry in read(letter)] == ["anna", "arno", "anna"]


def test_who_sees_nothing_has_read_nothing(site, ask, browse, read, letter):
    path = f"posteingang/{letter.getId()}"
    assert ask("bert", path).status_code in (401, 403)
    assert browse("bert", f"{path}/@@page/1/180").status_code == 401
    assert browse("bert", path).status_code in (302, 401, 403)
    assert browse("anna", f"{path}/@@page/99/180").status_code == 404

    assert read(letter) == ()


@pytest.mark.parametrize("below", ["@@scan-status", "@@archive-copy"])
def test_asking_how_far_something_is_reads_nothing(site, browse, read, letter, below):
    path = f"posteingang/{letter.getId()}/{below}"
    assert browse("anna", path).status_code == 200

    assert read(letter) == ()


def test_an_address_that_ends_like_the_object_is_taken_for_no_other(
    site, browse, read, letter
):
    """What follows the last part that is the object's own id counts."""
    path = f"posteingang/{letter.getId()}/@@scan?name={letter.getId()}/journal"
    assert browse("anna", path).status_code == 200

    assert [entry.kind for entry in read(letter)] == [Kind.DOWNLOADED]


def test_unlocking_a_scan_is_noted_and_its_password_is_not(site, browse, ask):
    pdf = FPDF()
    pdf.add_page()
    pdf.set_encryption(owner_password="x", user_password="Sesam-4711")
    letter = a_mail_item(State.ROUTED, team="a1", pdf=bytes(pdf.output()))
    path = f"posteingang/{letter.getId()}/@scan-unlock"
    assert ask("anna", path, "POST", json={"password": "falsch"}).status_code == 400
    assert ask("anna", path, "POST", json={"password": "Sesam-4711"}).status_code == 200
    transaction.begin()

    query = Query(objects=(letter.UID(),))
    entries = getUtility(IJournal).find(query).entries
    assert [entry.kind for entry in entries] == [Kind.UNLOCKED, Kind.CREATED]
    assert entries[0].who == "anna"
    assert "Sesam" not in repr(entries)


def test_a_list_with_whole_objects_is_reading_each_of_them(site, ask, read):
    case_file = a_case_file(team="a1", title="Duldung")
    other = a_case_file(team="a1", title="Visum")
    with as_system():
        file_into(a_mail_item(State.ROUTED, team="a1"), case_file)
    assert ask("anna", "@search?portal_type=case_file").status_code == 200
    assert read(case_file) == ()

    found = ask("anna", "@search?portal_type=case_file&fullobjects=1").json()
    assert found["items_total"] == 2
    assert len(read(case_file)) == len(read(other)) == 1


def test_reading_writes_nothing_with_the_request_itself(site, browse, letter):
    """Neither does it stop another person's work: the letter was not touched."""
    path = f"posteingang/{letter.getId()}"
    transaction.commit()
    before = letter._p_serial
    assert browse("anna", path).status_code == 200
    transaction.begin()

    letter.title  # noqa: B018
    assert letter._p_serial == before


def test_no_answer_leaves_the_house_when_it_cannot_be_noted(
    site, browse, read, letter, monkeypatch
):
    letter.title = "Vertraulich-4711"

    def full(entries):
        raise OSError("No space left on device")

    monkeypatch.setattr("eakte.journal.reading._write", full)
    answer = browse("anna", f"posteingang/{letter.getId()}/@@item")
    assert answer.status_code == 500
    assert "Vertraulich-4711" not in answer.text


@pytest.fixture
def served(site):
    """Return ``served()``: the indexer looks once, in a thread of its own."""
    db = site._p_jar.db()

    def index_all():
        thread = threading.Thread(target=Indexer(db).index_all)
        thread.start()
        thread.join()

    return index_all


def test_what_was_read_is_taken_into_the_index_and_is_found_there_too(
    site, browse, read, letter, served
):
    browse("anna", f"posteingang/{letter.getId()}")
    served()
    transaction.begin()
    store = store_of(site)
    assert store.index.order.count == sum(lane.count for lane in store.lanes())

    assert [entry.who for entry in read(letter)] == ["anna"]
    assert verify(store).is_right


@pytest.mark.parametrize(
    ("said", "days"), [(365, 365), (0, 5 * 365 - 1), (99_999, 5 * 365 - 1)]
)
def test_reading_is_remembered_for_less_time_than_any_case_file_is_kept(
    site, said, days
):
    """The shortest retention period in the plan of the small office is five years."""
    assert days_to_remember(said) == days


def test_without_a_retention_period_reading_is_remembered_as_long_as_is_set(
    site, monkeypatch
):
    monkeypatch.setattr(FilingPlan, "units", lambda self, department=None: ())
    assert days_to_remember(400) == 400
    assert days_to_remember(0) is None


def test_reading_expires_by_itself_on_the_day_after_its_time(
    site, browse, read, letter, served
):
    with time_machine.travel("2026-03-02T09:05:00Z", tick=False):
        browse("anna", f"posteingang/{letter.getId()}")
    served()
    for day, left in (("2027-03-01", 1), ("2027-03-04", 0)):
        with time_machine.travel(f"{day}T01:00:00Z", tick=False):
            transaction.begin()
            assert "eakte.journal.expire-reading" in put_due(site)
            transaction.commit()
            run_pending(site._p_jar.db(), work_folder())
        assert len(read(letter)) == left

    assert verify(store_of(site)).is_right


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
    body = {"roles": {"Mailroom Lead": True}}
    assert ask("admin", "@users/bert", "PATCH", json=body).status_code == 204
    transaction.begin()

    query = Query(kinds=(Kind.CONFIGURED,))
    entry = getUtility(IJournal).find(query).entries[0]
    assert entry.who == "admin"
    before, after = entry.details["roles"]["bert"]
    assert "Mailroom Lead" in set(after) - set(before)


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
