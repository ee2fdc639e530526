"""The archive copy of a scan: a searchable PDF/A, made when somebody asks for it.

It is made of the original and the stored words, by a job, and lies in a folder that
may be emptied at any moment. Nothing of it is kept in the database but the wish for it
while the scan is still being read.
"""

from dataclasses import dataclass
from eakte import _
from eakte.jobs.interfaces import IJobHandler
from eakte.jobs.interfaces import IJobQueue
from eakte.jobs.interfaces import IJobs
from eakte.jobs.interfaces import JobState
from eakte.jobs.interfaces import Outcome
from eakte.jobs.interfaces import Rank
from eakte.jobs.var import var_folder
from eakte.scanning.assembling import archive_copy
from eakte.scanning.copies import WritingLimits
from eakte.scanning.errors import ScanError
from eakte.scanning.errors import TimedOut
from eakte.scanning.errors import ToolFailed
from eakte.scans.copycache import CopyCache
from eakte.scans.facts import facts_of
from eakte.scans.interfaces import IScanPages
from eakte.scans.interfaces import ScanStatus
from eakte.scans.kinds import ARCHIVE_COPY
from eakte.scans.problems import on_pages
from eakte.scans.problems import Problem
from eakte.scans.problems import problem_named
from eakte.scans.problems import Way
from eakte.scans.settings import MEBIBYTE
from eakte.scans.settings import scan_settings
from eakte.scans.settings import writing_limits
from eakte.scans.taking import take
from enum import StrEnum
from functools import partial
from plone import api
from plone.app.uuid.utils import uuidToObject
from plone.uuid.interfaces import IUUID
from time import monotonic
from zope.component import getUtility
from zope.interface import implementer


BATCH = 16
"""Pages whose words are fetched from the database at once."""

COMMIT = 2.0
"""Seconds between two notes of how far it is."""

COPY_FAILED = Problem(
    "archive-copy-failed",
    _("The archive copy could not be made"),
    _(
        "The file in the form for the archive could not be made. The original is kept "
        "and can be saved. Try again; if that fails too, tell the administrator."
    ),
    (Way.RETRY,),
)


COPY_FINDINGS = {
    "drawn": Problem(
        "archive-copy-drawn",
        _("Pages of the archive copy were drawn anew"),
        _(
            "They do not fit the form for the archive as they are, for example because "
            "a font is missing in the file. The copy shows an image of them; the "
            "original is kept as it is."
        ),
        (),
    ),
    "unreadable": Problem(
        "archive-copy-unreadable",
        _("Pages are missing in the archive copy"),
        _(
            "They cannot be shown: the copy has a crossed sheet in their place. The "
            "original is kept as it is. Scan these pages again."
        ),
        (),
    ),
}
"""What is to be known of a copy that was made, by the names in ``ArchiveCopy``."""


class CopyStatus(StrEnum):
    """How far an archive copy is."""

    NONE = "none"
    """Nobody asked for it, or it was thrown away since."""

    WAITING = "waiting"
    """It is its turn soon, or as soon as the scan was read."""

    RUNNING = "running"
    READY = "ready"
    FAILED = "failed"
    """``problem`` says why: the scan cannot be read, or the copy cannot be made."""


@dataclass(frozen=True, slots=True)
class CopyState:
    """What is known of an archive copy.

    :param name: under which it lies in the cache; empty before the scan was read.
    :param problem: a ``Problem``, or None.
    :param findings: a ``Problem`` each for what is to be known of a copy that is ready;
        it names the pages.
    """

    status: CopyStatus
    pages_done: int
    page_count: int
    name: str = ""
    problem: Problem | None = None
    findings: tuple[Problem, ...] = ()


def copy_state(content):
    """Return the ``CopyState`` of the content's scan. Looking writes nothing."""
    facts = facts_of(content)
    pages = IScanPages(content)
    count = pages.page_count
    if pages.status is ScanStatus.NONE:
        return CopyState(CopyStatus.NONE, 0, 0)
    if pages.status is ScanStatus.FAILED:
        problem = problem_named(pages.problem)
        return CopyState(CopyStatus.FAILED, 0, count, problem=problem)
    if pages.status is not ScanStatus.DONE:
        wanted = CopyStatus.WAITING if facts.copy_wanted else CopyStatus.NONE
        return CopyState(wanted, 0, count)
    name, cache = copy_name(content, facts), copy_cache()
    if cache.has(name):
        findings = _findings(cache.notes(name), count)
        return CopyState(CopyStatus.READY, count, count, name, findings=findings)
    job = getUtility(IJobs).find(ARCHIVE_COPY, IUUID(content))
    if job is not None and job.state is not JobState.FAILED:
        if job.state is JobState.WAITING:
            return CopyState(CopyStatus.WAITING, 0, count, name)
        return CopyState(CopyStatus.RUNNING, job.progress[0], count, name)
    if job is not None or cache.failure(name):
        return CopyState(CopyStatus.FAILED, 0, count, name, COPY_FAILED)
    return CopyState(CopyStatus.NONE, 0, count, name)


