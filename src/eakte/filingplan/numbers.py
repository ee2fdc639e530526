"""Running numbers: taken at once and for good, by any number of instances."""

from BTrees.OOBTree import OOBTree
from plone import api
from threading import Lock
from transaction import TransactionManager
from ZODB.POSException import ConflictError


ROOT_KEY = "eakte.numbers"

_one_at_a_time = Lock()


def take(series):
    """Return the next number of the series: 1, 2, 3, …

    The number is taken in a transaction of its own, so that two instances
    never meet over it when they commit the content that bears it. It is never
    given again: a request that fails afterwards leaves a gap.

    :param series: name of the series within the site, e.g. ``33.21/2026``.
    """
    portal = api.portal.get()
    key = f"{'/'.join(portal.getPhysicalPath())}:{series}"
    database = portal._p_jar.db()
    while True:
        try:
            with _one_at_a_time:
                return _take(database, key)
        except ConflictError:
            # Another instance was faster; the next number is as good.
            continue


def _take(database, key):
    own = TransactionManager()
    connection = database.open(transaction_manager=own)
    try:
        with own:
            root = connection.root()
            if ROOT_KEY not in root:
                root[ROOT_KEY] = OOBTree()
            numbers = root[ROOT_KEY]
            number = numbers.get(key, 0) + 1
            numbers[key] = number
        return number
    finally:
        connection.close()
