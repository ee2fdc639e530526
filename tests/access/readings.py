"""The doors by which a letter, a case file or a document is read.

A door is asked with a right of the tables, see ``cells``. The publisher asks for the
right of most; some ask for it themselves. No right at all opens those of ``NOBODY``.
"""

from .cells import BAR
from .cells import JOURNAL
from .cells import WRITE
from .doors import a_scan
from .doors import read_all
from .doors import tells
from dataclasses import dataclass
from eakte.capture.rescanning import EarlierScan
from eakte.capture.rescanning import KEY
from eakte.clock import utc_now
from eakte.document.states import State as DocumentState
from eakte.mailitem.states import State
from eakte.viewer.interfaces import IViewerLayer
from persistent.list import PersistentList
from plone.rest.interfaces import IAPIRequest
from plone.restapi.interfaces import IPloneRestapiLayer
from zope.annotation.interfaces import IAnnotations
from zope.component import getGlobalSiteManager
from zope.interface import Interface
from zope.interface import providedBy
from zope.interface.declarations import Declaration
from zope.publisher.interfaces.browser import IBrowserRequest
from zope.publisher.interfaces.browser import IDefaultBrowserLayer

import re


VIEW, SCAN, CHECK = "View", "eakte: Read scan", "eakte: Check mail"

NOBODY = ""
"""In place of a right: nobody of the office has the door."""

LETTER, FILE, DOCUMENT = "mail_item", "case_file", "case_document"
ANY = (LETTER, FILE, DOCUMENT)
SCANNED = (LETTER, DOCUMENT)

WORDS = "words"
JSON, PDF, JPEG = "application/json", "application/pdf", "image/jpeg"
HTML, TEXT = "text/html", "text/plain"


@dataclass(frozen=True)
class Door:
    """What has it, which right opens it, and what it answers then."""

    kinds: tuple
    right: str
    shows: str = WORDS
    """``WORDS`` or a media type."""
    status: int = 200
    itself: bool = False
    """It asks for the right in its own code; the publisher asks for less."""
    dear: bool = False
    """A whole page is made."""

    @property
    def media_type(self):
        return "" if self.shows == WORDS else self.shows


def screen(kinds, right, shows=WORDS):
    return Door(kinds, right, shows, dear=True)


def itself(shows, status=200):
    return Door(SCANNED, SCAN, shows, status, itself=True)


DOORS = {
    "": Door(ANY, VIEW),
    "?fullobjects=1&metadata_fields=_all": Door(ANY, VIEW),
    "view": screen(ANY, VIEW),
    "item": screen(SCANNED, VIEW),
    "case-file": screen((FILE,), VIEW),
    "@@edit": screen(ANY, WRITE),
    "@@change-case-file": screen((FILE,), WRITE),
    "@@sharing": Door(ANY, NOBODY),
    "@@page/1/180": itself(JPEG),
    "@@page/1/700": itself(JPEG),
    "@@page/1/2000": itself(JPEG),
    "@@page-text/1": itself(WORDS),
    "@@scan": itself(PDF),
    "@@scan-status": itself(JSON),
    "@@archive-copy": itself(JSON),
    "@@archive-copy/file": itself(JSON, 409),
    "@archive-copy": Door(SCANNED, SCAN, JSON),
    "@@download/scan": itself(PDF),
    "@@download/scan/scan.pdf": itself(PDF),
    "@@display-file/scan": itself(PDF),
    "@@images/scan": Door(SCANNED, NOBODY),
    "documentviewer": screen(SCANNED, SCAN),
    "@@viewer-pane": Door(SCANNED, SCAN),
    "pdf": Door(SCANNED, SCAN, TEXT, 302),
    "dv_data": itself(WORDS),
    "dv-search.json?q=Zebrawolle": itself(JSON),
    "dv-status.json": Door(ANY, NOBODY),
    "dv-page/1/small": itself(JPEG),
    "dv-page/small/1": Door(SCANNED, NOBODY),
    "dv-page-text/1": itself(WORDS),
    "@scan": Door(SCANNED, SCAN, JSON),
    "@pages": Door(SCANNED, SCAN, JSON),
    "@@earlier-scan/1": Door((LETTER,), SCAN, PDF),
    "@@rescan": screen((LETTER,), CHECK, HTML),
    "@rescan": Door((LETTER,), SCAN, JSON),
    "@routing-history": Door((LETTER,), VIEW, JSON),
    "@who-may-see": Door((LETTER, FILE), VIEW, JSON),
    "@closing": Door((FILE,), VIEW, JSON),
    "@history": Door(ANY, NOBODY),
    "@workflow": Door(ANY, VIEW, JSON),
    "@actions": Door(ANY, VIEW, JSON),
    "@breadcrumbs": Door(ANY, VIEW),
    "@sharing": Door(ANY, NOBODY),
    "@lock": Door(ANY, VIEW, JSON),
    "@journal": Door(ANY, JOURNAL, JSON),
    "@@journal": screen(ANY, JOURNAL),
    "@deadlines": Door(ANY, VIEW, JSON),
    "@resubmissions": Door(ANY, VIEW, JSON),
    "@@deadlines": screen(ANY, VIEW),
    "@protection": Door((FILE,), VIEW, JSON),
    "@@protection": Door((FILE,), BAR, HTML, itself=True),
    "@barred": Door((FILE,), BAR, JSON, itself=True),
    "@shares": Door((FILE,), VIEW, JSON),
    "@@share": screen((FILE,), VIEW),
    "@@eakte-journal-link": Door(ANY, VIEW, HTML),
    "@@historyview": screen(ANY, WRITE),
    "@@content-core": screen(ANY, VIEW, HTML),
    "@@getSource": Door(ANY, NOBODY),
    "@@fc-contextInfo": Door((FILE,), VIEW),
}
"""Address below the content -> who has it."""

