"""The journal of the site at hand, as other rooms see it."""

from eakte import clock
from eakte.journal.circumstances import facts_of
from eakte.journal.circumstances import for_whom
from eakte.journal.circumstances import who_acts
from eakte.journal.finding import find
from eakte.journal.interfaces import Entry
from eakte.journal.interfaces import Found
from eakte.journal.interfaces import IJournal
from eakte.journal.lanes import make_store
from eakte.journal.lanes import store_of
from eakte.journal.writers import own_lane
from eakte.rest.origin import origin
from zope.component.hooks import getSite
from zope.interface import implementer

import transaction


@implementer(IJournal)
class Journal:
    """Adds entries, finds entries, and has no other verb.

    The entries lie in the site's annotations: no address leads there, no page of
    Plone or Zope shows or edits them, nothing declares them to be accessible.
    """

    def append(self, kind, content=None, *, why="", acting_for=None, **details):
        """Note that something happens, in the transaction in hand."""
        entry = entry_of(kind, content, why=why, acting_for=acting_for, **details)
        site = getSite()
        store = store_of(site)
        if store is None:
            store = make_store(site)
            # It needs a place in the database before writers can share it.
            transaction.savepoint(optimistic=True)
        lane = own_lane()
        return lane, store.append(lane, entry)

    def find(self, query, start=0, size=50):
        """Return what was found, the newest first."""
        store = store_of(getSite())
        return Found((), 0) if store is None else find(store, query, start, size)

    def entry(self, lane, number):
        """Return the entry, or None."""
        store = store_of(getSite())
        return None if store is None else store.entry(lane, number)


def entry_of(kind, content=None, *, why="", acting_for=None, **details):
    """Return an ``Entry`` about what happens now; see ``IJournal.append``."""
    person = who_acts()
    place = origin()
    represented = for_whom(person, content) if acting_for is None else acting_for
    return Entry(
        kind=kind,
        when=clock.utc_now(),
        who=person,
        for_whom=represented or "",
        address=place.address,
        door=str(place.door),
        why=str(why or "").strip(),
        details={name: value for name, value in details.items() if value},
        **(facts_of(content) if content is not None else {}),
    )
