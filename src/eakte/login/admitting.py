"""Who may come in with an account that was checked elsewhere."""

from eakte.org.interfaces import IOffice
from eakte.org.noting import ADMINISTRATORS
from plone import api
from zope.component import queryUtility


def admitted(person):
    """Return the user, or None when the account does not count here.

    Whom the office's files name comes in. An account elsewhere that happens to be
    called like an administrator of the system is nobody here.
    """
    office = queryUtility(IOffice)
    if office is None or not any(each.id == person for each in office.plan.people):
        return None
    user = api.portal.get_tool("acl_users").getUserById(person)
    if user is None or set(user.getRoles()) & set(ADMINISTRATORS):
        return None
    return user
