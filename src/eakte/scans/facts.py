"""What is known of a scan, kept beside it."""

from array import array
from eakte.scans.interfaces import IHasScan
from eakte.scans.interfaces import ScanStatus
from eakte.scans.pagestore import PageStore
from persistent import Persistent
from plone.namedfile.interfaces import IBlobby
from zope.annotation.interfaces import IAnnotations

import Acquisition


KEY = "eakte.scans"


class ScanFacts(Persistent):
    """The facts of one file. Another file gets other facts.

    :param blob: the ``ZODB.blob.Blob`` that these facts are about.
    :param sha256: of its bytes, in hexadecimal.
    :param byte_size: of the file.
    """

    status = ScanStatus.WAITING
    problem = None
    findings = ()
    media_type = ""
    encrypted = False

    password = None
    """Opens the file. Kept as it is: every page needs it, and whoever reads the
    database reads the pages too."""

    duplicate_of = None
    """UUID of the first object with the same bytes; the intake sets it."""

    copy_wanted = False
    """Somebody asked for the archive copy while the scan was still being read."""

    page_count = 0
    _sizes = b""

    def __init__(self, blob, sha256, byte_size):
        self.blob = blob
        self.sha256 = sha256
        self.byte_size = byte_size
        self.pages = PageStore()

    @property
    def sizes(self):
        """``(width, height)`` of every page as displayed, in points."""
        numbers = array("f", self._sizes)
        return tuple(zip(numbers[::2], numbers[1::2], strict=True))

    def note_inspection(self, scan):
        """Keep what the engine found out about the file.

        :param scan: ``eakte.scanning.model.Scan``.
        """
        self.media_type = scan.media_type
        self.encrypted = scan.encrypted
        self.page_count = scan.page_count
        flat = [side for size in scan.pages for side in (size.width, size.height)]
        self._sizes = array("f", flat).tobytes()
        self.problem = None

    def note_problem(self, code):
        """Keep why the file cannot be read."""
        self.problem = code
        self.status = ScanStatus.FAILED

    def wait(self, again=()):
        """Begin anew with what is missing; pages that were read are kept.

        :param again: numbers of the pages that are forgotten and read anew.
        """
        self.problem = None
        self.findings = ()
        self.status = ScanStatus.WAITING
        self.pages.forget_problems()
        if again:
            self.pages.forget(again)


def file_of(content):
    """Return the blob file that is read page by page, or None."""
    name = "scan" if IHasScan.providedBy(content) else "file"
    value = getattr(Acquisition.aq_base(content), name, None)
    return value if IBlobby.providedBy(value) else None


def facts_of(content):
    """Return the ``ScanFacts`` of the content's file, or None."""
    return IAnnotations(content).get(KEY)


def set_facts(content, facts):
    """Set or, with None, forget the facts."""
    annotations = IAnnotations(content)
    if facts is not None:
        annotations[KEY] = facts
    elif KEY in annotations:
        del annotations[KEY]
