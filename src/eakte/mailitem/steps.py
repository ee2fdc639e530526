"""One step of a mail item on its road: asked for, allowed, done, noted."""

from contextlib import contextmanager
from eakte import _
from eakte.errors import EakteError
from eakte.errors import NotAllowed
from eakte.errors import WrongState
from eakte.mailitem.interfaces import IRoutingHistory
from eakte.mailitem.states import Transition
from plone import api


NEEDS_REASON = frozenset(
    {
        Transition.MARK_UNCLEAR,
        Transition.MARK_FOREIGN,
        Transition.REQUEST_RESCAN,
        Transition.BLOCK,
        Transition.UNBLOCK,
    }
)


class ReasonMissing(EakteError):
    """The step is only done with a reason; nothing was changed."""


def refuse_if_impossible(mail_item, transition):
    """Raise unless the user may take the step now.

    :raises WrongState: the step does not start in the mail item's state.
    :raises NotAllowed: it does, but not for this user.
    """
    tool = api.portal.get_tool("portal_workflow")
    if transition in {each["id"] for each in tool.getTransitionsFor(mail_item)}:
        return
    workflow = tool["mail_item_workflow"]
    if transition in workflow.states[api.content.get_state(mail_item)].transitions:
        raise NotAllowed(_("You do not have the right for this step."))
    raise WrongState(
        _("The letter is no longer where it was. Load the page again to see its state.")
    )


def perform(mail_item, transition, reason=""):
    """Take the step.

    :param reason: why; some steps are refused without one.
    :raises WrongState: the step does not start in the mail item's state.
    :raises NotAllowed: the user lacks the right.
    :raises ReasonMissing: the step needs a reason.
    """
    refuse_if_impossible(mail_item, transition)
    api.content.transition(mail_item, transition=transition, comment=reason)


@contextmanager
def put(mail_item, *, team, desk):
    """Put the letter there for the step in hand; back again, if it is refused."""
    before = mail_item.team, mail_item.desk
    mail_item.team, mail_item.desk = team, desk
    try:
        yield
    except EakteError:
        mail_item.team, mail_item.desk = before
        raise


def reason_of(event):
    """Return why the step is taken, as it was typed; empty without a reason."""
    return ((event.kwargs or {}).get("comment") or "").strip()


def refuse_without_reason(mail_item, event):
    """Stop a step beside the road that nobody could explain later."""
    if event.transition is None or event.transition.id not in NEEDS_REASON:
        return
    if not reason_of(event):
        raise ReasonMissing(
            _("Give a reason in a few words; it is kept with the letter.")
        )


def note_step(mail_item, event):
    """Keep the step in the routing history."""
    step = "capture" if event.transition is None else event.transition.id
    IRoutingHistory(mail_item).append(step, (event.kwargs or {}).get("comment") or "")
    # The workflow tool reindexes the state and the rights only.
    mail_item.reindexObject(idxs=["team", "desk", "department", "filed"])
