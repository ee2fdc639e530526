"""A site as small as the jobs allow: no Plone, a real database."""

from OFS.Application import Application
from OFS.Folder import Folder
from persistent.mapping import PersistentMapping
from Products.CMFCore.interfaces import ISiteRoot
from zope.annotation.attribute import AttributeAnnotations
from zope.annotation.interfaces import IAnnotations
from zope.annotation.interfaces import IAttributeAnnotatable
from zope.component import getGlobalSiteManager
from zope.component import provideAdapter
from zope.component.interfaces import ISite
from zope.interface import implementer

import transaction


@implementer(ISiteRoot, ISite, IAttributeAnnotatable)
class Site(Folder):
    """A folder that passes for a site; ``written`` is what the handlers left."""

    id = "site"

    def __init__(self):
        self.written = PersistentMapping()

    def getSiteManager(self):
        return getGlobalSiteManager()


def prepare_components():
    """Register what the outbox needs of the component architecture."""
    provideAdapter(AttributeAnnotations, (IAttributeAnnotatable,), IAnnotations)


def put_up_site(db):
    """Store an application with one site in the database."""
    connection = db.open()
    app = connection.root()["Application"] = Application()
    app._setObject("site", Site(), set_owner=False)
    transaction.commit()
    connection.close()
