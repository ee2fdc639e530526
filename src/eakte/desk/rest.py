"""The jobs that were given up, for other systems."""

from eakte.desk.failedjobs import failed_jobs
from eakte.desk.failedjobs import take_step
from eakte.jobs.interfaces import IJobs
from eakte.jobs.interfaces import JobState
from eakte.rest.body import texts_of_body
from eakte.rest.paging import Page
from plone.protect.interfaces import IDisableCSRFProtection
from plone.restapi.serializer.converters import json_compatible
from plone.restapi.services import Service
from zope.component import getUtility
from zope.interface import alsoProvides


class JobsGet(Service):
    """How many jobs wait, run and failed, and the failed ones by the page."""

    def reply(self):
        page = Page(self.request)
        counts = getUtility(IJobs).counts()
        items = [summary(each) for each in failed_jobs(page.start, page.size)]
        answer = page.answer(items, counts[JobState.FAILED])
        return answer | {"counts": {str(state): n for state, n in counts.items()}}


class JobsPost(JobsGet):
    """``retry`` or ``discard`` a failed job; answers with what is left.

    The body names ``do``, and the job by ``kind`` and ``uid``. Answers 409 when the
    job is not among the failed ones; nothing is changed then.
    """

    def reply(self):
        # As with every service, see ``eakte.rest.verbs.Verb``.
        alsoProvides(self.request, IDisableCSRFProtection)
        asked = texts_of_body(self.request, needed=("do", "kind", "uid"))
        take_step(asked["do"], asked["kind"], asked["uid"])
        return super().reply()


def summary(failed):
    """Return a failed job; ``content`` and ``title`` only of what the user may see."""
    job = failed.job
    return {
        "kind": job.kind,
        "uid": job.uid,
        "asked": json_compatible(job.asked),
        "attempts": job.attempts,
        "error": failed.error,
        "title": failed.title or None,
        "content": failed.url,
    }
