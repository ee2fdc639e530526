"""The catalog stores who may view an object; these follow what changes it."""

from eakte.casefile.content import ICaseFile
from eakte.mailitem.content import IMailItem
from plone import api


DECIDING = {ICaseFile: {"team", "desk"}, IMailItem: {"team", "desk", "mail_class"}}
"""Fields that decide about roles."""


def reindex_security(content, event):
    """Reindex who may view the content, when a deciding field may have changed.

    Walks everything in a case file. An event without descriptions, from a
    script's bare ``notify``, counts as a change.
    """
    # Forms name the field "team", plone.restapi "ICaseFile.team".
    names = {n.rpartition(".")[2] for d in event.descriptions for n in d.attributes}
    for schema, deciding in DECIDING.items():
        if schema.providedBy(content) and (not names or names & deciding):
            content.reindexObjectSecurity()


def follow_moved_teams(event):
    """A team that changed its department takes its mail and case files along."""
    if not event.moved_teams:
        return
    catalog = api.portal.get_tool("portal_catalog")
    for brain in catalog.unrestrictedSearchResults(team=list(event.moved_teams)):
        content = brain._unrestrictedGetObject()
        content.reindexObject(idxs=["department"])
        content.reindexObjectSecurity()
