"""Trying a scan once more."""

from eakte import _
from eakte.errors import NotAllowed
from eakte.errors import WrongState
from eakte.scans.facts import facts_of
from eakte.scans.receiving import ask_for_pages
from eakte.scans.taking import INDEXES
from plone import api


def may_look_after(content):
    """Say whether the user may have the scan tried again, or unlock it."""
    return any(
        api.user.has_permission(permission, obj=content)
        for permission in ("Modify portal content", "eakte: Set mail aside")
    )


def retry(content):
    """Read what is missing once more: pages that were read are kept.

    :raises NotAllowed: the user may not.
    :raises WrongState: there is no scan.
    """
    facts = facts_to_change(content)
    facts.wait()
    ask_for_pages(content, facts)
    content.reindexObject(idxs=INDEXES)


def facts_to_change(content):
    """Return the facts of a scan that the user may change something about."""
    if not may_look_after(content):
        raise NotAllowed([_("You may not change anything about this scan.")])
    facts = facts_of(content)
    if facts is None:
        raise WrongState([_("There is no scan.")])
    return facts
