"""The work in the background, for those who look after it."""

from eakte import _
from eakte.desk.days import as_day
from eakte.desk.failedjobs import failed_jobs
from eakte.desk.failedjobs import take_step
from eakte.desk.screen import Screen
from eakte.desk.way import as_house_time
from eakte.jobs.interfaces import IJobs
from eakte.jobs.interfaces import JobState
from functools import cached_property
from zope.component import getUtility


AT_MOST = 100
"""Failed jobs on the screen; the next ones follow when these are dealt with."""

TITLES = {
    JobState.WAITING: _("waiting"),
    JobState.RUNNING: _("being worked on"),
    JobState.FAILED: _("failed"),
}

SAID = {
    "retry": _("The job waits for its turn again."),
    "discard": _("The job is discarded."),
}


class JobsScreen(Screen):
    """How many jobs there are, and those that were given up."""

    def answer(self, form):
        step = form.get("do", "")
        take_step(step, form.get("kind", ""), form.get("uid", ""))
        self.tell(SAID[step])
        return f"{self.portal_url}/@@jobs"

    @cached_property
    def counts(self):
        return getUtility(IJobs).counts()

    @property
    def figures(self):
        return [(TITLES[state], self.counts[state]) for state in JobState]

    @property
    def failed_count(self):
        return self.counts[JobState.FAILED]

    @cached_property
    def failed(self):
        return failed_jobs(size=AT_MOST)

    def day(self, moment):
        return as_day(as_house_time(moment).date())

    def time(self, moment):
        return f"{as_house_time(moment):%H:%M}"
