"""What documentviewer's viewer, or any other, is told about a scan, and who is told."""

from ..builders import a_mail_item
from .known import BOX
from .known import KnownPages
from collective.documentviewer.interfaces import ILayer
from collective.documentviewer.settings import GlobalSettings
from collective.documentviewer.settings import Settings
from contextlib import contextmanager
from eakte.mailitem.states import State
from eakte.scans.interfaces import IHasScan
from eakte.scans.interfaces import IScanPages
from eakte.viewer.labels import LABELS
from html import unescape
from plone import api
from plone.app.contenttypes.interfaces import IFile
from plone.app.testing import SITE_OWNER_NAME
from plone.app.testing import SITE_OWNER_PASSWORD
from plone.namedfile.file import NamedBlobFile
from urllib.parse import urlencode
from zope.annotation.interfaces import IAnnotations
from zope.component import getGlobalSiteManager

import json
import pytest
import re
import requests
import transaction


PASSWORD = "Ein-langes-Passwort-1"
PAGES = ("documentviewer", "@@viewer-pane", "pdf")
"""What a person asks for, who is led to the login."""

ADDRESSES = (
    *PAGES,
    "dv_data",
    "dv-page/1/small",
    "dv-page-text/2",
    "dv-search.json?q=Duldung",
)


@contextmanager
def known_pages(*carriers):
    """Let the carriers have the pages of ``KnownPages``, whatever they hold."""
    registry = getGlobalSiteManager()
    usual = {c: registry.adapters.registered((c,), IScanPages) for c in carriers}
    for carrier in carriers:
        registry.registerAdapter(KnownPages, (carrier,), IScanPages)
    yield
    for carrier, factory in usual.items():
        registry.unregisterAdapter(KnownPages, (carrier,), IScanPages)
        if factory is not None:
            registry.registerAdapter(factory, (carrier,), IScanPages)


@pytest.fixture
def pages():
    with known_pages(IHasScan, IFile):
        yield


@pytest.fixture
def item(functional_portal, pages):
    """A mail item of team a1."""
    for name in ("anna", "bert"):
        api.user.get(username=name).setSecurityProfile(password=PASSWORD)
    item = a_mail_item(State.ROUTED, title="Antrag & Anlagen", team="a1")
    transaction.commit()
    return item


@pytest.fixture
def file(functional_portal, pages):
    """A File of Plone's that everybody may see."""
    with api.env.adopt_roles(["Manager"]):
        file = api.content.create(
            functional_portal,
            "File",
            "satzung",
            title="Satzung",
            file=NamedBlobFile(b"%PDF-1.4", "application/pdf", "satzung.pdf"),
        )
        file.manage_permission("View", ["Anonymous"], acquire=0)
    transaction.commit()
    return file


@pytest.fixture
def get(functional, functional_portal):
    """Ask for an address below an object, as a person or as nobody."""

    def get(content, address, user=None, accept="*/*", password=PASSWORD):
        return requests.get(
            f"{content.absolute_url()}/{address}",
            headers={"Accept": accept},
            auth=(user, password) if user else None,
            allow_redirects=False,
            timeout=60,
        )

    return get


def told(answer):
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("application/json")
    return answer.json()


def test_the_data_are_documentviewers(get, item):
    data = told(get(item, "dv_data", "anna"))

    assert set(data) == {
        "access",
        "annotations",
        "canonical_url",
        "contributor",
        "contributor_organization",
        "created_at",
        "data",
        "description",
        "eakte",
        "id",
        "pages",
        "resources",
        "sections",
        "source",
        "title",
        "updated_at",
    }
    assert data["id"] == item.UID()
    assert data["title"] == "Antrag & Anlagen"
    assert data["pages"] == 3
    resources = data["resources"]
    place = "/posteingang/" + item.getId()
    assert resources["page"]["image"].endswith(f"{place}/dv-page/{{page}}/{{size}}")
    assert resources["page"]["text"].endswith(f"{place}/dv-page-text/{{page}}")
    assert resources["search"].endswith(f"{place}/dv-search.json?q={{query}}")
    assert resources["thumbnail"].endswith(f"{place}/dv-page/1/small")
    assert resources["pdf"].endswith(f"{place}/@@scan")


