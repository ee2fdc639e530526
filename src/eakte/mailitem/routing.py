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


WITH_A_TEAM = (State.ROUTED, State.ACCEPTED)
"""In these states a team has the letter."""


class RoutingWrong(EakteError):
    """The letter cannot go there; it stays where it is."""


def route(mail_item, team, desk=None, reason=""):
    """Send the letter to a team's box. The date of receipt stays.

    :param team: id of the team.
    :param desk: id of one of its desks, when it is known who will take it.
    :param reason: why; needed when another team had the letter already.
    :raises RoutingWrong: there is no such team, the desk is not the team's, or the
        letter lies there already.
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
    if event.old_state.id in WITH_A_TEAM and _lies_there(mail_item):
        raise RoutingWrong(
            _(
                "The team ${team} has the letter already. Choose another team or desk.",
                mapping={"team": office.team(mail_item.team).title},
            )
        )


def _lies_there(mail_item):
    """Whether team and desk are those of the letter's last step."""
    entries = IRoutingHistory(mail_item).entries()
    if not entries:
        return False
    there = entries[-1].to_team, entries[-1].to_desk or None
    return there == (mail_item.team, mail_item.desk or None)


def refuse_passing_on_without_reason(mail_item, event):
    """A team that gets another team's letter reads why."""
    if event.transition is None or event.transition.id != Transition.ROUTE:
        return
    passed_on = event.old_state.id in WITH_A_TEAM
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
