"""The catalog stores who may view an object; these follow what changes it."""

from eakte.access.closures import note_closing
from eakte.access.guests import IGuestBook
from eakte.access.moving import follow
from eakte.casefile.content import ICaseFile
from eakte.mailitem.content import IMailItem
from eakte.org.interfaces import IOffice
from plone import api
from plone.uuid.interfaces import IUUID
from zope.component import getUtility
from zope.component import queryUtility


DECIDING = {ICaseFile: {"team", "desk"}, IMailItem: {"team", "desk", "mail_class"}}
"""Fields that decide about roles."""


def reindex_security(content, event):
    """Reindex who may view the content, when a deciding field may have changed.

    What lies in a large case file follows in the background, see ``moving``. An
    event without descriptions, from a script's bare ``notify``, counts as a change.
    """
    # Forms name the field "team", plone.restapi "ICaseFile.team".
    names = {n.rpartition(".")[2] for d in event.descriptions for n in d.attributes}
    for schema, deciding in DECIDING.items():
        if schema.providedBy(content) and (not names or names & deciding):
            _reindex(content)


def follow_moved_teams(event):
    """A team that changed its department takes its mail and case files along.

    What lies in the case files follows in the background: they are many.
    """
    if not event.moved_teams:
        return
    catalog = api.portal.get_tool("portal_catalog")
    brains = catalog.unrestrictedSearchResults(team=list(event.moved_teams))
    case_files = {b.getPath() for b in brains if b.portal_type == "case_file"}
    for brain in brains:
        if brain.getPath().rpartition("/")[0] in case_files:
            continue
        content = brain._unrestrictedGetObject()
        content.reindexObject(idxs=["department"])
        _reindex(content, at_once=0)


def _reindex(content, at_once=None):
    if ICaseFile.providedBy(content):
        # The groups without those who are barred are made of the place's groups.
        note_closing(content)
        follow(content, at_once)
        _move_readings(content)
    else:
        content.reindexObjectSecurity()


def _move_readings(case_file):
    """Who read it elsewhere is told where it belongs now."""
    book = queryUtility(IGuestBook)
    if book is not None:
        department = getUtility(IOffice).department_of(case_file.team)
        book.move(IUUID(case_file), department)
