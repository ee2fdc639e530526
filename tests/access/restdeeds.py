"""The deeds over REST: what is asked, and the row of the tables that says by whom."""

from ..deputies import at
from ..deputies import ENTERED
from ..deputies import LAST
from .cells import ACT
from .cells import BAR
from .cells import HAND_OVER
from .cells import LOOK_AFTER
from .cells import PROTECT
from .cells import SHARE
from .cells import WRITE
from .deeds import Deed
from .deeds import REASON
from datetime import date
from eakte.access.guests import Guest
from eakte.access.guests import IGuestBook
from eakte.access.guests import Way
from eakte.clock import utc_now
from eakte.deadlines.keeping import enter_deadline
from eakte.deadlines.resubmitting import resubmit
from fpdf import FPDF
from plone.uuid.interfaces import IUUID
from zope.component import getUtility


def _scan():
    pdf = FPDF()
    pdf.add_page()
    return bytes(pdf.output())


A_SCAN = _scan()


def step(name, permission, below=None, **body):
    """Return the deed that takes the step of the workflow."""
    return Deed(name, permission, name, below=below or f"@workflow/{name}", body=body)


def aside(name, permission, to):
    return step(name, permission, "@set-aside", to=to, reason=REASON)


def patch(name, permission, **body):
    """Return the deed that gives a field another value."""
    return Deed(name, permission, method="PATCH", body=body, again=True)


def term(name, before, service, **body):
    """Return the deed with a resubmission or deadline that was entered before."""
    below = f"{service}/{{term}}"
    return Deed(
        name, ACT, method="PATCH", below=below, body=body, before=before, again=True
    )


def a_resubmission(content):
    """Let there be a resubmission."""
    with at(ENTERED):
        made = resubmit(content, date(2027, 4, 1), "Rückfrage")
    return {"term": made.id}


def a_deadline(content):
    """Let there be a deadline, entered by nobody who is asked."""
    with at(ENTERED):
        made = enter_deadline(
            content, "Klage", "Klage erhoben", ENTERED.date(), end=date(2027, 5, 3)
        )
    return {"term": made.id}


def a_share(content):
    """Let the case file be shared by anna, or by arno where she is barred.

    With somebody who reads it anyway, so that there is no guest more.
    """
    with at(ENTERED):
        entry = Guest(
            way=Way.SHARED,
            person="tom",
            file=IUUID(content),
            reference=content.reference,
            department="amt-a",
            until=LAST,
            reason="",
            entered_by="arno" if content.barred else "anna",
            entered=utc_now(),
        )
    getUtility(IGuestBook).add(entry)
    return {"entry": entry.id}


SET_ASIDE, BLOCK = "eakte: Set mail aside", "eakte: Block mail"
CHECK, FILE = "eakte: Check mail", "eakte: File mail"
DELETE = Deed("delete", "Delete objects", method="DELETE", body={})

NEW_TERMS = (
    Deed(
        "resubmit",
        ACT,
        below="@resubmissions",
        body={"day": "{day}", "reason": "Rückfrage"},
        again=True,
    ),
    Deed(
        "deadline",
        ACT,
        below="@deadlines",
        body={"kind": "Klage", "event": "Klage erhoben", "start": "2027-03-10"},
        again=True,
    ),
)

TERMS = (
    term(
        "postpone",
        a_resubmission,
        "@resubmissions",
        do="postpone",
        day="{day}",
        why=REASON,
    ),
    term("resubmission done", a_resubmission, "@resubmissions", do="done"),
    term("confirm deadline", a_deadline, "@deadlines", do="confirm"),
    term(
        "change deadline",
        a_deadline,
        "@deadlines",
        do="change",
        end="{day}",
        why=REASON,
    ),
    term("close deadline", a_deadline, "@deadlines", do="close", why=REASON),
)

LOCKED = Deed(
    "unlock",
    LOOK_AFTER,
    below="@scan-unlock",
    body={"password": "Sesam"},
    again=True,
    # Who may is told that there is no scan here; that it opens one is tried elsewhere.
    passes=(409,),
    refuses=(401, 403, 404),
    writes=False,
)

SCANS = (
    Deed("retry", LOOK_AFTER, below="@scan-retry", body={}, again=True),
    # Asked for again, it is on its way already.
    Deed(
        "archive copy",
        "eakte: Read scan",
        below="@archive-copy",
        body={},
        again=True,
        writes=False,
    ),
)

