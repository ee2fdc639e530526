from plone import api
from plone.dexterity.content import Container
from plone.supermodel import model
from zope.interface import implementer


STORE_ID = "akten"


class ICaseFileStore(model.Schema):
    """The container of all case files."""


class Store(Container):
    """Holds tens of thousands of objects and knows nothing of each.

    Unordered, so that no object lists all ids; adding to it does not touch
    the store itself, so that two people never meet over it.
    """

    _ordering = "unordered"

    def notifyModified(self):
        """Leave the store as it is: its date would be written with every letter."""

    def setModificationDate(self, modification_date=None):
        """Leave the store as it is, see ``notifyModified``."""


@implementer(ICaseFileStore)
class CaseFileStore(Store):
    """The container of all case files."""


def case_file_store():
    """Return the container of all case files."""
    return api.portal.get()[STORE_ID]
