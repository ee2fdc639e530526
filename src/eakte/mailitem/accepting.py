"""A case worker takes a letter from the team's box to a desk."""

from eakte import _
from eakte.errors import EakteError
from eakte.mailitem.states import Transition
from eakte.mailitem.steps import perform
from eakte.mailitem.steps import put
from eakte.mailitem.steps import refuse_if_impossible
from eakte.org.interfaces import IOffice
from eakte.org.membership import desks_of
from zope.component import getUtility


class DeskWrong(EakteError):
    """The letter cannot be taken to that desk; it stays in the team's box."""


def accept(mail_item, desk=None):
    """Take the letter to a desk of its team.

    :param desk: id of the desk; without one the desk the letter is meant for,
        when the user sits there, else the user's first desk in the team.
    :raises DeskWrong: the desk is not the team's, or the user has none there.
    """
    refuse_if_impossible(mail_item, Transition.ACCEPT)
    own = [each.id for each in desks_of(team=mail_item.team)]
    if desk is None and own:
        desk = mail_item.desk if mail_item.desk in own else own[0]
    with put(mail_item, team=mail_item.team, desk=desk or None):
        perform(mail_item, Transition.ACCEPT)


def refuse_wrong_desk(mail_item, event):
    """Work belongs to a desk of the team, whichever door asked for the step."""
    if event.transition is None or event.transition.id != Transition.ACCEPT:
        return
    desks = getUtility(IOffice).desks(mail_item.team)
    if mail_item.desk not in {desk.id for desk in desks}:
        raise DeskWrong(_("Name a desk of the team that takes the letter."))
