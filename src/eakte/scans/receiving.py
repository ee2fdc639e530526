"""A scan has come: it gets its facts and waits for recognition."""

from eakte.jobs.interfaces import IJobQueue
from eakte.scans.facts import facts_of
from eakte.scans.facts import file_of
from eakte.scans.facts import ScanFacts
from eakte.scans.facts import set_facts
from eakte.scans.interfaces import ScanStatus
from eakte.scans.kinds import INSPECT
from eakte.scans.kinds import RECOGNISE
from hashlib import file_digest
from plone.uuid.interfaces import IUUID
from zope.component import getUtility


def received_scan(content):
    """Take note of the content's scan, be it new, another one, or gone.

    A scan that is known already changes nothing, so this may be called with every
    event of the content. The facts of a former scan are dropped with its pages.
    """
    file = file_of(content)
    facts = facts_of(content)
    if file is None:
        set_facts(content, None)
        return
    blob = file._blob
    if facts is not None and facts.blob is blob and not blob._p_blob_uncommitted:
        # A copy of the content brings the facts along, but not the job.
        if facts.status in (ScanStatus.WAITING, ScanStatus.RUNNING):
            ask_for_pages(content, facts)
        return
    sha256 = getattr(file, "_v_sha256", None) or _digest(file)
    if facts is not None and facts.sha256 == sha256:
        facts.blob = blob
        return
    facts = ScanFacts(blob, sha256, file.getSize())
    set_facts(content, facts)
    ask_for_pages(content, facts)


def _digest(file):
    with file.open() as reader:
        return file_digest(reader, "sha256").hexdigest()


def ask_for_pages(content, facts):
    """Ask for what is missing: a look into the file, or the words of its pages."""
    kind = RECOGNISE if facts.page_count else INSPECT
    getUtility(IJobQueue).put(kind, IUUID(content))
