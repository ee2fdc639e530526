"""The jobs that were given up: who looks after them starts them anew, or forgets them."""

from dataclasses import dataclass
from eakte import _
from eakte.errors import EakteError
from eakte.errors import WrongState
from eakte.jobs.interfaces import IJobHandler
from eakte.jobs.interfaces import IJobs
from eakte.jobs.interfaces import Job
from eakte.jobs.interfaces import JobState
from eakte.scans.facts import facts_of
from eakte.scans.kinds import ARCHIVE_COPY
from eakte.scans.taking import INDEXES
from plone import api
from plone.app.uuid.utils import uuidToObject
from typing import Any
from zope.component import getUtility
from zope.component import queryUtility

import re


PATH = re.compile(
    r"""
      (?<=')/[^'\n]*(?=')    # between quotation marks, where it may have spaces
    | (?<=")/[^"\n]*(?=")
    | (?<![\w.])\.{0,2}/[^\s'",;()<>]+
    """,
    re.VERBOSE,
)
"""A path as it stands in an error's text; no media type, no fraction."""


class NoSuchStep(EakteError):
    """Nothing of this name can be done with a job; nothing was changed."""


@dataclass(frozen=True)
class FailedJob:
    """A job that was given up, as the user at hand may see it."""

    job: Job
    kind_title: Any
    number: str
    """What the job itself is called: the beginning of its object's UUID."""
    title: str
    """What the object is called; empty when the user may not see it or it is gone."""
    url: str | None
    """Address of the object, likewise."""
    error: str
    """Why it failed last, without any path."""


def failed_jobs(start=0, size=100):
    """Return the ``FailedJob``s from one on, at most so many.

    :param start: how many to leave out at the beginning.
    """
    jobs = getUtility(IJobs).failed(start + size)[start:]
    seen = {}
    if jobs:
        # The catalog answers with what the user may see, and knows of nothing else.
        catalog = api.portal.get_tool("portal_catalog")
        seen = {brain.UID: brain for brain in catalog(UID=[job.uid for job in jobs])}
    return [_shown(job, seen.get(job.uid)) for job in jobs]


def start_anew(kind, uid):
    """Give a job that was given up a new start.

    The scan it is about no longer counts as failed: it waits again.

    :raises WrongState: the job is not among those that were given up.
    """
    job = _failed(kind, uid)
    getUtility(IJobs).retry(job)
    if kind == ARCHIVE_COPY:
        # The scan itself was read.
        return
    # Whoever looks after the jobs need not be one who may see the letter.
    content = uuidToObject(uid, unrestricted=True)
    facts = None if content is None else facts_of(content)
    if facts is not None:
        facts.wait()
        content.reindexObject(idxs=INDEXES)


def discard(kind, uid):
    """Forget a job that was given up; what it was to do stays undone.

    The scan it is about goes on to say that it failed, and can be tried from there.

    :raises WrongState: the job is not among those that were given up.
    """
    getUtility(IJobs).discard(_failed(kind, uid))


STEPS = {"retry": start_anew, "discard": discard}
"""What can be done with a job that was given up."""


def take_step(step, kind, uid):
    """Do what the step names with a job that was given up.

    :raises NoSuchStep: there is no such step.
    :raises WrongState: the job is not among those that were given up.
    """
    if step not in STEPS:
        raise NoSuchStep(_("There is no step “${name}”.", mapping={"name": step}))
    STEPS[step](kind, uid)


def _failed(kind, uid):
    job = getUtility(IJobs).find(kind, uid)
    if job is None or job.state is not JobState.FAILED:
        raise WrongState(_("This job is not among the failed ones any more."))
    return job


def _shown(job, brain):
    handler = queryUtility(IJobHandler, job.kind)
    names = (brain.number, brain.Title) if brain is not None else ()
    return FailedJob(
        job=job,
        kind_title=job.kind if handler is None else handler.title,
        number=job.uid[:8],
        title=" · ".join(dict.fromkeys(name for name in names if name)),
        url=None if brain is None else brain.getURL(),
        error=without_paths(job.error),
    )


def without_paths(text):
    """Return an error's text without paths: they tell of the server and of letters.

    >>> without_paths("OSError: [Errno 28] No space left on device: '/srv/var/a b.pdf'")
    "OSError: [Errno 28] No space left on device: '…'"
    """
    return PATH.sub("…", text)