OF_LETTERS = (
    step("check", CHECK),
    step("release", CHECK),
    step("route", "eakte: Route mail", "@route", team="a2", reason=REASON),
    step("accept", "eakte: Accept mail", "@accept", desk="a1-1"),
    step("file", FILE, "@file", case_file="{case_file}"),
    Deed(
        "open case file", FILE, "file", below="@open-case-file", body={"unit": "10.1"}
    ),
    step("settle", "eakte: Settle mail"),
    aside("request_rescan", SET_ASIDE, "rescan"),
    aside("mark_unclear", SET_ASIDE, "unclear"),
    aside("mark_foreign", SET_ASIDE, "foreign"),
    aside("block", BLOCK, "blocked"),
    step("unblock", BLOCK, comment=REASON),
    Deed("rescan", CHECK, "recapture", below="@rescan", body=A_SCAN),
    patch("edit", WRITE, sender="Zebrastreifen GmbH {number}"),
    DELETE,
)

MORE_OF_LETTERS = (
    # Where a letter lies is changed by routing and accepting alone.
    patch("team by hand", "eakte: Set by routing", team="a2"),
    patch("desk by hand", "eakte: Set by routing", desk="a1-2"),
    *NEW_TERMS,
    *TERMS,
    LOCKED,
    Deed(
        "hand over",
        HAND_OVER,
        "hand_over",
        below="@workflow/hand_over",
        body={},
        anywhere=False,
    ),
)

OF_CASE_FILES = (
    step("close", "eakte: Close case file"),
    step("reopen", "eakte: Reopen case file", comment=REASON),
    patch("edit", WRITE, title="Zebrastreifen, neu {number}"),
    Deed(
        "add",
        "eakte: Add to case file",
        body={"@type": "case_document", "title": "V"},
        again=True,
    ),
    *NEW_TERMS,
    Deed(
        "share",
        SHARE,
        below="@shares",
        body={"person": "rita", "last_day": "2027-03-12"},
        again=True,
    ),
    Deed(
        "bar",
        BAR,
        method="PUT",
        below="@barred",
        body={"people": ["arno"], "reason": REASON},
    ),
    Deed(
        "protect",
        PROTECT,
        method="PUT",
        below="@protection",
        body={"protection": "vip", "circle": ["arno"], "reason": REASON},
    ),
    DELETE,
)


def who_ends_a_share(thing):
    """Whoever shared the case file, and the lead of its team; no deputy of theirs."""
    return {"protected": {"anna"}, "barred": {"arno", "tom"}}.get(
        thing.file, {"anna", "tom"}
    )


def who_gives_to_a2(thing):
    """Of those who change the case file, who works in that team or its registry.

    No deputy: the represented person could not give it there either.
    """
    return {"rolf", "tina"}


MORE_OF_CASE_FILES = (
    *TERMS,
    Deed("give to another desk", WRITE, method="PATCH", body={"desk": "a1-2"}),
    Deed(
        "give to another team",
        WRITE,
        method="PATCH",
        body={"team": "a2", "desk": None},
        only=who_gives_to_a2,
    ),
    Deed(
        "end share",
        "View",
        method="PATCH",
        below="@shares/{entry}",
        body={"active": False},
        before=a_share,
        again=True,
        only=who_ends_a_share,
    ),
)

LIFT = Deed(
    "lift protection",
    PROTECT,
    method="PUT",
    below="@protection",
    body={"protection": None, "circle": [], "reason": REASON},
)

UNBAR = Deed(
    "let in again",
    BAR,
    method="PUT",
    below="@barred",
    body={"people": [], "reason": REASON},
)

WORK = "eakte: Work on document"

OF_DOCUMENTS = (
    step("start_work", WORK),
    step("settle", WORK),
    step("close", WORK),
    step("resume", WORK),
    step("cancel", "eakte: Cancel document"),
    patch("edit", WRITE, author="Zebrafink junior {number}"),
    DELETE,
)

MORE_OF_DOCUMENTS = (*NEW_TERMS, *TERMS, LOCKED)

DEEDS = {
    "mail_item": (*OF_LETTERS, *MORE_OF_LETTERS, *SCANS),
    "case_file": (*OF_CASE_FILES, *MORE_OF_CASE_FILES, LIFT, UNBAR),
    "case_document": (*OF_DOCUMENTS, *MORE_OF_DOCUMENTS, *SCANS),
}
"""Every deed that is tried, by what it is done with."""
