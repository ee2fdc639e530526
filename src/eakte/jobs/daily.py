"""What is done once a day, in the night as soon as a worker looks."""

from BTrees.OOBTree import OOBTree
from eakte import _
from eakte import clock
from eakte.jobs.interfaces import IDailyTask
from eakte.jobs.interfaces import IJobHandler
from eakte.jobs.interfaces import Outcome
from eakte.jobs.interfaces import Rank
from eakte.jobs.outbox import make_outbox
from zope.annotation.interfaces import IAnnotations
from zope.component import getUtilitiesFor
from zope.component import queryUtility
from zope.interface import implementer

import time


KIND = "daily"
KEY = "eakte.jobs.daily"


def put_due(site, today=None):
    """Ask for the daily tasks that nobody has asked for today; return their names.

    Each becomes a job, so a failure is tried again and can be seen. A day on which
    no worker ran is made up by the first look of the next one, once. Of several
    workers that look at the same time one asks: the others conflict and look again.
    """
    day = (today or clock.today()).isoformat()
    asked = IAnnotations(site).get(KEY, {})
    due = [name for name, _ in getUtilitiesFor(IDailyTask) if asked.get(name, "") < day]
    if not due:
        return []
    if KEY not in IAnnotations(site):
        asked = IAnnotations(site)[KEY] = OOBTree()
    for name in sorted(due):
        asked[name] = day
        make_outbox(site).put(KIND, name, Rank.LATER, time.time())
    return sorted(due)


@implementer(IJobHandler)
class DailyWork:
    """Does a daily task; the task's name stands where other jobs name an object."""

    rank = Rank.LATER
    title = _("A task of every day")

    def do(self, workplace, uid):
        """Do the task, if it is still there: the product may have changed."""
        task = queryUtility(IDailyTask, uid)
        return Outcome.DONE if task is None else task.do(workplace)

    def give_up(self, site, uid, reason):
        """Leave it among the jobs that failed; tomorrow it is tried anew."""
