"""Deputies are computed members of groups; personal letters go to those who sit there."""

from eakte.org.applying import ensure_groups
from eakte.org.deputyships import Deputyships
from eakte.org.interfaces import IDeputyships
from eakte.org.interfaces import IOffice
from eakte.org.memberships import install_plugin
from plone import api
from zope.component import getUtility
from zope.component import queryUtility
from zope.component.hooks import getSite


def upgrade(setup_tool):
    """Add what is missing; again changes nothing but the catalog's rights."""
    if queryUtility(IDeputyships) is None:
        getSite().getSiteManager().registerUtility(Deputyships(), IDeputyships)
    install_plugin()
    ensure_groups(getUtility(IOffice).plan)
    _reindex_rights()
    for step in ("actions", "controlpanel", "plone.app.registry"):
        setup_tool.runImportStepFromProfile("eakte:default", step, False)


def _reindex_rights():
    """The desks' groups are granted now, and other groups on personal letters."""
    catalog = api.portal.get_tool("portal_catalog")
    for brain in catalog.unrestrictedSearchResults(
        portal_type=["mail_item", "case_file"]
    ):
        brain._unrestrictedGetObject().reindexObjectSecurity()
