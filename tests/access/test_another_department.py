"""Who has nothing to do with a letter gets nothing of it, through whatever door."""

from ..builders import a_case_file
from ..builders import a_mail_item
from ..builders import as_system
from .test_case_file_rights import a_document
from eakte.interfaces import IEakteLayer
from eakte.jobs.server import work_folder
from eakte.jobs.worker import run_pending
from eakte.mailitem.states import State
from fpdf import FPDF
from plone.namedfile.file import NamedBlobFile
from plone.rest.interfaces import IAPIRequest
from zope.component import getGlobalSiteManager
from zope.interface import providedBy
from zope.publisher.interfaces.browser import IBrowserRequest
from zope.publisher.interfaces.browser import IDefaultBrowserLayer

import pytest
import re
import transaction


STRANGERS = ("bert", "alex", "oskar", "admin", None)
"""Another department, another team, the mailroom when the letter has left it, the
administrator, somebody from outside. All others: see ``test_matrix``."""

WORDS = ("Zebrastreifen", "Zebrafink", "Zebulon", "Zebrawolle")
"""Words of the letter: subject, sender, page; of the case file: name, alias."""

OF_CONTENT = (
    "",
    "?fullobjects=1&metadata_fields=_all",
    "view",
    "item",
    "case-file",
    "@@edit",
    "@@sharing",
    "@@page/1/180",
    "@@page/1/700",
    "@@page/1/2000",
    "@@page-text/1",
    "@@scan",
    "@@scan-status",
    "@@archive-copy",
    "@@archive-copy/file",
    "@archive-copy",
    "@@download/scan",
    "@@download/scan/scan.pdf",
    "@@display-file/scan",
    "@@images/scan",
    "documentviewer",
    "@@viewer-pane",
    "pdf",
    "dv_data",
    "dv-search.json?q=Zebrawolle",
    "dv-status.json",
    "dv-page/1/small",
    "dv-page/small/1",
    "dv-page-text/1",
    "@scan",
    "@pages",
    "@@earlier-scan/1",
    "@rescan",
    "@routing-history",
    "@who-may-see",
    "@closing",
    "@history",
    "@workflow",
    "@actions",
    "@breadcrumbs",
    "@sharing",
    "@lock",
    "@@historyview",
    "@@content-core",
    "@@getSource",
    "@@fc-contextInfo",
)

OF_THE_SITE = (
    "@search?SearchableText=Zebrastreifen",
    "@search?SearchableText=Zebra&fullobjects=1",
    "@search?SearchableText=Zebrawolle&metadata_fields=_all",
    "@search?portal_type=mail_item&metadata_fields=_all",
    "@search?portal_type=case_file&metadata_fields=_all",
    "@search?team=a1&metadata_fields=_all&show_inactive=1",
    "@search?allowedRolesAndUsers=user:anna&metadata_fields=_all",
    "@mail-box?box=mailroom",
    "@mail-box?box=team&team=a1",
    "@mail-box?box=desk&desk=a1-1",
    "@case-file-suggestions?text=Zebrafink",
    "@case-file-suggestions?text=Zebulon",
    "@office",
    "@navigation?expand.navigation.depth=4",
    "@sitemap",
    "@@search?SearchableText=Zebra*",
    "@@updated_search?SearchableText=Zebra*",
    "@@ajax-search?SearchableText=Zebra",
    "search_rss?SearchableText=Zebra*",
    "@@find?text=Zebra",
    "@@find?SearchableText=Zebra",
    "@@case-file-suggestions?text=Zebrafink",
    "@@mailroom",
    "@@team-box?team=a1",
    "@@my-desk",
    "@@desk",
    "@@sitemap",
    "sitemap.xml.gz",
    "@@folder_contents",
    "@@recently_modified",
    "@@getVocabulary?name=plone.app.vocabularies.Catalog",
    "RSS",
    "posteingang",
    "posteingang?fullobjects=1",
    "posteingang/@search?metadata_fields=_all",
    "posteingang/@@folder_contents",
    "posteingang/RSS",
    "akten",
    "akten?fullobjects=1",
    "akten/@search?metadata_fields=_all",
    "akten/@@folder_contents",
)


@pytest.fixture
def contents(functional_portal):
    """A letter at a desk of team a1, a case file of the team and what lies in it."""
    with as_system():
        letter = a_mail_item(
            State.ACCEPTED,
            title="Zebrastreifen",
            sender="Zebrastreifen e. V.",
            team="a1",
            desk="a1-1",
            scan=a_scan(),
        )
        case_file = a_case_file(
            team="a1",
            title="Zebrastreifen",
            family_name="Zebrafink",
            aliases=["Zebulon"],
        )
        document = a_document(case_file, author="Zebrafink", scan=a_scan())
        document.title = "Zebrastreifen"
        document.reindexObject()
    transaction.commit()
    run_pending(functional_portal._p_jar.db(), work_folder())
    transaction.begin()
    return letter, case_file, document


