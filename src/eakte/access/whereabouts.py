"""Where a case file is now: read from the catalog's row, which wakes no object."""

from eakte.org.interfaces import IOffice
from plone import api
from zope.component import queryUtility


def team_of_file(uid):
    """Return the id of the team that has the case file now.

    None when the catalog does not have it: it is gone, or new in this transaction.
    """
    catalog = api.portal.get_tool("portal_catalog")
    row = catalog.Indexes["UID"]._index.get(uid)
    return None if row is None else catalog.Indexes["team"].getEntryForObject(row)


def department_of_file(uid):
    """Return the id of the department that has the case file now; None as above."""
    team = team_of_file(uid)
    return team and queryUtility(IOffice).department_of(team)
