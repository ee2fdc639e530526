"""The jobs: a batch that is too large for a request, and forgetting the old ones."""

from eakte import _
from eakte.jobs.interfaces import IDailyTask
from eakte.jobs.interfaces import IJobHandler
from eakte.jobs.interfaces import Outcome
from eakte.jobs.interfaces import Rank
from eakte.mailitem.many import go_on
from eakte.mailitem.manybook import batches
from eakte.mailitem.manybook import forget_old
from eakte.mailitem.manyinterfaces import Result
from eakte.rest.origin import ordered_from
from functools import partial
from plone import api
from zope.interface import implementer


PIECE = 10
"""Letters of one transaction: deeds and results are committed together, so a killed
worker has done a letter and noted it, or neither."""

GIVEN_UP = _("It could not be done, for a technical reason. Try it again.")


@implementer(IJobHandler)
class ManyLetters:
    """Does a batch, piece by piece, as the person who asked for it.

    With the rights that the person has at that moment, not those at the click; from
    where the person asked, as the journal says it.
    """

    rank = Rank.SOON
    title = _("Act on many letters")

    def do(self, workplace, uid):
        """Do what is left of the batch."""
        done, of = workplace.read(partial(_progress, uid=uid))
        while done < of:
            if workplace.stopping:
                return Outcome.GO_ON
            done = workplace.store(partial(_go_on, uid=uid), progress=(done, of))
        return Outcome.DONE

    def give_up(self, site, uid, reason):
        """Say at every letter that is left that it was not done."""
        batch = batches().get(uid)
        for chosen in batch.left if batch is not None else ():
            batch.results[chosen.uid] = Result(chosen.uid, reasons=(GIVEN_UP,))


@implementer(IDailyTask)
class ForgetBatches:
    """Forgets the results that nobody looks at any more."""

    def do(self, workplace):
        """Forget them piece by piece."""
        while workplace.store(forget_old):
            if workplace.stopping:
                return Outcome.GO_ON
        return Outcome.DONE


def _progress(site, uid):
    batch = batches().get(uid)
    return (0, 0) if batch is None else (len(batch.results), len(batch.chosen))


def _go_on(site, uid):
    """Do the next piece and return how many letters have a result."""
    batch = batches()[uid]
    person = api.user.get(userid=batch.who)
    if person is None:
        return _left_by_the_person(batch)
    with api.env.adopt_user(user=person), ordered_from(batch.asked_from):
        go_on(batch, PIECE)
    return len(batch.results)


def _left_by_the_person(batch):
    reason = _("The account of the person who asked for it is no more.")
    for chosen in batch.left:
        batch.results[chosen.uid] = Result(chosen.uid, reasons=(reason,))
    return len(batch.results)
