"""The mailroom lets a letter go to the teams."""

from eakte.errors import EakteError
from eakte.mailitem.interfaces import IReleaseRule
from eakte.mailitem.states import Transition
from zope.component import subscribers


class CannotBeReleased(EakteError):
    """The letter is not fit for the teams yet; nothing was changed."""

    status = 409


def reasons_against_releasing(mail_item):
    """Return every reason at once."""
    rules = subscribers((mail_item,), IReleaseRule)
    return [reason for rule in rules for reason in rule.reasons()]


def refuse_if_unfit(mail_item, event):
    """Stop the release, whoever started it: form, REST service or script."""
    if event.transition is None or event.transition.id != Transition.RELEASE:
        return
    if reasons := reasons_against_releasing(mail_item):
        raise CannotBeReleased(reasons)
