"""How far a scan's recognition is, as the screen of its letter shows it."""

from dataclasses import dataclass
from eakte import _
from eakte.scans.interfaces import IScanPages
from eakte.scans.interfaces import ScanStatus
from eakte.scans.problems import findings_of
from eakte.scans.problems import problem_named
from eakte.scans.problems import Way
from eakte.scans.retrying import may_look_after
from typing import Any
from zope.i18nmessageid import Message


RUNNING = _("Text recognition: page ${page} of ${count}")
READ = _("Recognised, ${count} pages")


@dataclass(frozen=True)
class Recognition:
    """What stands in the panel about the scan."""

    status: str
    text: Any
    """How far it is, in a line."""
    running: bool
    done: int
    """Pages that were read."""
    count: int
    """Pages there are; 0 until the file was looked into."""
    problem: Any
    """A ``Problem`` of the scan, or None."""
    findings: tuple
    """``Problem``s, for a scan that was read but must not be taken for success."""
    ways: frozenset
    """Ways on that the user may go here: ``retry`` and ``unlock``."""

    @property
    def is_quiet(self):
        """Whether there is nothing to do or to wait for."""
        return not (self.running or self.problem or self.findings)


def recognition_of(content):
    """Return how far the recognition of the content's scan is."""
    pages = IScanPages(content)
    problem = problem_named(pages.problem) if pages.problem else None
    findings = findings_of(pages)
    named = {way for each in (problem, *findings) if each for way in each.ways}
    return Recognition(
        status=pages.status,
        text=_text(pages),
        running=pages.status in (ScanStatus.WAITING, ScanStatus.RUNNING),
        done=pages.pages_done,
        count=pages.page_count,
        problem=problem,
        findings=findings,
        ways=frozenset(named & {Way.RETRY, Way.UNLOCK})
        if may_look_after(content)
        else frozenset(),
    )


def _text(pages):
    if pages.status == ScanStatus.RUNNING and pages.page_count:
        return Message(
            RUNNING,
            mapping={
                "page": str(min(pages.pages_done + 1, pages.page_count)),
                "count": str(pages.page_count),
            },
        )
    if pages.status == ScanStatus.DONE and not pages.findings:
        if pages.page_count == 1:
            return _("Recognised, 1 page")
        return Message(READ, mapping={"count": str(pages.page_count)})
    return TEXTS[pages.status]


TEXTS = {
    ScanStatus.NONE: _("No scan"),
    ScanStatus.WAITING: _("Text recognition waits for its turn"),
    ScanStatus.RUNNING: _("Text recognition has begun"),
    ScanStatus.DONE: _("Text recognition done"),
    ScanStatus.FAILED: _("Text recognition failed"),
}
