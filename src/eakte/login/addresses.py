"""Whose account has another e-mail address is told so, however it was changed.

The link that sets a new password goes to that address: whoever changes it can become
that person without setting a password himself.
"""

from AccessControl import getSecurityManager
from dataclasses import dataclass
from eakte.login.interfaces import IAddressChanged
from eakte.org.interfaces import IOffice
from eakte.org.marking import mark_account
from eakte.org.noting import ADMINISTRATORS
from eakte.org.principals import ADDRESS
from plone import api
from zope.component import queryUtility
from zope.event import notify
from zope.interface import implementer

import transaction


KEY = "eakte.login.addresses"


@implementer(IAddressChanged)
@dataclass(frozen=True)
class AddressChanged:
    person: str
    old: str
    new: str


def remember(event):
    """Keep the addresses as they are before somebody's request does its work."""
    if queryUtility(IOffice) is None:
        return
    user = getSecurityManager().getUser()
    # Who administers could send a form by GET; others change nothing by looking.
    looks = event.request.method in ("GET", "HEAD")
    if user.getId() and (
        not looks or set(user.getRoles()).intersection(ADMINISTRATORS)
    ):
        event.request.other[KEY] = _addresses()


def tell(event):
    """Tell of each that the request changed."""
    before = event.request.other.get(KEY)
    if before is None or not transaction.get()._resources:
        return
    now = _addresses()
    for person in sorted(before.keys() & now.keys()):
        if before[person] != now[person]:
            changed = AddressChanged(person, before[person], now[person])
            mark_account(
                person, ADDRESS, f"{changed.old or '–'} → {changed.new or '–'}"
            )
            notify(changed)


def _addresses():
    """Return ``{person: address of the account}`` of the office's people who have one.

    Not by the user folder: it would ask for all that is known of each of them.
    """
    known = api.portal.get_tool("acl_users").mutable_properties._storage
    found = {}
    for each in queryUtility(IOffice).plan.people:
        said = known.get(each.id)
        if said is not None:
            found[each.id] = said.get("email") or ""
    return found