def test_the_viewer_knows_the_size_of_each_page_before_it_shows_one(get, item):
    ours = told(get(item, "dv_data", "anna"))["eakte"]

    assert ours["sizes"] == [[595.3, 841.9, 1], [841.9, 595.3, 1], [595.3, 841.9, 1]]
    assert ours["widths"] == [180, 700, 1000, 2000]


def test_the_text_of_a_page_is_plain_as_documentviewer_wants_it(get, item):
    text = get(item, "dv-page-text/2", "anna")
    missing = get(item, "dv-page-text/9", "anna")

    assert text.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert text.text == "Ihre Duldung endet"
    assert missing.status_code == 404


def test_the_search_answer_is_documentviewers_with_the_place_of_each_hit(get, item):
    found = told(get(item, "dv-search.json?q=duldung", "anna"))

    assert found["query"] == "duldung"
    assert found["results"] == [2]
    assert found["matches"] == 1
    left, top, right, bottom = BOX
    row = pytest.approx([left, top + 0.1, right, bottom + 0.1])
    assert found["hits"] == {"2": [row]}
    assert found["snippets"]["2"][0][1] == ["Duldung", True]
    assert found["divided"] == {}
    assert found["truncated"] is False


@pytest.mark.parametrize("address", ["dv-search.json", "dv-search.json?q="])
def test_no_question_has_no_hits(get, item, address):
    found = told(get(item, address, "anna"))

    assert (found["results"], found["hits"], found["query"]) == ([], {}, "")


def test_what_is_asked_comes_back_without_markup(get, item):
    query = urlencode({"q": "<script>alert(1)</script>"})
    found = told(get(item, f"dv-search.json?{query}", "anna"))

    assert found["query"] == "&lt;script&gt;alert(1)&lt;/script&gt;"


def test_answers_about_a_scan_are_not_kept_by_anybody(get, item):
    for address in ("dv_data", "dv-page-text/1", "dv-search.json?q=x"):
        answer = get(item, address, "anna")
        assert answer.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("user", ["bert", None])
def test_who_may_not_read_the_scan_learns_nothing(get, item, address, user):
    """Bert works in another department; nobody is not logged in."""
    asked_by_script = get(item, address, user, accept="application/json")
    asked_by_person = get(item, address, user, accept="text/html")

    assert asked_by_script.status_code == 401
    assert asked_by_person.status_code == (302 if address in PAGES else 401)
    for answer in (asked_by_script, asked_by_person):
        assert b"Duldung" not in answer.content
        assert b"Antrag" not in answer.content


def test_a_script_that_accepts_json_is_told_the_same(get, item):
    for address in ("dv_data", "dv-search.json?q=duldung"):
        script = told(get(item, address, "anna", accept="application/json"))
        assert script == told(get(item, address, "anna"))


def test_a_file_of_plone_is_shown_the_same_way(get, file):
    data = told(get(file, "dv_data"))
    found = told(get(file, "dv-search.json?q=Antrag"))
    page = get(file, "documentviewer")

    assert data["title"] == "Satzung"
    assert data["resources"]["pdf"].endswith("/satzung/@@scan")
    assert found["results"] == [1]
    assert page.status_code == 200
    assert "pat-documentviewer" in page.text


def options(page):
    """Return what the page hands to the viewer."""
    found = re.search(r'data-pat-documentviewer="([^"]*)"', page.text)
    return json.loads(unescape(found[1]))


def test_the_page_hands_the_viewer_all_it_needs(get, item):
    handed = options(get(item, "documentviewer", "anna"))

    assert handed["data"]["pages"] == 3
    assert set(handed["labels"]) == set(LABELS)
    assert handed["sidebar"] is True
    assert handed["search"] is True
    assert handed["height"] == 700
    assert handed["width"] == "100%"
    assert len(handed["authenticator"]) == 40


def test_the_viewers_own_page_runs_no_script_but_ours(get, item, file):
    for content, user in ((item, "anna"), (file, None)):
        headers = get(content, "documentviewer", user).headers
        assert "script-src 'self'" in headers["Content-Security-Policy"].split("; ")
        assert "default-src 'self'" in headers["Content-Security-Policy"].split("; ")
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cache-Control"] == "private, no-store"


def test_the_token_that_lets_begin_something_is_told_to_the_page_only(get, item):
    assert "authenticator" not in get(item, "dv_data", "anna").text


