"""The job: what lies in a case file is shown to those who may see the case file now."""

from AccessControl.PermissionRole import rolesForPermissionOn
from Acquisition import aq_base
from borg.localrole.interfaces import ILocalRoleProvider
from eakte import _
from eakte.access.rows import INDEX
from eakte.access.rows import rows_in
from eakte.access.rows import write
from eakte.jobs.interfaces import IJobHandler
from eakte.jobs.interfaces import Outcome
from eakte.jobs.interfaces import Rank
from eakte.mailitem.content import IMailItem
from eakte.org.interfaces import IOffice
from functools import partial
from plone import api
from plone.app.uuid.utils import uuidToObject
from plone.indexer.interfaces import IIndexableObject
from zope.component import getAdapters
from zope.component import getMultiAdapter
from zope.component import getUtility
from zope.interface import implementer


PIECE = 1000
"""Rows of one transaction: a part of a second."""


@implementer(IJobHandler)
class FollowCaseFile:
    """Writes who may see it into the row of everything in the case file.

    Rows that are right already are not written, so it may begin anew at any time. A
    change of rights meanwhile asks for the job once more.
    """

    rank = Rank.SOON
    title = _("Show what lies in a case file to those who may see it")

    def do(self, workplace, uid):
        """Bring the rows up to date, piece by piece."""
        rows = workplace.read(partial(rows_of, uid=uid))
        for begin in range(0, len(rows), PIECE):
            if workplace.stopping:
                return Outcome.GO_ON
            piece = rows[begin : begin + PIECE]
            verb = partial(bring_up_to_date, uid=uid, rows=piece)
            workplace.store(verb, progress=(begin + len(piece), len(rows)))
        return Outcome.DONE

    def give_up(self, site, uid, reason):
        """Nothing stands on the case file: too few see what is in it, never too many.

        The failed job says so to whoever looks after the jobs.
        """


def rows_of(site, uid):
    """Return the rows of what lies in the case file; none when it is gone."""
    case_file = uuidToObject(uid, unrestricted=True)
    return [] if case_file is None else rows_in(case_file)


def bring_up_to_date(site, uid, rows):
    """Let each of the rows say who may see its object now."""
    case_file = uuidToObject(uid, unrestricted=True)
    if case_file is None:
        return
    # When its rights change before our commit, this piece is done once more.
    case_file._p_jar.readCurrent(aq_base(case_file))
    catalog = api.portal.get_tool("portal_catalog")
    index = catalog.Indexes[INDEX]
    inside = "/".join((*case_file.getPhysicalPath(), ""))
    values = {}
    for row in rows:
        path = catalog._catalog.paths.get(row) or ""
        if not path.startswith(inside):
            continue
        content = content_at(case_file, path.removeprefix(inside))
        if content is None:
            continue
        asleep = content._p_changed is None
        kind = path.rpartition("/")[0], kind_of(content)
        if kind not in values:
            values[kind] = value_of(content)
        write(index, row, values[kind])
        if IMailItem.providedBy(content):
            follow_department(content, row)
        if asleep:
            # Of many documents none is to push others out of the memory.
            content._p_deactivate()


def content_at(case_file, path):
    """Return the object at the path in the case file, or None when there is none."""
    found = case_file
    for name in path.split("/"):
        # No traversal: that would acquire what is not there.
        found = found._getOb(name, None)
        if found is None:
            return None
    return found


def kind_of(content):
    """Return what decides who may see the object, besides what holds around it.

    Two objects of a kind in one place have the same value. It is made of all that the
    catalog's indexer looks at: the roles that may see the object, the persons and
    groups that have one of them by the object itself, and whether it has those
    around it too.
    """
    allowed = frozenset(rolesForPermissionOn("Access contents information", content))
    own = frozenset(
        principal
        for _name, provider in getAdapters((content,), ILocalRoleProvider)
        for principal, roles in provider.getAllRoles()
        if allowed.intersection(roles)
    )
    alone = getattr(aq_base(content), "__ac_local_roles_block__", None)
    return content.portal_type, allowed, own, bool(alone)


def value_of(content):
    """Return who may see the object, as the catalog's indexer says."""
    catalog = api.portal.get_tool("portal_catalog")
    return getattr(getMultiAdapter((content, catalog), IIndexableObject), INDEX)


def follow_department(content, row):
    """A letter's department is its team's, which may have moved."""
    index = api.portal.get_tool("portal_catalog").Indexes["department"]
    wanted = getUtility(IOffice).department_of(content.team)
    if index.getEntryForObject(row) != wanted:
        content.reindexObject(idxs=["department"])