def _findings(notes, page_count):
    return tuple(
        on_pages(problem, tuple(notes[name]), page_count)
        for name, problem in COPY_FINDINGS.items()
        if notes.get(name)
    )


def ask_for_copy(content):
    """Ask for the archive copy; the job begins when the scan has been read.

    Where there is no scan, or none that can be read, nothing is asked for.
    """
    state = copy_state(content)
    facts = facts_of(content)
    if facts is None or facts.status in (ScanStatus.NONE, ScanStatus.FAILED):
        return
    if facts.status is not ScanStatus.DONE:
        if not facts.copy_wanted:
            facts.copy_wanted = True
    elif state.status in (CopyStatus.NONE, CopyStatus.FAILED):
        copy_cache().forget_failures(state.name)
        getUtility(IJobQueue).put(ARCHIVE_COPY, IUUID(content))


def make_wanted_copy(content, facts):
    """Ask for the copy that somebody wanted while the scan was still being read."""
    if facts.copy_wanted:
        facts.copy_wanted = False
        if facts.status is ScanStatus.DONE:
            getUtility(IJobQueue).put(ARCHIVE_COPY, IUUID(content))


def copy_name(content, facts):
    """Return the name of the copy: another file or another reading has another.

    The facts are written when a reading ends, so that the transaction which wrote
    them last names the edition of the words.
    """
    sha256 = facts.sha256[:16]
    return f"{IUUID(content)}-{sha256}-{facts._p_serial.hex()}"


def copy_cache():
    """Return the cache of archive copies."""
    most = scan_settings().archive * MEBIBYTE
    return CopyCache(var_folder() / "cache" / "archive-copies", most)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What the worker takes along."""

    taken: object
    name: str
    title: str
    language: str
    limits: WritingLimits
    cache: CopyCache


class _Stopped(Exception):
    """The worker is to end."""


class _Gone(Exception):
    """The scan is another one now, or none."""


@implementer(IJobHandler)
class MakeArchiveCopy:
    """Makes the archive copy of a scan.

    Killed at any moment it begins anew: a thousand pages take less than a minute. It
    goes before recognition, since somebody waits for it.
    """

    rank = Rank.SOON
    title = _("Make the archive copy")

    def do(self, workplace, uid):
        """Make the copy, unless it is there."""
        wanted = workplace.read(partial(_take, uid=uid, folder=workplace.folder))
        if wanted is None or wanted.cache.has(wanted.name):
            return Outcome.DONE
        target = workplace.folder / "copy.pdf"
        try:
            copy = _write(workplace, uid, wanted, target)
        except _Stopped:
            return Outcome.GO_ON
        except _Gone:
            return Outcome.DONE
        except ScanError as error:
            if workplace.stopping:
                return Outcome.GO_ON
            wanted.cache.note_failure(wanted.name, error.code)
            return Outcome.DONE
        notes = {name: getattr(copy, name) for name in COPY_FINDINGS}
        wanted.cache.keep(
            wanted.name, target, {name: pages for name, pages in notes.items() if pages}
        )
        return Outcome.DONE

    def give_up(self, site, uid, reason):
        """The job itself tells that it failed."""


def _write(workplace, uid, wanted, target):
    try:
        return _attempt(workplace, uid, wanted, target)
    except (TimedOut, ToolFailed):
        # Once may be bad luck on a busy machine.
        return _attempt(workplace, uid, wanted, target)


def _attempt(workplace, uid, wanted, target):
    due = monotonic() + COMMIT

    def note(done, count):
        nonlocal due
        if workplace.stopping:
            raise _Stopped
        if monotonic() >= due:
            workplace.store(lambda site: None, progress=(done, count))
            due = monotonic() + COMMIT

    return archive_copy(
        wanted.taken.path,
        target,
        _texts(workplace, uid, wanted),
        title=wanted.title,
        language=wanted.language,
        password=wanted.taken.password,
        limits=wanted.limits,
        note=note,
    )


def _texts(workplace, uid, wanted):
    """Yield the ``PageText`` of each page, or None; a few are held at once."""
    count = wanted.taken.page_count
    for first in range(1, count + 1, BATCH):
        numbers = range(first, min(first + BATCH, count + 1))
        yield from workplace.read(
            partial(_some_texts, uid=uid, name=wanted.name, numbers=numbers)
        )


def _some_texts(site, uid, name, numbers):
    content = uuidToObject(uid, unrestricted=True)
    facts = None if content is None else facts_of(content)
    if facts is None or copy_name(content, facts) != name:
        raise _Gone
    return [facts.pages.get(number) for number in numbers]


def _take(site, uid, folder):
    """Return what is ``_Wanted``; None when the scan is gone or not read yet."""
    taken = take(site, uid, folder)
    if taken is None or taken.status is not ScanStatus.DONE:
        return None
    content = uuidToObject(uid, unrestricted=True)
    return _Wanted(
        taken=taken,
        name=copy_name(content, facts_of(content)),
        title=content.Title() or content.getId(),
        language=content.Language() or api.portal.get_default_language(),
        limits=writing_limits(scan_settings()),
        cache=copy_cache(),
    )
