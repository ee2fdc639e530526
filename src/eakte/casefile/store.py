from plone import api
from plone.dexterity.content import Container
from plone.supermodel import model
from zope.interface import implementer
from ZPublisher import zpublish


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

    # Zope answers these by their address, and knows nothing of who may see what.

    @zpublish(False)
    def has_key(self, id):
        """Tell code, and nobody at an address, whether there is such an object."""
        return super().has_key(id)

    hasObject = has_key

    @zpublish(False)
    def objectCount(self):
        """Tell code, and nobody at an address, how many there are."""
        return super().objectCount()

    @zpublish(False)
    def generateId(self, prefix="item", suffix="", rand_ceiling=999999999):
        """Make an id that is free, for code alone."""
        return super().generateId(prefix, suffix, rand_ceiling)

    def listDAVObjects(self):
        """Nothing: a listing over WebDAV asks for nobody's rights."""
        return []


@implementer(ICaseFileStore)
class CaseFileStore(Store):
    """The container of all case files."""


def case_file_store():
    """Return the container of all case files."""
    return api.portal.get()[STORE_ID]
