"""What can be wrong with a scan, in words for those who have it before them."""

from dataclasses import dataclass
from dataclasses import replace
from eakte import _
from eakte.scanning.errors import Busy
from eakte.scanning.errors import Damaged
from eakte.scanning.errors import Empty
from eakte.scanning.errors import Encrypted
from eakte.scanning.errors import TimedOut
from eakte.scanning.errors import TooLarge
from eakte.scanning.errors import ToolFailed
from eakte.scanning.errors import ToolMissing
from eakte.scanning.errors import Unsupported
from eakte.scanning.errors import WrongPassword
from eakte.scans.interfaces import Finding
from enum import StrEnum


class Way(StrEnum):
    """A way on from a problem."""

    RESCAN = "rescan"
    UNLOCK = "unlock"
    FOREIGN = "foreign"
    RETRY = "retry"


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem or finding.

    :param code: stable; stored with the scan and indexed.
    :param title: a few words, translatable, likewise the explanation.
    :param ways: what to do about it, the best first.
    :param pages: numbers of the pages that it is about; empty: the scan as a whole.
    """

    code: str
    title: str
    explanation: str
    ways: tuple[Way, ...]
    pages: tuple[int, ...] = ()


RECOGNITION_FAILED = "recognition-failed"
"""The work broke off for a reason that has nothing to do with the scan."""

_NAMED = (
    Problem(
        Encrypted.code,
        _("Protected by a password"),
        _(
            "The file opens only with a password. Ask the sender for it and unlock "
            "the file, or scan the letter from paper."
        ),
        (Way.UNLOCK, Way.RESCAN, Way.FOREIGN),
    ),
    Problem(
        Damaged.code,
        _("Damaged"),
        _(
            "The file cannot be read: it is damaged or was cut off on its way. The "
            "original is kept. Scan the letter again."
        ),
        (Way.RESCAN, Way.FOREIGN),
    ),
    Problem(
        Unsupported.code,
        _("Not a scan"),
        _(
            "The file is neither PDF, TIFF, JPEG nor PNG, whatever its name says. "
            "The original is kept."
        ),
        (Way.RESCAN, Way.FOREIGN),
    ),
    Problem(
        Empty.code,
        _("Empty"),
        _("The file holds no page. Scan the letter again."),
        (Way.RESCAN, Way.FOREIGN),
    ),
    Problem(
        TooLarge.code,
        _("Too large"),
        _(
            "The file has more pages, or larger ones, than can be read here. Scan "
            "the letter again in parts or with a lower resolution."
        ),
        (Way.RESCAN, Way.FOREIGN),
    ),
    Problem(
        TimedOut.code,
        _("Took too long"),
        _(
            "Reading was stopped because it took too long. Try again when there is "
            "less to do, or scan the letter again."
        ),
        (Way.RETRY, Way.RESCAN),
    ),
    Problem(
        Busy.code,
        _("The server is busy"),
        _("Other pages are being made. It is tried again by itself in some seconds."),
        (Way.RETRY,),
    ),
    Problem(
        ToolFailed.code,
        _("Could not be read"),
        _(
            "Reading broke off several times. The file may be damaged on purpose: "
            "open it nowhere else. Scan the letter again."
        ),
        (Way.RETRY, Way.RESCAN, Way.FOREIGN),
    ),
    Problem(
        ToolMissing.code,
        _("Recognition is not installed"),
        _(
            "A program or language of recognition is missing on the server. Tell "
            "the administrator, then try again."
        ),
        (Way.RETRY,),
    ),
    Problem(
        RECOGNITION_FAILED,
        _("Recognition failed"),
        _(
            "Recognition broke off for a reason that lies with the server, not with "
            "the scan. Tell the administrator, then try again."
        ),
        (Way.RETRY,),
    ),
    Problem(
        Finding.BLANK,
        _("Blank"),
        _(
            "There is nothing on any page. Perhaps the letter lay in the scanner the "
            "wrong way round: scan it again."
        ),
        (Way.RESCAN, Way.FOREIGN),
    ),
    Problem(
        Finding.NO_TEXT,
        _("No text"),
        _(
            "No text was found on the pages: a picture, handwriting, or a poor scan. "
            "Full-text search does not find this letter."
        ),
        (Way.RESCAN,),
    ),
    Problem(
        Finding.BROKEN_PAGES,
        _("Pages missing"),
        _(
            "Some pages cannot be read; the others can. Compare with the paper and "
            "scan the letter again."
        ),
        (Way.RESCAN, Way.RETRY),
    ),
    Problem(
        Finding.LOW_RESOLUTION,
        _("Below 300 dpi"),
        _(
            "Small print, stamps and seals may be lost. Compare with the paper; if in "
            "doubt, scan it again with 300 dpi."
        ),
        (Way.RESCAN,),
    ),
    Problem(
        Finding.COLOUR_LOST,
        _("Scanned without colour"),
        _(
            "Coloured stamps and marks cannot be told any more. If the paper has any, "
            "scan it again in colour."
        ),
        (Way.RESCAN,),
    ),
    Problem(
        Finding.UNCERTAIN,
        _("Text uncertain"),
        _(
            "Some words were only guessed, search may miss them. If the scan is poor, "
            "scan it again."
        ),
        (Way.RESCAN,),
    ),
)

PROBLEMS = {problem.code: problem for problem in _NAMED} | {
    # Whoever gave the wrong password is told at once; what is stored needs one.
    WrongPassword.code: _NAMED[0]
}
"""Every problem and finding by its code."""


def problem_named(code):
    """Return the ``Problem`` for a code of a scan or a page."""
    return PROBLEMS.get(code, PROBLEMS[RECOGNITION_FAILED])


def findings_of(pages):
    """Return the findings of a scan as ``Problem``s whose explanations name the pages.

    :param pages: the content's ``IScanPages``.
    """
    return tuple(_finding(pages, each) for each in pages.findings)


def _finding(pages, finding):
    numbers = pages.pages_with(finding)
    return on_pages(problem_named(finding), numbers, pages.page_count)


def on_pages(problem, numbers, page_count):
    """Return a ``Problem`` whose explanation names the pages."""
    where = where_found(numbers, page_count)
    if where:
        explanation = _(
            "${explanation} ${where}",
            mapping={"explanation": problem.explanation, "where": where},
        )
        problem = replace(problem, explanation=explanation)
    return replace(problem, pages=numbers)


def where_found(numbers, page_count):
    """Return a sentence that names the pages; empty where it would say nothing."""
    if not numbers or page_count == 1:
        return ""
    if len(numbers) == page_count:
        return _("This concerns all pages.")
    if len(numbers) == 1:
        return _("This concerns page ${page}.", mapping={"page": str(numbers[0])})
    return _("This concerns pages ${pages}.", mapping={"pages": in_short(numbers)})


def in_short(numbers):
    """Return page numbers as people write them.

    :param numbers: in order.

    >>> in_short([2, 5, 6, 7, 9, 10])
    '2, 5–7, 9, 10'
    """
    runs = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(
        f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(str, run))
        for run in runs
    )
