"""What a case file says of itself, for the records managers: never what lies in it.

They look after retention and disposal. For that they see of each case file of their
department its reference, where it belongs, its state and its days: what stays of a case
file when it is destroyed. Subject and person are content, and so is all that lies in it.

The right is one of its own, granted by the case file's workflow and asked for by nothing
else, so whatever lies in a case file cannot inherit it. The case file's row in the
catalog names who has it, beside and apart from those who may see the case file. So it
goes wherever these go: a protected case file has neither.
"""

from AccessControl.PermissionRole import rolesForPermissionOn
from dataclasses import dataclass
from eakte import _
from eakte.access.interfaces import IRecordOpened
from eakte.access.rows import INDEX
from eakte.casefile.content import ICaseFile
from eakte.casefile.states import State
from eakte.errors import EakteError
from eakte.errors import NotAllowed
from eakte.filingplan.interfaces import IFilingPlan
from eakte.org.interfaces import IOffice
from eakte.org.membership import groups_of
from eakte.org.principals import records_group
from itertools import islice
from plone import api
from plone.indexer import indexer
from Products.CMFPlone.CatalogTool import allowedRolesAndUsers
from zope.component import getUtility
from zope.event import notify
from zope.interface import implementer

import datetime


PERMISSION = "eakte: View case file metadata"

METADATA = "metadata:"
"""Stands before a person or group that sees the metadata; no query for content has it."""


class NoSuchRecord(EakteError):
    """The user manages the records of no such case file."""

    status = 404


@implementer(IRecordOpened)
@dataclass(frozen=True)
class RecordOpened:
    case_file: object


@dataclass(frozen=True)
class Record:
    """The metadata of one case file."""

    uid: str
    reference: str
    unit: str
    unit_title: str
    """Empty when the filing plan knows the unit no more."""
    department: str
    team: str
    state: str
    opened: datetime.date | None
    closed: datetime.date | None
    retention_years: int | None
    """Full calendar years after the year of closing; 0 means for ever."""
    retention_reason: str
    """The rule, in words."""

    @property
    def kept_until(self):
        """The last day on which it is kept; None while it is open or kept for ever."""
        if self.state != State.CLOSED or not self.closed or not self.retention_years:
            return None
        return datetime.date(self.closed.year + self.retention_years, 12, 31)


@dataclass(frozen=True)
class Records:
    """A part of the records, by reference, and how many there are in all."""

    items: tuple
    total: int


@indexer(ICaseFile)
def case_file_readers(case_file):
    """Who may see the case file, and apart from it who may see its metadata."""
    catalog = api.portal.get_tool("portal_catalog")
    may = set(rolesForPermissionOn(PERMISSION, case_file))
    granted = api.portal.get_tool("acl_users")._getAllLocalRoles(case_file)
    metadata = [
        f"{METADATA}{principal}"
        for principal, roles in granted.items()
        if may.intersection(roles)
    ]
    return [*allowedRolesAndUsers(case_file, catalog)(), *metadata]


def departments_managed():
    """Return the departments whose records the user manages."""
    groups = groups_of()
    departments = getUtility(IOffice).departments()
    return tuple(each for each in departments if records_group(each.id) in groups)


def records(start=0, size=50, **query):
    """Return ``Records`` of the case files whose metadata the user sees.

    :param query: what else the catalog is asked for: ``unit``, ``review_state``,
        ``reference``, ``closed``.
    :raises NotAllowed: the user manages no records.
    """
    refuse_strangers()
    brains = _found(sort_on="reference", b_start=start, b_size=size, **query)
    page = islice(brains, size)
    return Records(tuple(map(_record, page)), brains.actual_result_count)


def record(uid):
    """Return the ``Record`` of one case file, and tell that it was opened.

    :raises NotAllowed: the user manages no records.
    :raises NoSuchRecord: there is none, or its metadata are not for the user.
    """
    refuse_strangers()
    brains = _found(UID=uid) if uid else ()
    if not brains:
        raise NoSuchRecord(_("There is no such case file in your department."))
    notify(RecordOpened(brains[0]._unrestrictedGetObject()))
    return _record(brains[0])


def refuse_strangers():
    """Stop whoever manages no records."""
    if not departments_managed():
        raise NotAllowed(_("Only records managers see this."))


def _found(**query):
    # Of all there are, since the records manager sees no case file: the index names
    # who sees its metadata, and nobody else is asked for.
    principals = (api.user.get_current().getId(), *groups_of())
    readers = [f"{METADATA}{principal}" for principal in principals]
    catalog = api.portal.get_tool("portal_catalog")
    return catalog.unrestrictedSearchResults(
        **query, portal_type="case_file", **{INDEX: readers}
    )


def _record(brain):
    unit = getUtility(IFilingPlan).unit(brain.unit)
    return Record(
        uid=brain.UID,
        reference=brain.reference,
        unit=brain.unit or "",
        unit_title=unit.title if unit else "",
        department=brain.department or "",
        team=brain.team or "",
        state=brain.review_state,
        opened=brain.opened or None,
        closed=brain.closed or None,
        retention_years=unit.retention if unit else None,
        retention_reason=unit.reason if unit else "",
    )
