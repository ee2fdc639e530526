"""Who does something, for whom, from where, and to what, as it is at this moment."""

from AccessControl import getSecurityManager
from Acquisition import aq_base
from Acquisition import aq_chain
from Acquisition import aq_inner
from eakte.access.interfaces import IActing
from eakte.casefile.content import ICaseFile
from plone.rest.traverse import RESTWrapper
from plone.uuid.interfaces import IUUID
from zope.component import queryUtility


LONGEST_TITLE = 120
"""Characters of a title that are kept."""


def who_acts():
    """Return the user's id; empty for the system and for nobody."""
    return getSecurityManager().getUser().getId() or ""


def for_whom(person, content):
    """Return the id of the person whose deputy ``person`` is with this content."""
    if not person or content is None:
        return ""
    acting = queryUtility(IActing)
    return (acting and acting.acting_for(person, content)) or ""


def objects_on_the_way(request):
    """Yield the objects that the address leads through, the last first."""
    for each in request["PARENTS"]:
        # For services, plone.rest wraps what it goes through.
        yield each.context if isinstance(each, RESTWrapper) else each


def facts_of(content):
    """Return what an entry says of the content, by the names of ``Entry``."""
    base = aq_base(content)
    title = content.Title() if hasattr(base, "Title") else ""
    title = title if len(title) <= LONGEST_TITLE else f"{title[:LONGEST_TITLE]}…"
    case_file = case_file_of(content)
    return {
        "uid": IUUID(content, None) or "",
        "type": getattr(base, "portal_type", "") or "",
        "title": title,
        "reference": _reference_of(base),
        "path": "/".join(content.getPhysicalPath()[2:]),
        "file": (case_file is not None and IUUID(case_file, None)) or "",
    }


def case_file_of(content):
    """Return the case file in which the content lies, or which it is; or None."""
    chain = aq_chain(aq_inner(content))
    return next((each for each in chain if ICaseFile.providedBy(each)), None)


def _reference_of(base):
    return getattr(base, "reference", None) or getattr(base, "number", None) or ""
