"""The same bytes came before: kept all the same, and flagged."""

from eakte.access.closures import lies_in_closed
from eakte.casefile.content import ICaseFile
from eakte.mailitem.content import IMailItem
from eakte.scans.facts import facts_of
from plone import api
from plone.uuid.interfaces import IUUID


def first_with(sha256, besides=None, before=None):
    """Return the UUID of the mail item that brought these bytes first, or None.

    Everything is searched, whether the user may see it or not: the flag tells that
    there is another one, not what it says. Only of what lies in a case file that is
    protected, or from which somebody is barred, no other letter tells even that: a flag
    is the same for everybody who reads it.

    :param besides: UUID of a mail item that does not count.
    :param before: number of a mail item; those that came later do not count.
    """
    brains = api.portal.get_tool("portal_catalog").unrestrictedSearchResults(
        portal_type="mail_item", sha256=sha256
    )
    others = [
        brain
        for brain in brains
        if besides != brain.UID
        and (before is None or brain.number < before)
        and not lies_in_closed(brain)
    ]
    # Numbers are given in the order of arrival, within a year and from year to year.
    return min(others, key=lambda brain: brain.number).UID if others else None


def flag_duplicate(mail_item, event=None):
    """Note on the facts of a letter's scan that the same bytes came before."""
    facts = facts_of(mail_item)
    if facts is None or not IMailItem.providedBy(mail_item):
        return
    _flag(mail_item, first_with(facts.sha256, besides=IUUID(mail_item)))


def flag_anew(event):
    """A case file was closed to somebody, or is no longer: other letters' flags follow."""
    if {"protection", "barred"} & set(event.changes):
        flag_others(hashes_in(event.case_file))


def flag_when_hidden(mail_item, event):
    """A letter came into a case file that is closed: other letters' flags follow."""
    around, facts = event.newParent, facts_of(mail_item)
    if facts is None or not ICaseFile.providedBy(around):
        return
    if around.protection or around.barred:
        flag_others({facts.sha256})


def hashes_in(case_file):
    """Return the SHA-256 of the letters that lie in the case file; wakes none of them."""
    catalog = api.portal.get_tool("portal_catalog")
    path = "/".join(case_file.getPhysicalPath())
    inside = catalog.unrestrictedSearchResults(portal_type="mail_item", path=path)
    of_row = catalog.Indexes["sha256"].getEntryForObject
    return {of_row(brain.getRID()) for brain in inside} - {None}


def flag_others(hashes):
    """Flag the letters with these hashes anew, but those in closed case files.

    With the first that came before each of them. One whose flag is right is not written.
    """
    catalog = api.portal.get_tool("portal_catalog")
    for brain in catalog.unrestrictedSearchResults(
        portal_type="mail_item", sha256=sorted(hashes)
    ):
        if lies_in_closed(brain):
            continue
        mail_item = brain._unrestrictedGetObject()
        if (facts := facts_of(mail_item)) is not None:
            _flag(mail_item, first_with(facts.sha256, brain.UID, mail_item.number))


def _flag(mail_item, first):
    facts = facts_of(mail_item)
    if first != facts.duplicate_of:
        facts.duplicate_of = first
        mail_item.reindexObject(idxs=["duplicate_of"])


def visible(uid):
    """Return the catalog's brain of a mail item, when the user may see it, or None."""
    if uid is None:
        return None
    return next(iter(api.portal.get_tool("portal_catalog")(UID=uid)), None)
