"""A letter goes to a team's box, or from one team's box to another's."""

from eakte import _
from eakte.errors import EakteError
from eakte.mailitem.interfaces import IRoutingHistory
from eakte.mailitem.states import State
from eakte.mailitem.states import Transition
from eakte.mailitem.steps import perform
from eakte.mailitem.steps import put
from eakte.mailitem.steps import reason_of
from eakte.mailitem.steps import ReasonMissing
from eakte.mailitem.steps import refuse_if_impossible
from eakte.org.interfaces import IOffice
from zope.component import getUtility


class RoutingWrong(EakteError):
    """The letter cannot go there; it stays where it is."""


def route(mail_item, team, desk=None, reason=""):
    """Send the letter to a team's box. The date of receipt stays.

    :param team: id of the team.
    :param desk: id of one of its desks, when it is known who will take it.
    :param reason: why; needed when another team had the letter already.
    :raises RoutingWrong: there is no such team, or the desk is not the team's.
    :raises ReasonMissing: the letter is taken from another team without one.
    """
    # Asked before the letter lies there: its team decides who has the right.
    refuse_if_impossible(mail_item, Transition.ROUTE)
    with put(mail_item, team=team, desk=desk or None):
        perform(mail_item, Transition.ROUTE, reason)


def refuse_wrong_target(mail_item, event):
    """A letter is routed to a team that is there, whichever door asked for it."""
    if event.transition is None or event.transition.id != Transition.ROUTE:
        return
    if not mail_item.team:
        raise RoutingWrong(_("Name the team that the letter is for."))
    office = getUtility(IOffice)
    if office.team(mail_item.team) is None:
        raise RoutingWrong(_("There is no such team. Choose one from the list."))
    if mail_item.desk:
        desk = office.desk(mail_item.desk)
        if desk is None or desk.team != mail_item.team:
            raise RoutingWrong(
                _("The desk does not belong to the team. Choose another.")
            )


def refuse_passing_on_without_reason(mail_item, event):
    """A team that gets another team's letter reads why."""
    if event.transition is None or event.transition.id != Transition.ROUTE:
        return
    passed_on = event.old_state.id in (State.ROUTED, State.ACCEPTED)
    if (passed_on or had_another_team(mail_item)) and not reason_of(event):
        raise ReasonMissing(
            _("Say why the letter is passed on; the next team reads the reason.")
        )


def had_another_team(mail_item):
    """Whether a team other than the letter's present one had it in its box before.

    Also when it was set aside or scanned again since then.
    """
    return any(
        entry.step == Transition.ROUTE and entry.to_team != mail_item.team
        for entry in IRoutingHistory(mail_item).entries()
    )
