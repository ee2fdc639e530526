"""The pages of a scan for those who look."""

from AccessControl import getSecurityManager
from eakte.scans.facts import facts_of
from eakte.scans.facts import file_of
from eakte.scans.interfaces import Finding
from eakte.scans.interfaces import IHasScan
from eakte.scans.interfaces import IScanHolder
from eakte.scans.interfaces import IScanPages
from eakte.scans.interfaces import ScanStatus
from zope.component import adapter
from zope.interface import implementer


@implementer(IScanPages)
@adapter(IScanHolder)
class ScanPages:
    """What is known of the scan of a content object."""

    def __init__(self, content):
        self._content = content
        self._file = file_of(content)
        self._facts = facts_of(content) if self._file is not None else None

    @property
    def status(self):
        return ScanStatus.NONE if self._facts is None else self._facts.status

    @property
    def problem(self):
        return self._fact("problem", None)

    @property
    def findings(self):
        return self._fact("findings", ())

    @property
    def page_count(self):
        return self._fact("page_count", 0)

    @property
    def pages_done(self):
        return 0 if self._facts is None else self._facts.pages.done

    @property
    def sizes(self):
        return self._fact("sizes", ())

    @property
    def broken_pages(self):
        return {} if self._facts is None else self._facts.pages.problems

    @property
    def sha256(self):
        return self._fact("sha256", "")

    @property
    def byte_size(self):
        return self._fact("byte_size", 0)

    @property
    def filename(self):
        return getattr(self._file, "filename", None) or ""

    @property
    def media_type(self):
        named = getattr(self._file, "contentType", "")
        return self._fact("media_type", "") or named

    @property
    def password(self):
        return self._fact("password", None)

    @property
    def duplicate_of(self):
        return self._fact("duplicate_of", None)

    def page(self, number):
        return None if self._facts is None else self._facts.pages.get(number)

    def is_read(self, number):
        return self._facts is not None and self._facts.pages.is_read(number)

    def image(self, number):
        return None if self._facts is None else self._facts.pages.image(number)

    def tag(self, number):
        return "" if self._facts is None else self._facts.pages.tag(number)

    def pages_with(self, finding):
        if self._facts is None:
            return ()
        if finding == Finding.BROKEN_PAGES:
            return tuple(sorted(self._facts.pages.problems))
        return self._facts.pages.pages_with(finding)

    def texts(self):
        if self._facts is not None:
            for number, text, _blank in self._facts.pages.texts():
                yield number, text

    def text(self):
        return "\n".join(text for _number, text in self.texts() if text)

    def may_read(self):
        ours = IHasScan.providedBy(self._content)
        permission = "eakte: Read scan" if ours else "View"
        return bool(getSecurityManager().checkPermission(permission, self._content))

    def _fact(self, name, default):
        return default if self._facts is None else getattr(self._facts, name)
