"""Case files are opened to guests for a time; records managers see their metadata."""

from eakte.access.guestbook import GuestBook
from eakte.access.guests import IGuestBook
from eakte.access.moving import follow
from eakte.org.applying import ensure_groups
from eakte.org.interfaces import IOffice
from plone import api
from zope.component import getUtility
from zope.component import queryUtility
from zope.component.hooks import getSite


WORKFLOW = "case_file_workflow"


def upgrade(setup_tool):
    """Add the role and the rights; again changes nothing but the catalog's rights."""
    if queryUtility(IGuestBook) is None:
        getSite().getSiteManager().registerUtility(GuestBook(), IGuestBook)
    for step in ("rolemap", "workflow", "controlpanel", "plone.app.registry"):
        setup_tool.runImportStepFromProfile("eakte:default", step, False)
    ensure_groups(getUtility(IOffice).plan)
    workflow = api.portal.get_tool("portal_workflow")[WORKFLOW]
    catalog = api.portal.get_tool("portal_catalog")
    for brain in catalog.unrestrictedSearchResults(portal_type="case_file"):
        case_file = brain._unrestrictedGetObject()
        workflow.updateRoleMappingsFor(case_file)
        # What lies in a large one follows in the background.
        follow(case_file)
