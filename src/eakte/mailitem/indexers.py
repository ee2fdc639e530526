from eakte.mailitem.content import IMailItem
from eakte.mailitem.interfaces import IRoutingHistory
from eakte.mailitem.states import Transition
from eakte.org.interfaces import IOffice
from plone.indexer import indexer
from zope.component import getUtility


@indexer(IMailItem)
def department(mail_item):
    return getUtility(IOffice).department_of(mail_item.team)


@indexer(IMailItem)
def filed(mail_item):
    """When the letter came to its case file; None before."""
    for entry in reversed(IRoutingHistory(mail_item).entries()):
        if entry.step == Transition.FILE:
            return entry.when
    return None
