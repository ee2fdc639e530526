"""Running numbers: taken at once and for good, by any number of instances."""

from BTrees.OOBTree import OOBTree
from plone import api
from threading import Lock
from transaction import TransactionManager
from ZODB.POSException import ConflictError


ROOT_KEY = "eakte.numbers"

TRIES = 1000
"""So often no other instances are faster in a row; rather the database is not well."""

_one_at_a_time = Lock()


def take(series):
    """Return the next number of the series: 1, 2, 3, …

    The number is taken in a transaction of its own, so that two instances
    never meet over it when they commit the content that bears it. It is never
    given again: a request that fails afterwards leaves a gap.

    :param series: name of the series within the site, e.g. ``33.21/2026``.
    :raises ConflictError: it does not come to a number; nothing was taken.
    """
    portal = api.portal.get()
    key = f"{'/'.join(portal.getPhysicalPath())}:{series}"
    database = portal._p_jar.db()
    for _ in range(TRIES):
        try:
            with _one_at_a_time:
                return _take(database, key)
        except ConflictError:
            # Another instance was faster; the next number is as good.
            continue
    raise ConflictError(f"No number of {key} could be taken in {TRIES} tries.")


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
