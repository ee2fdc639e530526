"""Every door that could tell of something, and something to tell of."""

from ..builders import a_case_file
from ..builders import a_mail_item
from .test_case_file_rights import a_document
from eakte.interfaces import IEakteLayer
from eakte.jobs.server import work_folder
from eakte.jobs.worker import run_pending
from fpdf import FPDF
from plone import api
from plone.namedfile.file import NamedBlobFile
from plone.protect.authenticator import createToken
from plone.rest.interfaces import IAPIRequest
from zope.component import getGlobalSiteManager
from zope.interface import providedBy
from zope.publisher.interfaces.browser import IBrowserRequest
from zope.publisher.interfaces.browser import IDefaultBrowserLayer

import re
import transaction


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
    "@@my-desk?team=a1-1",
    "@@desk",
    "@@sitemap",
    "sitemap.xml.gz",
    "@@folder_contents",
    "@@recently_modified",
    "@@getVocabulary?name=plone.app.vocabularies.Catalog",
    "RSS",
    "@boxes",
    "@boxes/team-box?team=a1",
    "@boxes/my-desk?team=a1-1",
    "@boxes/mailroom",
    "@boxes/counters",
    "@records",
    "@box-views",
    "@read-elsewhere",
    "@@read-elsewhere",
    "@deputyships",
    "@absences",
    "@place-notices",
    "@deadlines",
    "@resubmissions",
    "@journal",
    "@@team-box?team=a1&sender=Zebrastreifen",
    "@@box-changes?box=team-box:a1:",
    "@@desk-counts",
    "@@counters",
    "@@counters-now",
    "@@deputies",
    "@@records",
    "@@notices",
    "@@deadlines",
    "@@open-case-file",
    "@@protected-case-file",
    "@protection",
    "@jobs",
    "@@jobs",
    "@@journal",
    "@@while-away",
    "posteingang",
    "posteingang?fullobjects=1",
    "posteingang/@search?metadata_fields=_all",
    "posteingang/@@folder_contents",
    "posteingang/@@upload",
    "posteingang/RSS",
    "akten",
    "akten?fullobjects=1",
    "akten/@search?metadata_fields=_all",
    "akten/@@folder_contents",
)


BOXES = ("mailroom::", "team-box:a1:", "my-desk:a1-1:")
"""Boxes whose list can be taken along as a file."""

OTHER_FILES = {
    "counters:a1:": "@@export-counters",
    "deadlines:": "@@export-deadlines",
}
"""Other lists that can be taken along."""


def a_striking_letter(state):
    """A letter at a desk of team a1 that has the words."""
    return a_mail_item(
        state,
        title="Zebrastreifen",
        sender="Zebrastreifen e. V.",
        team="a1",
        desk="a1-1",
        scan=a_scan(),
    )


def a_striking_case_file(desk=None):
    """A case file of team a1 that has the words."""
    return a_case_file(
        team="a1",
        desk=desk,
        title="Zebrastreifen",
        family_name="Zebrafink",
        aliases=["Zebulon"],
    )


def a_striking_document(case_file):
    """A document in the case file that has the words."""
    document = a_document(case_file, author="Zebrafink", scan=a_scan())
    document.title = "Zebrastreifen"
    document.reindexObject()
    return document


def read_all(portal):
    """Have the worker read what was made, so that its words are found."""
    transaction.commit()
    run_pending(portal._p_jar.db(), work_folder())
    transaction.begin()


def a_scan():
    pdf = FPDF()
    pdf.set_font("helvetica", size=14)
    pdf.add_page()
    pdf.multi_cell(0, 10, "Zebrawolle und andere Waren")
    return NamedBlobFile(bytes(pdf.output()), "application/pdf", "scan.pdf")


def got(client, address):
    """Ask for a service in JSON and for a view as a browser does."""
    accept = "application/json" if is_service(client, address) else "text/html"
    return client.get(address, headers={"Accept": accept})


def got_bare(client, address):
    """Ask for a service in JSON and for a view without the frame of the site.

    Who is refused gets a few words in place of a page, too.
    """
    if is_service(client, address):
        return got(client, address)
    bare = f"{address}{'&' if '?' in address else '?'}ajax_load=1"
    return client.get(bare, headers={"Accept": "*/*"})


def is_service(client, address):
    return re.search(r"(^|/)(@[^@]|\?|$)", address.removeprefix(client.site))


def taken_along(client, box, view="@@export-letters"):
    """Ask for the list of the box as a file, as the box's button does."""
    token = ""
    if client.auth:
        with api.env.adopt_user(username=client.auth[0]):
            token = createToken()
    said = {"box": box, "format": "csv", "_authenticator": token}
    return client.post(view, data=said)


def tells(answer):
    """The words of the contents that the answer tells, the question left out."""
    text = answer.text + str(answer.headers)
    asked = answer.url.partition("?")[2]
    return [word for word in WORDS if word in text and word not in asked]


def answers_nothing(client, contents, got=got_bare):
    """Hold that no address of the contents answers.

    :param got: how it is asked, see above.
    """
    for content in contents:
        for address in OF_CONTENT:
            answer = got(client, f"{content.absolute_url()}/{address}")
            refused = answer.status_code in (302, 401, 403, 404)
            assert refused, (answer.url, answer.status_code)
            assert not tells(answer), answer.url


def lists_nothing(client, *names, got=got_bare):
    """Hold that no list, search or suggestion tells of the contents.

    :param names: more that may not be said, such as the reference.
    :param got: how it is asked, see above.
    """
    answers = [got(client, address) for address in OF_THE_SITE]
    files = [taken_along(client, box) for box in BOXES]
    files += [taken_along(client, box, OTHER_FILES[box]) for box in OTHER_FILES]
    # An answer that leads back to the box looks at no letter.
    assert all(each.status_code in (200, 302, 303, 401, 403, 404) for each in files)
    for answer in (*answers, *files):
        assert not tells(answer), answer.url
        said = answer.text + str(answer.headers)
        assert not [name for name in names if name in said], answer.url


def answers_as(client, other, contents):
    """Hold that every address answers the one as it answers the other."""
    told = 0
    for content in contents:
        for address in OF_CONTENT:
            url = f"{content.absolute_url()}/{address}"
            one, another = got_bare(client, url), got_bare(other, url)
            assert one.status_code == another.status_code < 500, url
            assert bool(tells(one)) == bool(tells(another)), url
            told += bool(tells(one))
    assert told > 20


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