def a_scan():
    pdf = FPDF()
    pdf.set_font("helvetica", size=14)
    pdf.add_page()
    pdf.multi_cell(0, 10, "Zebrawolle und andere Waren")
    return NamedBlobFile(bytes(pdf.output()), "application/pdf", "scan.pdf")


def got(client, address):
    """Ask for a service in JSON and for a view as a browser does."""
    service = re.search(r"(^|/)(@[^@]|\?|$)", address.removeprefix(client.site))
    accept = "application/json" if service else "text/html"
    return client.get(address, headers={"Accept": accept})


def tells(answer):
    """The words of the contents that the answer tells, the question left out."""
    text = answer.text + str(answer.headers)
    asked = answer.url.partition("?")[2]
    return [word for word in WORDS if word in text and word not in asked]


@pytest.mark.parametrize("person", STRANGERS)
def test_no_address_of_the_content_answers_a_stranger(ask, contents, person):
    stranger = ask(person)
    for content in contents:
        for address in OF_CONTENT:
            answer = got(stranger, f"{content.absolute_url()}/{address}")
            refused = answer.status_code in (302, 401, 403, 404)
            assert refused, (answer.url, answer.status_code)
            assert not tells(answer), answer.url


@pytest.mark.parametrize("person", STRANGERS)
def test_no_list_search_or_suggestion_tells_a_stranger(ask, contents, person):
    stranger = ask(person)
    for address in OF_THE_SITE:
        answer = got(stranger, address)
        assert not tells(answer), answer.url
        assert contents[1].getId() not in answer.text, answer.url


@pytest.mark.parametrize("person", ["bert", "alex", "oskar"])
def test_no_count_tells_a_stranger_how_much_there_is(ask, contents, person):
    for box in ("mailroom", "team&team=a1", "desk&desk=a1-1"):
        answer = ask(person).get(f"@mail-box?box={box}").json()
        assert answer["items_total"] == 0
        assert not any(answer["counts"].values())
    found = ask(person).get("@search?SearchableText=Zebra").json()
    assert found["items_total"] == 0


def test_who_may_see_them_gets_them_by_the_same_addresses(ask, contents):
    letter, case_file, document = (each.absolute_url() for each in contents)
    anna = ask("anna")
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
    ask, contents, person
):
    uids = [content.UID() for content in contents]
    asked = "&".join(f"uid={uid}" for uid in uids)
    answer = got(ask(person), f"@@reading-progress?{asked}")
    assert not any(uid in answer.text for uid in uids)
    if answer.status_code == 200:
        assert answer.json() == {}
    else:
        assert answer.status_code in (302, 401)
    own = got(ask("anna"), f"@@reading-progress?{asked}").json()
    assert set(own) == set(uids)


@pytest.mark.parametrize("person", STRANGERS)
def test_the_figures_of_the_navigation_count_no_foreign_letter(ask, contents, person):
    answer = got(ask(person), "@@desk-counts")
    if answer.status_code == 200:
        assert not any(answer.json().values())
    else:
        assert answer.status_code in (302, 401)
    assert sum(got(ask("anna"), "@@desk-counts").json().values()) > 0


@pytest.mark.parametrize("person", ["bert", "admin"])
def test_no_view_at_all_tells_a_stranger(ask, contents, person):
    stranger = ask(person)
    for content in contents:
        for name in sorted(views_of(content)):
            answer = got(stranger, f"{content.absolute_url()}/{name}")
            assert not tells(answer), answer.url


def views_of(content):
    """Yield the name of every service and view that is registered for the content."""
    wanted = providedBy(content)
    for each in getGlobalSiteManager().registeredAdapters():
        if len(each.required) != 2 or not each.name:
            continue
        kind, layer = each.required
        if not _is_met(kind, wanted) or not _is_request(layer):
            continue
        service = re.match(r"GET_application_json_(@.*)", each.name)
        if service:
            yield service.group(1)
        elif re.match(r"[A-Z]+_[a-z]+_", each.name) is None:
            yield f"@@{each.name}"


def _is_met(kind, wanted):
    return kind is None or wanted.isOrExtends(kind)


def _is_request(layer):
    return layer is not None and (
        layer.isOrExtends(IBrowserRequest)
        or layer in (IDefaultBrowserLayer, IEakteLayer, IAPIRequest)
    )
