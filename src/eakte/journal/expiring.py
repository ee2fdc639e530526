"""After a time nobody needs to know any more who read what."""

from datetime import timedelta
from eakte import clock
from eakte.filingplan.interfaces import IFilingPlan
from eakte.jobs.interfaces import IDailyTask
from eakte.jobs.interfaces import Outcome
from eakte.journal.index import is_reading
from eakte.journal.interfaces import Entry
from eakte.journal.interfaces import FEWEST_DAYS
from eakte.journal.interfaces import IJournalSettings
from eakte.journal.interfaces import Kind
from eakte.journal.lanes import store_of
from eakte.journal.packing import EPOCH
from eakte.journal.writers import own_lane
from functools import partial
from itertools import islice
from plone.registry.interfaces import IRegistry
from zope.component import queryUtility
from zope.interface import implementer


AT_ONCE = 2_000
"""Entries that are looked at by one transaction."""

DAYS_OF_A_YEAR = 365


@implementer(IDailyTask)
class ExpireReading:
    """Cuts down the entries about reading that are old enough; each day the next."""

    def do(self, workplace):
        """Cut them down, a good piece in each transaction."""
        until = workplace.read(_limit)
        start = 0 if until is None else workplace.read(_first)
        while until is not None and start is not None:
            if workplace.stopping:
                return Outcome.GO_ON
            start = workplace.store(partial(expire_some, until=until, start=start))
        return Outcome.DONE


def expire_some(site, until, start):
    """Cut down the next entries about reading that happened before ``until``.

    The expiry itself is noted with them: without that, the command that verifies
    would report what was cut down.

    :param until: aware.
    :param start: position in the index to begin at.
    :returns: the position to go on at, or None when all is done.
    """
    store = store_of(site)
    if store is None:
        return None
    places = store.index.places_until(until, start)
    old = list(islice(places, AT_ONCE))
    reading = [
        (position, entry)
        for position, lane, number in old
        if (entry := store.entry(lane, number)) is not None
        and is_reading(entry)
        and not entry.expired
    ]
    if reading:
        lanes = {}
        for _, entry in reading:
            lanes.setdefault(entry.lane, []).append(entry.number)
        _note(store, until, len(reading))
        for name, numbers in lanes.items():
            store.lane(name).cut(numbers)
        positions, entries = zip(*reading, strict=True)
        store.index.forget(positions, entries)
    store.index.note_expiry(until)
    return old[-1][0] + 1 if len(old) == AT_ONCE else None


def _first(site):
    store = store_of(site)
    return None if store is None else store.index.expired


def _note(store, until, count):
    moment = (until - EPOCH) // timedelta(microseconds=1)
    entry = Entry(
        Kind.EXPIRED,
        clock.utc_now(),
        door="worker",
        details={"until": moment, "count": count},
    )
    store.append(own_lane(), entry)


def _limit(site):
    """Return the moment before which reading is forgotten, or None for never."""
    registry = queryUtility(IRegistry)
    if registry is None:
        return None
    settings = registry.forInterface(IJournalSettings, check=False)
    days = days_to_remember(settings.reading_days)
    return clock.utc_now() - timedelta(days=days) if days else None


def days_to_remember(days):
    """Return for how many days reading is remembered: less than any case file is kept.

    :param days: as it is set, ``FEWEST_DAYS`` at least; 0: as long as it may be.
    :returns: None when nothing says an end: then it is remembered for ever.
    """
    plan = queryUtility(IFilingPlan)
    years = [unit.retention for unit in plan.units() if unit.retention] if plan else ()
    longest = min(years) * DAYS_OF_A_YEAR - 1 if years else None
    wanted = max(days, FEWEST_DAYS) if days else None
    return min((each for each in (wanted, longest) if each), default=None)
