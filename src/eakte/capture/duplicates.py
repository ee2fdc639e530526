"""The same bytes came before: kept all the same, and flagged."""

from eakte.access.closures import lies_in_closed
from eakte.casefile.content import ICaseFile
from eakte.mailitem.content import IMailItem
from eakte.scans.facts import facts_of
from plone import api
from plone.uuid.interfaces import IUUID


def first_with(sha256, besides=None):
    """Return the UUID of the mail item that brought these bytes first, or None.

    Everything is searched, whether the user may see it or not: the flag tells that
    there is another one, not what it says. Only of what lies in a case file that is
    protected, or from which somebody is barred, no other letter tells even that: a flag
    is the same for everybody who reads it.

    :param besides: UUID of a mail item that does not count.
    """
    brains = api.portal.get_tool("portal_catalog").unrestrictedSearchResults(
        portal_type="mail_item", sha256=sha256
    )
    others = [
        brain for brain in brains if besides != brain.UID and not lies_in_closed(brain)
    ]
    # Numbers are given in the order of arrival, within a year and from year to year.
    return min(others, key=lambda brain: brain.number).UID if others else None


def flag_duplicate(mail_item, event=None):
    """Note on the facts of a letter's scan that the same bytes came before."""
    facts = facts_of(mail_item)
    if facts is None or not IMailItem.providedBy(mail_item):
        return
    first = first_with(facts.sha256, besides=IUUID(mail_item))
    if first != facts.duplicate_of:
        facts.duplicate_of = first
        mail_item.reindexObject(idxs=["duplicate_of"])


def flag_anew(event):
    """A case file was closed to somebody, or is no longer: other letters' flags follow."""
    if {"protection", "barred"} & set(event.changes):
        catalog = api.portal.get_tool("portal_catalog")
        path = "/".join(event.case_file.getPhysicalPath())
        inside = catalog.unrestrictedSearchResults(portal_type="mail_item", path=path)
        of_row = catalog.Indexes["sha256"].getEntryForObject
        hashes = {of_row(brain.getRID()) for brain in inside} - {None}
        _flag_others(hashes)


def flag_when_hidden(mail_item, event):
    """A letter came into a case file that is closed: other letters' flags follow."""
    around, facts = event.newParent, facts_of(mail_item)
    if facts is None or not ICaseFile.providedBy(around):
        return
    if around.protection or around.barred:
        _flag_others({facts.sha256})


def _flag_others(hashes):
    catalog = api.portal.get_tool("portal_catalog")
    for brain in catalog.unrestrictedSearchResults(
        portal_type="mail_item", sha256=sorted(hashes)
    ):
        if not lies_in_closed(brain):
            flag_duplicate(brain._unrestrictedGetObject())


def visible(uid):
    """Return the catalog's brain of a mail item, when the user may see it, or None."""
    if uid is None:
        return None
    return next(iter(api.portal.get_tool("portal_catalog")(UID=uid)), None)
