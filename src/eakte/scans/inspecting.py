"""The short job: look into a file that has come."""

from eakte import _
from eakte.jobs.interfaces import IJobHandler
from eakte.jobs.interfaces import IJobQueue
from eakte.jobs.interfaces import Outcome
from eakte.jobs.interfaces import Rank
from eakte.scanning.errors import ScanError
from eakte.scanning.errors import TimedOut
from eakte.scanning.errors import ToolFailed
from eakte.scanning.errors import Unsupported
from eakte.scans.engines import reading_engine
from eakte.scans.facts import facts_of
from eakte.scans.interfaces import IHasScan
from eakte.scans.interfaces import ScanStatus
from eakte.scans.kinds import RECOGNISE
from eakte.scans.problems import RECOGNITION_FAILED
from eakte.scans.taking import bring
from eakte.scans.taking import INDEXES
from eakte.scans.taking import take
from functools import partial
from plone.app.uuid.utils import uuidToObject
from zope.component import getUtility
from zope.interface import implementer


ENDED = (ScanStatus.DONE, ScanStatus.FAILED)
"""Nothing is left to do; who asks for a new try lets the scan wait again first."""


@implementer(IJobHandler)
class InspectScan:
    """Tells the pages of a file, or what is wrong with it, before any is read.

    A job of its own, so that a letter can be looked at, and a damaged one is named,
    while others still wait for recognition.
    """

    rank = Rank.SOON
    title = _("Look into the file")

    def do(self, workplace, uid):
        """Look into the file and ask for recognition."""
        taken = workplace.read(partial(take, uid=uid, folder=workplace.folder))
        if taken is None or taken.status in ENDED:
            return Outcome.DONE
        try:
            scan = look_into(reading_engine(taken.processes, taken.limits), taken)
        except ScanError as error:
            if workplace.stopping:
                # The end of the process ends the engine too: not the file's fault.
                return Outcome.GO_ON
            note = partial(note_problem, code=error.code)
        else:
            note = partial(note_inspection, scan=scan)
        workplace.store(partial(bring, uid=uid, taken=taken, verb=note))
        return Outcome.DONE

    def give_up(self, site, uid, reason):
        """Name the reason on the content."""
        note_failure(uid, reason)


def look_into(engine, taken):
    """Return the engine's ``Scan``.

    :raises ScanError: what is wrong with the file.
    """
    try:
        return engine.inspect(taken.path, taken.password)
    except (TimedOut, ToolFailed):
        # Once may be bad luck on a busy machine.
        return engine.inspect(taken.path, taken.password)


def note_inspection(content, facts, scan):
    """Keep what was found out; the pages are read next."""
    facts.note_inspection(scan)
    getUtility(IJobQueue).put(RECOGNISE, content.UID())
    content.reindexObject(idxs=INDEXES)


def note_problem(content, facts, code):
    """Name on the content why its file cannot be read."""
    if code == Unsupported.code and not IHasScan.providedBy(content):
        # Plone's File may hold anything.
        facts.status = ScanStatus.NONE
    else:
        facts.note_problem(code)
    content.reindexObject(idxs=INDEXES)


def note_failure(uid, reason):
    """Name on the content, if it is still there, why a job was given up."""
    content = uuidToObject(uid, unrestricted=True)
    facts = None if content is None else facts_of(content)
    if facts is not None:
        code = reason.code if isinstance(reason, ScanError) else RECOGNITION_FAILED
        note_problem(content, facts, code)
