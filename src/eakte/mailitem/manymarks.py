"""Whether a letter is still what somebody looked at."""

from Acquisition import aq_inner
from Acquisition import aq_parent
from eakte.casefile.content import ICaseFile
from eakte.mailitem.content import IMailItem
from eakte.mailitem.interfaces import IRoutingHistory
from eakte.mailitem.manyinterfaces import Place
from hashlib import sha256
from plone import api
from zope.schema import getFieldNamesInOrder


def mark_of(mail_item):
    """Return a word that changes with whatever people do to the letter.

    With its fields, its state and its way. Not with its scan: a page more that was
    recognised meanwhile is no reason to look anew.
    """
    fields = (
        getattr(mail_item, name, None) for name in getFieldNamesInOrder(IMailItem)
    )
    said = (
        api.content.get_state(mail_item),
        "/".join(mail_item.getPhysicalPath()),
        len(IRoutingHistory(mail_item).entries()),
        *map(str, fields),
    )
    return sha256("\n".join(map(repr, said)).encode()).hexdigest()[:32]


def place_of(mail_item):
    """Return the ``Place`` where the letter lies."""
    parent = aq_parent(aq_inner(mail_item))
    return Place(
        state=api.content.get_state(mail_item),
        team=mail_item.team or "",
        desk=mail_item.desk or "",
        case_file=parent.reference if ICaseFile.providedBy(parent) else "",
    )
