"""The steps of letters and documents as buttons: what they say and ask."""

from dataclasses import dataclass
from eakte import _
from eakte.document.states import TITLES as DOCUMENT_TITLES
from eakte.document.states import Transition as DocumentTransition
from eakte.errors import NotAllowed
from eakte.mailitem.accepting import accept
from eakte.mailitem.routing import route
from eakte.mailitem.states import TITLES
from eakte.mailitem.states import Transition
from eakte.mailitem.steps import NEEDS_REASON
from eakte.mailitem.steps import perform
from plone import api
from typing import Any
from zope.i18nmessageid import Message


@dataclass(frozen=True)
class Step:
    """A button, and the dialog that it opens when it has to ask something."""

    id: str
    """Id of the workflow's transition."""
    title: Any
    meaning: Any
    """What happens then; stands in the dialog and as the button's description."""
    done: Any
    """What is said afterwards, with ``${number}`` and ``${place}``."""
    asks: tuple = ()
    """Of ``target`` (a team, or one of its desks), ``desk`` and ``reason``."""
    main: bool = False
    """On the road; the others lead beside it."""
    needs_reason: bool = False

    @property
    def is_private(self):
        """Whether no team reads the note that is given."""
        return self.id == Transition.HAND_OVER

    def said(self, number, place=""):
        """Return what is said when the step was taken.

        :param place: title of the team or desk where the letter lies now.
        """
        return Message(self.done, mapping={"number": number, "place": place})


def _step(transition, meaning, done, asks=(), main=False):
    return Step(
        id=transition,
        title=TITLES[transition],
        meaning=meaning,
        done=done,
        asks=asks,
        main=main,
        needs_reason=transition in NEEDS_REASON,
    )


MAIL_STEPS = (
    _step(
        Transition.CHECK,
        _("The scan is complete as far as you can see; it is checked next."),
        _("${number} is handed to the quality check."),
        main=True,
    ),
    _step(
        Transition.RELEASE,
        _("Every page is there and can be read."),
        _("${number} is released."),
        asks=("target",),
        main=True,
    ),
    _step(
        Transition.ACCEPT,
        _("The letter comes to your desk."),
        _("${number} lies at your desk."),
        main=True,
    ),
    _step(
        Transition.HAND_OVER,
        _(
            "The person has the letter: it leaves your desk, and nobody but those of "
            "the desk sees it in future either."
        ),
        _("${number} is handed over."),
        asks=("reason",),
        main=True,
    ),
    _step(
        Transition.ROUTE,
        _("The letter goes to the team's box. The date of receipt stays."),
        _("${number} is routed to ${place}."),
        asks=("target", "reason"),
        main=True,
    ),
    _step(
        Transition.SETTLE,
        _("Nothing is left to do about the letter; it stays in its case file."),
        _("${number} is settled."),
        main=True,
    ),
    _step(
        Transition.UNBLOCK,
        _("The letter can be seen again and is checked once more."),
        _("${number} is unblocked."),
        asks=("reason",),
        main=True,
    ),
    _step(
        Transition.MARK_UNCLEAR,
        _(
            "It fits no case. The registry finds out where it belongs; for a letter "
            "without a team the head of the mailroom does."
        ),
        _("${number} is marked as unclear."),
        asks=("reason",),
    ),
    _step(
        Transition.MARK_FOREIGN,
        _("It is not for this house. The mailroom passes it on."),
        _("${number} is marked as misdirected."),
        asks=("reason",),
    ),
    _step(
        Transition.REQUEST_RESCAN,
        _("A page is missing or cannot be read. The mailroom scans it again."),
        _("${number} is to be rescanned."),
        asks=("reason",),
    ),
    _step(
        Transition.BLOCK,
        _("Opened by mistake or personal: only the head of the mailroom sees it then."),
        _("${number} is blocked."),
        asks=("reason",),
    ),
)
"""In the order of the buttons. Filing has its own place on the screen."""

RELEASED_AND_ROUTED = _step(
    Transition.ROUTE,
    _("Every page is there and can be read."),
    _("${number} is released and routed to ${place}."),
)
"""Both in one go; no button of its own."""


def _document_step(transition, meaning, done, main=False):
    return Step(transition, DOCUMENT_TITLES[transition], meaning, done, main=main)


DOCUMENT_STEPS = (
    _document_step(
        DocumentTransition.START_WORK,
        _("Somebody works on the document."),
        _("The document is in work."),
        main=True,
    ),
    _document_step(
        DocumentTransition.SETTLE,
        _("Nothing is left to do about the document."),
        _("The document is settled."),
        main=True,
    ),
    _document_step(
        DocumentTransition.RESUME,
        _("The document is worked on again."),
        _("The document is in work again."),
    ),
    _document_step(
        DocumentTransition.CLOSE,
        _("The document is final; nobody changes it any more."),
        _("The document is closed."),
    ),
    _document_step(
        DocumentTransition.CANCEL,
        _("Its pages are hidden from then on; nothing is deleted."),
        _("The document is cancelled."),
    ),
)


def possible(content):
    """Return the ids of the transitions that the user may take now."""
    tool = api.portal.get_tool("portal_workflow")
    return {each["id"] for each in tool.getTransitionsFor(content)}


def steps_of(mail_item):
    """Return the steps that the user may take with the letter now."""
    may = possible(mail_item)
    return tuple(step for step in MAIL_STEPS if step.id in may)


def document_steps_of(document):
    """Return the steps that the user may take with the document now."""
    may = possible(document)
    return tuple(step for step in DOCUMENT_STEPS if step.id in may)


def take(mail_item, step_id, form):
    """Take the step with what was typed; the verbs refuse what must not be.

    :param form: ``target`` is the id of a team, or of a team and one of its
        desks with a colon between them; ``desk``; ``reason``.
    :returns: the ``Step`` that was taken at last: who releases a letter may route
        it at once.
    :raises NotAllowed: there is no such button.
    """
    step = next((each for each in MAIL_STEPS if each.id == step_id), None)
    if step is None:
        raise NotAllowed(_("There is no such step."))
    team, _colon, desk = form.get("target", "").partition(":")
    reason = form.get("reason", "").strip()
    if step.id == Transition.ROUTE:
        route(mail_item, team, desk or None, reason)
    elif step.id == Transition.ACCEPT:
        accept(mail_item, form.get("desk") or None)
    else:
        perform(mail_item, step.id, reason)
        if step.id == Transition.RELEASE and team:
            route(mail_item, team, desk or None, reason)
            return RELEASED_AND_ROUTED
    return step
