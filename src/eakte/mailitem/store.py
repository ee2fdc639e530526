from eakte.casefile.store import Store
from plone import api
from plone.supermodel import model
from zope.interface import implementer


STORE_ID = "posteingang"


class IMailStore(model.Schema):
    """The container of the mail items that are not filed yet."""


@implementer(IMailStore)
class MailStore(Store):
    """The container of the mail items that are not filed yet."""


def mail_store():
    """Return the container of all mail items that are not filed yet."""
    return api.portal.get()[STORE_ID]
