"""A letter goes to a team's box, or from one team's box to another's."""

from eakte import _
from eakte.errors import EakteError
from eakte.mailitem.states import State
from eakte.mailitem.states import Transition
from eakte.mailitem.steps import perform
from eakte.mailitem.steps import ReasonMissing
from eakte.mailitem.steps import refuse_if_impossible
from eakte.org.interfaces import IOffice
from plone import api
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
    refuse_if_impossible(mail_item, Transition.ROUTE)
    office = getUtility(IOffice)
    if office.team(team) is None:
        raise RoutingWrong(_("There is no such team. Choose one from the list."))
    if desk and (office.desk(desk) is None or office.desk(desk).team != team):
        raise RoutingWrong(_("The desk does not belong to the team. Choose another."))
    passed_on = api.content.get_state(mail_item) in (State.ROUTED, State.ACCEPTED)
    if passed_on and not reason.strip():
        raise ReasonMissing(
            _("Say why the letter is passed on; the next team reads the reason.")
        )
    mail_item.team = team
    mail_item.desk = desk or None
    perform(mail_item, Transition.ROUTE, reason)


def refuse_without_team(mail_item, event):
    """A letter is routed to somebody, whichever door asked for it."""
    if event.transition is None or event.transition.id != Transition.ROUTE:
        return
    if not mail_item.team:
        raise RoutingWrong(_("Name the team that the letter is for."))
