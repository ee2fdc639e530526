"""Who opened a scan with its password: by whichever form or service it was done."""

from eakte.journal.circumstances import objects_on_the_way
from eakte.journal.interfaces import IJournal
from eakte.journal.interfaces import Kind
from eakte.org.interfaces import IOffice
from eakte.scans.facts import facts_of
from eakte.scans.interfaces import IHasScan
from zope.component import getUtility
from zope.component import queryUtility


KEY = "eakte.journal.locked"


def remember_lock(event):
    """Keep whether the scan was locked before the request does its work."""
    request = event.request
    if request.method != "POST" or queryUtility(IOffice) is None:
        return
    for content in objects_on_the_way(request):
        if IHasScan.providedBy(content):
            request.other[KEY] = (content, _password(content))
            return


def note_unlocking(event):
    """Note that the scan has a password that opens it now; never the password."""
    content, before = event.request.other.get(KEY, (None, None))
    if content is not None and _password(content) not in (before, None):
        getUtility(IJournal).append(Kind.UNLOCKED, content)


def _password(content):
    facts = facts_of(content)
    return None if facts is None else facts.password
