"""Takes new entries into the index and binds the lanes into the office's chain."""

from eakte.jobs.rounds import Rounds
from eakte.jobs.transactions import site_ids
from eakte.jobs.transactions import transact
from eakte.journal.anchoring import anchor
from eakte.journal.finding import not_taken_in
from eakte.journal.index import Index
from eakte.journal.lanes import store_of
from itertools import islice

import threading


PAUSE = 20.0
"""Seconds between two looks. Views show what came since then too."""

AT_ONCE = 5_000
"""Entries that are taken in by one transaction."""


class Indexer(Rounds):
    """Looks for new entries again and again.

    Two of them at once only conflict: then one of them looks again.
    """

    def __init__(self, db):
        super().__init__("eakte-journal", first=PAUSE, after_failure=PAUSE)
        self._db = db

    def look(self):
        """Take in what is new."""
        self.index_all()
        return PAUSE

    def index_all(self):
        """Take in all there is, of every site."""
        for site_id in transact(self._db, site_ids, commit=False):
            while not self.stopping:
                if not transact(self._db, index_some, site_id=site_id):
                    break


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
