"""The same deeds through the browser's forms: what is sent, and by whom it may be.

Each form is sent with the person's own token, so that what is refused is refused by
right and not because nobody knows where the form came from.
"""

from .cells import ACT
from .cells import BAR
from .cells import HAND_OVER
from .cells import JOURNAL
from .cells import LOOK_AFTER
from .cells import PROTECT
from .cells import SHARE
from .cells import WRITE
from .deeds import Deed
from .deeds import filled
from .deeds import REASON
from .restdeeds import a_deadline
from .restdeeds import a_resubmission
from .restdeeds import A_SCAN
from .restdeeds import a_share
from .restdeeds import BLOCK
from .restdeeds import CHECK
from .restdeeds import FILE
from .restdeeds import SET_ASIDE
from .restdeeds import who_ends_a_share
from .restdeeds import WORK
from AccessControl.users import SimpleUser
from dataclasses import dataclass
from eakte.scans.facts import facts_of
from plone import api
from plone.protect.authenticator import createToken


@dataclass(frozen=True)
class FormDeed(Deed):
    """A form that is sent; ``name`` is what its button does."""

    passes: tuple = (303,)
    refuses: tuple = (302, 401, 403, 404, 409)
    screen: str = ""
    """The page that the form is sent to."""
    anywhere: bool = False
    shows: str = "deadlines?ajax_load=1"
    files: tuple = ()
    """Name, content and media type of a file that goes with it."""

    def asked(self, client, thing, known):
        said = {"do": self.name} | filled(self.body or {}, known)
        files = {self.files[0]: ("v.pdf", *self.files[1:])} if self.files else None
        return sent(client, f"{thing.url}/@@{self.screen}", said, files)


def sent(client, address, said, files=None):
    """Send a form with the person's own token and return the answer.

    It comes without what Plone draws around a page; a program that takes anything is
    refused in a few words.
    """
    said = {"_authenticator": token_of(client), "ajax_load": "1"} | said
    return client.post(address, data=said, files=files, headers={"Accept": "*/*"})


def token_of(client):
    """Return what stands in the forms of the client's person."""
    if not hasattr(client, "token"):
        name = client.auth[0] if client.auth else "Anonymous User"
        with api.env.adopt_user(user=SimpleUser(name, "", (), ())):
            client.token = createToken()
    return client.token


def form(screen, name, permission, step="", *, again=False, **said):
    """Return the deed of one button."""
    return FormDeed(name, permission, step, screen=screen, body=said, again=again)


def of_item(name, permission, **said):
    """Return the deed of a button that takes the step of its name."""
    return form("item", name, permission, name, **said)


def step_in_menu(name, permission):
    """Return the step as Plone's own menu takes it."""
    return FormDeed(
        f"{name} in the menu",
        permission,
        name,
        screen="content_status_modify",
        body={"workflow_action": name, "comment": REASON},
        # It leads to a page either way; only what was written tells.
        passes=(302,),
    )


DELETE = FormDeed(
    "delete",
    "Delete objects",
    screen="delete_confirmation",
    body={"form.buttons.Delete": "Delete"},
    # Whoever may not is shown the page again.
    refuses=(200, 302, 401, 403, 404, 409),
)

LOCKED = FormDeed(
    "unlock",
    LOOK_AFTER,
    screen="item",
    body={"password": "Sesam"},
    again=True,
    # Who may is told that there is no scan here, see ``restdeeds.LOCKED``.
    passes=(409,),
    refuses=(302, 401, 403, 404),
    writes=False,
)

RETRY = form("item", "retry", LOOK_AFTER, again=True)

LETTER_FORMS = (
    form("item", "describe", WRITE, again=True, sender="Zebrastreifen {number}"),
    form("item", "file", FILE, "file", case_file="{case_file}"),
    form(
        "item",
        "open-and-file",
        FILE,
        "file",
        unit="10.1",
        title="Zebrastreifen",
        team="a1",
    ),
    of_item("check", CHECK),
    of_item("release", CHECK),
    of_item("accept", "eakte: Accept mail", desk="a1-1"),
    of_item("route", "eakte: Route mail", target="a2", reason=REASON),
    of_item("settle", "eakte: Settle mail"),
    of_item("hand_over", HAND_OVER),
    of_item("mark_unclear", SET_ASIDE, reason=REASON),
    of_item("mark_foreign", SET_ASIDE, reason=REASON),
    of_item("request_rescan", SET_ASIDE, reason=REASON),
    of_item("block", BLOCK, reason=REASON),
    of_item("unblock", BLOCK, reason=REASON),
    step_in_menu("check", CHECK),
    step_in_menu("settle", "eakte: Settle mail"),
    LOCKED,
    DELETE,
)