def test_the_viewer_knows_the_language_of_the_text(get, item, file):
    item.language = "tr"
    file.language = ""
    transaction.commit()

    assert told(get(item, "dv_data", "anna"))["eakte"]["language"] == "tr"
    assert told(get(file, "dv_data"))["eakte"]["language"] == "de"


def test_the_viewer_knows_where_to_save_and_under_which_name(get, file):
    ours = told(get(file, "dv_data"))["eakte"]

    assert ours["save"]["address"].endswith("/satzung/@@scan")
    assert ours["save"]["name"] == "satzung.pdf"
    assert ours["archive_url"].endswith("/satzung/@@archive-copy")


def test_only_whoever_may_is_told_where_a_page_is_recognised_anew(get, item, file):
    ours = told(get(item, "dv_data", "anna"))["eakte"]

    assert ours["retry_url"].endswith("/@scan-retry")
    assert told(get(file, "dv_data"))["eakte"]["retry_url"] is None


def test_what_is_told_grows_with_the_kinds_of_paper_not_with_the_pages(
    get, item, monkeypatch
):
    def told_of(pages):
        monkeypatch.setattr(KnownPages, "page_count", pages)
        monkeypatch.setattr(KnownPages, "sizes", ((595.3, 841.9),) * pages)
        return told(get(item, "dv_data", "anna"))

    few, many = told_of(10), told_of(1000)

    assert many["eakte"]["sizes"] == [[595.3, 841.9, 1000]]
    assert len(str(many)) - len(str(few)) < 10


def test_the_pane_is_the_viewer_without_the_page_around(get, item):
    pane = get(item, "@@viewer-pane", "anna").text

    assert "pat-documentviewer" in pane
    assert "<main" not in pane


def test_scripts_and_styles_come_from_ourselves(get, item, functional_portal):
    pane = get(item, "@@viewer-pane", "anna").text
    addresses = re.findall(r'(?:src|href)="([^"]*\.(?:js|css))"', pane)
    root = functional_portal.absolute_url()

    assert {address.rpartition("/")[2] for address in addresses} >= {
        "viewer.css",
        "viewer.js",
    }
    for address in addresses:
        assert address.startswith(root)
        kind = "javascript" if address.endswith("js") else "css"
        answer = get(functional_portal, address.removeprefix(f"{root}/"))
        assert answer.status_code == 200
        assert kind in answer.headers["Content-Type"]


def test_a_setting_of_the_object_goes_before_the_sites(get, file):
    Settings(file).height = 420
    GlobalSettings(api.portal.get()).height = 900
    GlobalSettings(api.portal.get()).width = 600
    transaction.commit()
    handed = options(get(file, "documentviewer"))

    assert handed["height"] == 420
    assert handed["width"] == "600"


def test_looking_at_a_document_writes_nothing_but_the_first_look_of_the_hour(
    get, file, item, functional_portal
):
    # The first page ever shown writes the settings of Plone's footer portlets.
    get(functional_portal, "sitemap")
    as_it_is, db = item._p_serial, file._p_jar.db()
    before = db.lastTransaction()
    for address in ADDRESSES:
        get(file, address)
        assert db.lastTransaction() == before, address
    for address in ADDRESSES:
        # The journal notes who looked at a letter, at the first look.
        get(item, address, "anna")
    before = db.lastTransaction()
    for address in ADDRESSES:
        get(item, address, "anna")
        assert db.lastTransaction() == before, address
    transaction.begin()
    item._p_activate()
    assert item._p_serial == as_it_is


def test_a_new_file_is_not_converted(file):
    assert "collective.documentviewer" not in IAnnotations(file)
    assert file.getLayout() != "documentviewer"


@pytest.mark.parametrize(
    "address", ["convert-to-documentviewer", "convert_all_unconverted"]
)
def test_asking_for_a_conversion_only_leads_back(get, file, address):
    answer = get(file, address, SITE_OWNER_NAME, password=SITE_OWNER_PASSWORD)

    assert answer.status_code == 302
    assert answer.headers["Location"] == f"{file.absolute_url()}/view"


def test_our_views_stand_before_documentviewers(http_request):
    from eakte.viewer.interfaces import IViewerLayer
    from zope.interface import providedBy

    order = list(providedBy(http_request).__iro__)
    assert order.index(IViewerLayer) < order.index(ILayer)
