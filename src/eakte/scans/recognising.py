"""The long job: read the pages of a scan."""

from collections import Counter
from concurrent.futures import FIRST_COMPLETED
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import wait
from eakte import _
from eakte.jobs.interfaces import IJobHandler
from eakte.jobs.interfaces import Outcome
from eakte.jobs.interfaces import Rank
from eakte.scanning.errors import Damaged
from eakte.scanning.errors import ScanError
from eakte.scanning.errors import TimedOut
from eakte.scanning.errors import ToolFailed
from eakte.scanning.errors import ToolMissing
from eakte.scanning.model import PageText
from eakte.scans.engines import reading_engine
from eakte.scans.exporting import make_wanted_copy
from eakte.scans.inspecting import ENDED
from eakte.scans.inspecting import note_failure
from eakte.scans.interfaces import Finding
from eakte.scans.interfaces import ScanStatus
from eakte.scans.pagestore import ON_PAGES
from eakte.scans.taking import bring
from eakte.scans.taking import INDEXES
from eakte.scans.taking import take
from functools import partial
from time import monotonic
from zope.interface import implementer


SLICE = 15.0
"""Seconds for which a job is worked on before the others get their turn."""

COMMIT = 2.0
"""Seconds between two commits. So much work is lost when the process is killed, and a
person who waits sees the pages count up."""


@implementer(IJobHandler)
class Recognise:
    """Reads the pages that nobody has read, and keeps each for good.

    Killed at any moment, it goes on with the first page that was not kept. A page
    that cannot be read is named and stops no other.
    """

    rank = Rank.LATER
    title = _("Recognise the text")

    def do(self, workplace, uid):
        """Read pages for a while; the rest is for another turn."""
        taken = workplace.read(partial(take, uid=uid, folder=workplace.folder))
        if taken is None or not taken.page_count or taken.status in ENDED:
            # Killed between the end and the job's removal: it ends only once.
            return Outcome.DONE
        if taken.status is not ScanStatus.RUNNING:
            workplace.store(partial(bring, uid=uid, taken=taken, verb=note_begin))
        left = len(taken.missing)
        for pages, problems in read_pages(
            reading_engine(taken.processes, taken.limits),
            taken,
            lambda: workplace.stopping,
        ):
            if workplace.stopping:
                # The end of the process ends the engine too: that is no page's fault.
                problems = {}
            left -= len(pages) + len(problems)
            workplace.store(
                partial(
                    bring,
                    uid=uid,
                    taken=taken,
                    verb=partial(keep, pages=pages, problems=problems),
                ),
                progress=(taken.page_count - left, taken.page_count),
            )
        if left:
            return Outcome.GO_ON
        workplace.store(partial(bring, uid=uid, taken=taken, verb=note_end))
        return Outcome.DONE

    def give_up(self, site, uid, reason):
        """Name the reason on the content."""
        note_failure(uid, reason)


def read_pages(engine, taken, is_stopping):
    """Yield ``(pages, problems)`` about every ``COMMIT`` seconds, for a ``SLICE``.

    Some page is always read, however late it has become.

    :param is_stopping: called before each page to learn whether to begin none any more.
    :returns: each time the ``PageText``s that were read, and ``{number: code}`` of
        those that cannot be.
    :raises ToolMissing: no page can be read.
    """
    numbers = iter(taken.missing)
    pages, problems = [], {}
    due, until = monotonic() + COMMIT, monotonic() + SLICE
    with ThreadPoolExecutor(taken.processes, "eakte-reader") as readers:
        under_way = {}
        is_over = False
        while True:
            while len(under_way) < taken.processes and not is_over:
                number = None if is_stopping() else next(numbers, None)
                if number is None:
                    break
                under_way[readers.submit(read, engine, taken, number)] = number
            is_over = monotonic() >= until
            if not under_way:
                break
            for future in wait(under_way, return_when=FIRST_COMPLETED).done:
                number = under_way.pop(future)
                result = future.result()
                if isinstance(result, PageText):
                    pages.append(result)
                else:
                    problems[number] = result
            if monotonic() >= due:
                yield pages, problems
                pages, problems, due = [], {}, monotonic() + COMMIT
    if pages or problems:
        yield pages, problems


def read(engine, taken, number):
    """Return the ``PageText`` of a page, or the code of why it cannot be read."""
    for attempt in (1, 2):
        try:
            return engine.read_page(
                taken.path, number, languages=taken.languages, password=taken.password
            )
        except ToolMissing:
            raise
        except (TimedOut, ToolFailed) as error:
            if attempt == 2:
                return error.code
        except ScanError as error:
            return error.code
        except ValueError:
            return Damaged.code


def note_begin(content, facts):
    """Show that it is this scan's turn."""
    facts.status = ScanStatus.RUNNING
    content.reindexObject(idxs=["scan_status"])


def keep(content, facts, pages, problems):
    """Keep what was read."""
    facts.pages.put(pages)
    facts.pages.put_problems(problems)


def note_end(content, facts):
    """Say what came of it, and let the text be found."""
    if facts.pages.missing(facts.page_count):
        # Somebody asked for a page once more meanwhile, and for a job with it.
        return
    broken = facts.pages.problems
    if len(broken) == facts.page_count:
        [(code, _count)] = Counter(broken.values()).most_common(1)
        facts.note_problem(code)
    else:
        facts.findings = findings(facts.pages)
        facts.status = ScanStatus.DONE
    make_wanted_copy(content, facts)
    content.reindexObject(idxs=INDEXES)


def findings(store):
    """Return what keeps a scan that was read from being plain success."""
    all_blank, any_text = True, False
    for _number, text, blank in store.texts():
        all_blank = all_blank and blank
        any_text = any_text or bool(text.strip())
    found = []
    if all_blank:
        found.append(Finding.BLANK)
    elif not any_text:
        found.append(Finding.NO_TEXT)
    if store.problems:
        found.append(Finding.BROKEN_PAGES)
    if not all_blank:
        found += [each for each in ON_PAGES if store.pages_with(each)]
    return tuple(found)
