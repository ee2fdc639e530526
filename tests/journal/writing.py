"""A writer of its own process: ``python -m tests.journal.writing PORT NAME COUNT``.

It shares the database with others by a ZEO server. It says that it is ready, waits for a
line, so that all begin at once, and appends as fast as it can. It prints how many
conflicts there were, and when it began and ended, in seconds of the machine's clock.
"""

from datetime import datetime
from datetime import UTC
from eakte.journal.interfaces import Entry
from eakte.journal.interfaces import Kind
from eakte.journal.lanes import store_of
from eakte.journal.writers import own_lane
from tests.jobs.bare import prepare_components
from transaction.interfaces import TransientError

import sys
import time
import transaction
import ZEO


MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


def write(port, name, count):
    """Append entries, each in a transaction of its own.

    :returns: the conflicts, and when the first was begun and the last was done.
    """
    prepare_components()
    connection = ZEO.connection(("127.0.0.1", port), wait_timeout=30)
    store = store_of(connection.root()["Application"].site)
    print("ready", flush=True)
    sys.stdin.readline()
    conflicts = done = 0
    begun = time.monotonic()
    while done < count:
        try:
            with transaction.manager:
                store.append(
                    own_lane(),
                    Entry(Kind.CHANGED, MONDAY, who=name, title=f"{name}-{done}"),
                )
            done += 1
        except TransientError:
            conflicts += 1
    ended = time.monotonic()
    connection.close()
    return conflicts, begun, ended


if __name__ == "__main__":
    print(*write(int(sys.argv[1]), sys.argv[2], int(sys.argv[3])))
