"""A letter leaves the road: it is unclear, not ours, badly scanned or secret."""

from eakte import _
from eakte.errors import EakteError
from eakte.mailitem.states import State
from eakte.mailitem.states import Transition
from eakte.mailitem.steps import perform


STEPS = {
    State.UNCLEAR: Transition.MARK_UNCLEAR,
    State.FOREIGN: Transition.MARK_FOREIGN,
    State.RESCAN: Transition.REQUEST_RESCAN,
    State.BLOCKED: Transition.BLOCK,
}
"""Where a letter can be set aside to, and the step that brings it there."""


class NoSuchSide(EakteError):
    """A letter cannot be set aside to there; it stays where it is."""


def set_aside(mail_item, to, reason):
    """Set the letter aside.

    :param to: one of the states of ``STEPS``.
    :param reason: why; kept with the letter.
    :raises NoSuchSide: ``to`` is another state.
    :raises WrongState: the letter cannot be set aside from where it is.
    :raises NotAllowed: the user lacks the right.
    :raises ReasonMissing: there is no reason.
    """
    if to not in STEPS:
        raise NoSuchSide(
            _(
                "A letter can be set aside as ${states}.",
                mapping={"states": ", ".join(STEPS)},
            )
        )
    perform(mail_item, STEPS[State(to)], reason)
