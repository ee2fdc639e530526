"""A step with a letter is undone: it lies again where it lay, and its way tells both.

This is a step as well, with the events of one, so that rights, history and journal
follow. It has as many ends as a letter has states, so it is no line of the workflow's
definition, which gives a step one end; and no menu offers it: who took the step undoes
it, on the same day, as long as nothing else happened to the letter.
"""

from eakte import _
from eakte.errors import EakteError
from eakte.errors import NotAllowed
from eakte.errors import WrongState
from eakte.mailitem.interfaces import IRoutingHistory
from eakte.mailitem.manyinterfaces import Place
from eakte.mailitem.manymarks import mark_of
from eakte.mailitem.steps import put
from plone import api
from Products.DCWorkflow.Transitions import TransitionDefinition
from zope.annotation.interfaces import IAnnotations
from zope.globalrequest import getRequest


STEP = "take_back"
"""The step's name in histories and journal."""

WORKFLOW = "mail_item_workflow"


class CannotUndo(EakteError):
    """There is no way back from this step, or not any more."""

    status = 409


def take_back(mail_item, before, mark):
    """Undo the user's last step with the letter.

    :param before: the ``Place`` where it lay before that step.
    :param mark: what the letter was like after the step.
    :raises WrongState: something else happened to the letter since.
    :raises NotAllowed: it was another person's step, or the user would not see the
        letter where it lay.
    """
    refuse_if_touched(mail_item, mark)
    last = IRoutingHistory(mail_item).entries()[-1]
    user = api.user.get_current()
    if not last.who or last.who != user.getId():
        raise NotAllowed(_("You can only undo what you did yourself."))
    with put(mail_item, team=before.team or None, desk=before.desk or None):
        _step(mail_item, before.state)
        _forget_roles()
        # Whoever has left a place since brings nothing back there.
        if not api.user.has_permission("View", obj=mail_item):
            raise NotAllowed(_("You do not have the right for this step."))


def refuse_if_touched(mail_item, mark):
    """Raise unless the letter is as it was.

    :raises WrongState: something happened to it.
    """
    if mark_of(mail_item) != mark:
        raise WrongState(_("Something else has happened to the letter since."))


def _step(mail_item, state):
    tool = api.portal.get_tool("portal_workflow")
    workflow = tool[WORKFLOW]
    step = TransitionDefinition(STEP)
    step.new_state_id = str(state)
    step = step.__of__(workflow.transitions)
    # The tool's own doing with a step, but for the guard: of it there is none here.
    tool._invokeWithNotification(
        [workflow], mail_item, STEP, workflow._changeStateOf, (mail_item, step, {}), {}
    )


def _forget_roles():
    """Let roles be computed anew: the request remembers them by the letter's address."""
    remembered = IAnnotations(getRequest(), {})
    for key in [key for key in remembered if str(key).startswith("borg.localrole")]:
        del remembered[key]


def as_trace(place):
    """Return the place as JSON can say it."""
    return {"state": place.state, "team": place.team, "desk": place.desk}


def from_trace(trace):
    """Return the ``Place`` that was kept."""
    return Place(**trace)
