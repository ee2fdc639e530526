from eakte.mailitem.content import IMailItem
from eakte.org.interfaces import IOffice
from plone.indexer import indexer
from zope.component import getUtility


@indexer(IMailItem)
def department(mail_item):
    return getUtility(IOffice).department_of(mail_item.team)