LAYERS = Declaration(
    IViewerLayer, IAPIRequest, IPloneRestapiLayer, IDefaultBrowserLayer, IBrowserRequest
)
"""What a request for a view or a service of the site provides."""


def view_of(content, address):
    """Return the class that is registered for the address, None when there is none."""
    name = re.match(r"(@@|@)?([^/?]*)", address)
    is_service = name[1] == "@" or not name[2]
    wanted = f"GET_application_json_{name[0]}" if is_service else name[2]
    required = providedBy(content), LAYERS
    return getGlobalSiteManager().adapters.lookup(required, Interface, wanted)


def right_of(view):
    """Return the permission that the publisher asks for, None when it asks for none."""
    return getattr(getattr(view, "__roles__", None), "__name__", None)


def code_of(view):
    """Return the class of the product that answers."""
    return next(each for each in view.__mro__ if each.__module__.startswith("eakte."))


def outcome(answer, door):
    """Return what a cell says of the answer: ``shown``, ``refused``, or what is wrong."""
    kind = answer.headers.get("Content-Type", "")
    told = tells(answer)
    leads = answer.headers.get("Location", "@@scan")
    answers = answer.status_code == door.status and kind.startswith(door.media_type)
    if answers and "@@scan" in leads:
        shown = told if door.shows == WORDS else True
        return "shown" if shown else f"{kind} without what was asked for"
    if answer.status_code in (302, 401, 403, 404) and not told:
        return "refused"
    return f"{answer.status_code} {kind} with {told}"


# What is read


FILED = (State.FILED, State.DONE)

PERSONAL = (State.ROUTED, State.ACCEPTED, State.UNCLEAR, State.FOREIGN, State.BLOCKED)
"""States of personal letters of anna's desk."""


def everything(house):
    """Return letters, personal ones, case files and documents in every state."""
    scan = {"scan": a_scan()}
    for state in State:
        if state not in FILED:
            house.letter(state, **scan)
    for state in PERSONAL:
        house.personal_letter(state, **scan)
    for file in ("open", "closed"):
        for state in FILED:
            house.letter(state, file, **scan)
        for state in DocumentState:
            house.document(state, file, **scan)
    for file in ("protected", "barred"):
        house.letter(State.FILED, file, **scan)
        house.document(DocumentState.RECEIVED, file, **scan)
    for thing in house.things:
        if thing.kind == LETTER:
            had = EarlierScan(thing.content.scan, "", utc_now(), "")
            IAnnotations(thing.content)[KEY] = PersistentList([had])
    house.close_up()
    read_all(house.portal)
    return house.things
