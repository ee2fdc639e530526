"""Other people may see a case file: what lies in it follows.

Whoever opens something is asked for rights that are computed at that moment, so they
are right at once. Lists, searches and counts ask the catalog. Of a large case file,
it loses in the same transaction everybody who may no longer see what lies in it, and a
job of the background adds those who may see it from now on: so nobody sees too much at
any moment, and the new team's lists are complete some seconds later.
"""

from eakte.access.rows import INDEX
from eakte.access.rows import rows_in
from eakte.access.rows import take_away
from eakte.jobs.interfaces import IJobQueue
from plone import api
from zope.component import getUtility


FOLLOW = "follow-case-file"
"""Name of the job, see ``following``."""

AT_ONCE = 50
"""With so many documents, letters and the like the request brings all up to date."""


def follow(case_file, at_once=None):
    """Bring the catalog up to date after the rights to a case file have changed.

    :param at_once: up to so many objects in it are done here, more by the job;
        ``AT_ONCE`` when nothing is said.
    """
    at_once = AT_ONCE if at_once is None else at_once
    rows = rows_in(case_file)
    if len(rows) <= at_once:
        case_file.reindexObjectSecurity()
        return
    case_file.reindexObject(idxs=[INDEX], update_metadata=0)
    # Who files something there at this moment, or is a step of the job, conflicts
    # with us and is done once more, with the rights as they are now.
    case_file._p_changed = True
    acl_users = api.portal.get_tool("acl_users")
    take_away(rows, acl_users._getAllLocalRoles(case_file))
    getUtility(IJobQueue).put(FOLLOW, case_file.UID())