DOCUMENT_FORMS = (
    form("item", "describe", WRITE, again=True, author="Zebrafink {number}"),
    of_item("start_work", WORK),
    of_item("settle", WORK),
    of_item("close", WORK),
    of_item("resume", WORK),
    of_item("cancel", "eakte: Cancel document"),
    step_in_menu("close", WORK),
    LOCKED,
    DELETE,
)


def of_term(name, before, **said):
    """Return the deed of a button beside a resubmission or deadline."""
    return FormDeed(
        name,
        ACT,
        screen="deadlines",
        body={"term": "{term}", **said},
        before=before,
        again=True,
    )


TERM_FORMS = (
    form("deadlines", "resubmit", ACT, again=True, day="{day}", reason="Rückfrage"),
    of_term("postpone", a_resubmission, day="{day}", why=REASON),
    of_term("finish", a_resubmission),
    form(
        "deadlines",
        "enter-deadline",
        ACT,
        again=True,
        kind="Klage",
        event="Klage erhoben",
        start="2027-03-10",
    ),
    of_term("confirm", a_deadline),
    of_term("change-deadline", a_deadline, end="{day}", why=REASON),
    of_term("close-deadline", a_deadline, why=REASON),
)


def with_a_page(content):
    """Let the scan have a page, as if it had been looked into."""
    facts_of(content).page_count = 1
    return {}


PRINTED = FormDeed(
    "print the screen", "View", screen="printed-screen", again=True, passes=(204,)
)

TAKE_OUT = FormDeed("export", JOURNAL, screen="journal", again=True, passes=(200,))

TAKING_FORMS = (
    PRINTED,
    TAKE_OUT,
    RETRY,
    FormDeed(
        "print pages",
        "eakte: Read scan",
        screen="printed-pages",
        body={"first": "1", "last": "1"},
        before=with_a_page,
        again=True,
        passes=(200,),
    ),
    FormDeed(
        "archive copy",
        "eakte: Read scan",
        screen="archive-copy",
        again=True,
        passes=(200,),
        # Asked for again, it is on its way already.
        writes=False,
    ),
)
"""What takes pages out of the house, and what reads them anew: these need a scan."""


def of_case_file(name, permission, **said):
    """Return the deed of a button that closes or reopens a case file."""
    return FormDeed(
        name,
        permission,
        name,
        screen="case-file",
        body=said,
        anywhere=True,
        refuses=(302, 401, 403, 404, 409),
    )


CASE_FILE_FORMS = (
    FormDeed(
        "add-document",
        "eakte: Add to case file",
        screen="case-file",
        body={"title": "Zebrastreifen"},
        files=("scan", A_SCAN, "application/pdf"),
        again=True,
    ),
    of_case_file("close", "eakte: Close case file"),
    of_case_file("reopen", "eakte: Reopen case file", reason=REASON),
    form("change-case-file", "save", WRITE, again=True, title="Zebra {number}"),
    form("share", "share", SHARE, again=True, person="rita", until="2027-03-12"),
    FormDeed(
        "end",
        "View",
        screen="share",
        body={"entry": "{entry}"},
        before=a_share,
        again=True,
        only=who_ends_a_share,
    ),
    form("protection", "bar", BAR, barred="arno", reason=REASON),
    form(
        "protection", "protect", PROTECT, protection="vip", circle="arno", reason=REASON
    ),
    step_in_menu("close", "eakte: Close case file"),
    step_in_menu("reopen", "eakte: Reopen case file"),
    PRINTED,
    TAKE_OUT,
    DELETE,
)

LIFT = form("protection", "lift", PROTECT, reason=REASON)

FORMS = {
    "mail_item": (*LETTER_FORMS, *TERM_FORMS, *TAKING_FORMS),
    "case_file": (*CASE_FILE_FORMS, *TERM_FORMS, LIFT),
    "case_document": (*DOCUMENT_FORMS, *TERM_FORMS, *TAKING_FORMS),
}
"""Every form that is tried, by what it is about."""
