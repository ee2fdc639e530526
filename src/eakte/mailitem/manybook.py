"""What was asked for with many letters, and what became of each: kept for a month."""

from BTrees.OOBTree import OOBTree
from dataclasses import dataclass
from datetime import timedelta
from eakte import _
from eakte.clock import in_house_time
from eakte.clock import today
from eakte.clock import utc_now
from eakte.errors import EakteError
from eakte.mailitem.manyinterfaces import Outcome
from eakte.rest.origin import origin
from persistent import Persistent
from plone import api
from zope.annotation.interfaces import IAnnotations
from zope.component.hooks import getSite

import re


KEY = "eakte.mailitem.many"

KEPT = 30
"""Days; what happened stands in the journal, which forgets nothing."""

ID = re.compile(r"[0-9a-f]{32}")

PIECE = 100
"""Batches that are forgotten in one transaction."""


class NoSuchBatch(EakteError):
    """The user has asked for no such thing."""

    status = 404


@dataclass(frozen=True)
class Chosen:
    """One letter that was chosen."""

    uid: str
    mark: str
    """What it was like when its preview was shown."""


class Batch(Persistent):
    """One thing that one person asked for, with many letters.

    ``undoes`` is the id of the batch that this one undoes, ``undone_by`` of the one
    that undoes it.
    """

    undone_by = ""
    asked_from = None
    """The ``Origin`` of the request; None in batches of earlier versions."""

    def __init__(self, batch_id, who, verb, said, chosen, undoes=""):
        self.id = batch_id
        self.who = who
        self.asked = utc_now()
        self.asked_from = origin()
        self.verb = verb
        self.said = dict(said)
        self.chosen = tuple(chosen)
        self.undoes = undoes
        self.results = OOBTree()

    def outcome(self, uid):
        """Return how far it is with a letter."""
        result = self.results.get(uid)
        return Outcome.WAITING if result is None else result.outcome

    @property
    def left(self):
        """What nothing was done about yet, in the order in which it was chosen."""
        return [each for each in self.chosen if each.uid not in self.results]

    @property
    def is_finished(self):
        return len(self.results) == len(self.chosen)

    @property
    def counts(self):
        """Return ``{outcome: number of letters}``."""
        counts = dict.fromkeys(Outcome, 0)
        for each in self.chosen:
            counts[self.outcome(each.uid)] += 1
        return counts

    @property
    def is_of_today(self):
        return in_house_time(self.asked).date() == today()


def batches():
    """Return the site's batches by id; nothing is written as long as there are none."""
    return IAnnotations(getSite()).get(KEY, {})


def keep(batch):
    """Keep a new batch."""
    annotations = IAnnotations(getSite())
    if KEY not in annotations:
        # Never empty: BTrees merge what two writers add, but not to an empty tree.
        annotations[KEY] = OOBTree({"": None})
    annotations[KEY][batch.id] = batch


def own_batch(batch_id):
    """Return a batch of the user.

    :raises NoSuchBatch: there is none, or it is another person's.
    """
    batch = batches().get(batch_id)
    user = api.user.get_current()
    if batch is None or batch.who != user.getId():
        raise NoSuchBatch(_("There is no such result, or it was forgotten."))
    return batch


def forget_old(site):
    """Forget some of the batches that are older than a month; return how many."""
    first = utc_now() - timedelta(KEPT)
    book = batches()
    old = [key for key, batch in book.items() if batch and batch.asked < first]
    for key in old[:PIECE]:
        del book[key]
    return len(old[:PIECE])
