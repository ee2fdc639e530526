"""The same bytes came before: kept all the same, and flagged."""

from eakte.access.closures import lies_in_protected
from eakte.casefile.content import ICaseFile
from eakte.mailitem.content import IMailItem
from eakte.scans.facts import facts_of
from plone import api
from plone.uuid.interfaces import IUUID


def first_with(sha256, besides=None):
    """Return the UUID of the mail item that brought these bytes first, or None.

    Everything is searched, whether the user may see it or not: the flag tells that
    there is another one, not what it says. Only of what lies in a protected case file
    nobody else is told even that.

    :param besides: UUID of a mail item that does not count.
    """
    brains = api.portal.get_tool("portal_catalog").unrestrictedSearchResults(
        portal_type="mail_item", sha256=sha256
    )
    others = [
        brain
        for brain in brains
        if besides != brain.UID and not lies_in_protected(brain)
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
    """A case file was protected, or is no longer: other letters' flags follow."""
    if "protection" in event.changes:
        catalog = api.portal.get_tool("portal_catalog")
        path = "/".join(event.case_file.getPhysicalPath())
        inside = catalog.unrestrictedSearchResults(portal_type="mail_item", path=path)
        of_row = catalog.Indexes["sha256"].getEntryForObject
        hashes = {of_row(brain.getRID()) for brain in inside} - {None}
        _flag_others(hashes)


def flag_when_hidden(mail_item, event):
    """A letter came into a protected case file: other letters' flags follow."""
    around = event.newParent
    facts = facts_of(mail_item)
    if ICaseFile.providedBy(around) and around.protection and facts is not None:
        _flag_others({facts.sha256})


def _flag_others(hashes):
    catalog = api.portal.get_tool("portal_catalog")
    for brain in catalog.unrestrictedSearchResults(
        portal_type="mail_item", sha256=sorted(hashes)
    ):
        if not lies_in_protected(brain):
            flag_duplicate(brain._unrestrictedGetObject())


def visible(uid):
    """Return the catalog's brain of a mail item, when the user may see it, or None."""
    if uid is None:
        return None
    return next(iter(api.portal.get_tool("portal_catalog")(UID=uid)), None)
