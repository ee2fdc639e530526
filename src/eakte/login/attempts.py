"""Failed logins on this machine, seen by all its threads and processes."""

from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256

import sqlite3


FORGOTTEN = 3600.0
"""Seconds after the last failure in which the next one still counts as one more."""

REMEMBERED = 30 * 86400.0
"""Seconds for which an address from which an account came in stays known."""

PATIENCE = 5.0
"""Seconds to wait for another process that writes."""

SCHEMA = """
    PRAGMA journal_mode = WAL;
    CREATE TABLE IF NOT EXISTS attempts (
        key TEXT PRIMARY KEY, failures INTEGER, last REAL, until REAL);
    CREATE INDEX IF NOT EXISTS attempts_last ON attempts (last);
    CREATE TABLE IF NOT EXISTS known (key TEXT PRIMARY KEY, seen REAL);
"""


@dataclass(frozen=True)
class Rule:
    """How delays grow.

    :param free: failures that cost nothing.
    :param first: seconds to wait after the first failure beyond; each further one
        doubles them.
    :param longest: seconds; nobody waits longer.
    """

    free: int
    first: float
    longest: float

    def delay(self, failures):
        """Return how many seconds to wait after so many failures in a row.

        >>> [Rule(3, 5, 30).delay(failures) for failures in (2, 3, 4, 5, 99)]
        [0.0, 5.0, 10.0, 20.0, 30.0]
        """
        beyond = failures - self.free
        if beyond < 0:
            return 0.0
        # Whoever goes on for days must not make the number too large to compute.
        return float(min(self.longest, self.first * 2 ** min(beyond, 20)))


def key_of(*parts):
    """Return a key that tells nobody the parts.

    People type passwords where their name belongs: none may lie in a file.
    """
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


class Attempts:
    """The book of failures, a SQLite file: no login writes to the ZODB.

    Nothing in it is needed tomorrow: whoever deletes the file forgets all failures.

    :param path: of the file; made when it is missing.
    """

    def __init__(self, path):
        self.path = path
        self._held = None

    @contextmanager
    def held(self):
        """Hold the book open for several questions, in one thread."""
        with self._open() as book:
            self._held = book
            try:
                yield self
            finally:
                self._held = None

    def until(self, keys, now):
        """Return when the next attempt is heard (seconds since 1970); 0.0: now."""
        with self._open() as book:
            moments = [
                self._row(book, key, now)[1]
                for key in dict.fromkeys(filter(None, keys))
            ]
        latest = max(moments, default=0.0)
        return latest if latest > now else 0.0

    def failures(self, key, now):
        """Return how many failures in a row are remembered."""
        with self._open() as book:
            return self._row(book, key, now)[0]

    def note(self, rules, now):
        """Count a failure for each key of ``{key: Rule}``; return until when to wait."""
        latest = 0.0
        with self._open() as book:
            book.execute("BEGIN IMMEDIATE")
            book.execute("DELETE FROM attempts WHERE last < ?", (now - FORGOTTEN,))
            book.execute("DELETE FROM known WHERE seen < ?", (now - REMEMBERED,))
            for key, rule in rules.items():
                failures = self._row(book, key, now)[0] + 1
                delay = rule.delay(failures)
                until = now + delay if delay else 0.0
                latest = max(latest, until)
                book.execute(
                    "INSERT OR REPLACE INTO attempts VALUES (?, ?, ?, ?)",
                    (key, failures, now, until),
                )
            book.execute("COMMIT")
        return latest

    def forget(self, keys, known, now):
        """Take back the failures: the right password was given.

        :param known: key of the account at this address, which is known from now on.
        """
        with self._open() as book:
            failed = [key for key in keys if self._row(book, key, now)[0]]
            row = book.execute(
                "SELECT seen FROM known WHERE key = ?", (known,)
            ).fetchone()
            # A service asks many times a minute: most of them write nothing.
            is_fresh = row is not None and abs(now - row[0]) < REMEMBERED / 30
            if not failed and is_fresh:
                return
            book.execute("BEGIN IMMEDIATE")
            for key in failed:
                book.execute("DELETE FROM attempts WHERE key = ?", (key,))
            book.execute("INSERT OR REPLACE INTO known VALUES (?, ?)", (known, now))
            book.execute("COMMIT")

    def knows(self, key, now):
        """Say whether the account came in from this address in the last 30 days."""
        with self._open() as book:
            row = book.execute(
                "SELECT seen FROM known WHERE key = ?", (key,)
            ).fetchone()
        return row is not None and now - row[0] < REMEMBERED

    def _row(self, book, key, now):
        row = book.execute(
            "SELECT failures, until, last FROM attempts WHERE key = ?", (key,)
        ).fetchone()
        # A clock that was set back must not make anybody wait for the old time.
        if row is None or not now - FORGOTTEN <= row[2] <= now + 1:
            return 0, 0.0
        return row[0], row[1]

    @contextmanager
    def _open(self):
        if self._held is not None:
            yield self._held
            return
        # One connection a use: a connection goes neither to another thread nor
        # through a fork.
        if not self.path.exists():
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        book = sqlite3.connect(self.path, timeout=PATIENCE, isolation_level=None)
        try:
            book.executescript(SCHEMA)
            book.execute("PRAGMA synchronous = OFF")
            yield book
        finally:
            book.close()
