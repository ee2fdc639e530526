"""Zope's own pages list and export nothing of the office."""

from eakte.setuphandlers import create_stores
from plone import api


def upgrade(setup_tool):
    """Take the permissions away; again changes nothing."""
    setup_tool.runImportStepFromProfile("eakte:default", "rolemap", False)
    create_stores(api.portal.get())
