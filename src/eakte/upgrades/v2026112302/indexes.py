"""What each start page and each page of the journal asks for is found by an index."""

from eakte.journal.finding import exported
from eakte.journal.lanes import store_of
from eakte.org.interfaces import IOffice
from zope.component import queryUtility
from zope.component.hooks import getSite


def upgrade(setup_tool):
    """Take in what was noted before; again changes nothing."""
    if (office := queryUtility(IOffice)) is not None:
        office.index_notable()
    store = store_of(getSite())
    if store is not None and store.index.by_told is None:
        found = [(place, entry) for place, entry in exported(store) if entry]
        store.index.take_in_told(
            [place for place, _entry in found], [entry for _place, entry in found]
        )
