"""The daily mail can be turned off; settings have pages; nobody undoes transactions."""

from zope.annotation.interfaces import IAnnotations
from zope.component.hooks import getSite


OLD = "eakte.deadlines.digests"
"""Where it was noted who got the mail of which day; the mails are kept elsewhere now."""


def upgrade(setup_tool):
    """Add the setting and the pages, take the right; again changes nothing."""
    IAnnotations(getSite()).pop(OLD, None)
    for step in ("rolemap", "controlpanel", "plone.app.registry"):
        setup_tool.runImportStepFromProfile("eakte:default", step, False)
