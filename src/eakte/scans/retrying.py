"""Trying a scan once more."""

from eakte import _
from eakte.errors import EakteError
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


class NoSuchPage(EakteError):
    """The scan has no such page; nothing was changed."""


def retry(content, pages=()):
    """Read once more what is missing, and the pages that are named.

    Other pages that were read are kept.

    :param pages: numbers of pages whose words are forgotten and read anew.
    :raises NotAllowed: the user may not.
    :raises WrongState: there is no scan.
    :raises NoSuchPage: one of the pages is not in the scan.
    """
    facts = facts_to_change(content)
    wrong = [str(each) for each in pages if not _is_page(each, facts.page_count)]
    if wrong:
        raise NoSuchPage(
            [_("The scan has no page ${number}.", mapping={"number": n}) for n in wrong]
        )
    facts.wait(again=pages)
    ask_for_pages(content, facts)
    content.reindexObject(idxs=INDEXES)


def _is_page(number, page_count):
    # True is an int to Python, and to JSON not.
    return type(number) is int and 1 <= number <= page_count


def facts_to_change(content):
    """Return the facts of a scan that the user may change something about."""
    if not may_look_after(content):
        raise NotAllowed([_("You may not change anything about this scan.")])
    facts = facts_of(content)
    if facts is None:
        raise WrongState([_("There is no scan.")])
    return facts
