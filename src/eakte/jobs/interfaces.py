"""What others may ask of the jobs, and what they register with them."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from enum import StrEnum
from zope.interface import Attribute
from zope.interface import Interface


class Rank(IntEnum):
    """Which of two jobs that wait comes first; the lower number."""

    SOON = 1
    """Takes a second, and someone may be looking."""

    LATER = 2
    """Takes its time."""


class Outcome(StrEnum):
    """What a handler says when it comes back."""

    DONE = "done"
    """Nothing is left to do."""

    GO_ON = "go-on"
    """A good piece is done and stored. The rest waits behind the other jobs, so that
    one stack of 3,000 pages does not hold up the letters of the day."""


class JobState(StrEnum):
    """Where a job stands. A job that is done is no more."""

    WAITING = "waiting"
    RUNNING = "running"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Job:
    """A job as a person looks at it.

    :param uid: UUID of the object to work on.
    :param asked: when it was asked for, UTC.
    :param due: not before this moment, UTC; later than ``asked`` after a failure.
    :param attempts: how often it failed in a row.
    :param progress: ``(done, of)`` in the handler's own units; ``(0, 0)``: unknown.
    :param error: why it failed last, in English; empty when it did not.
    """

    kind: str
    uid: str
    state: JobState
    asked: datetime
    due: datetime
    attempts: int
    progress: tuple[int, int]
    error: str


class IJobQueue(Interface):
    """Jobs that are to be done after the transaction in hand is committed."""

    def put(kind, uid):
        """Ask for a job. Asking again for one that waits changes nothing.

        The job is committed with the content that needs it, or not at all. One that
        is being worked on is done once more afterwards; one that failed for good
        gets a new start.

        :param kind: name of the ``IJobHandler`` that will do it.
        :param uid: UUID of the object to work on; never the object itself, which
            may be moved or gone when the worker comes to it.
        :raises zope.interface.interfaces.ComponentLookupError: nobody does such jobs.
        """


class IJobs(Interface):
    """The jobs of the site, for those who look after them. Looking writes nothing."""

    def counts():
        """Return how many jobs there are of each ``JobState``."""

    def waiting(limit=100):
        """Return the ``Job``s that wait, next first."""

    def running():
        """Return the ``Job``s that are being worked on."""

    def failed(limit=100):
        """Return the ``Job``s that were given up: the dead letters."""

    def find(kind, uid):
        """Return the ``Job``, or None when there is none or it is done."""

    def retry(job):
        """Give a job that was given up, or waits after a failure, a new start."""

    def discard(job):
        """Forget a job that was given up. What it was to do stays undone."""


class IJobHandler(Interface):
    """Does the jobs of one kind; a global utility named like the kind.

    A job may be done twice, and may be killed at any moment: what was stored must
    be right by itself, and doing it again must change nothing.
    """

    rank = Attribute("The ``Rank`` of its jobs.")

    title = Attribute("What its jobs do, for a person.")

    def do(workplace, uid):
        """Do the job, or a good piece of it, and return an ``Outcome``.

        Called with no transaction and no connection to the ZODB open. Any exception
        means: try again later.

        :param workplace: an ``IWorkplace``.
        :param uid: UUID of the object; it may be gone, then the job is done.
        """

    def give_up(site, uid, reason):
        """Note on the object that the job failed for good.

        Called in the transaction that puts the job among the dead letters.

        :param reason: the last exception.
        """


class IWorkplace(Interface):
    """Where a handler works: a folder of its own, and transactions when it needs one."""

    folder = Attribute("An empty folder (``pathlib.Path``), removed with the job.")
    stopping = Attribute("True when the worker is to end: hand back what is done.")

    def read(verb):
        """Return ``verb(site)``; what it changes is thrown away.

        The result must hold nothing persistent: the connection is closed by then.
        """

    def store(verb, progress=(0, 0)):
        """Return ``verb(site)`` and commit; called again after a conflict.

        The commit also renews the claim on the job and notes the progress.

        :param progress: ``(done, of)``, shown beside the job.
        :raises ClaimLost: the job was taken from this worker; nothing is stored.
        """


class IDailyTask(Interface):
    """Something done once a day; a global utility with a name of its own.

    The day is the house's: it begins at midnight in Europe/Berlin. The first look of
    a worker on a day asks for it; see ``daily.put_due``.
    """

    def do(workplace):
        """Do it, or a good piece of it, and return an ``Outcome``.

        Called like ``IJobHandler.do``: with no transaction open, perhaps twice, and
        at any time of the day. It finds out itself what is to be done; days on which
        nothing ran are not counted up.

        :param workplace: an ``IWorkplace``.
        """


class IServerStarted(Interface):
    """The server of this process is up, and is the one that does the house's work."""

    db = Attribute("The ``ZODB.DB`` that holds the sites.")
