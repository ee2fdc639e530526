"""Takes new entries into the index and binds the lanes into the office's chain."""

from eakte.jobs.transactions import site_ids
from eakte.jobs.transactions import transact
from eakte.journal.anchoring import anchor
from eakte.journal.finding import not_taken_in
from eakte.journal.index import Index
from eakte.journal.lanes import store_of
from itertools import islice

import logging
import threading


logger = logging.getLogger("eakte.journal")

PAUSE = 20.0
"""Seconds between two looks. Views show what came since then too."""

AT_ONCE = 5_000
"""Entries that are taken in by one transaction."""


class Indexer:
    """Looks for new entries again and again, in a thread of its own.

    Two of them at once only conflict: then one of them looks again.
    """

    def __init__(self, db):
        self._db = db
        self._stopping = threading.Event()
        self._thread = threading.Thread(
            target=self._work, name="eakte-journal", daemon=True
        )

    def start(self):
        """Begin; returns at once."""
        self._thread.start()

    def stop(self, seconds=5.0):
        """End after the transaction in hand.

        :param seconds: wait no longer than this; then it ends like a killed one.
        """
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(seconds)

    def index_all(self):
        """Take in all there is, of every site."""
        for site_id in transact(self._db, site_ids, commit=False):
            while not self._stopping.is_set():
                if not transact(self._db, index_some, site_id=site_id):
                    break

    def _work(self):
        while not self._stopping.wait(PAUSE):
            try:
                self.index_all()
            except Exception:
                if self._stopping.is_set():
                    return
                logger.exception("The journal could not be indexed; it is tried again.")


def index_some(site):
    """Take in the next entries and anchor the lanes; return how many there were."""
    store = store_of(site)
    if store is None:
        return 0
    entries = list(islice(not_taken_in(store), AT_ONCE))
    if not entries:
        return 0
    store.index.take_in(entries)
    names = {entry.lane for entry in entries}
    anchor(store, [lane for lane in store.lanes() if lane.name in names])
    return len(entries)


def index_anew(site):
    """Forget the index; the next looks make it anew of the lanes."""
    store = store_of(site)
    if store is not None:
        store.index = Index()


def start_with_server(event):
    """Begin to index when the server of this process is up."""
    indexer = Indexer(event.db)
    indexer.start()
    # As the worker: before its pools are closed, see ``jobs.server``.
    threading._register_atexit(indexer.stop)
